//! Functions and operators of PostgreSQL that Diesel does not declare. Declared once, they are
//! typed.
//!
//! Functions are qualified, and `varchar` columns are compared as `text`. Otherwise a role that may
//! create in the schema of the tables could make a function or an operator that matches the types
//! better than PostgreSQL's own, and this program would run it (the class of CVE-2018-1058).

use chrono::{DateTime, Utc};
use diesel::dsl::now;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Integer, Jsonb, Nullable, SingleValue, Text, Timestamptz, Uuid as SqlUuid,
};

diesel::define_sql_function! {
    #[sql_name = "pg_catalog.pg_advisory_xact_lock"]
    fn pg_advisory_xact_lock(key: BigInt);
}
diesel::define_sql_function! {
    #[sql_name = "pg_catalog.pg_try_advisory_xact_lock"]
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool;
}
diesel::define_sql_function! {
    /// The process of the server that serves this connection.
    #[sql_name = "pg_catalog.pg_backend_pid"]
    fn pg_backend_pid() -> Integer;
}
diesel::define_sql_function! {
    #[sql_name = "pg_catalog.hashtextextended"]
    fn hashtextextended(text: Text, seed: BigInt) -> BigInt;
}
// These two are part of SQL's grammar and cannot be qualified.
diesel::define_sql_function! { fn least<T: SingleValue>(a: T, b: T) -> T; }
diesel::define_sql_function! { fn coalesce<T: SingleValue>(a: Nullable<T>, b: T) -> T; }
diesel::define_sql_function! {
    /// A row for each element.
    #[sql_name = "pg_catalog.unnest"]
    fn unnest<T: SingleValue>(array: Array<T>) -> T;
}
diesel::define_sql_function! {
    /// The part of a text between separators, counted from 1.
    #[sql_name = "pg_catalog.split_part"]
    fn split_part(text: Text, separator: Text, part: Integer) -> Text;
}
diesel::define_sql_function! {
    #[sql_name = "pg_catalog.clock_timestamp"]
    fn clock_timestamp() -> Timestamptz;
}
diesel::define_sql_function! {
    /// The number of values. PostgreSQL's `count` takes values of any type; the type here is the one
    /// that is counted.
    #[aggregate]
    #[sql_name = "pg_catalog.count"]
    fn count_of(value: SqlUuid) -> BigInt;
}
diesel::define_sql_function! {
    /// The text under a key; NULL where there is none. PostgreSQL's takes any number of keys.
    #[sql_name = "pg_catalog.jsonb_extract_path_text"]
    fn jsonb_extract_path_text(json: Jsonb, key: Text) -> Nullable<Text>;
}
diesel::define_sql_function! {
    /// Whether the server is a standby.
    #[sql_name = "pg_catalog.pg_is_in_recovery"]
    fn pg_is_in_recovery() -> Bool;
}

/// Whether the server is a standby.
pub fn is_standby(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(pg_is_in_recovery()).get_result(conn)
}
diesel::define_sql_function! {
    /// The number of characters.
    #[sql_name = "pg_catalog.length"]
    fn length(text: Text) -> Integer;
}
diesel::define_sql_function! {
    /// The first characters of a text.
    #[sql_name = "pg_catalog.left"]
    fn left<T: SingleValue>(text: T, length: Integer) -> T;
}

// For comparing a `varchar` column. PostgreSQL has no operators of that type.
diesel::postfix_operator!(TextOf, "::text", Text, backend: Pg);

// For ORDER BY, in the order of `text_pattern_ops`: by the bytes, as LIKE looks for a beginning.
diesel::postfix_operator!(Bytewise, " USING OPERATOR(pg_catalog.~<~)", Text, backend: Pg);

/// The characters of a key, a code or a token, that an id consists of. The indexes `*_id` are on this
/// expression.
macro_rules! id_of {
    ($key:expr) => {
        $crate::db::functions::left(
            $crate::db::functions::TextOf::new($key),
            i32::from($crate::domain::CHARACTERS_OF_ID),
        )
    };
}
pub(crate) use id_of;

/// Whether the id, which may be longer than a list shows it, names the row of the key.
macro_rules! is_named_by {
    ($key:expr, $id:expr) => {
        $crate::db::functions::id_of!($key)
            .eq($id.stored_id())
            .and($crate::db::functions::TextOf::new($key).like($id.stored_pattern()))
    };
}
pub(crate) use is_named_by;

/// The time of the transaction, which decides what has expired for commands that only read.
pub fn transaction_time(conn: &mut PgConnection) -> QueryResult<DateTime<Utc>> {
    diesel::select(now.into_sql::<Timestamptz>()).get_result(conn)
}

/// The database's clock as it runs. A change reads it after its locks are granted: then it is later
/// than the time of every change that was waited for.
pub fn clock(conn: &mut PgConnection) -> QueryResult<DateTime<Utc>> {
    diesel::select(clock_timestamp()).get_result(conn)
}
