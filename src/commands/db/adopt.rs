use std::fmt::{self, Write as _};

use serde_json::json;

use super::busy::locked;
use super::report::{refuse, warn_of_creators};
use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::connection::run_lock::{Job, RunLock};
use crate::db::maintenance::actual_schema;
use crate::db::maintenance::adoption::{self, Action, Step};
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::migrations::{self, MigrationState, State, TABLES_VERSIONS};
use crate::db::maintenance::{conversions, search_index, taken_names};
use crate::db::{Access, Database};
use crate::domain::counted;
use crate::error::{Error, Result};
use crate::output::{Column, Format, Output, Prints, Record, field, shown};

/// Take over tables that the service's scripts created
///
/// Keys and indexes under other names are recognized by their definition, and renamed if the service
/// depends on the name. What is missing is added without an outage: indexes CONCURRENTLY, foreign keys
/// NOT VALID and then validated. Columns that differ are converted or added if no value changes its
/// meaning; times without a zone are read as UTC. While columns are converted, or a conversion waits
/// for its lock, the table cannot be used. Duplicates, orphans and columns that cannot be converted are
/// listed, exit code 5, and nothing is changed. A run that was cut off is continued by the next.
/// `--dry-run` prints the SQL.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Step>().or_refusal::<Finding>())]
pub struct Args {
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = r#"
$ iamctl db adopt --dry-run
begin;
…

$ iamctl db adopt --yes --columns table,object,action
TABLE                OBJECT                            ACTION
users                users_pkey                        keep
…
users                users_created                     create index
…
"#;

/// The steps of an adoption, or the findings that prevent it.
enum Plan {
    Steps(Vec<Step>),
    Obstacles(Vec<Finding>),
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let mut rows = context.output.list::<Step>()?;
    let audit = context.audit("db.adopt", &args.change)?;
    let mut database = context.connect()?;
    let state = database.transaction(Access::INSPECTION, migrations::state)?;
    state.require_found()?;
    state.require_tables()?;
    if !state.is_foreign() {
        return already(&state, &mut database, context);
    }
    if state.count(MigrationState::Unknown) > 0 {
        return Err(Error::Schema(
            "`__diesel_schema_migrations` lists migrations of another program, and iamctl cannot \
             keep its own beside them; give the service's tables a schema or a database of their own"
                .to_owned(),
        ));
    }
    let planned = plan(&state, &mut database);
    if matches!(planned, Ok(Plan::Obstacles(_)) | Err(Error::Schema(_))) {
        // What is in the way may be what another run is making at this moment, or has just made.
        drop(locked(RunLock::try_acquire(&database, Job::Migrate)?)?);
        let state = database.transaction(Access::INSPECTION, migrations::state)?;
        if !state.is_foreign() {
            return already(&state, &mut database, context);
        }
    }
    let mut steps = match planned? {
        Plan::Steps(steps) => steps,
        Plan::Obstacles(findings) => return refuse(&findings, "cannot be adopted yet", context),
    };
    let makes_index = steps.iter().any(|step| step.object == search_index::INDEX);
    let mut search = if makes_index { Search::Indexed } else { Search::Unknown };
    if !args.change.dry_run {
        context.confirm(&mut database, &args.change, &question(&steps))?;
        if let Some(why) = adopt(&mut steps, &audit, &mut database)? {
            search = Search::Failed(why);
        }
    }
    warn(&search, &mut database, context).map_err(|error| match error {
        // It says so already.
        Error::Interrupted { .. } => error,
        _ if args.change.dry_run => error,
        other => other.with("the tables are adopted"),
    })?;
    if args.change.dry_run && context.output.format == Format::Table {
        return Output::text(&sql(&state, &steps));
    }
    context.notice_dry_run(&args.change);
    steps.iter().try_for_each(|step| rows.push(step))?;
    rows.finish()
}

/// What is known of the index for searches.
enum Search {
    /// A step makes it.
    Indexed,
    /// The step that should make it failed.
    Failed(String),
    /// It was there before, or cannot be made here.
    Unknown,
}

/// Tells where searches read all users, and where others may create in the schema of the tables.
fn warn(search: &Search, database: &mut Database, context: &mut Context) -> Result<()> {
    let missing = search_index::MISSING;
    match search {
        Search::Indexed => {}
        Search::Failed(why) => context.terminal.notice(&format!("{missing}: {why}")),
        Search::Unknown => {
            let indexed = |conn: &mut _| Ok(search_index::is_indexed(conn)?);
            if !database.transaction(Access::INSPECTION, indexed)? {
                context.terminal.notice(missing);
            }
        }
    }
    warn_of_creators(database, context)
}

/// Handles a database without foreign tables: they are managed by iamctl, or there are none.
fn already(state: &State, database: &mut Database, context: &mut Context) -> Result<()> {
    state.require_ours()?;
    state.require_schema()?;
    if state.count(MigrationState::Applied) == 0 {
        return Err(Error::Schema(
            "there is nothing to adopt: the database has none of the tables; run \
             `iamctl db migrate` to create them"
                .to_owned(),
        ));
    }
    state.require_current()?;
    context.terminal.notice("the tables are already managed by iamctl");
    warn_of_creators(database, context)?;
    context.output.list::<Step>()?.finish()
}

fn plan(state: &State, database: &mut Database) -> Result<Plan> {
    // As the adoption itself, so that what refuses that refuses this. It only reads.
    database.transaction(Access::DDL.dry_run(true), |conn| {
        adoption::require_owner(conn)?;
        let actual = actual_schema::read(conn)?;
        taken_names::require_free(conn, &missing_versions(state), state.has_list)?;
        let conversions = conversions::plan(conn, &actual)?;
        let obstacles = adoption::obstacles(conn, &actual, &conversions)?;
        if !obstacles.is_empty() {
            return Ok(Plan::Obstacles(obstacles));
        }
        let mut steps = adoption::plan(&actual, conversions);
        steps.extend(adoption::search(conn, &actual)?);
        Ok(Plan::Steps(steps))
    })
}

/// The planner knows nothing of a new index's expression or a converted column, and would scan a table for a
/// few ids.
const ANALYZE: &str = "\
    analyze users; analyze verification_codes; analyze authorization_codes; analyze refresh_tokens; analyze api_tokens; \
    analyze api_token_owners";

/// The question to the operator. It shows the steps that rename, drop or convert something.
fn question(steps: &[Step]) -> String {
    let missing = steps.iter().filter(|step| step.action != Action::Keep).count();
    let severe: Vec<_> = steps
        .iter()
        .filter_map(|step| match step.action {
            Action::Rename | Action::DropConstraint => Some(format!(", {}", step.sql)),
            Action::Convert => Some(format!(", {}{}", step.sql, cost(&step.sql))),
            _ => None,
        })
        .collect();
    format!("Adopt the tables ({}{})", counted(missing, "step"), severe.concat())
}

/// What a conversion costs the service, and what it takes for granted.
fn cost(sql: &str) -> String {
    let mut cost = String::new();
    if [" type ", " set not null"].iter().any(|slow| sql.contains(slow)) {
        cost.push_str(
            " [nobody can use the table while PostgreSQL rewrites or checks all its rows]",
        );
    }
    cost.push_str(
        " [while it waits for the lock of the table, up to --lock-timeout, everybody else waits for it]",
    );
    if sql.contains("type timestamp with time zone using") {
        cost.push_str(" [takes the times that are there for UTC]");
    }
    cost
}

/// Takes the steps. Where the extension for searches cannot be made, leaves out what needs it, and returns
/// why.
fn adopt(steps: &mut Vec<Step>, audit: &Audit, database: &mut Database) -> Result<Option<String>> {
    let mut lock = locked(RunLock::try_acquire(database, Job::Migrate)?)?;
    // Another run may have adopted the tables before this one got the lock.
    let state = database.transaction(Access::INSPECTION, migrations::state)?;
    if !state.is_foreign() {
        return Err(Error::Busy("another run has just adopted the tables".to_owned()));
    }
    let mut done = Done::default();
    // The audit log is created first, so that it records every step.
    let missing = missing_versions(&state);
    if !missing.is_empty() {
        database
            .transaction(Access::DDL, |conn| {
                missing.iter().try_for_each(|version| migrations::apply(conn, version))?;
                audit.record(conn, vec![NewAuditEntry::untargeted(json!({ "versions": missing }))])
            })
            .map_err(|error| match error {
                lost if database.interrupt().lost_a_commit() => lost
                    .with("the audit log may be committed; `iamctl db adopt` continues from there"),
                other => other,
            })?;
        done.audit_log = true;
    }
    database.interrupt().set_committed(done.to_string());
    let taken = take_all(steps, &mut lock, &mut done, audit, database);
    done.may_have_one_more = database.interrupt().lost_a_commit();
    let without_search = taken.map_err(|error| match error {
        // It says so already.
        interrupted @ Error::Interrupted { .. } => interrupted,
        other => other.with(&done.to_string()),
    })?;
    if without_search.is_some() {
        steps.retain(|step| step.object != search_index::INDEX);
    }
    database.interrupt().set_committed("the tables are adopted".to_owned());
    Ok(without_search)
}

/// What an adoption has committed so far.
#[derive(Default)]
struct Done {
    audit_log: bool,
    steps: usize,
    /// The COMMIT of the next step got no answer.
    may_have_one_more: bool,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = counted(self.steps, "step");
        match self {
            Self { audit_log: true, steps: 0, .. } => f.write_str("the audit log")?,
            Self { audit_log: true, .. } => write!(f, "the audit log and {steps}")?,
            Self { audit_log: false, .. } => f.write_str(&steps)?,
        }
        f.write_str(" committed")?;
        if self.may_have_one_more {
            f.write_str(", and perhaps one step more")?;
        }
        f.write_str("; `iamctl db adopt` continues from there")
    }
}

