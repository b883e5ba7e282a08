//! Rules that others put on our tables.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use super::expected_schema::all_tables;

/// The rules that replace an INSERT, UPDATE or DELETE of our tables: each as "`rule` on `table`".
pub fn instead(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Rule {
        #[diesel(sql_type = Text)]
        rule: String,
        #[diesel(sql_type = Text)]
        table: String,
    }
    // Raw: the catalogue.
    let rules: Vec<Rule> = diesel::sql_query(
        "select r.rulename::text as rule, c.relname::text as \"table\"
         from pg_rewrite r join pg_class c on c.oid = r.ev_class
         where r.is_instead and r.ev_type in ('2', '3', '4')
           and c.oid in (select to_regclass(quote_ident(name)) from unnest($1) name)
         order by 2, 1",
    )
    .bind::<Array<Text>, _>(all_tables())
    .load(conn)?;
    Ok(rules.into_iter().map(|Rule { rule, table }| format!("`{rule}` on `{table}`")).collect())
}
