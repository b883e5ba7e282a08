//! Which table and key of ours the error of a row is about: PostgreSQL names the partition, a distributed
//! PostgreSQL the shard. It does not hand out the schema; the name tells.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorInformation, Error as QueryError};
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::enquiry::ask;
use crate::db::maintenance::citus;
use crate::db::maintenance::expected_schema::{AUDIT_LOG, service_tables};
use crate::db::maintenance::identifier::shard_suffix;
use crate::domain::StoredText;

/// An error about a row of a table of ours.
#[derive(Debug)]
pub struct Violation {
    pub table: &'static str,
    /// The constraint or unique index, where the error names one: that of the table, not of a partition.
    pub constraint: Option<StoredText>,
    /// Whether it is a deferrable key.
    pub is_deferrable: bool,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    table: StoredText,
    #[diesel(sql_type = Nullable<Text>)]
    constraint: Option<StoredText>,
    #[diesel(sql_type = Bool)]
    is_deferrable: bool,
}

fn tables() -> Vec<&'static str> {
    service_tables().into_iter().chain([AUDIT_LOG]).collect()
}

/// What is behind the table's name, where that is the name of a shard.
fn suffix(table: &str) -> Option<&str> {
    tables().into_iter().find_map(|ours| shard_suffix(table, ours))
}

/// The constraint that the error names. Where its table is a shard, without the number of that.
pub fn constraint_name(information: &dyn DatabaseErrorInformation) -> Option<&str> {
    let name = information.constraint_name()?;
    Some(information.table_name().and_then(suffix).map_or(name, |it| without(name, it)))
}

fn without<'a>(name: &'a str, suffix: &str) -> &'a str {
    name.strip_suffix(suffix).unwrap_or(name)
}

/// What the error says of a table of ours; `None` where it is about none. The transaction is rolled back.
pub fn find(conn: &mut PgConnection, error: &QueryError) -> Option<Violation> {
    let QueryError::DatabaseError(_, information) = error else { return None };
    let (table, constraint) = (information.table_name()?, information.constraint_name());
    ask(conn, |conn| named_or_shard(conn, table, constraint))
}

fn named_or_shard(
    conn: &mut PgConnection,
    table: &str,
    constraint: Option<&str>,
) -> QueryResult<Option<Violation>> {
    let found = named(conn, table, constraint)?;
    if found.is_some() || !citus::is_installed(conn)? {
        return Ok(found);
    }
    // Partitions have shards, too.
    let Some((whole, _)) = table.rsplit_once('_') else { return Ok(None) };
    let Some(suffix) = shard_suffix(table, whole) else { return Ok(None) };
    named(conn, whole, constraint.map(|name| without(name, suffix)))
}

/// The table of ours of this name, or with a partition of this name.
fn named(
    conn: &mut PgConnection,
    table: &str,
    constraint: Option<&str>,
) -> QueryResult<Option<Violation>> {
    // Raw: the catalogue.
    let found: Option<Found> = diesel::sql_query(
        "with recursive named as (
             select t.name, c.oid as relation
             from pg_catalog.unnest($1) as t (name)
             cross join lateral (
                 select pg_catalog.to_regclass(t.name)::pg_catalog.oid
                 union all
                 select p.relid::pg_catalog.oid
                 from pg_catalog.pg_partition_tree(pg_catalog.to_regclass(t.name)) p
             ) as part (relation)
             join pg_catalog.pg_class c on c.oid = part.relation
             where c.relname::pg_catalog.text = $2
             order by t.name <> $2
             limit 1
         ), up (name, parent) as (
             select k.conname, k.conparentid
             from named join pg_catalog.pg_constraint k on k.conrelid = named.relation
             where k.conname::pg_catalog.text = $3
             union all
             select k.conname, k.conparentid
             from up join pg_catalog.pg_constraint k on k.oid = up.parent
         ), key as (
             select i.indexrelid, i.indimmediate
             from named join pg_catalog.pg_index i on i.indrelid = named.relation
             join pg_catalog.pg_class c on c.oid = i.indexrelid
             where c.relname::pg_catalog.text = $3
         )
         select named.name as \"table\",
                coalesce((select up.name::pg_catalog.text from up where up.parent = 0::pg_catalog.oid),
                         (select root.relname::pg_catalog.text
                          from key join pg_catalog.pg_class root on root.oid =
                              pg_catalog.pg_partition_root(key.indexrelid::pg_catalog.regclass)::pg_catalog.oid),
                         $3) as \"constraint\",
                exists (select from key where not key.indimmediate) as is_deferrable
         from named",
    )
    .bind::<Array<Text>, _>(tables())
    .bind::<Text, _>(table)
    .bind::<Nullable<Text>, _>(constraint)
    .get_result(conn)
    .optional()?;
    Ok(found.and_then(|Found { table, constraint, is_deferrable }| {
        let table = tables().into_iter().find(|ours| table == *ours)?;
        Some(Violation { table, constraint, is_deferrable })
    }))
}