/// Takes the steps that are left, and notes that the tables are adopted. Returns why the extension for
/// searches, or their index, could not be made; these steps are the last.
fn take_all(
    steps: &[Step],
    lock: &mut RunLock,
    done: &mut Done,
    audit: &Audit,
    database: &mut Database,
) -> Result<Option<String>> {
    let mut without_search = None;
    for step in steps.iter().filter(|step| step.action != Action::Keep) {
        lock.check()?;
        match take(step, audit, database) {
            Err(Error::Internal(why) | Error::Forbidden(why))
                if step.object == search_index::INDEX =>
            {
                without_search = Some(why);
                remove_failed_search_index(audit, database)?;
                break;
            }
            Err(Error::Internal(why)) if step.action == Action::Convert => {
                return Err(failed_conversion(step, why, database));
            }
            // A row that violates a key, inserted after the tables were checked.
            Err(Error::Conflict(message)) => return Err(Error::Refused(message)),
            taken => taken?,
        }
        done.steps += 1;
        database.interrupt().set_committed(done.to_string());
    }
    database.transaction(Access::DDL, |conn| {
        migrations::execute(conn, ANALYZE)?;
        migrations::mark_applied(conn, &TABLES_VERSIONS)?;
        audit.record(conn, vec![NewAuditEntry::untargeted(json!({ "versions": TABLES_VERSIONS }))])
    })?;
    Ok(without_search)
}

