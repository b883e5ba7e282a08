//! The queries on `api_tokens`.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::Audit;
use crate::db::filter::{Conditions, Query};
use crate::db::owners::OwnerOf;
use crate::db::row_ids::{Position, Rows, SecretTable, token_id};
use crate::db::{Bpchar, StoredSecret};
use crate::domain::{Changed, StoredTime, TokenName};
use crate::error::{Error, Result};

pub const TABLE: SecretTable = SecretTable { table: "api_tokens", column: "token", noun: "token" };

/// A token as lists show it: what is stored of the secret stays hidden.
#[derive(Debug, Clone, QueryableByName)]
pub struct ApiToken {
    #[diesel(sql_type = Bpchar)]
    pub token: StoredSecret,
    #[diesel(sql_type = SqlUuid)]
    pub owner_id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: StoredTime,
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: StoredTime,
    #[diesel(sql_type = Bool)]
    pub blocked: bool,
    #[diesel(sql_type = Bool)]
    pub revoked: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub revoked_at: Option<StoredTime>,
    #[diesel(sql_type = Text)]
    pub status: String,
    /// The usernames of the owner's users, A to Z.
    #[diesel(sql_type = Array<Text>)]
    pub users: Vec<String>,
}

impl ApiToken {
    /// Neither revoked nor expired (contract 5).
    pub fn is_live(&self) -> bool {
        !self.revoked && self.status != "expired"
    }
}

/// Some user of the owner of `t` is neither blocked nor deleted. Not `exists`, which the planner
/// may answer for all owners at once, from a scan of both tables.
const OWNER_USABLE: &str = "coalesce((
    select true from api_token_owners o join users u on u.id = o.user_id
    where o.owner_id = t.owner_id and not u.blocked and not u.deleted limit 1), false)";

/// The columns of `ApiToken`, over a row `t`.
pub fn columns() -> String {
    columns_over(
        OWNER_USABLE,
        "select u.username::text from api_token_owners o join users u on u.id = o.user_id
         where o.owner_id = t.owner_id order by u.username",
    )
}

