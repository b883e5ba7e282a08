//! All queries on `api_tokens`. The key of a row is what is stored of the secret; its id, by which an
//! operator names it, is the beginning of the key.

mod list;
mod owner_users;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::not;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

pub use list::{ListedToken, TokenFilter, count, list, with_users};

use self::owner_users::{owner_usable, users_of_owner};
use super::functions::{BytesAtLeast, BytesBelow, TextOf, least, unnest};
use super::live_token::live_token;
use super::schema::{api_token_owners, api_tokens, users};
use super::types::{Bpchar, IdRanges, PlacedKey, StoredSecret};
use crate::domain::{RowId, StoredTime, TokenName, TokenStatus};

/// A row of `api_tokens`.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = api_tokens)]
pub struct ApiToken {
    #[diesel(column_name = token)]
    pub key: StoredSecret,
    pub owner_id: Uuid,
    pub name: String,
    pub created_at: StoredTime,
    pub expires_at: StoredTime,
    pub blocked: bool,
    pub revoked: bool,
    pub revoked_at: Option<StoredTime>,
}

impl ApiToken {
    /// Neither revoked nor expired. Queries say so with `live_token`.
    pub fn is_live(&self, at: DateTime<Utc>) -> bool {
        !self.revoked && *self.expires_at > at
    }

    /// Whether the row is as `revoke` leaves it. The time may be the database's own.
    pub fn is_revoked(&self) -> bool {
        self.revoked && self.revoked_at.is_some()
    }

    /// Whether the row holds this token. The time of creation may be the database's.
    pub fn is_stored_as(&self, row: &Self) -> bool {
        *row == Self { created_at: row.created_at, ..self.clone() }
    }

    /// When the token that replaces this one is created, at or after `at`: it is the newest of its name,
    /// also where this one lies in the future because a clock was set back. `None` where no time is
    /// later.
    pub fn replaced_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        Some(at.max(self.created_at.checked_add_signed(TimeDelta::microseconds(1))?))
    }

    /// `owner_usable`: some user of the owner is neither blocked nor deleted.
    pub fn status(&self, at: DateTime<Utc>, owner_usable: bool) -> TokenStatus {
        match self {
            Self { revoked: true, .. } => TokenStatus::Revoked,
            _ if !self.is_live(at) => TokenStatus::Expired,
            Self { blocked: true, .. } => TokenStatus::Blocked,
            _ if !owner_usable => TokenStatus::OwnerBlocked,
            _ => TokenStatus::Active,
        }
    }
}

/// The tokens that the id names. Up to two, so that the caller sees an ambiguous id.
pub fn find_by_id(conn: &mut PgConnection, id: &RowId) -> QueryResult<Vec<ApiToken>> {
    let (low, high) = id.stored_bounds();
    let (low, high) = (StoredSecret::new(&low), StoredSecret::new(&high));
    ApiToken::query()
        .filter(BytesAtLeast::new(api_tokens::token, low.into_sql::<Bpchar>()))
        .filter(BytesBelow::new(api_tokens::token, high.into_sql::<Bpchar>()))
        .limit(2)
        .load(conn)
}

/// The keys that these ids name. Up to two for each, so that the caller sees an ambiguous id.
pub fn find_by_ids(conn: &mut PgConnection, ids: &[RowId]) -> QueryResult<Vec<PlacedKey>> {
    let ranges = IdRanges::of(ids);
    // Raw: Diesel has no LATERAL. The upper bound is outside of the LIMIT, so that the planner reads
    // the index; two keys are enough to see an ambiguous id.
    diesel::sql_query(
        "select w.place, t.key
         from unnest($1, $2, $3) as w (place, low, high)
         cross join lateral (
             select token as key from api_tokens
             where token ~>=~ w.low::bpchar
             order by token using ~<~ limit 2
         ) t
         where t.key ~<~ w.high::bpchar",
    )
    .bind::<Array<Integer>, _>(ranges.places)
    .bind::<Array<Text>, _>(ranges.lows)
    .bind::<Array<Text>, _>(ranges.highs)
    .load(conn)
}

/// The token with this key.
pub fn find(conn: &mut PgConnection, key: &StoredSecret) -> QueryResult<Option<ApiToken>> {
    ApiToken::query().filter(api_tokens::token.eq(key)).first(conn).optional()
}

