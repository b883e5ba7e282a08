//! Converts columns of the service's own scripts that differ from the seed's. Raw SQL throughout: the
//! catalogue, and columns whose types are not those that Diesel knows.

use std::collections::HashSet;

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::actual_schema::Actual;
use super::column_remedy::{self, Conversion, Remedy};
use super::dependents;
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
            None => column_remedy::add(actual, table.name, name, wanted),
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
            let (done, advice) = match &conversion.then {
                Some(_) => ("added", Remedy::Convert(conversion.clone()).sql(table)),
                None => ("converted", "correct them, or delete their rows".to_owned()),
            };
            found.push(Finding {
                table,
                object: column.to_owned(),
                problem: format!(
                    "the column cannot be {done}: {} {problem}",
                    counted(count, "row")
                ),
                advice,
            });
        }
    }
    if conversion.retypes {
        let times = if conversion.changes_zone { times } else { &[] };
        let users = dependents::of_column(conn, table, column, conversion.recompares, times)?;
        found.extend(users.into_iter().map(|user| Finding {
            table,
            object: column.to_owned(),
            problem: format!("the column cannot be converted: the {user} uses it"),
            advice: "remove it before the adoption, and create it anew afterwards".to_owned(),
        }));
        if conversion.changes_zone {
            let publications = dependents::publications(conn, table, column)?;
            found.extend(publications.into_iter().map(|publication| Finding {
                table,
                object: column.to_owned(),
                problem: format!(
                    "the column cannot be converted: the publication `{publication}` sends it, and \
                     subscribers would read its times in a zone of theirs"
                ),
                advice: "take the table out of it before the adoption; put it back when the subscribers' \
                         columns are converted, too"
                    .to_owned(),
            }));
        }
        let defaults = dependents::other_defaults(conn, table, column)?;
        found.extend(defaults.into_iter().map(|other| Finding {
            table,
            object: column.to_owned(),
            problem: format!(
                "the column cannot be converted: `{}` has a default of its own: {}",
                other.of, other.default
            ),
            advice: format!(
                "alter table {} alter column {column} drop default, and give it one that suits the new \
                 type afterwards{}",
                other.of,
                if conversion.changes_zone {
                    "; where it was the current time, its rows have the local time of the sessions, \
                     unless the column has a zone"
                } else {
                    ""
                }
            ),
        }));
    }
    Ok(found)
}

/// Whether rows or objects prevent the conversion of the table.
pub fn are_prevented(conn: &mut PgConnection, actual: &Actual, table: &str) -> Result<bool> {
    let prevented = plan(conn, actual)?.obstacles.iter().any(|obstacle| obstacle.table == table);
    Ok(prevented || !dependents::of_row_type(conn, table)?.is_empty())
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
         where not exists (select from present where present.id operator(pg_catalog.=) referring.id)
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