/// The same, where others say whether some user of the owner is neither blocked nor deleted, and
/// what its users are called.
pub fn columns_over(usable: &str, usernames: &str) -> String {
    format!(
        "t.token, t.owner_id, t.name::text, t.created_at, t.expires_at, t.blocked, t.revoked,
         t.revoked_at,
         case when t.revoked then 'revoked'
              when t.expires_at <= now() then 'expired'
              when t.blocked then 'blocked'
              when not {usable} then 'owner-blocked'
              else 'active' end as status,
         array({usernames}) as users"
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TokenStatus {
    /// Would be accepted now
    Active,
    Expired,
    Blocked,
    Revoked,
    /// Every user of the owner is blocked or deleted
    OwnerBlocked,
}

#[derive(Debug, Default, Clone)]
pub struct TokenFilter {
    pub owner: Option<Uuid>,
    pub status: Option<TokenStatus>,
    /// Only tokens of owners without users.
    pub orphaned: bool,
    /// Only live tokens that expire before this.
    pub expiring_before: Option<DateTime<Utc>>,
    /// Only what comes after this token in the list.
    pub after: Option<Position>,
    pub limit: Option<i64>,
}

impl TokenFilter {
    fn conditions(&self) -> Conditions<'_> {
        let mut conditions = Conditions::default();
        if let Some(owner) = self.owner {
            conditions.add_bound("t.owner_id = {}", move |query| query.bind::<SqlUuid, _>(owner));
        }
        match self.status {
            None => {}
            Some(TokenStatus::Revoked) => conditions.add("t.revoked"),
            Some(TokenStatus::Expired) => conditions.add("not t.revoked and t.expires_at <= now()"),
            Some(TokenStatus::Blocked) => {
                conditions.add("not t.revoked and t.expires_at > now() and t.blocked");
            }
            Some(TokenStatus::OwnerBlocked) => conditions.add(&format!(
                "not t.revoked and t.expires_at > now() and not t.blocked and not {OWNER_USABLE}"
            )),
            Some(TokenStatus::Active) => conditions.add(&format!(
                "not t.revoked and t.expires_at > now() and not t.blocked and {OWNER_USABLE}"
            )),
        }
        if self.orphaned {
            conditions.add(
                "(select true from api_token_owners o where o.owner_id = t.owner_id limit 1) is null",
            );
        }
        if let Some(before) = self.expiring_before {
            conditions.add("not t.revoked and t.expires_at > now()");
            conditions
                .add_bound("t.expires_at < {}", move |query| query.bind::<Timestamptz, _>(before));
        }
        if let Some(after) = &self.after {
            conditions.add_bound("(t.created_at, t.token) < ({}, {})", |query| {
                query
                    .bind::<Timestamptz, _>(after.created_at)
                    .bind::<Bpchar, _>(after.stored.clone())
            });
        }
        conditions
    }
}

/// Hands the tokens that pass `filter` to `each`, newest first, as they arrive.
pub fn list(
    conn: &mut PgConnection,
    filter: &TokenFilter,
    each: impl FnMut(ApiToken) -> Result<()>,
) -> Result<()> {
    let conditions = filter.conditions();
    let limit = filter.limit.map_or_else(String::new, |limit| format!("limit {limit}"));
    let sql = format!(
        "select {} from api_tokens t where {} order by t.created_at desc, t.token desc {limit}",
        columns(),
        conditions.sql(),
    );
    conditions.each_row(conn, sql, each)
}

pub fn count(conn: &mut PgConnection, filter: &TokenFilter) -> Result<i64> {
    let conditions = filter.conditions();
    conditions.count(conn, format!("select count(*) from api_tokens t where {}", conditions.sql()))
}

/// The token that is stored so.
pub fn find(conn: &mut PgConnection, stored: &StoredSecret) -> Result<Option<ApiToken>> {
    let query = format!("select {} from api_tokens t where t.token = $1", columns());
    Ok(diesel::sql_query(query).bind::<Bpchar, _>(stored.clone()).get_result(conn).optional()?)
}

/// SQL: a row of users may log in (contract 1).
pub const MAY_LOG_IN: &str = "email_verified and not blocked and not deleted";

/// The order in which one of several tokens of a name is meant: live ones, then the newest.
const CHOICE: &str = "t.revoked, t.expires_at <= now(), t.created_at desc, t.token desc";

/// The owner's token of that name: a live one before others, the newest before others.
pub fn named(conn: &mut PgConnection, owner: Uuid, name: &TokenName) -> Result<Option<ApiToken>> {
    let query = format!(
        "select {} from api_tokens t where t.owner_id = $1 and t.name = $2
         order by {CHOICE} limit 1",
        columns()
    );
    Ok(diesel::sql_query(query)
        .bind::<SqlUuid, _>(owner)
        .bind::<Text, _>(name.as_str())
        .get_result(conn)
        .optional()?)
}

/// The owner's live tokens, the newest first.
pub fn live(conn: &mut PgConnection, owner: Uuid) -> Result<Vec<ApiToken>> {
    let query = format!(
        "select {} from api_tokens t
         where t.owner_id = $1 and not t.revoked and t.expires_at > now()
         order by t.created_at desc, t.token desc",
        columns()
    );
    Ok(diesel::sql_query(query).bind::<SqlUuid, _>(owner).load(conn)?)
}

/// Tokens of one owner that a statement is to find, as `Rows` has them.
#[derive(Debug, Clone, Copy)]
pub struct Owned<'a> {
    pub owner: OwnerOf<'a>,
    pub which: Which<'a>,
}

