//! What is wrong with the tables.

use super::actual_schema::{Actual, ActualConstraint};
use super::column_remedy;
use super::expected_schema::{CONSTRAINTS, Constraint, ConstraintKind, INDEXES, Index, TABLES};
use super::finding::Finding;
use super::identifier::quoted;

/// Tables and columns that differ from the seed's. Additional columns are the service's own affair,
/// as long as a row can be written without them.
pub fn columns(actual: &Actual) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in TABLES {
        if let Some(namesake) = actual.not_table(table.name) {
            findings.push(Finding {
                table: table.name,
                object: table.name.to_owned(),
                problem: format!("it is the {namesake}, and no table"),
                advice: "give the service's table that name in its place".to_owned(),
            });
            continue;
        }
        if !actual.has_table(table.name) {
            findings.push(Finding {
                table: table.name,
                object: table.name.to_owned(),
                problem: "the table is missing".to_owned(),
                advice: "create it as the service's own scripts do".to_owned(),
            });
            continue;
        }
        for (name, wanted) in table.columns {
            let (problem, advice) = match actual.column(table.name, name) {
                Some(found) if column_remedy::is_as_wanted(found, wanted) => continue,
                Some(found) => (
                    format!("the column is `{}` and should be `{wanted}`", found.definition),
                    column_remedy::alter(table.name, found, wanted),
                ),
                None => (
                    format!("the column is missing: `{wanted}`"),
                    column_remedy::add(actual, table.name, name, wanted),
                ),
            };
            findings.push(Finding {
                table: table.name,
                object: (*name).to_owned(),
                problem,
                advice: advice.sql(table.name),
            });
        }
        let more = actual.columns.iter().filter(|column| {
            column.table == table.name
                && !table.columns.iter().any(|(name, _)| *name == column.name)
                && column.definition.ends_with(" not null")
        });
        findings.extend(more.map(|column| Finding {
            table: table.name,
            object: column.name.to_string(),
            problem:
                "a column that iamctl does not know wants a value and has no default".to_owned(),
            advice: "give it a default".to_owned(),
        }));
    }
    findings
}

/// The tables and columns that are not there, as a message names them.
pub fn missing(actual: &Actual) -> Vec<String> {
    let mut missing = Vec::new();
    for table in TABLES {
        if !actual.columns.iter().any(|column| column.table == table.name) {
            missing.push(format!("the table {} is missing", table.name));
            continue;
        }
        let absent =
            table.columns.iter().filter(|(name, _)| actual.column(table.name, name).is_none());
        missing
            .extend(absent.map(|(name, _)| format!("the column {}.{name} is missing", table.name)));
    }
    missing
}

/// Constraints and indexes that are missing, not valid, or under a name that the service does not
/// know.
pub fn keys(actual: &Actual) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A view has neither, and nothing refers to one.
    let may_have = |table| actual.not_table(table).is_none();
    let may_refer =
        |wanted: &&Constraint| wanted.kind != ConstraintKind::ForeignKey || may_have("users");
    for wanted in CONSTRAINTS.iter().filter(|wanted| may_have(wanted.table)).filter(may_refer) {
        let (problem, advice) = match actual.constraint(wanted) {
            None => (
                format!("the constraint is missing: {}", wanted.definition()),
                add_constraint(wanted),
            ),
            Some(found) if !found.validated => (
                "the constraint was never validated".to_owned(),
                format!("alter table {} validate constraint {}", wanted.table, found.name),
            ),
            Some(found) if wanted.named_by_service && found.name != wanted.name => (
                format!(
                    "the constraint is called `{}`, which the service does not know",
                    found.name
                ),
                format!(
                    "alter table {} rename constraint {} to {}",
                    wanted.table, found.name, wanted.name
                ),
            ),
            Some(_) => continue,
        };
        findings.push(Finding {
            table: wanted.table,
            object: wanted.name.to_owned(),
            problem,
            advice,
        });
    }
    let cascades = |wanted: &&Constraint| {
        wanted.kind == ConstraintKind::ForeignKey && actual.constraint(wanted).is_some()
    };
    for wanted in CONSTRAINTS.iter().filter(cascades) {
        findings.extend(other_foreign_keys(actual, wanted).map(|other| Finding {
            table: wanted.table,
            object: other.name.to_string(),
            problem: format!("keeps users from being erased: {}", other.definition),
            advice: format!("alter table {} drop constraint {}", wanted.table, quoted(&other.name)),
        }));
    }
    for wanted in INDEXES.iter().filter(|wanted| may_have(wanted.table)) {
        if actual.index(wanted.table, wanted.definition).is_none() {
            findings.push(Finding {
                table: wanted.table,
                object: wanted.name.to_owned(),
                problem: format!("no valid index {}", wanted.definition),
                advice: replace_index(actual, wanted),
            });
        }
    }
    findings
}

/// Foreign keys of the same column to `users` that do something else when a user is erased.
pub fn other_foreign_keys<'a>(
    actual: &'a Actual,
    wanted: &Constraint,
) -> impl Iterator<Item = &'a ActualConstraint> {
    let start = format!("FOREIGN KEY ({}) REFERENCES users(", wanted.columns);
    let wanted = *wanted;
    actual.constraints.iter().filter(move |found| {
        found.table == wanted.table
            && found.definition.starts_with(&start)
            && !found.cascades(&wanted)
    })
}

/// The SQL that makes an index, in place of the one that has its name, which is not valid or is another.
fn replace_index(actual: &Actual, wanted: &Index) -> String {
    let create = create_index(actual, wanted);
    if actual.index_named(wanted.name).is_none() {
        return create;
    }
    let concurrently = if actual.is_partitioned(wanted.table) { "" } else { "concurrently " };
    format!("drop index {concurrently}{}; {create}", actual.qualified(wanted.name))
}

/// The SQL that makes an index, without an outage where the table allows that.
pub fn create_index(actual: &Actual, wanted: &Index) -> String {
    let concurrently = if actual.is_partitioned(wanted.table) { "" } else { "concurrently " };
    // In a schema of the role's path where others may create, a bare name could be one of theirs.
    let definition = wanted
        .definition
        .replace("split_part", "pg_catalog.split_part")
        .replace("\"left\"", "pg_catalog.left")
        .replace("::text", "::pg_catalog.text")
        .replace("text_pattern_ops", "pg_catalog.text_pattern_ops");
    let table = actual.qualified(wanted.table);
    format!("create index {concurrently}{} on {table} {definition}", wanted.name)
}

fn add_constraint(wanted: &Constraint) -> String {
    format!("alter table {} add constraint {} {}", wanted.table, wanted.name, wanted.definition())
}