/// All tokens of that name, revoked ones included.
pub fn named(conn: &mut PgConnection, owner: Uuid, name: &TokenName) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query()
        .filter(api_tokens::owner_id.eq(owner))
        .filter(TextOf::new(api_tokens::name).eq(name.as_str()))
        .load(conn)
}

/// Locks the tokens with these keys, in the order of the keys, so that two commands cannot deadlock.
pub fn lock(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query()
        .filter(api_tokens::token.eq_any(keys))
        .order(api_tokens::token)
        .for_no_key_update()
        .load(conn)
}

/// Locks all tokens of that name, revoked ones included, in the order of their keys.
pub fn lock_named(conn: &mut PgConnection, owner: Uuid, name: &str) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query()
        .filter(api_tokens::owner_id.eq(owner))
        .filter(TextOf::new(api_tokens::name).eq(name))
        .order(api_tokens::token)
        .for_no_key_update()
        .load(conn)
}

/// Locks the owner's tokens that are not revoked, in the order of their keys.
pub fn lock_unrevoked(conn: &mut PgConnection, owner: Uuid) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query()
        .filter(api_tokens::owner_id.eq(owner))
        .filter(not(api_tokens::revoked))
        .order(api_tokens::token)
        .for_no_key_update()
        .load(conn)
}

/// Locks the live tokens of these owners, in the order of their keys. Some may have expired by the time
/// that the locks are granted.
pub fn lock_live_of(conn: &mut PgConnection, owners: &[Uuid]) -> QueryResult<Vec<ApiToken>> {
    ApiToken::query()
        .filter(api_tokens::owner_id.eq_any(owners))
        .filter(live_token())
        .order(api_tokens::token)
        .for_no_key_update()
        .load(conn)
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

/// The live tokens of the users' owners that go on working: users who are neither blocked nor deleted
/// share these owners.
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
    pub name: &'a str,
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
            name: name.to_owned(),
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
    let names: Vec<_> = new.iter().map(|token| token.name.as_str()).collect();
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

/// Revokes the tokens, whatever their state; `at` is the time of the change.
pub fn revoke(
    conn: &mut PgConnection,
    keys: &[StoredSecret],
    at: DateTime<Utc>,
) -> QueryResult<Vec<ApiToken>> {
    diesel::update(api_tokens::table.filter(api_tokens::token.eq_any(keys)))
        .set((api_tokens::revoked.eq(true), api_tokens::revoked_at.eq(at)))
        .returning(ApiToken::as_returning())
        .get_results(conn)
}

pub fn block(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<ApiToken>> {
    diesel::update(api_tokens::table.filter(api_tokens::token.eq_any(keys)))
        .set(api_tokens::blocked.eq(true))
        .returning(ApiToken::as_returning())
        .get_results(conn)
}

pub fn unblock(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<ApiToken>> {
    diesel::update(api_tokens::table.filter(api_tokens::token.eq_any(keys)))
        .set(api_tokens::blocked.eq(false))
        .returning(ApiToken::as_returning())
        .get_results(conn)
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
    diesel::update(api_tokens::table.filter(api_tokens::token.eq_any(keys)))
        .set(api_tokens::owner_id.eq(owner))
        .returning(ApiToken::as_returning())
        .get_results(conn)
}

/// The same, and lets them expire at this time, unless they do so before.
pub fn transfer_until(
    conn: &mut PgConnection,
    keys: &[StoredSecret],
    owner: Uuid,
    end: DateTime<Utc>,
) -> QueryResult<Vec<ApiToken>> {
    diesel::update(api_tokens::table.filter(api_tokens::token.eq_any(keys)))
        .set((
            api_tokens::owner_id.eq(owner),
            api_tokens::expires_at.eq(least(api_tokens::expires_at, end.into_sql::<Timestamptz>())),
        ))
        .returning(ApiToken::as_returning())
        .get_results(conn)
}

/// Deletes the tokens, and returns the keys of those that were there.
pub fn delete(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<StoredSecret>> {
    diesel::delete(api_tokens::table.filter(api_tokens::token.eq_any(keys)))
        .returning(api_tokens::token)
        .get_results(conn)
}
