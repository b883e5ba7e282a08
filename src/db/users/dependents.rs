//! Rows of other tables that belong to users.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use crate::db::schema::{
    api_token_owners, authorization_codes, refresh_tokens, verification_codes,
};
use crate::db::sessions::live_session;

/// How many sessions, codes and places in owners there are of these users, who may be erased.
pub fn count_rows_of(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<i64> {
    let rows: Vec<i64> = refresh_tokens::table
        .filter(refresh_tokens::user_id.eq_any(ids))
        .select(count_star())
        .union_all(
            verification_codes::table
                .filter(verification_codes::user_id.eq_any(ids))
                .select(count_star()),
        )
        .union_all(
            authorization_codes::table
                .filter(authorization_codes::user_id.eq_any(ids))
                .select(count_star()),
        )
        .union_all(
            api_token_owners::table
                .filter(api_token_owners::user_id.eq_any(ids))
                .select(count_star()),
        )
        .load(conn)?;
    Ok(rows.into_iter().sum())
}

/// How many sessions, or codes of a kind, a user has, expired ones included.
#[derive(Debug, Queryable)]
pub struct RowsOfUser {
    pub user: Uuid,
    /// Of sessions, not of codes.
    pub of_sessions: bool,
    pub rows: i64,
}

/// Up to three for each of the users, and none for a user without sessions and codes.
pub fn count_per_user(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<RowsOfUser>> {
    let of = |sessions: bool| sessions.into_sql::<Bool>();
    refresh_tokens::table
        .filter(refresh_tokens::user_id.eq_any(ids))
        .group_by(refresh_tokens::user_id)
        .select((refresh_tokens::user_id, of(true), count_star()))
        .union_all(
            verification_codes::table
                .filter(verification_codes::user_id.eq_any(ids))
                .group_by(verification_codes::user_id)
                .select((verification_codes::user_id, of(false), count_star())),
        )
        .union_all(
            authorization_codes::table
                .filter(authorization_codes::user_id.eq_any(ids))
                .group_by(authorization_codes::user_id)
                .select((authorization_codes::user_id, of(false), count_star())),
        )
        .load(conn)
}

/// Up to `limit` users who have a session that is live at `at`, or an authorization code, in the order of
/// their ids, from the id `first` on. In one statement: a client that is exchanging one for the other
/// is seen with either.
pub fn with_logins(
    conn: &mut PgConnection,
    at: DateTime<Utc>,
    first: Uuid,
    limit: i64,
) -> QueryResult<Vec<Uuid>> {
    let mut users: Vec<Uuid> = refresh_tokens::table
        .filter(refresh_tokens::user_id.ge(first))
        .filter(live_session(at))
        .select(refresh_tokens::user_id)
        .distinct()
        .order(refresh_tokens::user_id)
        .limit(limit)
        .union(
            authorization_codes::table
                .filter(authorization_codes::user_id.ge(first))
                .select(authorization_codes::user_id)
                .distinct()
                .order(authorization_codes::user_id)
                .limit(limit),
        )
        .load(conn)?;
    users.sort_unstable();
    users.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(users)
}

/// How many live sessions, and authorization codes from which a session could be made, there are of
/// these users.
pub fn count_logins_of(
    conn: &mut PgConnection,
    ids: &[Uuid],
    at: DateTime<Utc>,
) -> QueryResult<i64> {
    let rows: Vec<i64> = refresh_tokens::table
        .filter(refresh_tokens::user_id.eq_any(ids))
        .filter(live_session(at))
        .select(count_star())
        .union_all(
            authorization_codes::table
                .filter(authorization_codes::user_id.eq_any(ids))
                .select(count_star()),
        )
        .load(conn)?;
    Ok(rows.into_iter().sum())
}
