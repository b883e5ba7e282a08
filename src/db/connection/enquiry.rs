//! Questions to the server about an error, after the rollback.

use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::access::USUAL_SETTINGS;
use super::message::message;
use crate::db::maintenance::namespace::SET_SEARCH_PATH;

/// Asks the catalogue in a transaction of its own; `None` also where it cannot be asked.
pub fn ask<T>(
    conn: &mut PgConnection,
    question: impl FnOnce(&mut PgConnection) -> QueryResult<Option<T>>,
) -> Option<T> {
    let answer = begin(conn).and_then(|()| question(conn));
    _ = conn.batch_execute("rollback");
    answer.ok().flatten()
}

fn begin(conn: &mut PgConnection) -> QueryResult<()> {
    // READ COMMITTED: a role's SERIALIZABLE and DEFERRABLE would wait for the transactions of others.
    conn.batch_execute(&format!(
        "begin isolation level read committed read only; {SET_SEARCH_PATH}; \
         set local statement_timeout = 5000; set local lock_timeout = 0; {USUAL_SETTINGS}"
    ))
}

/// PostgreSQL's words for the error that the SQL provokes, in the language of the server; `None` where there
/// is no error.
pub fn provoked(conn: &mut PgConnection, sql: &str) -> Option<String> {
    let provoked = begin(conn).ok().and_then(|()| conn.batch_execute(sql).err());
    _ = conn.batch_execute("rollback");
    provoked.as_ref().map(message)
}

/// Whether the server's messages are in English. It translates the descriptions of settings, too. What
/// `lc_messages` is does not tell: it may be empty, and the server may have no translations.
pub fn speaks_english(conn: &mut PgConnection) -> QueryResult<bool> {
    // Raw: the catalogue.
    let described = sql::<Bool>(
        "(select pg_catalog.bool_and(pg_catalog.starts_with(short_desc, 'Sets the '))
          from pg_catalog.pg_settings where name = any (array['lock_timeout', 'statement_timeout']))",
    );
    diesel::select(described).get_result(conn)
}
