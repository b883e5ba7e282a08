//! All queries on `refresh_tokens`, the sessions of users. Their times are UTC without a zone: they
//! are compared with a time of UTC, never with `now()`, which follows the session's time zone.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::{self, not};
use diesel::pg::{Pg, PgConnection, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::sql_types::{Record, Timestamp};
use uuid::Uuid;

use super::functions::{Bytewise, coalesce, id_of, is_named_by, least};
use super::schema::{refresh_tokens, users};
use super::types::{Bpchar, StoredSecret};
use crate::domain::{IdStart, RowId, SessionStatus, StoredText, StoredTime};
use crate::error::Result;

/// A row of `refresh_tokens`. The refresh token stays hidden.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = refresh_tokens)]
pub struct Session {
    #[diesel(column_name = token)]
    pub key: StoredSecret,
    pub user_id: Uuid,
    pub created_at: StoredTime,
    pub expires_at: StoredTime,
    pub revoked: bool,
    pub revoked_at: Option<StoredTime>,
}

impl Session {
    /// The service reads `expires_at` alone. Queries say what is live with `live_session`.
    pub fn status(&self, at: DateTime<Utc>) -> SessionStatus {
        if *self.expires_at > at {
            SessionStatus::Live
        } else if self.revoked {
            SessionStatus::Revoked
        } else {
            SessionStatus::Expired
        }
    }
}

type LiveSession = dsl::Gt<refresh_tokens::expires_at, NaiveDateTime>;

/// Whether the session is live at `at`.
pub fn live_session(at: DateTime<Utc>) -> LiveSession {
    refresh_tokens::expires_at.gt(at.naive_utc())
}

/// A session with the username and the email of its user; `None` where the user is missing, as where the foreign key
/// was not enforced.
pub type SessionOfUser = (Session, Option<StoredText>, Option<StoredText>);

#[derive(Debug, Default)]
pub struct SessionFilter {
    pub user: Option<Uuid>,
    pub status: Option<SessionStatus>,
    pub created_after: Option<DateTime<Utc>>,
    pub created_before: Option<DateTime<Utc>>,
    /// Only what comes after this session in the list.
    pub after: Option<Session>,
}

/// The query, boxed, with the conditions of the filter. `at` is the time of the transaction.
macro_rules! filtered {
    ($query:expr, $filter:expr, $at:expr) => {{
        let filter: &SessionFilter = $filter;
        let mut query = $query.into_boxed::<Pg>();
        if let Some(user) = filter.user {
            query = query.filter(refresh_tokens::user_id.eq(user));
        }
        query = match filter.status {
            None => query,
            Some(SessionStatus::Live) => query.filter(live_session($at)),
            Some(SessionStatus::Revoked) => {
                query.filter(not(live_session($at))).filter(refresh_tokens::revoked)
            }
            Some(SessionStatus::Expired) => {
                query.filter(not(live_session($at))).filter(not(refresh_tokens::revoked))
            }
        };
        if let Some(after) = filter.created_after {
            query = query.filter(refresh_tokens::created_at.ge(after.naive_utc()));
        }
        if let Some(before) = filter.created_before {
            query = query.filter(refresh_tokens::created_at.lt(before.naive_utc()));
        }
        if let Some(after) = &filter.after {
            let place = (refresh_tokens::created_at, refresh_tokens::token)
                .into_sql::<Record<(Timestamp, Bpchar)>>();
            query = query.filter(place.lt((after.created_at, after.key.clone())));
        }
        query
    }};
}

/// Hands the sessions that pass `filter` to `each`, the newest first, as they arrive. `at` is
/// the time of the transaction.
pub fn list(
    conn: &mut PgConnection,
    filter: &SessionFilter,
    at: DateTime<Utc>,
    limit: Option<i64>,
    mut each: impl FnMut(SessionOfUser) -> Result<()>,
) -> Result<()> {
    let mut query = filtered!(refresh_tokens::table.left_join(users::table), filter, at);
    if let Some(limit) = limit {
        query = query.limit(limit);
    }
    let rows = query
        .order((refresh_tokens::created_at.desc(), refresh_tokens::token.desc()))
        .select((Session::as_select(), users::username.nullable(), users::email.nullable()))
        .load_iter::<SessionOfUser, PgRowByRowLoadingMode>(conn)?;
    for row in rows {
        each(row?)?;
    }
    Ok(())
}

pub fn count(
    conn: &mut PgConnection,
    filter: &SessionFilter,
    at: DateTime<Utc>,
) -> QueryResult<i64> {
    filtered!(refresh_tokens::table, filter, at).count().get_result(conn)
}

/// The sessions that the id names. Up to two, so that the caller sees an ambiguous id.
pub fn find_by_id(conn: &mut PgConnection, id: &RowId) -> QueryResult<Vec<Session>> {
    Session::query().filter(is_named_by!(refresh_tokens::token, id)).limit(2).load(conn)
}

/// Up to `limit` sessions whose ids begin with this; the newest where it is empty.
pub fn beginning_with(
    conn: &mut PgConnection,
    start: &IdStart,
    limit: i64,
) -> QueryResult<Vec<SessionOfUser>> {
    let mut query = refresh_tokens::table.left_join(users::table).into_boxed::<Pg>();
    query = if start.is_empty() {
        query.order((refresh_tokens::created_at.desc(), refresh_tokens::token.desc()))
    } else {
        query
            .filter(id_of!(refresh_tokens::token).like(start.stored_pattern()))
            .order(Bytewise::new(id_of!(refresh_tokens::token)))
    };
    query
        .limit(limit)
        .select((Session::as_select(), users::username.nullable(), users::email.nullable()))
        .load(conn)
}

/// The keys with these ids, each as `RowId::stored_id`.
pub fn keys_with_ids(conn: &mut PgConnection, ids: &[String]) -> QueryResult<Vec<StoredSecret>> {
    refresh_tokens::table
        .filter(id_of!(refresh_tokens::token).eq_any(ids))
        .select(refresh_tokens::token)
        .load(conn)
}

/// The sessions with these keys, with their users.
pub fn find(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<SessionOfUser>> {
    refresh_tokens::table
        .left_join(users::table)
        .filter(refresh_tokens::token.eq_any(keys))
        .select((Session::as_select(), users::username.nullable(), users::email.nullable()))
        .load(conn)
}

/// The users of the sessions with these keys, each once.
pub fn users_of(conn: &mut PgConnection, keys: &[StoredSecret]) -> QueryResult<Vec<Uuid>> {
    refresh_tokens::table
        .filter(refresh_tokens::token.eq_any(keys))
        .select(refresh_tokens::user_id)
        .distinct()
        .load(conn)
}

/// The live sessions of the user, the newest first.
pub fn live_of(
    conn: &mut PgConnection,
    user: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<Vec<Session>> {
    Session::query()
        .filter(refresh_tokens::user_id.eq(user))
        .filter(live_session(at))
        .order((refresh_tokens::created_at.desc(), refresh_tokens::token.desc()))
        .load(conn)
}

/// How many sessions of the users are live at `at`.
pub fn count_live_of(
    conn: &mut PgConnection,
    users: &[Uuid],
    at: DateTime<Utc>,
) -> QueryResult<i64> {
    refresh_tokens::table
        .filter(refresh_tokens::user_id.eq_any(users))
        .filter(live_session(at))
        .count()
        .get_result(conn)
}

/// How many of these sessions are live at `at`.
pub fn count_live(
    conn: &mut PgConnection,
    keys: &[StoredSecret],
    at: DateTime<Utc>,
) -> QueryResult<i64> {
    refresh_tokens::table
        .filter(refresh_tokens::token.eq_any(keys))
        .filter(live_session(at))
        .count()
        .get_result(conn)
}

/// Whether the row is as an UPDATE with `revoked!` leaves it. `revoked_at` may be the database's own.
#[diesel::dsl::auto_type(no_type_alias)]
fn is_revoked(at: DateTime<Utc>) -> _ {
    let live: LiveSession = live_session(at);
    refresh_tokens::revoked.and(refresh_tokens::revoked_at.is_not_null()).and(not(live))
}

/// What the UPDATE sets to revoke a session. `expires_at`, too: the service never reads `revoked`.
macro_rules! revoked {
    ($at:expr) => {{
        let at = $at.naive_utc().into_sql::<Timestamp>();
        (
            refresh_tokens::revoked.eq(true),
            refresh_tokens::revoked_at.eq(coalesce(refresh_tokens::revoked_at, at).nullable()),
            refresh_tokens::expires_at.eq(least(refresh_tokens::expires_at, at)),
        )
    }};
}

/// Revokes those of the sessions that are live at `at`, the time of the change, and returns each, and
/// whether the row is as it should be.
pub fn revoke(
    conn: &mut PgConnection,
    keys: &[StoredSecret],
    at: DateTime<Utc>,
) -> QueryResult<Vec<(Session, bool)>> {
    diesel::update(refresh_tokens::table)
        .filter(refresh_tokens::token.eq_any(keys))
        .filter(live_session(at))
        .set(revoked!(at))
        .returning((Session::as_returning(), is_revoked(at)))
        .get_results(conn)
}

/// Revokes the sessions of users from `first` to `last`, in the order of their ids, that are live at
/// `at`, and returns for each whether the row is as it should be.
pub fn revoke_between(
    conn: &mut PgConnection,
    first: Uuid,
    last: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<Vec<bool>> {
    diesel::update(refresh_tokens::table)
        .filter(refresh_tokens::user_id.between(first, last))
        .filter(live_session(at))
        .set(revoked!(at))
        .returning(is_revoked(at))
        .get_results(conn)
}

/// Revokes the sessions of the users that are live at `at`, and returns of each the user, the key, and
/// whether the row is as it should be.
pub fn revoke_of(
    conn: &mut PgConnection,
    users: &[Uuid],
    at: DateTime<Utc>,
) -> QueryResult<Vec<(Uuid, StoredSecret, bool)>> {
    diesel::update(refresh_tokens::table)
        .filter(refresh_tokens::user_id.eq_any(users))
        .filter(live_session(at))
        .set(revoked!(at))
        .returning((refresh_tokens::user_id, refresh_tokens::token, is_revoked(at)))
        .get_results(conn)
}
