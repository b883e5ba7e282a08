//! How much is in the tables of codes.

use diesel::dsl::{count_star, min, now};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::kind_table::on_table_of;
use crate::db::schema::{authorization_codes, verification_codes};
use crate::domain::{CodeKind, StoredTime};

/// How much is in the table of one kind.
#[derive(Debug, Clone)]
pub struct Stats {
    pub table: &'static str,
    pub live: i64,
    pub expired: i64,
    pub oldest_expired: Option<StoredTime>,
    /// On disk, with its indexes and partitions.
    pub bytes: i64,
}

/// Counts by the index on `expires_at`, each entry of it once.
pub fn stats(conn: &mut PgConnection, kind: CodeKind) -> QueryResult<Stats> {
    #[derive(QueryableByName)]
    struct Size {
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let (live, (expired, oldest_expired)) = on_table_of!(kind, codes => (
        codes::table.filter(codes::expires_at.gt(now)).count().get_result(conn)?,
        codes::table
            .filter(codes::expires_at.le(now))
            .select((count_star(), min(codes::expires_at)))
            .get_result(conn)?,
    ));
    // Raw: the size of a table, of all its partitions where it has some, is the catalogue's.
    let Size { bytes } = diesel::sql_query(
        "select coalesce((select pg_catalog.sum(pg_catalog.pg_total_relation_size(relid))
                          from pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1))),
                         pg_catalog.pg_total_relation_size(pg_catalog.to_regclass($1)))::bigint
                    as bytes",
    )
    .bind::<Text, _>(kind.table())
    .get_result(conn)?;
    Ok(Stats { table: kind.table(), live, expired, oldest_expired, bytes })
}
