//! Lists of tokens.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::{array, exists, not, now};
use diesel::pg::{Pg, PgConnection, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Record, Timestamptz};
use uuid::Uuid;

use super::api_token::ApiToken;
use super::owner_users::{owner_usable, users_of_owner};
use crate::db::functions::{Bytewise, id_of};
use crate::db::live_token::live_token;
use crate::db::owners;
use crate::db::schema::{api_token_owners, api_tokens, users};
use crate::db::types::Bpchar;
use crate::db::users::{User, may_use_tokens};
use crate::domain::{IdStart, StoredText, TokenStatus};
use crate::error::Result;

/// A token as lists show it: with its status, and the usernames of the owner's users, A to Z.
#[derive(Debug, Clone)]
pub struct ListedToken {
    pub token: ApiToken,
    pub status: TokenStatus,
    pub users: Vec<StoredText>,
}

impl ListedToken {
    /// `users` are those of the token's owner, A to Z; `at` is the time that decides what has expired.
    pub fn of(token: ApiToken, at: DateTime<Utc>, users: &[User]) -> Self {
        let usable = users.iter().any(User::may_use_tokens);
        let users = users.iter().map(|user| user.username.clone()).collect();
        Self { status: token.status(at, usable), token, users }
    }
}

/// Looks up the users of the tokens' owners. `at` is the time that decides what has expired.
pub fn with_users(
    conn: &mut PgConnection,
    tokens: Vec<ApiToken>,
    at: DateTime<Utc>,
) -> QueryResult<Vec<ListedToken>> {
    let mut ids: Vec<_> = tokens.iter().map(|token| token.owner_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut of_owner = HashMap::<Uuid, (bool, Vec<StoredText>)>::new();
    for (owner, username, usable) in owners::usernames(conn, &ids)? {
        let (any_usable, usernames) = of_owner.entry(owner).or_default();
        *any_usable |= usable;
        usernames.push(username);
    }
    Ok(tokens
        .into_iter()
        .map(|token| {
            let (usable, users) = of_owner.get(&token.owner_id).cloned().unwrap_or_default();
            ListedToken { status: token.status(at, usable), token, users }
        })
        .collect())
}

#[derive(Debug, Default)]
pub struct TokenFilter {
    /// Only tokens of these owners; `None` is all.
    pub owners: Option<Vec<Uuid>>,
    pub status: Option<TokenStatus>,
    /// Only tokens of owners without users.
    pub orphaned: bool,
    /// Only live tokens that expire before this.
    pub expiring_before: Option<DateTime<Utc>>,
    /// Only what comes after this token in the list.
    pub after: Option<ApiToken>,
}

fn filtered(filter: &TokenFilter) -> api_tokens::BoxedQuery<'static, Pg> {
    let mut query = api_tokens::table.into_boxed();
    if let Some(owners) = &filter.owners {
        query = match owners.as_slice() {
            [owner] => query.filter(api_tokens::owner_id.eq(*owner)),
            owners => query.filter(api_tokens::owner_id.eq_any(owners.to_vec())),
        };
    }
    query = match filter.status {
        None => query,
        Some(TokenStatus::Revoked) => query.filter(api_tokens::revoked),
        Some(TokenStatus::Expired) => {
            query.filter(not(api_tokens::revoked)).filter(api_tokens::expires_at.le(now))
        }
        Some(TokenStatus::Blocked) => query.filter(live_token()).filter(api_tokens::blocked),
        Some(TokenStatus::OwnerBlocked) => query
            .filter(live_token())
            .filter(not(api_tokens::blocked))
            .filter(owner_usable!().is_null()),
        Some(TokenStatus::Active) => query
            .filter(live_token())
            .filter(not(api_tokens::blocked))
            .filter(owner_usable!().is_not_null()),
    };
    if filter.orphaned {
        let any_user = api_token_owners::table
            .filter(api_token_owners::owner_id.eq(api_tokens::owner_id))
            .select(true.into_sql::<Bool>())
            .limit(1)
            .single_value();
        query = query.filter(any_user.is_null());
    }
    if let Some(before) = filter.expiring_before {
        query = query.filter(live_token()).filter(api_tokens::expires_at.lt(before));
    }
    if let Some(after) = &filter.after {
        let place =
            (api_tokens::created_at, api_tokens::token).into_sql::<Record<(Timestamptz, Bpchar)>>();
        query = query.filter(place.lt((after.created_at, after.key.clone())));
    }
    query
}

/// Hands the tokens that pass `filter` to `each`, the newest first, as they arrive. `at` is the time
/// of the transaction.
pub fn list(
    conn: &mut PgConnection,
    filter: &TokenFilter,
    at: DateTime<Utc>,
    limit: Option<i64>,
    mut each: impl FnMut(ListedToken) -> Result<()>,
) -> Result<()> {
    let mut query = filtered(filter);
    if let Some(limit) = limit {
        query = query.limit(limit);
    }
    let usernames = array(users_of_owner!().order(users::username).select(users::username));
    let rows = query
        .order((api_tokens::created_at.desc(), api_tokens::token.desc()))
        .select((ApiToken::as_select(), owner_usable!(), usernames))
        .load_iter::<(ApiToken, Option<bool>, Vec<StoredText>), PgRowByRowLoadingMode>(conn)?;
    for row in rows {
        let (token, usable, users) = row?;
        each(ListedToken { status: token.status(at, usable.is_some()), token, users })?;
    }
    Ok(())
}

/// Up to `limit` owners that have tokens and no users. With `Access::by_index`, two indexes are walked side by
/// side.
pub fn owners_without_users(conn: &mut PgConnection, limit: i64) -> QueryResult<Vec<Uuid>> {
    let users = api_token_owners::table
        .filter(api_token_owners::owner_id.eq(api_tokens::owner_id))
        .select(api_token_owners::owner_id);
    api_tokens::table
        .filter(not(exists(users)))
        .order(api_tokens::owner_id)
        .select(api_tokens::owner_id)
        .distinct()
        .limit(limit)
        .load(conn)
}

pub fn count(conn: &mut PgConnection, filter: &TokenFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}

/// Up to `limit` tokens whose ids begin with this; the newest where it is empty. `at` is the time of the
/// transaction.
pub fn beginning_with(
    conn: &mut PgConnection,
    start: &IdStart,
    at: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<ListedToken>> {
    let tokens = if start.is_empty() {
        let newest = (api_tokens::created_at.desc(), api_tokens::token.desc());
        ApiToken::query().order(newest).limit(limit).load(conn)?
    } else {
        ApiToken::query()
            .filter(id_of!(api_tokens::token).like(start.stored_pattern()))
            .order(Bytewise::new(id_of!(api_tokens::token)))
            .limit(limit)
            .load(conn)?
    };
    with_users(conn, tokens, at)
}
