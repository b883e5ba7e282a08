//! How the rows of a table lie in its files, as PostgreSQL's statistics know it.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Text, Timestamptz};

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
    #[diesel(sql_type = Bool)]
    pub is_partition: bool,
    /// The database has Citus, whose shards hold the rows.
    #[diesel(sql_type = Bool)]
    pub may_have_shards: bool,
    /// As of the last VACUUM or ANALYZE: to count them would wait for locks on the table. Before there was one, by
    /// the rows that the server saw inserted and deleted.
    #[diesel(sql_type = BigInt)]
    pub pages: i64,
    /// The same.
    #[diesel(sql_type = Double)]
    pub rows: f64,
    /// Whether a statement on this part alone, from place to place, does the same as one on the table.
    #[diesel(sql_type = Bool)]
    pub is_walkable: bool,
}

/// How rows lie, by one of their times.
#[derive(Debug, Clone, Copy, Default, QueryableByName)]
pub struct Layout {
    /// How far they are in the order of that time: 1 and -1 are in order, 0 is in none.
    #[diesel(sql_type = Double)]
    pub correlation: f64,
    /// The share of all rows whose time is before the cutoff, at the same instant as more than a batch of others.
    #[diesel(sql_type = Double)]
    pub ties: f64,
}

impl Layout {
    /// The share that is in order. As PostgreSQL itself: the square of the correlation.
    pub fn in_order(self) -> f64 {
        self.correlation.powi(2)
    }
}

/// The parts of the tables.
///
/// On its own, a partition has its own row security, rules and triggers for statements, and needs a right of
/// its own. Citus spreads the rows of a table over others.
pub fn read(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<Vec<Part>> {
    // Raw: the catalogue. Of `tgtype`, bit 0 is "for each row". Some 40 rows of each table fit on a page.
    diesel::sql_query(
        "with part as (
             select named.name, t.oid as whole, c.oid, c.relname, n.nspname,
                    c.relpages > 0 as is_counted, c.reltuples, c.relpages,
                    pg_catalog.pg_stat_get_live_tuples(c.oid) as seen,
                    c.relkind = 'r' and am.amname = 'heap'
                        and pg_catalog.has_column_privilege(c.oid, 'ctid', 'SELECT')
                        and pg_catalog.has_table_privilege(c.oid, 'DELETE') as is_heap,
                    pg_catalog.to_regclass('pg_catalog.pg_dist_partition') is not null as may_have_shards
             from pg_catalog.unnest($1) as named (name)
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
                part.oid <> part.whole as is_partition,
                part.may_have_shards,
                case when part.is_counted then part.relpages::pg_catalog.int8 else part.seen / 40 end
                    as pages,
                (case when part.is_counted then part.reltuples else part.seen end)::pg_catalog.float8
                    as rows,
                part.is_heap and not part.may_have_shards
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
                                    and g.tgtype::pg_catalog.int4 & 1 = 0)))) as is_walkable
         from part
         order by part.name, part.nspname, part.relname",
    )
    .bind::<Array<Text>, _>(tables)
    .load(conn)
}

/// How the rows of a part lie by the times in `column`; no order without statistics. `batch` is the number of rows
/// in one.
pub fn layout(
    conn: &mut PgConnection,
    part: &Part,
    column: &str,
    cutoff: DateTime<Utc>,
    batch: u32,
) -> QueryResult<Layout> {
    // Raw: the catalogue. The statistics hold values as text, in the time zone of the session.
    let layout: Option<Layout> = diesel::sql_query(
        "select coalesce(s.correlation, 0)::pg_catalog.float8 as correlation,
                coalesce((select pg_catalog.sum(common.share)
                          from rows from (
                                   pg_catalog.unnest(s.most_common_vals::pg_catalog.text::pg_catalog.text[]),
                                   pg_catalog.unnest(s.most_common_freqs)) as common (value, share)
                          where common.value::timestamptz < $1 and common.share * c.reltuples > $2),
                         0)::pg_catalog.float8 as ties
         from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname
         where c.oid = pg_catalog.to_regclass($3)::pg_catalog.oid and s.attname = $4 and not s.inherited",
    )
    .bind::<Timestamptz, _>(cutoff)
    .bind::<Double, _>(f64::from(batch))
    .bind::<Text, _>(&part.relation)
    .bind::<Text, _>(column)
    .get_result(conn)
    .optional()?;
    Ok(layout.unwrap_or_default())
}
