//! Whether others change rows on this server.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

/// How far the transactions of the whole server are that change something. Every role may see it.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Transactions {
    /// How many have begun up to the last one that has ended. Transactions that only read have no number.
    #[diesel(sql_type = BigInt)]
    pub ended: i64,
    /// One of these is still open.
    #[diesel(sql_type = Bool)]
    pub any_open: bool,
}

/// Reads it. The transaction must be READ COMMITTED.
pub fn transactions(conn: &mut PgConnection) -> QueryResult<Transactions> {
    // Raw: the snapshot of this statement.
    diesel::sql_query(
        "select pg_catalog.pg_snapshot_xmax(now.snapshot)::pg_catalog.text::pg_catalog.int8 as ended,
                pg_catalog.pg_snapshot_xmin(now.snapshot) <> pg_catalog.pg_snapshot_xmax(now.snapshot)
                    as any_open
         from pg_catalog.pg_current_snapshot() as now (snapshot)",
    )
    .get_result(conn)
}
