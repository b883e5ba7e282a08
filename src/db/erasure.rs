//! Erasing users for good: their rows and all that hangs on them.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::audit::Audit;
use super::schema::users;
use super::users::User;
use crate::domain::At;
use crate::error::Result;

/// A user who is gone, as it was, and how much went with it.
#[derive(Debug, QueryableByName)]
pub struct Erased {
    #[diesel(embed)]
    pub user: User,
    #[diesel(sql_type = BigInt)]
    pub sessions: i64,
    #[diesel(sql_type = BigInt)]
    pub codes: i64,
    /// Tokens of owners that are left without users.
    #[diesel(sql_type = BigInt)]
    pub tokens: i64,
}

/// Erases the users, unless they are not deleted and `also_undeleted` is false; the caller finds
/// those missing from the result. Sessions, codes and places in owners go by cascade; an owner
/// that is left without users loses its tokens, and one that is shared with others keeps them.
pub fn erase(
    conn: &mut PgConnection,
    ids: &[Uuid],
    also_undeleted: bool,
    audit: &Audit,
) -> Result<Vec<Erased>> {
    super::owners::lock_tokens_of(conn, ids)?;
    let details = "jsonb_build_object('sessions', sessions, 'codes', codes, 'tokens', tokens)";
    let insert = Audit::insert(3, "id", details, "counted");
    let query = diesel::sql_query(format!(
        "with gone as (
             select id from users where id = any ($1) and (deleted or $2) for update
         ), gone_owners as (
             select distinct on (o.owner_id) o.owner_id, o.user_id
             from gone g join api_token_owners o on o.user_id = g.id
             where not exists (select from api_token_owners p where p.owner_id = o.owner_id
                               and p.user_id not in (select id from gone))
             order by o.owner_id, o.user_id
         ), gone_tokens as (
             delete from api_tokens t using gone_owners o where t.owner_id = o.owner_id
             returning o.user_id
         ), counted as (
             select g.id,
                    (select count(*) from refresh_tokens where user_id = g.id) as sessions,
                    (select count(*) from verification_codes where user_id = g.id)
                    + (select count(*) from authorization_codes where user_id = g.id) as codes,
                    coalesce(t.tokens, 0) as tokens
             from gone g left join (
                 select user_id, count(*) as tokens from gone_tokens group by user_id
             ) t on t.user_id = g.id
         ), erased as (
             delete from users where id in (select id from gone) returning *
         ), audited as ({insert})
         select e.*, c.sessions, c.codes, c.tokens
         from unnest($1) with ordinality as given (id, ordinal)
         join erased e using (id) join counted c using (id)
         order by given.ordinal"
    ))
    .into_boxed::<Pg>()
    .bind::<Array<SqlUuid>, _>(ids.to_vec())
    .bind::<Bool, _>(also_undeleted);
    Ok(audit.bind(query).load(conn)?)
}

/// Up to `limit` users who were deleted before `cutoff`, in the order of the index: behind the one
/// that `after` stands for.
pub fn deleted_before(
    conn: &mut PgConnection,
    cutoff: DateTime<Utc>,
    after: Option<(At, Uuid)>,
    limit: i64,
) -> Result<Vec<(At, Uuid)>> {
    let mut query = users::table
        .into_boxed()
        .filter(users::deleted)
        .filter(users::deleted_at.assume_not_null().lt(cutoff));
    if let Some((created_at, id)) = after {
        query = query.filter(
            sql::<Bool>("(created_at, id) > (")
                .bind::<Timestamptz, _>(created_at)
                .sql(", ")
                .bind::<SqlUuid, _>(id)
                .sql(")"),
        );
    }
    Ok(query
        .order((users::created_at, users::id))
        .limit(limit)
        .select((users::created_at, users::id))
        .load(conn)?)
}

/// How many users were deleted before `cutoff`.
pub fn count_deleted_before(conn: &mut PgConnection, cutoff: DateTime<Utc>) -> Result<i64> {
    Ok(users::table
        .filter(users::deleted)
        .filter(users::deleted_at.assume_not_null().lt(cutoff))
        .count()
        .get_result(conn)?)
}
