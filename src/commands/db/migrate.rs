use std::fmt::Write as _;
use std::time::Duration;

use serde_json::json;

use super::busy::locked;
use super::report::warn_of_creators;
use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context, Yes};
use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::connection::lock_holders;
use crate::db::connection::run_lock::{Attempt, Job, RunLock};
use crate::db::maintenance::migrations::{
    self, AUDIT_VERSIONS, MigrationState, MigrationStatus, State, TABLES_VERSIONS,
};
use crate::db::maintenance::{namespace, search_index, taken_names};
use crate::db::{Access, Database};
use crate::domain::{Changed, listed};
use crate::error::{Error, Result};
use crate::output::{Column, Format, Output, Prints, Record, columns_of, field, shown};

/// Create the tables, or bring them up to date
///
/// Each migration is applied as a whole or not at all. If several runs start at once, one migrates; the
/// others wait, and succeed. `--dry-run` prints the SQL.
///
/// If another schema of the database has such tables, nothing is created, exit code 7: the search path
/// misses them. `--schema` creates a second set.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<MigrationStatus>>().or_list::<Planned>())]
pub struct Args {
    /// Print the SQL, and run nothing
    #[arg(long)]
    dry_run: bool,
    /// Create a second set of tables in this schema
    ///
    /// Even if another schema has some. The search path must begin with it.
    #[arg(long, value_name = "NAME")]
    schema: Option<String>,
    /// Reason, for the audit log
    ///
    /// [env: IAMCTL_REASON]
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    yes: Yes,
}

const EXAMPLES: &str = r#"
$ iamctl db migrate
VERSION         NAME                                           STATUS   RUN_O…
20261124000001  2026-11-24-000001_create_iam_tables            applied  2026-…
…

$ iamctl db migrate --dry-run
"#;

/// How long to wait for a concurrent migration.
const PATIENCE: Duration = Duration::from_secs(600);

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change =
        ChangeArgs { dry_run: args.dry_run, reason: args.reason.clone(), yes: args.yes.clone() };
    let audit = context.audit("db.migrate", &change)?;
    if args.dry_run {
        return plan(args, context);
    }
    let rows = context.output.list::<Changed<MigrationStatus>>()?;
    let mut database = context.connect()?;
    let before = inspect(args.schema.as_deref(), &mut database)?;
    if before.count(MigrationState::Pending) == 0 {
        warn_of_creators(&mut database, context)?;
        let all: Vec<_> = before.migrations.into_iter().map(unchanged).collect();
        return rows.all(&all);
    }

    let mut lock = lock(&database, context)?;
    let state = inspect(args.schema.as_deref(), &mut database)?;
    require_free_names(&state, &mut database)?;
    let pending: Vec<_> = pending(&state).map(str::to_owned).collect();
    let mut committed = Vec::new();
    let applied = apply_all(&pending, &mut committed, &mut lock, &audit, &mut database)
        .and_then(|after| warn_of_creators(&mut database, context).map(|()| after));
    let after = applied.map_err(|error| {
        // The transaction whose COMMIT was not answered is that of the next migration.
        let unknown = pending.get(committed.len()).filter(|_| database.interrupt().lost_a_commit());
        with_progress(error, &committed, unknown)
    })?;
    if pending.iter().any(|version| version == TABLES_VERSIONS[0])
        // All is committed: a failure here decides a notice alone.
        && database
            .transaction(Access::INSPECTION, |conn| Ok(search_index::is_indexed(conn)?))
            .is_ok_and(|is_indexed| !is_indexed)
    {
        context.terminal.notice(search_index::MISSING);
    }
    let all: Vec<_> = after
        .migrations
        .into_iter()
        .map(|record| Changed { changed: pending.contains(&record.version), record })
        .collect();
    rows.all(&all)
}

/// Applies the migrations, each in its transaction, and returns what the database then has.
fn apply_all(
    pending: &[String],
    committed: &mut Vec<String>,
    lock: &mut RunLock,
    audit: &Audit,
    database: &mut Database,
) -> Result<State> {
    for version in pending {
        lock.check()?;
        database.transaction(Access::DDL, |conn| {
            migrations::apply(conn, version)?;
            let applied = migrations::applied(conn)?;
            // Not whether there is such a table: that may be one of others.
            // Entries before that migration have no id.
            let is_numbered = applied.iter().any(|version| version == AUDIT_VERSIONS[3]);
            if applied.iter().any(|version| version == AUDIT_VERSIONS[0]) {
                // The migration that creates the log also records those before it, whichever run
                // applied them.
                let versions = if version == AUDIT_VERSIONS[0] {
                    applied.into_iter().map(String::from).collect()
                } else {
                    vec![version.clone()]
                };
                let details = json!({ "versions": versions });
                let change = audit.change.clone().filter(|_| is_numbered);
                let audit = Audit { change, ..audit.clone() };
                audit.record(conn, vec![NewAuditEntry::untargeted(details)])?;
            }
            Ok(())
        })?;
        committed.push(version.clone());
        database.interrupt().set_committed(so_far(committed));
    }
    let after = database.transaction(Access::INSPECTION, migrations::state)?;
    after.require_current()?;
    Ok(after)
}

