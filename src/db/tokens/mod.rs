//! All queries on `api_tokens`. The key of a row is what is stored of the secret; its id, by which an
//! operator names it, is the beginning of the key.

mod api_token;
mod list;
mod owner_users;

use chrono::{DateTime, Utc};
use diesel::dsl::not;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

pub use api_token::{ApiToken, count_done};
pub use list::{
    ListedToken, TokenFilter, beginning_with, count, list, owners_without_users, with_users,
};

use self::owner_users::{owner_usable, users_of_owner};
use super::functions::{TextOf, id_of, is_named_by, least, unnest};
use super::live_token::live_token;
use super::schema::{api_token_owners, api_tokens, users};
use super::types::{Bpchar, StoredSecret};
use super::users::may_use_tokens;
use crate::domain::{RowId, StoredText, TokenName};

/// The tokens that the id names. Up to two, so that the caller sees an ambiguous id.
pub fn find_by_id(conn: &mut PgConnection, id: &RowId) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query().filter(is_named_by!(api_tokens::token, id)).limit(2).load(conn)
}

/// The keys with these ids, each as `RowId::stored_id`.
pub fn keys_with_ids(conn: &mut PgConnection, ids: &[String]) -> QueryResult<Vec<StoredSecret>> {
    api_tokens::table
        .filter(id_of!(api_tokens::token).eq_any(ids))
        .select(api_tokens::token)
        .load(conn)
}

/// The token with this key.
pub fn find(conn: &mut PgConnection, key: &StoredSecret) -> QueryResult<Option<ApiToken>> {
    ApiToken::query().filter(api_tokens::token.eq(key)).first(conn).optional()
}

/// Those of these keys that are in the table.
pub fn among(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<StoredSecret>> {
    api_tokens::table.filter(api_tokens::token.eq_any(keys)).select(api_tokens::token).load(conn)
}

/// All tokens of that name, revoked ones included.
pub fn named(conn: &mut PgConnection, owner: Uuid, name: &TokenName) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query()
        .filter(api_tokens::owner_id.eq(owner))
        .filter(TextOf::new(api_tokens::name).eq(name.as_str()))
        .load(conn)
}

/// Locks the tokens for which the condition holds, in the order of their keys, so that two commands
/// cannot deadlock.
macro_rules! lock_where {
    ($conn:expr, $condition:expr) => {
        ApiToken::query()
            .filter($condition)
            .order(api_tokens::token)
            .for_no_key_update()
            .load($conn)
    };
}

/// Locks the tokens with these keys.
pub fn lock(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<ApiToken>> {
    lock_where!(conn, api_tokens::token.eq_any(keys))
}

/// Locks all tokens of that name, revoked ones included.
pub fn lock_named(
    conn: &mut PgConnection,
    owner: Uuid,
    name: &StoredText,
) -> QueryResult<Vec<ApiToken>> {
    lock_where!(conn, api_tokens::owner_id.eq(owner).and(TextOf::new(api_tokens::name).eq(name)))
}

/// Locks the owner's tokens that are not revoked.
pub fn lock_unrevoked(conn: &mut PgConnection, owner: Uuid) -> QueryResult<Vec<ApiToken>> {
    lock_where!(conn, api_tokens::owner_id.eq(owner).and(not(api_tokens::revoked)))
}

/// Locks the live tokens of these owners. Some may have expired by the time that the locks are granted.
pub fn lock_live_of(conn: &mut PgConnection, owners: &[Uuid]) -> QueryResult<Vec<ApiToken>> {
    lock_where!(conn, api_tokens::owner_id.eq_any(owners).and(live_token()))
}

/// Locks all tokens of these owners, in the order of their keys, before they are deleted.
pub fn lock_all_of(conn: &mut PgConnection, owners: &[Uuid]) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query()
        .filter(api_tokens::owner_id.eq_any(owners))
        .order(api_tokens::token)
        .for_update()
        .load(conn)
}

/// How many live tokens the owners of the user have, shared owners included.
pub fn count_live_of_user(conn: &mut PgConnection, user: Uuid) -> QueryResult<i64> {
    let owners = api_token_owners::table
        .filter(api_token_owners::user_id.eq(user))
        .select(api_token_owners::owner_id);
    api_tokens::table
        .filter(api_tokens::owner_id.eq_any(owners))
        .filter(live_token())
        .count()
        .get_result(conn)
}

/// The live tokens of the users' owners that some user of the owner may use. Of users who are blocked or
/// deleted before this query, in the same transaction: the tokens that others share with them.
pub fn usable_of_users(conn: &mut PgConnection, users: &[Uuid]) -> QueryResult<Vec<StoredSecret>> {
    let owners = api_token_owners::table
        .filter(api_token_owners::user_id.eq_any(users))
        .select(api_token_owners::owner_id);
    api_tokens::table
        .filter(api_tokens::owner_id.eq_any(owners))
        .filter(live_token())
        .filter(owner_usable!().is_not_null())
        .order(api_tokens::token)
        .select(api_tokens::token)
        .load(conn)
}

/// The live tokens of these owners.
pub fn live_of(conn: &mut PgConnection, owners: &[Uuid]) -> QueryResult<Vec<StoredSecret>> {
    api_tokens::table
        .filter(api_tokens::owner_id.eq_any(owners))
        .filter(live_token())
        .order(api_tokens::token)
        .select(api_tokens::token)
        .load(conn)
}

