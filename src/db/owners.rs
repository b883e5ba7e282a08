//! The queries on `api_token_owners`: an owner of tokens is the id that its users share.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::audit::Audit;
use super::filter::Conditions;
use super::schema::api_token_owners;
use super::targets::{self, Matched, Target};
use super::users::User;
use crate::domain::{Changed, UserSelector};
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

/// The scope of the lock under which an owner is made for a user.
const OWN: &str = "owner";

/// The scope of the lock under which an owner gets tokens.
pub const TOKEN_NAMES: &str = "token name";

/// A user that a selector names, with the owners that are theirs alone.
#[derive(QueryableByName)]
struct UserWithOwners {
    #[diesel(embed)]
    target: Target,
    #[diesel(sql_type = Array<SqlUuid>)]
    owners: Vec<Uuid>,
}

impl Matched for UserWithOwners {
    fn ordinal(&self) -> i32 {
        self.target.ordinal()
    }

    fn user(&self) -> &User {
        self.target.user()
    }
}

/// SQL: the owners that belong to the user of this id alone.
fn own_owners(user: &str) -> String {
    format!(
        "array(select o.owner_id from api_token_owners o
               where o.user_id = {user} and not exists (
                   select from api_token_owners p
                   where p.owner_id = o.owner_id and p.user_id <> {user}
               ) order by o.owner_id)"
    )
}

/// The only one of them; `None` where there is none, a `conflict` that lists them where there are
/// several (contract 5).
fn only(owners: &[Uuid]) -> Result<Option<Uuid>> {
    match owners {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let list: Vec<_> = several.iter().map(Uuid::to_string).collect();
            Err(Error::Conflict(format!(
                "the user has {} owners of their own; name one with --owner: {}",
                list.len(),
                list.join(", ")
            )))
        }
    }
}

/// The owner that is alone the user's whom the selector names; `None` where there is none yet.
pub fn own(conn: &mut PgConnection, selector: &UserSelector) -> Result<Option<Uuid>> {
    Ok(user_and_own(conn, selector, "null")?.1)
}

/// The same, and made if there is none: once, however many start together. The second value says
/// whether it was. Takes the lock of `TOKEN_NAMES` on it, unless it was made: nobody else sees it
/// yet.
pub fn own_to_issue(conn: &mut PgConnection, selector: &UserSelector) -> Result<(Uuid, bool)> {
    let held = format!(
        "case when cardinality(own.owners) = 1 then {} end",
        super::lock_sql(TOKEN_NAMES, "own.owners[1]")
    );
    let (user, own) = user_and_own(conn, selector, &held)?;
    if let Some(owner) = own {
        return Ok((owner, false));
    }
    let (owner, created) = own_or_create(conn, user)?;
    if !created {
        super::lock(conn, TOKEN_NAMES, owner)?;
    }
    Ok((owner, created))
}

/// The user's id, and the owner that is theirs alone; `held` is evaluated over `own.owners`.
fn user_and_own(
    conn: &mut PgConnection,
    selector: &UserSelector,
    held: &str,
) -> Result<(Uuid, Option<Uuid>)> {
    let columns = format!("own.owners, {held} as held");
    let joined = format!("cross join lateral (select {} as owners) own", own_owners("u.id"));
    let found: UserWithOwners = targets::resolve_with(conn, selector, &columns, &joined)?;
    Ok((found.user().id, only(&found.owners)?))
}

/// The owner that is the user's alone, created if there is none: once, however many start
/// together. The second value says whether it was created.
pub fn own_or_create(conn: &mut PgConnection, user: Uuid) -> Result<(Uuid, bool)> {
    #[derive(QueryableByName)]
    struct Own {
        #[diesel(sql_type = Array<SqlUuid>)]
        owners: Vec<Uuid>,
    }
    super::lock(conn, OWN, user)?;
    let Own { owners } = diesel::sql_query(format!("select {} as owners", own_owners("$1")))
        .bind::<SqlUuid, _>(user)
        .get_result(conn)?;
    if let Some(owner) = only(&owners)? {
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
    diesel::sql_query(format!(
        "select {} from (select distinct id from unnest($1) as u (id) order by id) u",
        super::lock_sql(OWN, "id")
    ))
    .bind::<Array<SqlUuid>, _>(users)
    .execute(conn)?;
    // Only now it is known which owners they have.
    diesel::sql_query(format!(
        "select {} from (select distinct owner_id from api_token_owners where user_id = any ($1)
                         order by owner_id) o",
        super::lock_sql(TOKEN_NAMES, "owner_id")
    ))
    .bind::<Array<SqlUuid>, _>(users)
    .execute(conn)?;
    Ok(())
}

/// SQL: whether some user or token has the owner $1.
pub const KNOWN: &str = "(exists (select from api_token_owners where owner_id = $1)
     or exists (select from api_tokens where owner_id = $1))";

/// Whether some user or token has this owner.
pub fn exists(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    exists_holding(conn, owner, "null")
}

/// The same, with the lock of `TOKEN_NAMES` on it. The answer is from before the lock was had.
pub fn exists_and_hold(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    exists_holding(conn, owner, &super::lock_sql(TOKEN_NAMES, "$1"))
}

fn exists_holding(conn: &mut PgConnection, owner: Uuid, held: &str) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Known {
        #[diesel(sql_type = Bool)]
        known: bool,
    }
    let Known { known } = diesel::sql_query(format!("select {KNOWN} as known, {held} as held"))
        .bind::<SqlUuid, _>(owner)
        .get_result(conn)?;
    Ok(known)
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
