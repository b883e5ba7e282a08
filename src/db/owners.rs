//! The queries on `api_token_owners`: an owner of tokens is the id that its users share.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::audit::Audit;
use super::filter::Conditions;
use super::schema::api_token_owners;
use crate::domain::Changed;
use crate::error::{Error, Result};

/// An owner with its users and how many tokens it has.
#[derive(Debug, Clone, QueryableByName)]
#[expect(clippy::struct_field_names, reason = "the name of the column")]
pub struct Owner {
    #[diesel(sql_type = SqlUuid)]
    pub owner_id: Uuid,
    /// The usernames of its users, A to Z.
    #[diesel(sql_type = Array<Text>)]
    pub users: Vec<String>,
    #[diesel(sql_type = BigInt)]
    pub live_tokens: i64,
    /// Those that expired or were revoked, too.
    #[diesel(sql_type = BigInt)]
    pub tokens: i64,
}

/// The columns of `Owner`, over a row `o`.
const COLUMNS: &str = "o.owner_id,
     array(select u.username::text from api_token_owners p join users u on u.id = p.user_id
           where p.owner_id = o.owner_id order by u.username) as users,
     (select count(*) from api_tokens t
      where t.owner_id = o.owner_id and not t.revoked and t.expires_at > now()) as live_tokens,
     (select count(*) from api_tokens t where t.owner_id = o.owner_id) as tokens";

/// SQL: whether the owner of `o` has users who are neither blocked nor deleted, apart from those
/// whom `others`, a condition over a row `p` of `api_token_owners`, leaves out.
pub fn has_others(others: &str) -> String {
    format!(
        "exists (select from api_token_owners p join users u on u.id = p.user_id
                 where p.owner_id = o.owner_id and {others} and not u.blocked and not u.deleted)"
    )
}

/// One user's place in an owner.
#[derive(Debug, Clone, QueryableByName)]
pub struct Membership {
    #[diesel(sql_type = SqlUuid)]
    pub owner_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    #[diesel(sql_type = Text)]
    pub username: String,
    #[diesel(sql_type = Text)]
    pub email: String,
}

/// The owner that is the user's alone; `None` where there is none yet, a `conflict` that lists
/// them where there are several (contract 5).
pub fn own(conn: &mut PgConnection, user: Uuid) -> Result<Option<Uuid>> {
    #[derive(QueryableByName)]
    struct OwnerId {
        #[diesel(sql_type = SqlUuid)]
        owner_id: Uuid,
    }
    let owners: Vec<OwnerId> = diesel::sql_query(
        "select o.owner_id from api_token_owners o
         where o.user_id = $1 and not exists (
             select from api_token_owners p where p.owner_id = o.owner_id and p.user_id <> $1
         ) order by o.owner_id",
    )
    .bind::<SqlUuid, _>(user)
    .load(conn)?;
    match owners.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.owner_id)),
        several => {
            let list: Vec<_> = several.iter().map(|owner| owner.owner_id.to_string()).collect();
            Err(Error::Conflict(format!(
                "the user has {} owners of their own; name one with --owner: {}",
                list.len(),
                list.join(", ")
            )))
        }
    }
}

/// The owner that is the user's alone, created if there is none: once, however many start
/// together. The second value says whether it was created.
pub fn own_or_create(conn: &mut PgConnection, user: Uuid) -> Result<(Uuid, bool)> {
    super::lock(conn, "owner", user)?;
    if let Some(owner) = own(conn, user)? {
        return Ok((owner, false));
    }
    let owner = Uuid::new_v4();
    diesel::insert_into(api_token_owners::table)
        .values((api_token_owners::owner_id.eq(owner), api_token_owners::user_id.eq(user)))
        .execute(conn)?;
    Ok((owner, true))
}

/// Holds off whoever would give these users a token, until the transaction ends: what is revoked or
/// handed over then is all there is. In the order in which issuing takes the same locks.
pub fn lock_tokens_of(conn: &mut PgConnection, users: &[Uuid]) -> Result<()> {
    diesel::sql_query(
        "select pg_advisory_xact_lock(hashtextextended('owner' || id::text, 0))
         from (select distinct id from unnest($1) as u (id) order by id) u",
    )
    .bind::<Array<SqlUuid>, _>(users)
    .execute(conn)?;
    // Only now it is known which owners they have.
    diesel::sql_query(
        "select pg_advisory_xact_lock(hashtextextended('token name' || owner_id::text, 0))
         from (select distinct owner_id from api_token_owners where user_id = any ($1)
               order by owner_id) o",
    )
    .bind::<Array<SqlUuid>, _>(users)
    .execute(conn)?;
    Ok(())
}

/// Whether some user or token has this owner.
pub fn exists(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    flag(
        conn,
        "select exists (select from api_token_owners where owner_id = $1)
             or exists (select from api_tokens where owner_id = $1) as flag",
        owner,
    )
}

/// Whether one of the owner's users may log in: verified, not blocked, not deleted.
pub fn has_active_user(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    flag(
        conn,
        "select exists (
             select from api_token_owners o join users u on u.id = o.user_id
             where o.owner_id = $1 and u.email_verified and not u.blocked and not u.deleted
         ) as flag",
        owner,
    )
}

