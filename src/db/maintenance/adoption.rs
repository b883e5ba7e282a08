//! Taking over tables that the service's own scripts created.
//!
//! What is there is matched by its definition; what is missing is added without an outage on a
//! large live table: indexes CONCURRENTLY, keys by way of such an index, foreign keys NOT VALID and
//! then validated. Each step can be repeated: a run that was cut off is taken up by the next.

use std::collections::HashSet;

use diesel::pg::PgConnection;

use super::actual_schema::{self, Actual};
use super::conversions::{self, Conversions};
use super::expected_schema::{CONSTRAINTS, Constraint, ConstraintKind, INDEXES, service_tables};
use super::finding::Finding;
use super::identifier::quoted;
use super::schema_check;
use super::{rights, row_check, search_index};
use crate::error::{Error, Result};

/// One step, as SQL, and what it is about.
#[derive(Debug, Clone)]
pub struct Step {
    pub table: &'static str,
    pub object: &'static str,
    /// `keep` has no SQL.
    pub action: Action,
    pub sql: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// There already.
    Keep,
    CreateExtension,
    Rename,
    /// CREATE INDEX CONCURRENTLY: outside of a transaction.
    CreateIndex,
    /// What a run that was cut off left behind: outside of a transaction.
    DropInvalidIndex,
    /// Columns become the seed's. Nobody can use the table meanwhile.
    Convert,
    AddConstraint,
    Validate,
    /// A foreign key that would keep users from being erased.
    DropConstraint,
}

impl Action {
    pub const ALL: [Self; 9] = [
        Self::Keep,
        Self::CreateExtension,
        Self::Rename,
        Self::CreateIndex,
        Self::DropInvalidIndex,
        Self::Convert,
        Self::AddConstraint,
        Self::Validate,
        Self::DropConstraint,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::CreateExtension => "create extension",
            Self::Rename => "rename",
            Self::CreateIndex => "create index",
            Self::DropInvalidIndex => "drop invalid index",
            Self::Convert => "convert columns",
            Self::AddConstraint => "add constraint",
            Self::Validate => "validate",
            Self::DropConstraint => "drop constraint",
        }
    }

    pub fn needs_no_transaction(self) -> bool {
        matches!(self, Self::CreateIndex | Self::DropInvalidIndex)
    }
}

/// What prevents taking the tables over: columns that cannot be converted, other keys, and rows that a missing
/// key would refuse. Reads whole tables where a key is missing.
pub fn obstacles(
    conn: &mut PgConnection,
    actual: &Actual,
    conversions: &Conversions,
) -> Result<Vec<Finding>> {
    let mut found = schema_check::columns(actual);
    found.retain(|finding| !conversions.include(finding.table, &finding.object));
    found.extend_from_slice(&conversions.obstacles);
    if !found.is_empty() {
        // Without its columns a table cannot be looked into.
        return Ok(found);
    }
    let relations = actual_schema::relations(conn)?;
    let taken = |table, name: &'static str, definition: &str| {
        name_taken(actual, &relations, table, name, definition)
    };
    for wanted in &CONSTRAINTS {
        let constraint = actual.constraint(wanted);
        if constraint.is_none() && actual.is_partitioned(wanted.table) {
            let (table, definition) = (wanted.table, wanted.definition());
            let sql = format!("alter table {table} add constraint {} {definition}", wanted.name);
            found.push(by_hand(table, wanted.name, sql));
            continue;
        }
        let met = constraint.is_some_and(|constraint| constraint.validated);
        if wanted.kind == ConstraintKind::ForeignKey {
            if !met {
                let of_users = [("users", "id"), (wanted.table, "user_id")];
                let converts = of_users.iter().any(|(t, c)| conversions.retype(t, c));
                found.extend(if converts {
                    conversions::orphans(conn, wanted.table)?
                } else {
                    row_check::orphans(conn, wanted.table)?
                });
            }
            continue;
        }
        let index = unique_index(actual, wanted);
        let has_name = match constraint {
            Some(constraint) => constraint.name == wanted.name || !wanted.named_by_service,
            None => index == Some(wanted.name),
        };
        if !met {
            found.extend(other_primary_key(actual, wanted));
        }
        if !has_name {
            found.extend(taken(wanted.table, wanted.name, &of_key(wanted)));
        }
        if !met && index.is_none() {
            found.extend(row_check::duplicates(conn, wanted)?);
        }
    }
    for wanted in &INDEXES {
        if actual.index(wanted.table, wanted.definition).is_none() {
            found.extend(taken(wanted.table, wanted.name, wanted.definition));
            if actual.is_partitioned(wanted.table) {
                found.push(by_hand(
                    wanted.table,
                    wanted.name,
                    schema_check::create_index(actual, wanted),
                ));
            }
        }
    }
    if actual.index_named(search_index::INDEX).is_none() && !search_index::is_indexed(conn)? {
        found.extend(taken("users", search_index::INDEX, "the index for searches"));
    }
    Ok(found)
}

