//! What `iamctl doctor` asks the server. Quick, and reads no table but by its indexes.

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use diesel::dsl::min;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Text};

use crate::db::schema::{api_tokens, authorization_codes, refresh_tokens, verification_codes};
use crate::domain::{StoredText, StoredTime};

/// The major versions of PostgreSQL that this program is tested with.
pub const SUPPORTED: RangeInclusive<i32> = 14..=18;

/// The connection and the server behind it.
#[derive(Debug, QueryableByName)]
pub struct Server {
    #[diesel(sql_type = Text)]
    pub database: StoredText,
    #[diesel(sql_type = Text)]
    pub role: StoredText,
    /// Of the database, such as `UTF8`.
    #[diesel(sql_type = Text)]
    pub encoding: StoredText,
    #[diesel(sql_type = Text)]
    pub version: StoredText,
    #[diesel(sql_type = Integer)]
    pub version_number: i32,
    #[diesel(sql_type = Bool)]
    pub read_only: bool,
}

pub fn server(conn: &mut PgConnection) -> QueryResult<Server> {
    // Raw: about the connection and the server, not about a table.
    diesel::sql_query(
        "select pg_catalog.current_database()::text as database, current_user::text as role,
                pg_catalog.getdatabaseencoding()::pg_catalog.text as encoding,
                pg_catalog.current_setting('server_version') as version,
                pg_catalog.current_setting('server_version_num')::int as version_number,
                pg_catalog.pg_is_in_recovery()
                    or pg_catalog.current_setting('default_transaction_read_only') = 'on' as read_only",
    )
    .get_result(conn)
}

/// The oldest expired row of each table that a purge goes through; `None` where nothing has expired.
pub fn oldest_expired(
    conn: &mut PgConnection,
    at: DateTime<Utc>,
) -> QueryResult<[(&'static str, Option<StoredTime>); 4]> {
    macro_rules! oldest {
        ($table:ident, $at:expr) => {
            $table::table
                .filter($table::expires_at.le($at))
                .select(min($table::expires_at))
                .get_result(conn)?
        };
    }
    Ok([
        ("verification_codes", oldest!(verification_codes, at)),
        ("authorization_codes", oldest!(authorization_codes, at)),
        ("refresh_tokens", oldest!(refresh_tokens, at.naive_utc())),
        ("api_tokens", oldest!(api_tokens, at)),
    ])
}