fn flag(conn: &mut PgConnection, query: &str, owner: Uuid) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Flag {
        #[diesel(sql_type = Bool)]
        flag: bool,
    }
    let Flag { flag } = diesel::sql_query(query).bind::<SqlUuid, _>(owner).get_result(conn)?;
    Ok(flag)
}

/// The owner, which may have tokens and no users any more; `None` where it has neither.
pub fn find(conn: &mut PgConnection, owner: Uuid) -> Result<Option<Owner>> {
    if !exists(conn, owner)? {
        return Ok(None);
    }
    let query = format!("select {COLUMNS} from (select $1 as owner_id) o");
    Ok(diesel::sql_query(query).bind::<SqlUuid, _>(owner).get_result(conn).optional()?)
}

#[derive(Debug, Default, Clone)]
pub struct OwnerFilter {
    /// Only owners of this user, shared ones too.
    pub user: Option<Uuid>,
    /// Only what comes after this owner in the list.
    pub after: Option<Uuid>,
    pub limit: Option<i64>,
}

impl OwnerFilter {
    /// Conditions over a row `m` of `api_token_owners`.
    fn conditions(&self) -> Conditions<'_> {
        let mut conditions = Conditions::default();
        if let Some(user) = self.user {
            conditions.add_bound("m.user_id = {}", move |query| query.bind::<SqlUuid, _>(user));
        }
        if let Some(after) = self.after {
            conditions.add_bound("m.owner_id > {}", move |query| query.bind::<SqlUuid, _>(after));
        }
        conditions
    }
}

/// Hands the owners that have users and pass `filter` to `each`, in the order of their ids.
pub fn list(
    conn: &mut PgConnection,
    filter: &OwnerFilter,
    each: impl FnMut(Owner) -> Result<()>,
) -> Result<()> {
    let conditions = filter.conditions();
    let limit = filter.limit.map_or_else(String::new, |limit| format!("limit {limit}"));
    let sql = format!(
        "select {COLUMNS} from (
             select distinct m.owner_id from api_token_owners m where {}
             order by m.owner_id {limit}
         ) o order by o.owner_id",
        conditions.sql()
    );
    conditions.each_row(conn, sql, each)
}

pub fn count(conn: &mut PgConnection, filter: &OwnerFilter) -> Result<i64> {
    let conditions = filter.conditions();
    conditions.count(
        conn,
        format!(
            "select count(distinct m.owner_id) from api_token_owners m where {}",
            conditions.sql()
        ),
    )
}

#[derive(QueryableByName)]
struct ChangedMembership {
    #[diesel(embed)]
    membership: Membership,
    #[diesel(sql_type = Bool)]
    changed: bool,
}

/// Makes the users share the owner, with an audit row for each that did not already. Returns all
/// of them, in the order given. A new `owner` comes into being by its first user.
pub fn add(
    conn: &mut PgConnection,
    owner: Uuid,
    users: Vec<Uuid>,
    audit: &Audit,
) -> Result<Vec<Changed<Membership>>> {
    let insert = Audit::insert(3, "owner_id", USER_ID, "added");
    change(
        conn,
        &format!(
            "with added as (
                 insert into api_token_owners (owner_id, user_id) select $1, unnest($2::uuid[])
                 on conflict do nothing returning *
             ), audited as ({insert})
             select $1 as owner_id, u.id as user_id, u.username::text, u.email::text,
                    u.id in (select user_id from added) as changed
             from unnest($2) with ordinality as given (id, ordinal) join users u using (id)
             order by given.ordinal"
        ),
        owner,
        users,
        audit,
    )
}

/// Takes users out of the owner, with an audit row for each that was in it. Returns all of them, in
/// the order given.
pub fn remove(
    conn: &mut PgConnection,
    owner: Uuid,
    users: Vec<Uuid>,
    audit: &Audit,
) -> Result<Vec<Changed<Membership>>> {
    let insert = Audit::insert(3, "owner_id", USER_ID, "removed");
    change(
        conn,
        &format!(
            "with removed as (
                 delete from api_token_owners where owner_id = $1 and user_id = any ($2)
                 returning *
             ), audited as ({insert})
             select $1 as owner_id, u.id as user_id, u.username::text, u.email::text,
                    u.id in (select user_id from removed) as changed
             from unnest($2) with ordinality as given (id, ordinal) join users u using (id)
             order by given.ordinal"
        ),
        owner,
        users,
        audit,
    )
}

const USER_ID: &str = "jsonb_build_object('user_id', user_id)";

fn change(
    conn: &mut PgConnection,
    sql: &str,
    owner: Uuid,
    users: Vec<Uuid>,
    audit: &Audit,
) -> Result<Vec<Changed<Membership>>> {
    let query = diesel::sql_query(sql)
        .into_boxed::<Pg>()
        .bind::<SqlUuid, _>(owner)
        .bind::<Array<SqlUuid>, _>(users);
    let rows: Vec<ChangedMembership> = audit.bind(query).load(conn)?;
    let changed =
        rows.into_iter().map(|row| Changed { record: row.membership, changed: row.changed });
    Ok(changed.collect())
}

/// The users of an owner.
pub fn users(conn: &mut PgConnection, owner: Uuid) -> Result<Vec<Uuid>> {
    Ok(api_token_owners::table
        .filter(api_token_owners::owner_id.eq(owner))
        .order(api_token_owners::user_id)
        .select(api_token_owners::user_id)
        .load(conn)?)
}