/// What is missing of a partitioned table, to which PostgreSQL adds nothing without an outage.
fn by_hand(table: &'static str, name: &str, advice: String) -> Finding {
    Finding {
        table,
        object: name.to_owned(),
        problem: "missing, and the table is partitioned: adding it holds writers off".to_owned(),
        advice,
    }
}

/// Fails unless the role may alter the tables.
pub fn require_owner(conn: &mut PgConnection) -> Result<()> {
    let rights::Ownership { role, not_owned, .. } = rights::ownership(conn, &service_tables())?;
    match not_owned {
        None => Ok(()),
        Some(tables) => Err(Error::Forbidden(format!(
            "the role `{role}` does not own {tables}; connect as the role that does"
        ))),
    }
}

/// The definition of the index behind a key.
fn of_key(wanted: &Constraint) -> String {
    format!("USING btree ({})", wanted.columns)
}

/// Something that has the name of a missing index and is not what a run that was cut off left behind.
fn name_taken(
    actual: &Actual,
    relations: &HashSet<String>,
    table: &'static str,
    name: &'static str,
    definition: &str,
) -> Option<Finding> {
    if !relations.contains(name) {
        return None;
    }
    let problem = match actual.index_named(name) {
        Some(index)
            if index.table == table
                && !index.is_valid
                && !index.of_constraint
                && index.definition == definition =>
        {
            return None;
        }
        Some(index) => format!("another index has the name: {}", index.definition),
        None => "something else has the name".to_owned(),
    };
    Some(Finding {
        table,
        object: name.to_owned(),
        problem,
        advice: format!("rename it, for room for {definition}"),
    })
}

fn other_primary_key(actual: &Actual, wanted: &Constraint) -> Option<Finding> {
    let other = actual
        .constraints
        .iter()
        .find(|found| found.table == wanted.table && found.kind == "p")
        .filter(|_| wanted.kind == ConstraintKind::PrimaryKey)?;
    Some(Finding {
        table: wanted.table,
        object: other.name.to_string(),
        problem: format!("another primary key is there: {}", other.definition),
        advice: format!("make it {}", wanted.definition()),
    })
}

/// A unique index on the columns of a key, of no constraint yet.
fn unique_index<'a>(actual: &'a Actual, wanted: &Constraint) -> Option<&'a str> {
    let definition = of_key(wanted);
    actual
        .indexes
        .iter()
        .find(|found| {
            found.table == wanted.table
                && found.definition == definition
                && found.is_unique
                && found.is_valid
                && !found.of_constraint
        })
        .map(|found| found.name.as_str())
}

