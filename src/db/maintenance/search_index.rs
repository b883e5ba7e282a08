//! The index that finds a part of a username or an email. It needs the extension `pg_trgm`, which
//! not every role may create; without it a search reads all users.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use super::actual_schema::Actual;
use super::identifier::quoted;
use crate::domain::StoredText;

pub const INDEX: &str = "users_search";

#[derive(Debug, QueryableByName)]
struct Support {
    /// A usable index of that kind is there, whatever its name.
    #[diesel(sql_type = Bool)]
    indexed: bool,
    /// The schema of the extension, where this role may use it.
    #[diesel(sql_type = Nullable<Text>)]
    schema: Option<StoredText>,
    /// The extension is not there, and this role may create it.
    #[diesel(sql_type = Bool)]
    creatable: bool,
}

fn support(conn: &mut PgConnection) -> QueryResult<Support> {
    // Raw: the catalogue.
    diesel::sql_query(
        "select exists (
                    select from pg_index i join pg_class c on c.oid = i.indexrelid
                    where i.indrelid = pg_catalog.to_regclass('users')::oid and i.indisvalid
                      and pg_catalog.pg_get_indexdef(c.oid) ~
                          'USING gin \\(username [^ ,]*gin_trgm_ops, email [^ ,]*gin_trgm_ops\\)$'
                ) as indexed,
                (select n.nspname::text from pg_extension e
                 join pg_namespace n on n.oid = e.extnamespace
                 where e.extname = 'pg_trgm'
                       and pg_catalog.has_schema_privilege(n.oid, 'usage')) as schema,
                pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
                    and exists (select from pg_available_extensions
                                where name = 'pg_trgm' and installed_version is null) as creatable",
    )
    .get_result(conn)
}

/// What operators are told where the index is missing.
pub const MISSING: &str = "the index users_search is missing or not valid; it needs the extension pg_trgm, \
                           and the right to create or use it: `user list --search` reads all users; \
                           see docs/operating.md";

/// Whether a search finds its users by an index.
pub fn is_indexed(conn: &mut PgConnection) -> QueryResult<bool> {
    Ok(support(conn)?.indexed)
}

/// What makes the index, where it is missing and can be made.
#[derive(Debug, Default)]
pub struct Missing {
    pub create_extension: Option<String>,
    /// Outside of a transaction.
    pub create_index: Option<String>,
}

pub fn missing(conn: &mut PgConnection, actual: &Actual) -> QueryResult<Missing> {
    let support = support(conn)?;
    let create_index = |operators: &str| {
        format!(
            "create index concurrently {INDEX} on {} using gin (username {operators}, email {operators})",
            actual.qualified("users")
        )
    };
    Ok(match support {
        Support { indexed: true, .. } | Support { schema: None, creatable: false, .. } => {
            Missing::default()
        }
        Support { schema: Some(schema), .. } => Missing {
            create_extension: None,
            create_index: Some(create_index(&format!("{}.gin_trgm_ops", quoted(&schema)))),
        },
        Support { schema: None, .. } => Missing {
            create_extension: Some(actual.create_extension("pg_trgm")),
            create_index: Some(create_index(&actual.qualified("gin_trgm_ops"))),
        },
    })
}
