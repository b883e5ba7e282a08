//! Rows of other tables that belong to users.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::schema::{
    api_token_owners, authorization_codes, refresh_tokens, verification_codes,
};

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

/// How many live sessions, and authorization codes from which a session could be made, there are of
/// these users.
pub fn count_logins_of(
    conn: &mut PgConnection,
    ids: &[Uuid],
    at: DateTime<Utc>,
) -> QueryResult<i64> {
    let rows: Vec<i64> = refresh_tokens::table
        .filter(refresh_tokens::user_id.eq_any(ids))
        .filter(refresh_tokens::expires_at.gt(at.naive_utc()))
        .select(count_star())
        .union_all(
            authorization_codes::table
                .filter(authorization_codes::user_id.eq_any(ids))
                .select(count_star()),
        )
        .load(conn)?;
    Ok(rows.into_iter().sum())
}
