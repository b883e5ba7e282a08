//! Erasing users for good: their rows and all that hangs on them.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::Audit;
use crate::db::locks::{self, Locks};
use crate::db::schema::users;
use crate::db::targets::{self, Matched, TARGETS};
use crate::db::users::User;
use crate::domain::{StoredTime, UserSelector};
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

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(embed)]
    erased: Erased,
    /// The locks of this transaction are those of this user.
    #[diesel(sql_type = Bool)]
    held: bool,
}

impl Matched for Row {
    fn ordinal(&self) -> i32 {
        self.ordinal
    }

    fn user(&self) -> &User {
        &self.erased.user
    }
}

/// Which of the users that are named are erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All, or none.
    All,
    /// All who are deleted, or none.
    AllDeleted,
    /// Those who are deleted.
    Deleted,
}

/// Against whoever adds to what goes with them.
pub fn locks(users: &[UserSelector]) -> Locks {
    Locks::of_tokens_of(users).and_rows_of(users)
}

/// Erases the users, in a transaction that holds `locks`, and returns those that are gone, in the
/// order given. `None` where the extent allows none: then nothing was changed.
///
/// Sessions, codes and places in owners go by cascade; an owner that is left without users loses its
/// tokens, and one that is shared with others keeps them.
pub fn erase(
    conn: &mut PgConnection,
    users: &[UserSelector],
    extent: Extent,
    audit: &Audit,
) -> Result<Option<Vec<Erased>>> {
    const UNDELETED: usize = targets::BINDS + 1;
    const PARTLY: usize = UNDELETED + 1;
    let details = "jsonb_build_object('sessions', sessions, 'codes', codes, 'tokens', tokens)";
    let query = diesel::sql_query(format!(
        "with {TARGETS}, fit as (
             select id from users
             where id in (select id from targets) and (deleted or ${UNDELETED})
         ), gone as (
             select id from fit where ${PARTLY} or (
                 -- Each selector names one user, and that user is fit.
                 select count(*) = cardinality($1) and count(distinct ordinal) = cardinality($1)
                     and bool_and(id in (select id from fit))
                 from targets)
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
         select t.ordinal, e.*, c.sessions, c.codes, c.tokens, {held} as held
         from targets t join erased e on e.id = t.id join counted c on c.id = t.id",
        insert = Audit::insert(PARTLY + 1, "id", details, "counted"),
        held = locks::held_with_tokens("t.id"),
    ))
    .into_boxed::<Pg>();
    let query = targets::bind(query, users)
        .bind::<Bool, _>(extent == Extent::All)
        .bind::<Bool, _>(extent == Extent::Deleted);
    let rows: Vec<Row> = audit.bind(query).load(conn)?;
    if rows.is_empty() && extent != Extent::Deleted {
        return Ok(users.is_empty().then(Vec::new));
    }
    let rows = match extent {
        Extent::All | Extent::AllDeleted => targets::exactly_one_each(users, rows)?,
        Extent::Deleted => targets::each_once(rows),
    };
    targets::all_held(&rows, |row| row.held)?;
    Ok(Some(rows.into_iter().map(|row| row.erased).collect()))
}

/// Up to `limit` users who were deleted before `cutoff`, in the order of the index: behind the one
/// that `after` stands for.
pub fn deleted_before(
    conn: &mut PgConnection,
    cutoff: DateTime<Utc>,
    after: Option<(StoredTime, Uuid)>,
    limit: i64,
) -> Result<Vec<(StoredTime, Uuid)>> {
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