/// How many tokens the owner has, expired and revoked ones included.
pub fn count_of(conn: &mut PgConnection, owner: Uuid) -> QueryResult<i64> {
    api_tokens::table.filter(api_tokens::owner_id.eq(owner)).count().get_result(conn)
}

#[derive(Debug, Insertable)]
#[diesel(table_name = api_tokens)]
pub struct NewApiToken<'a> {
    pub token: &'a StoredSecret,
    pub owner_id: Uuid,
    pub name: &'a StoredText,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl NewApiToken<'_> {
    /// Whether the row holds what was to be inserted. The time of creation may be the database's.
    pub fn is_stored_as(&self, row: &ApiToken) -> bool {
        let Self { token, owner_id, name, created_at, expires_at } = *self;
        let wanted = ApiToken {
            key: token.clone(),
            owner_id,
            name: name.clone(),
            created_at: created_at.into(),
            expires_at: expires_at.into(),
            blocked: false,
            revoked: false,
            revoked_at: None,
        };
        wanted.is_stored_as(row)
    }
}

/// `None` if the database inserted nothing.
pub fn insert(conn: &mut PgConnection, new: &NewApiToken<'_>) -> QueryResult<Option<ApiToken>> {
    diesel::insert_into(api_tokens::table)
        .values(new)
        .returning(ApiToken::as_returning())
        .get_result(conn)
        .optional()
}

/// Inserts these tokens as they are, except that none is revoked.
pub fn insert_all(conn: &mut PgConnection, new: &[ApiToken]) -> QueryResult<Vec<ApiToken>> {
    let owners: Vec<_> = new.iter().map(|token| token.owner_id).collect();
    let keys: Vec<_> = new.iter().map(|token| &token.key).collect();
    let names: Vec<_> = new.iter().map(|token| &token.name).collect();
    let created: Vec<_> = new.iter().map(|token| token.created_at).collect();
    let expire: Vec<_> = new.iter().map(|token| token.expires_at).collect();
    let blocked: Vec<_> = new.iter().map(|token| token.blocked).collect();
    diesel::insert_into(api_tokens::table)
        .values(diesel::select((
            // PostgreSQL advances all of them in parallel.
            unnest(owners.into_sql::<Array<SqlUuid>>()),
            unnest(keys.into_sql::<Array<Bpchar>>()),
            unnest(names.into_sql::<Array<Text>>()),
            unnest(created.into_sql::<Array<Timestamptz>>()),
            unnest(expire.into_sql::<Array<Timestamptz>>()),
            unnest(blocked.into_sql::<Array<Bool>>()),
        )))
        .into_columns((
            api_tokens::owner_id,
            api_tokens::token,
            api_tokens::name,
            api_tokens::created_at,
            api_tokens::expires_at,
            api_tokens::blocked,
        ))
        .returning(ApiToken::as_returning())
        .get_results(conn)
}

/// Sets this in the rows of the tokens, and returns the rows as they are then.
macro_rules! update {
    ($conn:expr, $keys:expr, $set:expr) => {
        diesel::update(api_tokens::table.filter(api_tokens::token.eq_any($keys)))
            .set($set)
            .returning(ApiToken::as_returning())
            .get_results($conn)
    };
}

/// Revokes the tokens, whatever their state; `at` is the time of the change.
pub fn revoke(
    conn: &mut PgConnection,
    keys: &[StoredSecret],
    at: DateTime<Utc>,
) -> QueryResult<Vec<ApiToken>> {
    update!(conn, keys, (api_tokens::revoked.eq(true), api_tokens::revoked_at.eq(at)))
}

pub fn block(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<ApiToken>> {
    update!(conn, keys, api_tokens::blocked.eq(true))
}

pub fn unblock(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<ApiToken>> {
    update!(conn, keys, api_tokens::blocked.eq(false))
}

/// Sets when the token expires. `None` if the database changed nothing.
pub fn set_expires_at(
    conn: &mut PgConnection,
    key: &StoredSecret,
    end: DateTime<Utc>,
) -> QueryResult<Option<ApiToken>> {
    diesel::update(api_tokens::table.find(key))
        .set(api_tokens::expires_at.eq(end))
        .returning(ApiToken::as_returning())
        .get_result(conn)
        .optional()
}

/// Gives the tokens to another owner.
pub fn transfer(
    conn: &mut PgConnection,
    keys: &[StoredSecret],
    owner: Uuid,
) -> QueryResult<Vec<ApiToken>> {
    update!(conn, keys, api_tokens::owner_id.eq(owner))
}

/// The same, and lets them expire at this time, unless they do so before.
pub fn transfer_until(
    conn: &mut PgConnection,
    keys: &[StoredSecret],
    owner: Uuid,
    end: DateTime<Utc>,
) -> QueryResult<Vec<ApiToken>> {
    let end = least(api_tokens::expires_at, end.into_sql::<Timestamptz>());
    update!(conn, keys, (api_tokens::owner_id.eq(owner), api_tokens::expires_at.eq(end)))
}

/// Deletes the tokens, and returns the keys of those that were there.
pub fn delete(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<StoredSecret>> {
    diesel::delete(api_tokens::table.filter(api_tokens::token.eq_any(keys)))
        .returning(api_tokens::token)
        .get_results(conn)
}
