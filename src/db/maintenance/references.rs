//! Foreign keys of others to our tables. They are legal, and can keep rows or make deletions slow.

use crate::domain::StoredText;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::expected_schema::service_tables;
use super::finding::Finding;
use super::identifier::quoted;

/// A foreign key that others made, of a table of theirs or of ours.
#[derive(QueryableByName)]
pub struct Reference {
    /// Ours, to which it refers.
    #[diesel(sql_type = Text)]
    to: StoredText,
    #[diesel(sql_type = Text)]
    name: StoredText,
    /// The table that has it, with its schema, as SQL takes it.
    #[diesel(sql_type = Text)]
    from: StoredText,
    /// Its columns, as SQL lists them.
    #[diesel(sql_type = Text)]
    columns: StoredText,
    #[diesel(sql_type = Text)]
    definition: StoredText,
    /// The schema of our tables.
    #[diesel(sql_type = Text)]
    schema: StoredText,
    /// The other table is partitioned.
    #[diesel(sql_type = Bool)]
    partitioned: bool,
    /// Its rows keep ours from being deleted.
    #[diesel(sql_type = Bool)]
    keeps: bool,
    /// An index finds the rows that refer to one of ours.
    #[diesel(sql_type = Bool)]
    indexed: bool,
}

/// Without those of `user_id` that our own tables have, and without those of partitions, which are their parents'.
pub fn read(conn: &mut PgConnection) -> QueryResult<Vec<Reference>> {
    // Raw: the catalogue. Of `confdeltype`, `a` and `r` refuse a deletion, and `n` does where the column
    // is NOT NULL. An index finds rows by its first columns, in any order; it may leave out rows without
    // a value.
    diesel::sql_query(
        "with ours as (
             select named.name, c.oid, n.nspname::pg_catalog.text as schema
             from pg_catalog.unnest($1) as named (name)
                  join pg_catalog.pg_class c
                    on c.oid = pg_catalog.to_regclass(named.name)::pg_catalog.oid
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace)
         select ours.name as \"to\", k.conname::pg_catalog.text as name,
                pg_catalog.format('%I.%I', n.nspname, c.relname) as \"from\",
                (select pg_catalog.string_agg(
                            pg_catalog.quote_ident(a.attname::pg_catalog.text), ', ' order by key.place)
                 from pg_catalog.unnest(k.conkey) with ordinality as key (number, place)
                      join pg_catalog.pg_attribute a
                        on a.attrelid = k.conrelid and a.attnum = key.number) as columns,
                pg_catalog.pg_get_constraintdef(k.oid) as definition,
                ours.schema, c.relkind = 'p' as partitioned,
                k.confdeltype in ('a', 'r')
                    or k.confdeltype = 'n'
                       and exists (select from pg_catalog.pg_attribute a
                                   where a.attrelid = k.conrelid and a.attnotnull
                                     and a.attnum = any (k.conkey)) as keeps,
                exists (select from pg_catalog.pg_index i
                             join pg_catalog.pg_class ic on ic.oid = i.indexrelid
                             join pg_catalog.pg_am am on am.oid = ic.relam
                        where i.indrelid = k.conrelid and i.indisvalid
                          and am.amname = any (array['btree', 'hash']::pg_catalog.name[])
                          and (i.indpred is null
                               or pg_catalog.pg_get_expr(i.indpred, i.indrelid)
                                  = any (select pg_catalog.format('(%I IS NOT NULL)', a.attname)
                                         from pg_catalog.pg_attribute a
                                         where a.attrelid = k.conrelid and a.attnum = any (k.conkey)))
                          and not exists (
                              select from pg_catalog.unnest(k.conkey) as key (number)
                              where not exists (
                                  select from pg_catalog.unnest(i.indkey::pg_catalog.int2[])
                                              with ordinality as indexed (number, place)
                                  where indexed.number = key.number
                                    and indexed.place <= i.indnkeyatts
                                    and indexed.place <= pg_catalog.cardinality(k.conkey)))) as indexed
         from ours
              join pg_catalog.pg_constraint k on k.confrelid = ours.oid
              join pg_catalog.pg_class c on c.oid = k.conrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where k.contype = 'f' and k.conparentid = 0::pg_catalog.oid
           and not exists (
               select from ours own
                    join pg_catalog.pg_attribute a on a.attrelid = own.oid and a.attname = 'user_id'
               where own.oid = k.conrelid and ours.name = 'users' and k.conkey operator(pg_catalog.=) array[a.attnum])
           and not pg_catalog.pg_get_constraintdef(k.oid) ~ ' NOT ENFORCED'
         order by 3, 2",
    )
    .bind::<Array<Text>, _>(service_tables())
    .load(conn)
}

/// One for each foreign key that keeps rows, and one for each without an index.
pub fn warnings(references: &[Reference]) -> Vec<Finding> {
    let all = references.iter();
    all.flat_map(|reference| [reference.of_kept_rows(), reference.of_index()]).flatten().collect()
}

impl Reference {
    fn of_kept_rows(&self) -> Option<Finding> {
        let Self { to, from, columns, .. } = self;
        let kept = if to == "users" { "users from being erased" } else { "rows from being purged" };
        if !self.keeps {
            return None;
        }
        self.finding(
            format!("rows of {from} ({columns}) keep {kept}: {}", self.definition),
            format!(
                "delete these rows first; or, where they may go along: {}",
                self.make_cascading()
            ),
        )
    }

    fn of_index(&self) -> Option<Finding> {
        let Self { to, from, columns, .. } = self;
        // An index on a partitioned table cannot be made concurrently.
        let concurrently = if self.partitioned { "" } else { "concurrently " };
        if self.indexed {
            return None;
        }
        self.finding(
            format!("each deletion from {to} reads the whole of {from}: no index on ({columns})"),
            format!("create index {concurrently}on {from} ({columns})"),
        )
    }

    fn finding(&self, problem: String, advice: String) -> Option<Finding> {
        let table = service_tables().into_iter().find(|table| *table == self.to)?;
        Some(Finding { table, object: self.name.to_string(), problem, advice })
    }

    /// The SQL that puts a key in its place, which deletes its rows with ours, and else is the same.
    fn make_cascading(&self) -> String {
        let Self { from, to, schema, .. } = self;
        let name = quoted(&self.name);
        let definition = self.definition.replace(" NOT VALID", "").replace(
            &format!(" REFERENCES {to}("),
            &format!(" REFERENCES {}.{to}(", quoted(schema)),
        );
        // PostgreSQL writes what happens on deletion last, and before DEFERRABLE.
        let end = definition.find(" DEFERRABLE").unwrap_or(definition.len());
        let (key, deferrable) = definition.split_at(end);
        let key = key.split(" ON DELETE ").next().unwrap_or_default();
        let key = format!("{key} ON DELETE CASCADE{deferrable}");
        let replace =
            format!("alter table {from} drop constraint {name}, add constraint {name} {key}");
        if self.partitioned {
            return replace;
        }
        format!("{replace} not valid; alter table {from} validate constraint {name}")
    }
}
