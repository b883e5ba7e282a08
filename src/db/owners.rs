//! The queries on `api_token_owners`: an owner of tokens is the id that its users share.

use std::fmt;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::filter::{Conditions, Query};
use crate::db::targets::{self, Matched, TARGETS, Target};
use crate::db::users::User;
use crate::domain::{UserSelector, listed};
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

/// Whose tokens are meant.
#[derive(Debug, Clone, Copy)]
pub enum OwnerOf<'a> {
    /// The owner that is this user's alone.
    User(&'a UserSelector),
    /// Any owner, by its id.
    Owner(Uuid),
}

/// An owner that exists, or the one that a user does not have yet.
#[derive(Debug)]
pub enum Found {
    Known(Uuid),
    /// No token was issued to the user yet.
    NotYet(Box<User>),
}

impl Found {
    pub fn known(&self) -> Option<Uuid> {
        match self {
            Self::Known(owner) => Some(*owner),
            Self::NotYet(_) => None,
        }
    }
}

impl OwnerOf<'_> {
    /// Fails where there is no such user or owner, and where several are the user's.
    pub fn find(&self, conn: &mut PgConnection) -> Result<Found> {
        match self {
            Self::User(user) => {
                let (user, own) = own(conn, user, "name one with --owner")?;
                Ok(own.map_or_else(|| Found::NotYet(Box::new(user)), Found::Known))
            }
            Self::Owner(owner) if exists(conn, *owner)? => Ok(Found::Known(*owner)),
            Self::Owner(owner) => Err(Error::not_found("owner", owner)),
        }
    }

    /// A CTE `owner (owner_id)` of at most one row, whose parameters are those of `bind`.
    pub fn cte(&self) -> String {
        match self {
            Self::User(_) => format!(
                "{TARGETS}, owner as (
                     select own.ids[1] as owner_id
                     from targets t cross join lateral (select {} as ids) own
                     where (select count(*) from targets) = 1 and cardinality(own.ids) = 1
                 )",
                own_owners("t.id")
            ),
            Self::Owner(_) => "owner as (select $1 as owner_id)".to_owned(),
        }
    }

    /// How many parameters `bind` adds.
    pub fn binds(&self) -> usize {
        match self {
            Self::User(_) => targets::BINDS,
            Self::Owner(_) => 1,
        }
    }

    pub fn bind<'a>(&self, query: Query<'a>) -> Query<'a> {
        match self {
            Self::User(user) => targets::bind(query, std::slice::from_ref(*user)),
            Self::Owner(owner) => query.bind::<SqlUuid, _>(*owner),
        }
    }
}

impl fmt::Display for OwnerOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => write!(f, "user `{user}`"),
            Self::Owner(owner) => write!(f, "owner `{owner}`"),
        }
    }
}

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
pub fn own_owners(user: &str) -> String {
    format!(
        "array(select o.owner_id from api_token_owners o
               where o.user_id = {user} and not exists (
                   select from api_token_owners p
                   where p.owner_id = o.owner_id and p.user_id <> {user}
               ) order by o.owner_id)"
    )
}

/// The user whom the selector names, and the owner that is theirs alone; `None` where there is none
/// yet. Several are a `conflict` that lists them (contract 5); `advice` says what to do then.
pub fn own(
    conn: &mut PgConnection,
    selector: &UserSelector,
    advice: &str,
) -> Result<(User, Option<Uuid>)> {
    let columns = format!("{} as owners", own_owners("u.id"));
    let found: UserWithOwners = targets::resolve_with(conn, selector, &columns)?;
    let owner = match found.owners.as_slice() {
        [] => None,
        [one] => Some(*one),
        several => {
            let list: Vec<_> = several.iter().map(Uuid::to_string).collect();
            return Err(Error::Conflict(format!(
                "user `{selector}` has {} owners of their own; {advice}: {}",
                list.len(),
                listed(&list)
            )));
        }
    };
    Ok((found.target.into_user(), owner))
}

/// SQL: whether some user or token has the owner.
pub fn known(owner: &str) -> String {
    format!(
        "(exists (select from api_token_owners where owner_id = {owner})
          or exists (select from api_tokens where owner_id = {owner}))"
    )
}

/// Whether some user or token has this owner.
pub fn exists(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    let query = diesel::sql_query(format!("select {} as holds", known("$1"))).into_boxed();
    super::filter::holds(conn, query.bind::<SqlUuid, _>(owner))
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
