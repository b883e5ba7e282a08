//! Converts columns of the service's own scripts that differ from the seed's. Raw SQL throughout: the
//! catalogue, and columns whose types are not those that Diesel knows.

use std::collections::HashSet;

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};

use super::actual_schema::Actual;
use super::column_remedy::{self, Conversion, Remedy};
use super::expected_schema::{TABLES, Table};
use super::finding::Finding;
use crate::domain::{StoredText, counted};
use crate::error::Result;

/// What converts the columns that differ.
#[derive(Debug, Default)]
pub struct Conversions {
    /// One ALTER TABLE for each table, which rewrites it once.
    pub tables: Vec<(&'static str, String)>,
    /// Rows and objects that prevent it.
    pub obstacles: Vec<Finding>,
    columns: HashSet<(&'static str, &'static str)>,
    /// Those of the columns that get another type.
    retyped: HashSet<(&'static str, &'static str)>,
}

impl Conversions {
    /// Whether it is one of the columns that differ, and can be converted unless there are obstacles.
    pub fn include(&self, table: &str, column: &str) -> bool {
        self.columns.iter().any(|included| *included == (table, column))
    }

    pub fn retype(&self, table: &str, column: &str) -> bool {
        self.retyped.iter().any(|retyped| *retyped == (table, column))
    }
}

/// Finds out what converts the columns, and what prevents it. Reads whole tables where rows may.
pub fn plan(conn: &mut PgConnection, actual: &Actual) -> Result<Conversions> {
    let mut found = Conversions::default();
    for table in TABLES.iter().filter(|table| actual.has_table(table.name)) {
        let conversions = of_table(table, actual);
        let times: Vec<_> = conversions
            .iter()
            .filter(|(_, conversion)| conversion.changes_zone)
            .map(|(column, _)| *column)
            .collect();
        for (column, conversion) in &conversions {
            found.columns.insert((table.name, column));
            if conversion.retypes {
                found.retyped.insert((table.name, column));
            }
            found.obstacles.extend(obstacles(conn, table.name, column, conversion, &times)?);
        }
        let clauses: Vec<_> =
            conversions.into_iter().flat_map(|(_, conversion)| conversion.clauses).collect();
        if !clauses.is_empty() {
            let sql = format!("alter table {} {}", table.name, clauses.join(", "));
            found.tables.push((table.name, sql));
        }
    }
    Ok(found)
}

fn of_table(table: &'static Table, actual: &Actual) -> Vec<(&'static str, Conversion)> {
    let convert = |(name, wanted): &(&'static str, &str)| {
        let remedy = match actual.column(table.name, name) {
            Some(found) if column_remedy::is_as_wanted(found, wanted) => return None,
            Some(found) => column_remedy::alter(table.name, found, wanted),
            None => column_remedy::add(table.name, name, wanted),
        };
        match remedy {
            Remedy::Convert(conversion) => Some((*name, conversion)),
            Remedy::ByHand(_) => None,
        }
    };
    table.columns.iter().filter_map(convert).collect()
}

fn obstacles(
    conn: &mut PgConnection,
    table: &'static str,
    column: &str,
    conversion: &Conversion,
    times: &[&str],
) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for (condition, problem) in &conversion.against {
        // The names of table and column are our own.
        let count = format!("(select count(*) from {table} where {condition})");
        let count: i64 = diesel::select(sql::<BigInt>(&count)).get_result(conn)?;
        if count > 0 {
            found.push(Finding {
                table,
                object: column.to_owned(),
                problem: format!(
                    "the column cannot be converted: {} {problem}",
                    counted(count, "row")
                ),
                advice: "correct them, or delete their rows".to_owned(),
            });
        }
    }
    if conversion.retypes {
        let times = if conversion.changes_zone { times } else { &[] };
        let users = dependents(conn, table, column, conversion.recompares, times)?;
        found.extend(users.into_iter().map(|user| Finding {
            table,
            object: column.to_owned(),
            problem: format!("the column cannot be converted: the {user} uses it"),
            advice: "remove it before the adoption, and create it anew afterwards".to_owned(),
        }));
    }
    Ok(found)
}

/// Rows whose user does not exist, where ids are still texts. All of them are UUIDs.
pub fn orphans(conn: &mut PgConnection, table: &'static str) -> Result<Vec<Finding>> {
    #[derive(QueryableByName)]
    struct Orphans {
        #[diesel(sql_type = Text)]
        user: StoredText,
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    // The name of the table is our own.
    let query = format!(
        "with referring as (
             select user_id::pg_catalog.text::pg_catalog.uuid as id from {table}
         ), present as (
             select id::pg_catalog.text::pg_catalog.uuid as id from users
         )
         select id::pg_catalog.text as \"user\", count(*) as rows from referring
         where not exists (select from present where present.id = referring.id)
         group by 1 order by 2 desc limit 20"
    );
    let found: Vec<Orphans> = diesel::sql_query(query).load(conn)?;
    let finding = |Orphans { user, rows }| Finding {
        table,
        object: "user_id".to_owned(),
        problem: format!("{} of user {user}, who does not exist", counted(rows, "row")),
        advice: "delete them".to_owned(),
    };
    Ok(found.into_iter().map(finding).collect())
}

