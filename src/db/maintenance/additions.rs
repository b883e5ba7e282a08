//! Constraints and unique indexes that others added to the service's tables, which can refuse rows that
//! iamctl or the service writes.

use super::actual_schema::{Actual, ActualConstraint};
use super::expected_schema::{CONSTRAINTS, ConstraintKind, TABLES, service_tables};
use super::finding::Finding;
use super::identifier::quoted;

/// A CHECK that demands a value in a column that is left to its default, and so refuses every new row.
pub fn findings(actual: &Actual) -> Vec<Finding> {
    let demanding = of_others(actual).filter_map(|(table, constraint)| {
        let column = demanded_column(constraint)?;
        (is_left_out(table, &column) && !has_default(actual, table, &column)).then(|| Finding {
            table,
            object: constraint.name.to_string(),
            problem: format!(
                "refuses every row that sets no `{column}`, as those of iamctl and the service do: {}",
                constraint.definition
            ),
            advice: format!(
                "give {} a default, or: {}",
                quoted(&column),
                drop_constraint(table, &constraint.name)
            ),
        })
    });
    demanding.collect()
}

/// Constraints and unique indexes of which only their author knows what they refuse.
pub fn warnings(actual: &Actual) -> Vec<Finding> {
    let constraints =
        of_others(actual).filter(|(table, constraint)| match constraint.kind.as_str() {
            "c" => demanded_column(constraint).is_none_or(|column| {
                is_left_out(table, &column) && has_default(actual, table, &column)
            }),
            "p" | "u" => !holds_a_key_of_ours(table, &constraint.definition),
            "x" => true,
            _ => !refuses_deletions_alone(actual, table, &constraint.definition),
        });
    let mut found: Vec<_> = constraints
        .map(|(table, constraint)| {
            let advice = drop_constraint(table, &constraint.name);
            warning(table, &constraint.name, &constraint.definition, &advice)
        })
        .collect();
    for table in TABLES {
        let of_table = actual.indexes.iter().filter(|index| {
            index.table == table.name
                && index.is_unique
                && !index.of_constraint
                && !holds_a_key_of_ours(table.name, &index.definition)
        });
        found.extend(of_table.map(|index| {
            let concurrently = if actual.is_partitioned(table.name) { "" } else { "concurrently " };
            let name = actual.qualified(&quoted(&index.name));
            let definition = format!("unique index {}", index.definition);
            warning(
                table.name,
                &index.name,
                &definition,
                &format!("drop index {concurrently}{name}"),
            )
        }));
    }
    found
}

fn warning(table: &'static str, name: &str, definition: &str, drop: &str) -> Finding {
    Finding {
        table,
        object: name.to_owned(),
        problem: format!("of others, can refuse rows: {definition}"),
        advice: format!("make sure that it takes what iamctl and the service write, or: {drop}"),
    }
}

/// Whether a row that this constraint or unique index of one of our tables refuses conflicts with what
/// others want of rows, and not with a key of ours or with rows of others that refer to it.
pub fn is_of_others(actual: &Actual, table: &str, name: &str) -> bool {
    let ours = CONSTRAINTS.iter().filter(|wanted| wanted.table == table);
    let mut names = ours.flat_map(|wanted| {
        let found = actual.constraint(wanted).map(|constraint| constraint.name.as_str());
        found.into_iter().chain([wanted.name])
    });
    let mut constraints = actual.constraints.iter();
    !names.any(|ours| ours == name)
        && !constraints.any(|found| {
            found.name == name && refuses_deletions_alone(actual, table, &found.definition)
        })
}

/// The enforced constraints of our tables that are none of ours, each with its table.
fn of_others(actual: &Actual) -> impl Iterator<Item = (&'static str, &ActualConstraint)> {
    let is_ours = |table: &str, found: &ActualConstraint| {
        CONSTRAINTS.iter().any(|wanted| {
            wanted.table == table
                && actual.constraint(wanted).is_some_and(|ours| ours.name == found.name)
        })
    };
    actual.constraints.iter().filter_map(move |found| {
        let table = TABLES.iter().find(|table| table.name == found.table)?.name;
        (!is_ours(table, found) && !found.definition.contains(" NOT ENFORCED"))
            .then_some((table, found))
    })
}

