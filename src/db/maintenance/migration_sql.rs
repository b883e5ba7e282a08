//! The SQL of the embedded migrations.

use crate::error::{Error, Result};

/// The SQL of a migration, to be shown.
pub struct Source {
    pub version: &'static str,
    pub up: &'static str,
    pub down: &'static str,
}

pub static SOURCES: [Source; 6] = [
    Source {
        version: TABLES_VERSIONS[0],
        up: include_str!("../../../migrations/2026-11-24-000001_create_iam_tables/up.sql"),
        down: include_str!("../../../migrations/2026-11-24-000001_create_iam_tables/down.sql"),
    },
    Source {
        version: AUDIT_VERSIONS[0],
        up: include_str!("../../../migrations/2026-11-24-000002_create_admin_audit_log/up.sql"),
        down: include_str!("../../../migrations/2026-11-24-000002_create_admin_audit_log/down.sql"),
    },
    Source {
        version: AUDIT_VERSIONS[1],
        up: include_str!("../../../migrations/2026-11-27-000001_split_audit_log_trigger/up.sql"),
        down: include_str!(
            "../../../migrations/2026-11-27-000001_split_audit_log_trigger/down.sql"
        ),
    },
    Source {
        version: AUDIT_VERSIONS[2],
        up: include_str!(
            "../../../migrations/2026-11-27-000002_audit_log_column_privileges/up.sql"
        ),
        down: include_str!(
            "../../../migrations/2026-11-27-000002_audit_log_column_privileges/down.sql"
        ),
    },
    Source {
        version: TABLES_VERSIONS[1],
        up: include_str!("../../../migrations/2026-11-27-000003_find_rows_by_id/up.sql"),
        down: include_str!("../../../migrations/2026-11-27-000003_find_rows_by_id/down.sql"),
    },
    Source {
        version: AUDIT_VERSIONS[3],
        up: include_str!("../../../migrations/2026-11-28-000001_number_changes/up.sql"),
        down: include_str!("../../../migrations/2026-11-28-000001_number_changes/down.sql"),
    },
];

/// The migrations of the service's own tables. The first one makes them.
pub const TABLES_VERSIONS: [&str; 2] = ["20261124000001", "20261127000003"];
/// The migrations of the audit log alone. The first one makes it.
pub const AUDIT_VERSIONS: [&str; 4] =
    ["20261124000002", "20261127000001", "20261127000002", "20261128000001"];

pub fn find(version: &str) -> Result<&'static Source> {
    SOURCES
        .iter()
        .find(|source| source.version == version)
        .ok_or_else(|| Error::internal(format!("migration {version} is not embedded")))
}

/// The statements of a migration: each ends with a line that ends with `;`, outside of `$$`.
pub fn statements(sql: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let (mut begin, mut end) = (0, 0);
    let mut in_body = false;
    for line in sql.split_inclusive('\n') {
        end += line.len();
        in_body ^= line.matches("$$").count() % 2 == 1;
        if !in_body && line.trim_end().ends_with(';') && !line.starts_with("--") {
            statements.push(&sql[begin..end]);
            begin = end;
        }
    }
    statements
}

/// Names of what migrations make.
#[derive(Debug, Default)]
pub struct Names {
    /// Tables, indexes, and constraints with an index.
    pub relations: Vec<&'static str>,
    /// The types of the tables' rows.
    pub types: Vec<&'static str>,
    /// Functions without arguments.
    pub functions: Vec<&'static str>,
}

impl Names {
    pub fn extend(&mut self, more: Self) {
        self.relations.extend(more.relations);
        self.types.extend(more.types);
        self.functions.extend(more.functions);
    }
}

/// The names of what a migration makes, as its SQL has them.
pub fn names_made_by(version: &str) -> Names {
    let mut names = Names::default();
    for line in source(version).unwrap_or_default().lines() {
        // The index for searches is made by a statement in quotes.
        let words: Vec<_> = line.trim_start_matches([' ', '\'']).split_whitespace().collect();
        match words[..] {
            ["create", "table", name, ..] => {
                names.relations.push(name);
                names.types.push(name);
            }
            ["create", "index", "if", "not", "exists", name, ..]
            | ["create", "index", name, ..]
            | ["constraint", name, "primary" | "unique", ..] => names.relations.push(name),
            ["create", "function", name, ..] => {
                names.functions.push(name.trim_end_matches("()"));
            }
            _ => {}
        }
    }
    names
}

/// The tables that taking a migration back drops.
pub fn dropped_by_reverting(version: &str) -> Vec<&'static str> {
    let down = SOURCES.iter().find(|source| source.version == version).map(|source| source.down);
    let lines = down.unwrap_or_default().lines();
    lines.filter_map(|line| line.strip_prefix("drop table ")?.strip_suffix(';')).collect()
}

/// The versions of all migrations, in order.
pub fn versions() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|source| source.version)
}

/// The SQL that applies a migration.
pub fn source(version: &str) -> Option<&'static str> {
    SOURCES.iter().find(|source| source.version == version).map(|source| source.up)
}

#[cfg(test)]
mod tests {
    use super::{SOURCES, statements};

    #[test]
    fn a_statement_ends_with_a_semicolon_outside_of_a_body() {
        let sql =
            "-- one;\ncreate table a ();\n\ncreate function f() as\n$$\nbegin\n    x;\nend\n$$;\n";
        let found = statements(sql);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found.concat(), sql);
        for source in &SOURCES {
            for sql in [source.up, source.down] {
                assert_eq!(statements(sql).concat(), sql, "nothing is left out");
            }
        }
    }
}
