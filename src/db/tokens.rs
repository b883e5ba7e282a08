//! The queries on `api_tokens`.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::json;
use uuid::Uuid;

use super::audit::{Audit, EXPIRES_AT};
use super::filter::Conditions;
use super::owners::KNOWN;
use super::row_ids::{self, Position, Rows, SecretTable};
use super::{Bpchar, Stored};
use crate::domain::{At, Changed, TokenName};
use crate::error::Result;

pub const TABLE: SecretTable = SecretTable { table: "api_tokens", column: "token", noun: "token" };

/// A token as lists show it: what is stored of the secret stays hidden.
#[derive(Debug, Clone, QueryableByName)]
pub struct ApiToken {
    #[diesel(sql_type = Bpchar)]
    pub token: Stored,
    #[diesel(sql_type = SqlUuid)]
    pub owner_id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: At,
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: At,
    #[diesel(sql_type = Bool)]
    pub blocked: bool,
    #[diesel(sql_type = Bool)]
    pub revoked: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub revoked_at: Option<At>,
    #[diesel(sql_type = Text)]
    pub status: String,
    /// The usernames of the owner's users, A to Z.
    #[diesel(sql_type = Array<Text>)]
    pub users: Vec<String>,
}

/// Some user of the owner of `t` is neither blocked nor deleted. Not `exists`, which the planner
/// may answer for all owners at once, from a scan of both tables.
const OWNER_USABLE: &str = "coalesce((
    select true from api_token_owners o join users u on u.id = o.user_id
    where o.owner_id = t.owner_id and not u.blocked and not u.deleted limit 1), false)";