#[derive(QueryableByName)]
struct Dependent {
    #[diesel(sql_type = Text)]
    name: StoredText,
}

/// The objects that keep PostgreSQL from changing the type of a column: views, rules, policies, triggers
/// and functions that name it, generated columns, publications, a partition key, and, where values would be
/// compared in another way, foreign keys. Where the column is one of the `times` that get a zone or lose it,
/// also checks and indexes that compare it with something else than another of them, or than NULL: PostgreSQL
/// would go on with the time zone of the session.
fn dependents(
    conn: &mut PgConnection,
    table: &str,
    column: &str,
    foreign_keys: bool,
    times: &[&str],
) -> QueryResult<Vec<StoredText>> {
    let found: Vec<Dependent> = diesel::sql_query(
        "with altered as (
             select attrelid, attnum from pg_catalog.pg_attribute
             where attrelid = pg_catalog.to_regclass($1)::pg_catalog.oid
               and attname::pg_catalog.text = $2
         ), kind as (
             select name, pg_catalog.to_regclass(name)::pg_catalog.oid as id
             from pg_catalog.unnest(array[
                 'pg_catalog.pg_rewrite', 'pg_catalog.pg_policy', 'pg_catalog.pg_trigger',
                 'pg_catalog.pg_proc', 'pg_catalog.pg_publication_rel', 'pg_catalog.pg_attrdef'
             ]) as kind (name)
         ), expression as (
             select pg_catalog.format('check `%s`', conname::pg_catalog.text) as name,
                    pg_catalog.pg_get_expr(conbin, conrelid) as text
             from pg_catalog.pg_constraint
             where conrelid = pg_catalog.to_regclass($1)::pg_catalog.oid and contype = 'c'
             union all
             select pg_catalog.format('index `%s`', c.relname::pg_catalog.text),
                    pg_catalog.concat_ws(' ', pg_catalog.pg_get_expr(i.indexprs, i.indrelid),
                                         pg_catalog.pg_get_expr(i.indpred, i.indrelid))
             from pg_catalog.pg_index i
             join pg_catalog.pg_class c on c.oid = i.indexrelid
             where i.indrelid = pg_catalog.to_regclass($1)::pg_catalog.oid
         ), of_two as (
             select name, text,
                    pg_catalog.regexp_match(
                        text, '^\\((\\w+) (?:<|<=|>|>=|=|<>) (\\w+)\\)$') as columns
             from expression
         )
         select case
                    when c.relkind in ('v', 'm')
                    then pg_catalog.format('%s `%s.%s`',
                             case c.relkind when 'v' then 'view' else 'materialized view' end,
                             n.nspname::pg_catalog.text, c.relname::pg_catalog.text)
                    when e.oid is not null
                    then pg_catalog.format('generated column `%s`', g.attname::pg_catalog.text)
                    when kind.name like '%publication_rel'
                    then pg_catalog.format('row filter `%s`', o.identity)
                    else pg_catalog.format('%s `%s`', o.type, o.identity)
                end as name
         from altered a
         join pg_catalog.pg_depend d
           on d.refclassid = pg_catalog.to_regclass('pg_catalog.pg_class')::pg_catalog.oid
              and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
         join kind on kind.id = d.classid
         cross join lateral pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) o
         left join pg_catalog.pg_rewrite r on kind.name like '%pg_rewrite' and r.oid = d.objid
         left join pg_catalog.pg_class c on c.oid = r.ev_class
         left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         left join pg_catalog.pg_attrdef e on kind.name like '%pg_attrdef' and e.oid = d.objid
         left join pg_catalog.pg_attribute g on g.attrelid = e.adrelid and g.attnum = e.adnum
         where e.adnum is distinct from a.attnum
         union
         select pg_catalog.format('partition key of `%s`', $1)
         from altered a
         join pg_catalog.pg_partitioned_table p on p.partrelid = a.attrelid
         where a.attnum = any (p.partattrs)
         union
         select pg_catalog.format('foreign key `%s` of `%s`', k.conname::pg_catalog.text,
                                  k.conrelid::pg_catalog.regclass::pg_catalog.text)
         from altered a
         join pg_catalog.pg_constraint k
           on k.conrelid = a.attrelid and a.attnum = any (k.conkey)
              or k.confrelid = a.attrelid and a.attnum = any (k.confkey)
         where k.contype = 'f' and $3
         union
         select name from of_two
         where $2 = any ($4)
           and pg_catalog.regexp_replace(
                   text, pg_catalog.concat('\\m', $2, '\\M IS (NOT )?NULL'), '', 'g')
               ~ pg_catalog.concat('\\m', $2, '\\M')
           and (columns <@ $4) is not true
         order by name",
    )
    .bind::<Text, _>(table)
    .bind::<Text, _>(column)
    .bind::<Bool, _>(foreign_keys)
    .bind::<Array<Text>, _>(times)
    .load(conn)?;
    Ok(found.into_iter().map(|dependent| dependent.name).collect())
}