#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// All that are not revoked.
    Unrevoked,
    /// All of that name that are not revoked. Where all are, the newest: that it is so already is what
    /// is to be known.
    Named(&'a TokenName),
    /// The one that the name means.
    Newest(&'a TokenName),
}

impl Owned<'_> {
    pub fn binds(&self) -> usize {
        let name = match self.which {
            Which::Unrevoked => 0,
            Which::Named(_) | Which::Newest(_) => 1,
        };
        self.owner.binds() + name
    }

    pub fn bind<'a>(&self, query: Query<'a>) -> Query<'a> {
        let query = self.owner.bind(query);
        match self.which {
            Which::Unrevoked => query,
            Which::Named(name) | Which::Newest(name) => {
                query.bind::<Text, _>(name.as_str().to_owned())
            }
        }
    }

    /// SQL: their `stored` and `created_at`, for a row `o` with the owner.
    pub fn sql(&self) -> String {
        let name = self.binds();
        let select = "select t.token as stored, t.created_at from api_tokens t
                      where t.owner_id = o.owner_id";
        match self.which {
            Which::Unrevoked => format!("{select} and not t.revoked"),
            Which::Newest(_) => {
                format!("{select} and t.name = ${name} order by {CHOICE} limit 1")
            }
            Which::Named(_) => format!(
                "{select} and t.name = ${name} and (not t.revoked or t.token = (
                     select n.token from api_tokens n
                     where n.owner_id = o.owner_id and n.name = ${name}
                     order by n.revoked, n.created_at desc, n.token desc limit 1))"
            ),
        }
    }

    /// Says why there are none, unless it may be so.
    pub fn explain_none(&self, conn: &mut PgConnection) -> Result<()> {
        self.owner.find(conn)?;
        match self.which {
            Which::Unrevoked => Ok(()),
            Which::Named(name) | Which::Newest(name) => Err(no_such(&self.owner, name)),
        }
    }
}

pub fn no_such(owner: &OwnerOf<'_>, name: &TokenName) -> Error {
    Error::NotFound(format!("{owner} has no token named `{name}`"))
}

/// SQL: whether one of the owner's users may log in (contract 1).
pub fn usable_sql(owner: &str) -> String {
    format!(
        "exists (select from api_token_owners m join users u on u.id = m.user_id
                 where m.owner_id = {owner} and {MAY_LOG_IN})"
    )
}

/// Whether one of the owner's users may log in (contract 1).
pub fn usable(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    let query = diesel::sql_query(format!("select {} as holds", usable_sql("$1"))).into_boxed();
    super::filter::holds(conn, query.bind::<SqlUuid, _>(owner))
}

/// What the UPDATE sets that revokes a token.
pub const REVOKE: &str = "revoked = true, revoked_at = now()";

/// A change of state of tokens. The UPDATE changes only rows that are not so already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenChange {
    Revoke,
    Block,
    Unblock,
}

impl TokenChange {
    pub fn action(self) -> &'static str {
        match self {
            Self::Revoke => "token.revoke",
            Self::Block => "token.block",
            Self::Unblock => "token.unblock",
        }
    }

    /// What the UPDATE sets, and on which rows it has anything to do.
    fn set_where(self) -> (&'static str, &'static str) {
        match self {
            Self::Revoke => (REVOKE, "not revoked"),
            Self::Block => ("blocked = true", "not blocked"),
            Self::Unblock => ("blocked = false", "blocked"),
        }
    }
}

/// Changes the tokens and writes an audit row for each that was not so already. Returns all of
/// them, in the order given. Fails as `Rows::check` does.
pub fn change(
    conn: &mut PgConnection,
    tokens: &Rows<'_>,
    change: TokenChange,
    audit: &Audit,
) -> Result<Vec<Changed<ApiToken>>> {
    let (set, condition) = change.set_where();
    let details = "jsonb_build_object('owner_id', owner_id)";
    let insert = Audit::insert(tokens.next_parameter(), &token_id("token"), details, "flipped");
    let query = diesel::sql_query(format!(
        "with {given}, flipped as (
             update api_tokens set {set} where {wanted} and {condition}
             returning *
         ), audited as ({insert}), now_standing as (
             select *, true as changed from flipped
             union all
             select *, false from api_tokens
             where {wanted} and token not in (select token from flipped)
         )
         select {}, t.changed, given.ordinal
         from given join now_standing t on t.token = given.stored
         order by given.ordinal",
        columns(),
        given = tokens.cte(&[TABLE]),
        wanted = tokens.include("token"),
    ))
    .into_boxed::<Pg>();
    let returned = audit.bind(tokens.bind(query)).load(conn)?;
    let mut rows = tokens.check(conn, &[TABLE], returned, |token: &ApiToken| &token.token)?;
    super::standing::refresh(
        &mut rows,
        |token| token.token.clone(),
        |unchanged| {
            let query = format!("select {} from api_tokens t where t.token = any ($1)", columns());
            Ok(diesel::sql_query(query).bind::<Array<Bpchar>, _>(unchanged).load(conn)?)
        },
    )?;
    Ok(rows)
}