/// The columns of `ApiToken`, over a row `t`.
fn columns() -> String {
    format!(
        "t.token, t.owner_id, t.name::text, t.created_at, t.expires_at, t.blocked, t.revoked,
         t.revoked_at,
         case when t.revoked then 'revoked'
              when t.expires_at <= now() then 'expired'
              when t.blocked then 'blocked'
              when not {OWNER_USABLE} then 'owner-blocked'
              else 'active' end as status,
         array(select u.username::text from api_token_owners o join users u on u.id = o.user_id
               where o.owner_id = t.owner_id order by u.username) as users"
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

/// Which of the stored values are those of a token.
pub fn known(conn: &mut PgConnection, values: Vec<Stored>) -> Result<HashSet<Stored>> {
    #[derive(QueryableByName)]
    struct Known {
        #[diesel(sql_type = Bpchar)]
        token: Stored,
    }
    let known: Vec<Known> =
        diesel::sql_query("select token from api_tokens where token = any ($1)")
            .bind::<Array<Bpchar>, _>(values)
            .load(conn)?;
    Ok(known.into_iter().map(|known| known.token).collect())
}

/// The token that is stored so.
pub fn find(conn: &mut PgConnection, stored: &Stored) -> Result<Option<ApiToken>> {
    let query = format!("select {} from api_tokens t where t.token = $1", columns());
    Ok(diesel::sql_query(query).bind::<Bpchar, _>(stored.clone()).get_result(conn).optional()?)
}

/// The owner's tokens of that name, the newest first.
pub fn named(conn: &mut PgConnection, owner: Uuid, name: &TokenName) -> Result<Vec<ApiToken>> {
    let query = format!(
        "select {} from api_tokens t where t.owner_id = $1 and t.name = $2
         order by t.created_at desc, t.token desc",
        columns()
    );
    Ok(diesel::sql_query(query)
        .bind::<SqlUuid, _>(owner)
        .bind::<Text, _>(name.as_str())
        .load(conn)?)
}

/// The owner's tokens that are not revoked, the newest first.
pub fn unrevoked(conn: &mut PgConnection, owner: Uuid) -> Result<Vec<ApiToken>> {
    let query = format!(
        "select {} from api_tokens t where t.owner_id = $1 and not t.revoked
         order by t.created_at desc, t.token desc",
        columns()
    );
    Ok(diesel::sql_query(query).bind::<SqlUuid, _>(owner).load(conn)?)
}

/// What decides whether an owner gets a token of some name.
#[derive(Debug, QueryableByName)]
pub struct Prospects {
    /// The live token of that name, the newest if an old database has several.
    #[diesel(sql_type = Nullable<Bpchar>)]
    pub live: Option<Stored>,
    /// One of the owner's users may log in: verified, not blocked, not deleted.
    #[diesel(sql_type = Bool)]
    pub usable: bool,
    /// The owner has users or tokens: it may have lost all while its lock was waited for.
    #[diesel(sql_type = Bool)]
    pub known: bool,
    /// The database's clock.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

/// To be asked under the lock of `owners::TOKEN_NAMES`: names are unique under it alone.
pub fn prospects(conn: &mut PgConnection, owner: Uuid, name: &str) -> Result<Prospects> {
    Ok(diesel::sql_query(format!(
        "select (select t.token from api_tokens t
                 where t.owner_id = $1 and t.name = $2 and not t.revoked and t.expires_at > now()
                 order by t.created_at desc, t.token desc limit 1) as live,
                exists (select from api_token_owners o join users u on u.id = o.user_id
                        where o.owner_id = $1 and u.email_verified
                          and not u.blocked and not u.deleted) as usable,
                {KNOWN} as known,
                now() as now",
    ))
    .bind::<SqlUuid, _>(owner)
    .bind::<Text, _>(name)
    .get_result(conn)?)
}

#[derive(Debug)]
pub struct NewApiToken<'a> {
    pub owner: Uuid,
    /// The owner was made for this token.
    pub owner_created: bool,
    /// The token that this one takes the place of, by its id.
    pub rotated_from: Option<String>,
    /// Of an existing token it may break today's rules.
    pub name: &'a str,
    pub stored: Stored,
    pub expires_at: DateTime<Utc>,
}

/// Inserts a token and its audit row.
pub fn insert(conn: &mut PgConnection, new: NewApiToken<'_>, audit: &Audit) -> Result<ApiToken> {
    let mut details = json!({
        "owner_id": new.owner.to_string(),
        "owner_created": new.owner_created,
        "expires_at": new.expires_at,
    });
    if let Some(id) = new.rotated_from {
        details["rotated_from"] = id.into();
    }
    let insert = Audit::insert(6, row_ids::TOKEN_ID, "$5::jsonb", "issued");
    let query = diesel::sql_query(format!(
        "with issued as (
             insert into api_tokens (owner_id, created_at, expires_at, name, token)
             values ($1, now(), $2, $3, $4)
             returning *
         ), audited as ({insert})
         select {} from issued t",
        columns()
    ))
    .into_boxed::<Pg>()
    .bind::<SqlUuid, _>(new.owner)
    .bind::<Timestamptz, _>(new.expires_at)
    .bind::<Text, _>(new.name)
    .bind::<Bpchar, _>(new.stored)
    .bind::<Jsonb, _>(details);
    Ok(audit.bind(query).get_result(conn)?)
}

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
            Self::Revoke => ("revoked = true, revoked_at = now()", "not revoked"),
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
    let insert = Audit::insert(tokens.next_parameter(), row_ids::TOKEN_ID, details, "flipped");
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

/// Lets a token live until `latest` at most, but never longer than before, and ends it now at the
/// earliest, as another takes its place; with an audit row that names that one. Returns its new end.
/// `None` where it is not live, or is blocked: then nothing was changed.
pub fn shorten(
    conn: &mut PgConnection,
    token: &Stored,
    latest: DateTime<Utc>,
    rotated_to: &Stored,
    audit: &Audit,
) -> Result<Option<At>> {
    #[derive(QueryableByName)]
    struct End {
        #[diesel(sql_type = Timestamptz)]
        expires_at: At,
    }
    let details = format!("jsonb_build_object('rotated_to', $3::text, 'expires_at', {EXPIRES_AT})");
    let insert = Audit::insert(4, row_ids::TOKEN_ID, &details, "shortened");
    let query = diesel::sql_query(format!(
        "with shortened as (
             update api_tokens set expires_at = least(expires_at, greatest($2, now()))
             where token = $1 and not revoked and not blocked and expires_at > now()
             returning *
         ), audited as ({insert})
         select expires_at from shortened"
    ))
    .into_boxed::<Pg>()
    .bind::<Bpchar, _>(token.clone())
    .bind::<Timestamptz, _>(latest)
    .bind::<Nullable<Text>, _>(rotated_to.id());
    let end: Option<End> = audit.bind(query).get_result(conn).optional()?;
    Ok(end.map(|end| end.expires_at))
}
