//! The schema that the tables are in.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// The schema of the tables. Fails where there are none.
pub fn schema_of_tables(conn: &mut PgConnection) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Schema {
        #[diesel(sql_type = Text)]
        name: String,
    }
    // Raw: the catalogue.
    let schema: Schema = diesel::sql_query(
        "select n.nspname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.oid = to_regclass('users')",
    )
    .get_result(conn)?;
    Ok(schema.name)
}

/// Makes what the transaction creates go to the schema of the tables.
pub fn create_beside_tables(conn: &mut PgConnection) -> QueryResult<()> {
    let schema = schema_of_tables(conn)?;
    // Raw: a setting.
    diesel::sql_query(
        "select set_config('search_path',
                           concat_ws(', ', quote_ident($1), nullif(current_setting('search_path'), '')),
                           true)",
    )
    .bind::<Text, _>(schema)
    .execute(conn)?;
    Ok(())
}

/// A name as SQL takes it, whatever is in it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