/// The error with what is committed, and the migration whose COMMIT got no answer.
fn with_progress(error: Error, committed: &[String], unknown: Option<&String>) -> Error {
    let error = match error {
        // It says so already.
        Error::Interrupted { .. } => return error,
        _ if committed.is_empty() => error,
        _ => error.with(&so_far(committed)),
    };
    match unknown {
        Some(version) => error.with(&format!(
            "migration {version} may be applied: `iamctl db status` shows it, and `iamctl db migrate` goes on"
        )),
        None => error,
    }
}

fn so_far(committed: &[String]) -> String {
    match committed {
        [version] => format!("migration {version} is committed"),
        versions => format!("the migrations {} are committed", listed(versions)),
    }
}

/// Takes the lock of migrations, and says for what it waits.
fn lock(database: &Database, context: &mut Context) -> Result<RunLock> {
    let holders = match RunLock::try_acquire(database, Job::Migrate)? {
        Attempt::Locked(lock) => return Ok(lock),
        Attempt::Held(holders) => holders,
    };
    let another = "another run is migrating this database";
    let held = lock_holders::append(another, "the lock is held by", &holders);
    context.terminal.notice(&format!("{held}; waiting for it, ten minutes at most"));
    locked(RunLock::acquire(database, Job::Migrate, PATIENCE)?)
}

fn plan(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Planned>()?;
    let mut database = context.connect()?;
    let before = inspect(args.schema.as_deref(), &mut database)?;
    before.require_schema()?;
    require_free_names(&before, &mut database)?;
    warn_of_creators(&mut database, context)?;
    if context.output.format == Format::Table {
        return Output::text(&sql(&before)?);
    }
    let planned: Vec<_> = before.migrations.into_iter().map(unchanged).map(Planned).collect();
    rows.all(&planned)
}

/// A migration and, if it is pending, the SQL that would run.
struct Planned(Changed<MigrationStatus>);

impl Record for Planned {
    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|Planned(migration): &Self| migration);
        columns.push(shown(field::text("sql").or_null(), |Planned(Changed { record, .. })| {
            let pending = record.state == MigrationState::Pending;
            migrations::source(&record.version).filter(|_| pending).into()
        }));
        columns
    }

    fn id(&self) -> Option<String> {
        self.0.id()
    }
}

/// The migrations of the database. Fails if its tables do not belong to iamctl, if they would be created in
/// another schema than the wanted one, or, without such, if other schemas have them already.
fn inspect(schema: Option<&str>, database: &mut Database) -> Result<State> {
    let state = database.transaction(Access::INSPECTION, |conn| {
        if let Some(schema) = schema {
            namespace::require_current(conn, schema)?;
        }
        migrations::state(conn)
    })?;
    if schema.is_none() {
        state.require_found()?;
    }
    state.require_ours()?;
    Ok(state)
}

fn require_free_names(state: &State, database: &mut Database) -> Result<()> {
    let pending: Vec<_> = pending(state).collect();
    database.transaction(Access::INSPECTION, |conn| {
        taken_names::require_free(conn, &pending, state.has_list)
    })
}

fn pending(state: &State) -> impl Iterator<Item = &str> {
    let pending = |migration: &&MigrationStatus| migration.state == MigrationState::Pending;
    state.migrations.iter().filter(pending).map(|migration| migration.version.as_str())
}

fn unchanged(record: MigrationStatus) -> Changed<MigrationStatus> {
    Changed { record, changed: false }
}

/// The SQL of the pending migrations, each in its transaction.
fn sql(state: &State) -> Result<String> {
    let mut sql = String::new();
    for migration in state.migrations.iter().filter(|m| m.state == MigrationState::Pending) {
        let source = migrations::source(&migration.version).ok_or_else(|| {
            Error::internal(format!("the SQL of migration {} is missing", migration.version))
        })?;
        let name = migration.name.as_deref().unwrap_or(&migration.version);
        // Writing to a String cannot fail.
        let note = migrations::note(&[&migration.version]);
        _ = write!(sql, "-- {name}\nbegin;\n{source}{note}commit;\n\n");
    }
    Ok(sql)
}