/// The column, where the constraint is `CHECK ((column IS NOT NULL))`.
fn demanded_column(constraint: &ActualConstraint) -> Option<String> {
    let column = constraint.definition.strip_prefix("CHECK ((")?;
    let column = column.strip_suffix(" IS NOT NULL))")?;
    match column.strip_prefix('"').and_then(|column| column.strip_suffix('"')) {
        Some(quoted) => Some(quoted.replace("\"\"", "\"")),
        None => column.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| column.to_owned()),
    }
}

/// Whether a new row may be without a value in the column.
fn is_left_out(table: &str, column: &str) -> bool {
    let mut columns = TABLES.iter().filter(|it| it.name == table).flat_map(|it| it.columns);
    !columns.any(|(name, definition)| *name == column && definition.contains(" not null"))
}

fn has_default(actual: &Actual, table: &str, column: &str) -> bool {
    actual.column(table, column).is_some_and(|column| column.definition.contains(" default "))
}

/// Whether a key or an index on these columns takes whatever a key of ours takes.
pub fn holds_a_key_of_ours(table: &str, definition: &str) -> bool {
    let key = [" WHERE ", " INCLUDE "]
        .iter()
        .fold(definition, |key, rest| key.split_once(rest).map_or(key, |(key, _)| key));
    let columns = key.split_once(" (").and_then(|(_, columns)| columns.strip_suffix(')'));
    let columns: Vec<_> = columns.unwrap_or_default().split(", ").collect();
    let mut keys = CONSTRAINTS
        .iter()
        .filter(|wanted| wanted.table == table && wanted.kind != ConstraintKind::ForeignKey);
    keys.any(|wanted| wanted.columns.split(", ").all(|column| columns.contains(&column)))
}

/// Whether it is a foreign key such as ours, which refuses only rows of users who do not exist, or one of a column of
/// others to a table of ours: iamctl does not write that column, so that the key can refuse nothing but the
/// deletion of rows to which it refers.
fn refuses_deletions_alone(actual: &Actual, table: &str, definition: &str) -> bool {
    let Some(rest) = definition.strip_prefix("FOREIGN KEY (") else { return false };
    let Some((columns, target)) = rest.split_once(") REFERENCES ") else { return false };
    let is_to = |ours: &str| target.starts_with(&format!("{ours}("));
    let is_null = |column: &str| is_left_out(table, column) && !has_default(actual, table, column);
    (columns == "user_id" && is_to("users"))
        || (columns.split(", ").all(is_null) && service_tables().into_iter().any(is_to))
}

fn drop_constraint(table: &str, name: &str) -> String {
    format!("alter table {table} drop constraint {}", quoted(name))
}

#[cfg(test)]
mod tests {
    use super::holds_a_key_of_ours;

    #[test]
    fn a_wider_key_refuses_nothing_that_ours_takes() {
        assert!(holds_a_key_of_ours("users", "UNIQUE (id, email)"));
        assert!(holds_a_key_of_ours("users", "UNIQUE (email)"));
        assert!(holds_a_key_of_ours("users", "USING btree (created_at, id)"));
        assert!(holds_a_key_of_ours("verification_codes", "PRIMARY KEY (code, expires_at)"));
        assert!(holds_a_key_of_ours("users", "USING btree (email) WHERE (deleted AND (id = id))"));
        assert!(!holds_a_key_of_ours("users", "UNIQUE (username) INCLUDE (id, email)"));
        assert!(!holds_a_key_of_ours("users", "UNIQUE (username)"));
        assert!(!holds_a_key_of_ours("users", "USING btree (lower((email)::text))"));
        assert!(!holds_a_key_of_ours("verification_codes", "UNIQUE (user_id)"));
    }
}