/// The steps that make the tables what they should be, in order. Only after `obstacles` found none.
pub fn plan(actual: &Actual, conversions: Conversions) -> Vec<Step> {
    let convert = |(table, sql)| Step { table, object: table, action: Action::Convert, sql };
    let mut steps: Vec<_> = conversions.tables.into_iter().map(convert).collect();
    for wanted in &CONSTRAINTS {
        let mut step = |action, sql: String| {
            steps.push(Step { table: wanted.table, object: wanted.name, action, sql });
        };
        match (actual.constraint(wanted), wanted.kind) {
            (Some(found), _) => {
                if wanted.named_by_service && found.name != wanted.name {
                    let (table, from, to) = (wanted.table, quoted(&found.name), wanted.name);
                    step(
                        Action::Rename,
                        format!("alter table {table} rename constraint {from} to {to}"),
                    );
                } else if found.validated {
                    step(Action::Keep, String::new());
                }
                if !found.validated {
                    step(Action::Validate, validate(wanted.table, &found.name));
                }
                if wanted.kind == ConstraintKind::ForeignKey {
                    drop_others(actual, wanted, step);
                }
            }
            (None, ConstraintKind::ForeignKey) => {
                let (table, name) = (wanted.table, wanted.name);
                // PostgreSQL itself gives that name to a key without CASCADE.
                let namesake = schema_check::other_foreign_keys(actual, wanted)
                    .any(|other| other.name == name);
                let room =
                    if namesake { format!("drop constraint {name}, ") } else { String::new() };
                step(
                    Action::AddConstraint,
                    format!(
                        "alter table {table} {room}add constraint {name} {} not valid",
                        wanted.definition()
                    ),
                );
                step(Action::Validate, validate(table, name));
                drop_others(actual, wanted, step);
            }
            (None, kind) => {
                let (table, name, columns) = (wanted.table, wanted.name, wanted.columns);
                let index = if let Some(index) = unique_index(actual, wanted) {
                    quoted(index)
                } else {
                    if actual.index_named(name).is_some() {
                        step(Action::DropInvalidIndex, drop_index(actual, name));
                    }
                    step(
                        Action::CreateIndex,
                        format!(
                            "create unique index concurrently {name} on {} ({columns})",
                            actual.qualified(table)
                        ),
                    );
                    name.to_owned()
                };
                let words = match kind {
                    ConstraintKind::PrimaryKey => "primary key",
                    _ => "unique",
                };
                step(
                    Action::AddConstraint,
                    format!(
                        "alter table {table} add constraint {name} {words} using index {index}"
                    ),
                );
            }
        }
    }
    for wanted in &INDEXES {
        let mut step = |action, sql: String| {
            steps.push(Step { table: wanted.table, object: wanted.name, action, sql });
        };
        if actual.index(wanted.table, wanted.definition).is_some() {
            step(Action::Keep, String::new());
            continue;
        }
        if actual.index_named(wanted.name).is_some() {
            step(Action::DropInvalidIndex, drop_index(actual, wanted.name));
        }
        step(Action::CreateIndex, schema_check::create_index(actual, wanted));
    }
    steps
}

/// The steps that make the index for searches, where it can be made.
pub fn search(conn: &mut PgConnection, actual: &Actual) -> Result<Vec<Step>> {
    let missing = search_index::missing(conn, actual)?;
    let mut steps = Vec::new();
    let mut step = |action, sql| {
        steps.push(Step { table: "users", object: search_index::INDEX, action, sql });
    };
    if let Some(sql) = missing.create_extension {
        step(Action::CreateExtension, sql);
    }
    if let Some(sql) = missing.create_index {
        match actual.index_named(search_index::INDEX) {
            Some(named) if named.is_valid => return Ok(Vec::new()),
            Some(_) => step(Action::DropInvalidIndex, drop_index(actual, search_index::INDEX)),
            None => {}
        }
        step(Action::CreateIndex, sql);
    }
    Ok(steps)
}

/// The step that drops an index for searches whose creation failed.
pub fn invalid_search_index(actual: &Actual) -> Option<Step> {
    let (table, object) = ("users", search_index::INDEX);
    let sql = drop_index(actual, object);
    actual.index_named(object).filter(|index| !index.is_valid).map(|_| Step {
        table,
        object,
        action: Action::DropInvalidIndex,
        sql,
    })
}

/// Steps that drop the foreign keys that would keep users from being erased, but for one of the
/// wanted key's own name, whose place that has taken.
fn drop_others(actual: &Actual, wanted: &Constraint, mut step: impl FnMut(Action, String)) {
    let others = schema_check::other_foreign_keys(actual, wanted);
    for other in others.filter(|other| other.name != wanted.name) {
        step(
            Action::DropConstraint,
            format!("alter table {} drop constraint {}", wanted.table, quoted(&other.name)),
        );
    }
}

fn validate(table: &str, name: &str) -> String {
    format!("alter table {table} validate constraint {}", quoted(name))
}

fn drop_index(actual: &Actual, name: &str) -> String {
    format!("drop index concurrently {}", actual.qualified(name))
}