/// Refused where rows or objects that came after the tables were checked, or columns of a table's row type,
/// prevent the conversion. Otherwise it failed for another reason, such as a full disk.
fn failed_conversion(step: &Step, why: String, database: &mut Database) -> Error {
    let prevented = database.transaction(Access::DDL.dry_run(true), |conn| {
        let actual = actual_schema::read(conn)?;
        conversions::are_prevented(conn, &actual, step.table)
    });
    match prevented {
        Ok(true) => Error::Refused(why),
        Err(interrupted @ Error::Interrupted { .. }) => interrupted,
        // The first error says more than that of this check.
        Ok(false) | Err(_) => Error::Internal(why),
    }
}

/// What CREATE INDEX CONCURRENTLY left behind when it failed.
fn remove_failed_search_index(audit: &Audit, database: &mut Database) -> Result<()> {
    let left = database.transaction(Access::INSPECTION, |conn| {
        Ok(adoption::invalid_search_index(&actual_schema::read(conn)?))
    })?;
    left.map_or(Ok(()), |step| take(&step, audit, database))
}

/// Executes one step and writes its audit row in the same transaction. A step that cannot run in a
/// transaction gets its audit row first: a superfluous audit row is better than a missing one.
fn take(step: &Step, audit: &Audit, database: &mut Database) -> Result<()> {
    let alone = step.action.needs_no_transaction();
    database.transaction(Access::DDL, |conn| {
        if !alone {
            migrations::execute(conn, &step.sql)?;
        }
        audit.record(
            conn,
            vec![NewAuditEntry::untargeted(json!({ "table": step.table, "sql": step.sql }))],
        )
    })?;
    if alone { database.outside_transaction(&step.sql) } else { Ok(()) }
}

/// The migrations of the audit log: all but those of the tables, which are there already.
fn audit_log_versions() -> impl Iterator<Item = &'static str> {
    migrations::versions().filter(|version| !TABLES_VERSIONS.contains(version))
}

fn missing_versions(state: &State) -> Vec<&'static str> {
    audit_log_versions().filter(|version| !state.has_applied(version)).collect()
}

fn sql(state: &State, steps: &[Step]) -> String {
    let mut sql = "begin;\n".to_owned();
    // Writing to a String cannot fail. A run that was cut off may have applied some of them.
    for version in missing_versions(state) {
        let source = migrations::source(version).unwrap_or_default();
        _ = writeln!(sql, "{source}{}", migrations::note(&[version]));
    }
    sql.push_str("commit;\n\n");
    for step in steps.iter().filter(|step| step.action != Action::Keep) {
        _ = writeln!(sql, "{};", step.sql);
    }
    _ = write!(sql, "\n{ANALYZE};\n\n{}", migrations::note(&TABLES_VERSIONS));
    sql
}

impl Record for Step {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("table"), |step| step.table.into()),
            shown(field::text("object"), |step| step.object.into()),
            shown(field::one_of("action", Action::ALL.map(Action::name)), |step| {
                step.action.name().into()
            }),
            shown(field::flag("changed"), |step| (step.action != Action::Keep).into()),
            shown(field::text("sql").or_null(), |step| {
                (!step.sql.is_empty()).then_some(step.sql.as_str()).into()
            }),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.object.to_owned())
    }
}
