//! How the rows of a table lie in its files, as PostgreSQL's statistics know it.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Nullable, Text, Timestamptz};

use crate::domain::StoredText;

/// What PostgreSQL keeps in one file: a table, or one of its partitions.
#[derive(Debug, QueryableByName)]
pub struct Part {
    /// The table, also of a partition.
    #[diesel(sql_type = Text)]
    pub table: StoredText,
    /// The name to use in a query.
    #[diesel(sql_type = Text)]
    pub relation: StoredText,
    /// As of the last VACUUM or ANALYZE: to count them would wait for locks on the table.
    #[diesel(sql_type = BigInt)]
    pub pages: i64,
    /// The same; 0 where nobody has counted.
    #[diesel(sql_type = Double)]
    pub rows: f64,
    /// Whether a statement on this part alone, from place to place, does the same as one on the table.
    #[diesel(sql_type = Bool)]
    pub is_walkable: bool,
    /// How far rows lie in the order of their expiry: 1 and -1 are in order, 0 is in none. `None` without
    /// statistics.
    #[diesel(sql_type = Nullable<Double>)]
    pub expiry_correlation: Option<f64>,
    /// The share of rows that expired before the cutoff at the same instant as more than a batch of others.
    #[diesel(sql_type = Double)]
    pub expiry_ties: f64,
    /// The same two of revocation.
    #[diesel(sql_type = Nullable<Double>)]
    pub revocation_correlation: Option<f64>,
    #[diesel(sql_type = Double)]
    pub revocation_ties: f64,
}

/// The parts of the tables. Each has a cutoff; `batch` is the number of rows in one.
///
/// On its own, a partition has its own row security, rules and triggers for statements, and needs a right of
/// its own. Citus spreads the rows of a table over others.
pub fn read(
    conn: &mut PgConnection,
    tables: &[&str],
    cutoffs: &[DateTime<Utc>],
    batch: u32,
) -> QueryResult<Vec<Part>> {
    // Raw: the catalogue. Of `tgtype`, bit 0 is "for each row". The statistics hold values as text, in the
    // time zone of the session.
    diesel::sql_query(format!(
        "with part as (
             select named.name, named.cutoff, t.oid as whole, c.oid, c.relname, n.nspname, c.reltuples, c.relpages,
                    c.relkind = 'r' and am.amname = 'heap'
                        and pg_catalog.has_column_privilege(c.oid, 'ctid', 'SELECT')
                        and pg_catalog.has_table_privilege(c.oid, 'DELETE')
                        and pg_catalog.to_regclass('pg_catalog.pg_dist_partition') is null as is_heap
             from rows from (pg_catalog.unnest($1), pg_catalog.unnest($2)) as named (name, cutoff)
                  join pg_catalog.pg_class t
                    on t.oid = pg_catalog.to_regclass(
                                   pg_catalog.quote_ident(named.name))::pg_catalog.oid
                  left join lateral pg_catalog.pg_partition_tree(t.oid) tree on tree.isleaf
                  join pg_catalog.pg_class c on c.oid = coalesce(tree.relid::pg_catalog.oid, t.oid)
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                  left join pg_catalog.pg_am am on am.oid = c.relam
         )
         select part.name as \"table\",
                pg_catalog.format('%I.%I', part.nspname, part.relname) as relation,
                part.relpages::pg_catalog.int8 as pages,
                (case when part.reltuples > 0 then part.reltuples else 0 end)::pg_catalog.float8
                    as rows,
                part.is_heap
                    and not exists (
                        select from pg_catalog.pg_inherits i where i.inhparent = part.oid)
                    and (part.oid = part.whole or not exists (
                        select from pg_catalog.pg_class c
                        where (c.oid = part.oid or c.oid in (
                                  select tree.relid::pg_catalog.oid
                                  from pg_catalog.pg_partition_tree(part.whole) tree))
                          and (c.relrowsecurity or c.relhasrules or exists (
                                  select from pg_catalog.pg_trigger g
                                  where g.tgrelid = c.oid and not g.tgisinternal
                                    and g.tgtype::pg_catalog.int4 & 1 = 0)))) as is_walkable,
                expiry.correlation as expiry_correlation,
                coalesce(expiry.ties, 0) as expiry_ties,
                revocation.correlation as revocation_correlation,
                coalesce(revocation.ties, 0) as revocation_ties
         from part
              {}
              {}
         order by part.name, part.nspname, part.relname",
        order_of("expires_at", "expiry"),
        order_of("revoked_at", "revocation"),
    ))
    .bind::<Array<Text>, _>(tables)
    .bind::<Array<Timestamptz>, _>(cutoffs)
    .bind::<Double, _>(f64::from(batch))
    .load(conn)
}

/// A join with the statistics of one of the table's times, under this name.
fn order_of(column: &str, name: &str) -> String {
    format!(
        "left join lateral (
             select s.correlation::pg_catalog.float8 as correlation,
                    (select pg_catalog.sum(common.share)::pg_catalog.float8
                     from rows from (
                              pg_catalog.unnest(s.most_common_vals::pg_catalog.text::pg_catalog.text[]),
                              pg_catalog.unnest(s.most_common_freqs)) as common (value, share)
                     where common.value::timestamptz < part.cutoff
                       and common.share * part.reltuples > $3) as ties
             from pg_catalog.pg_stats s
             where s.schemaname = part.nspname and s.tablename = part.relname
               and s.attname = '{column}' and not s.inherited
         ) {name} on true"
    )
}
