use serde_json::json;

use super::busy::locked;
use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::connection::run_lock::{Job, RunLock};
use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::migrations::{self, AUDIT_VERSIONS, MigrationState, MigrationStatus};
use crate::db::maintenance::namespace;
use crate::db::{Access, Database};
use crate::domain::{Changed, counted};
use crate::error::{Error, Result};
use crate::output::Prints;

/// Revert migrations, and drop their tables
///
/// The newest first, with all rows in their tables. Asks first, and says what is lost. The audit log is
/// dropped only with --discard-audit.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<MigrationStatus>>())]
pub struct Args {
    /// Number of migrations to revert
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    steps: u32,
    /// Also drop the audit log
    #[arg(long)]
    discard_audit: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = r#"
$ iamctl db revert --dry-run
dry run: rolled back, nothing was changed
VERSION         NAME                              STATUS   RUN_ON  CHANGED
20261128000001  2026-11-28-000001_number_changes  pending  -       yes
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Changed<MigrationStatus>>()?;
    let audit = context.audit("db.revert", &args.change)?;
    let mut database = context.connect()?;
    let state = database.transaction(Access::INSPECTION, migrations::state)?;
    state.require_found()?;
    state.require_ours()?;
    state.require_schema()?;
    let count = state.count(MigrationState::Applied);
    let mut applied = state.migrations;
    applied.retain(|migration| migration.state == MigrationState::Applied);
    applied.reverse();
    applied.truncate(usize::try_from(args.steps).unwrap_or(usize::MAX));
    if applied.iter().any(|migration| migration.version == AUDIT_VERSIONS[0]) && !args.discard_audit
    {
        return Err(Error::Refused(
            "this would drop the audit log; pass --discard-audit to drop it as well".to_owned(),
        ));
    }
    if !applied.is_empty() && !args.change.yes.is_said() && !args.change.dry_run {
        let lost = lost(&applied, &mut database)?;
        let question = format!("Revert {}, losing {lost}", counted(applied.len(), "migration"));
        context.confirm(&mut database, &args.change, &question)?;
    }

    let mut lock = locked(RunLock::try_acquire(&database, Job::Migrate)?)?;
    lock.check()?;
    let now = database.transaction(Access::INSPECTION, migrations::state)?;
    if now.count(MigrationState::Applied) != count {
        return Err(Error::Busy(
            "another run has migrated or reverted this database meanwhile; check `iamctl db status`"
                .to_owned(),
        ));
    }
    // In one transaction: no version of iamctl works with some of the migrations reverted.
    let access = if args.change.dry_run { Access::DDL.dry_run(true) } else { Access::DDL };
    database
        .transaction(access, |conn| {
            for migration in &applied {
                migrations::revert(conn, &migration.version)?;
            }
            if namespace::has_table(conn, AUDIT_LOG)? && !applied.is_empty() {
                // Reverting it, the last one, dropped the column.
                let audit = Audit { change: None, ..audit.clone() };
                let versions: Vec<_> = applied.iter().map(|migration| &migration.version).collect();
                audit.record(
                    conn,
                    vec![NewAuditEntry::untargeted(json!({ "versions": versions }))],
                )?;
            }
            Ok(())
        })
        .map_err(|error| match error {
            lost if database.interrupt().lost_a_commit() => {
                lost.with("`iamctl db status` shows which migrations are applied")
            }
            other => other,
        })?;
    context.notice_dry_run(&args.change);
    let reverted: Vec<_> = applied
        .into_iter()
        .map(|migration| MigrationStatus {
            state: MigrationState::Pending,
            run_on: None,
            ..migration
        })
        .map(|record| Changed { record, changed: true })
        .collect();
    rows.all(&reverted)
}

/// The tables that would be dropped, with their numbers of rows.
fn lost(applied: &[MigrationStatus], database: &mut Database) -> Result<String> {
    let tables: Vec<&str> = applied
        .iter()
        .flat_map(|migration| migrations::dropped_by_reverting(&migration.version))
        .collect();
    let counts = database.transaction(Access::DDL.dry_run(true), |conn| {
        tables.iter().map(|table| migrations::count_rows(conn, table)).collect::<Result<Vec<_>>>()
    })?;
    let mut lost: Vec<_> = tables
        .iter()
        .zip(counts)
        .map(|(table, rows)| format!("{table} ({})", counted(rows, "row")))
        .collect();
    let drops_ids = applied.iter().any(|migration| migration.version == AUDIT_VERSIONS[3]);
    if drops_ids && !tables.contains(&AUDIT_LOG) {
        lost.push("the change ids of the audit log".to_owned());
    }
    Ok(if lost.is_empty() { "no table".to_owned() } else { lost.join(", ") })
}
