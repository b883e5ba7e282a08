mod server;

use chrono::TimeDelta;

use self::server::{encoding, layout, pooler, tls, version};

use crate::commands::db::check;
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::functions::transaction_time;
use crate::db::maintenance::citus;
use crate::db::maintenance::interceptors::{self, Interceptor};
use crate::db::maintenance::server_health::{self, Server};
use crate::db::maintenance::{
    actual_schema, additions, audit_check, migrations, namespace, references, rights, schema_check,
};
use crate::db::{Access, Database};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Prints, Record, field, rfc3339, shown};

/// Check the database and the connection
///
/// One line for each check, quick enough for monitoring. Exits with 6 if the database cannot be
/// reached, with 5 if a check failed; a warning exits with 0. A purge is overdue if a code expired
/// three days ago, or a session or token 32 days ago. The line `tls` is about the connection that
/// iamctl itself opens; a pooler may open another behind it. `iamctl db check` reads the rows, too.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Check>())]
pub struct Args {}

const EXAMPLES: &str = r#"
$ iamctl doctor
CHECK        STATUS  DETAIL
connection   ok      …
tls          ok      not needed on a Unix socket
server       ok      PostgreSQL …
…
backlog      ok      no purge is overdue

$ iamctl doctor -o json --columns check,status
[
  {"check":"connection","status":"ok"},
  {"check":"tls","status":"ok"},
…
]
"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Ok,
    Warning,
    Failed,
}

/// One check and its result.
struct Check {
    name: &'static str,
    verdict: Verdict,
    detail: String,
}

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let mut rows = context.output.list::<Check>()?;
    let mut checks = Vec::new();
    let outcome = match context.connect() {
        Ok(mut database) => examine(&mut checks, &mut database),
        Err(error @ Error::Unreachable(_)) => {
            checks.push(Check::failed("connection", &error));
            Err(error)
        }
        Err(other) => return Err(other),
    };
    let printed = checks.iter().try_for_each(|check| rows.push(check)).and_then(|()| rows.finish());
    outcome?;
    let failed: Vec<_> = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Failed)
        .map(|check| check.name)
        .collect();
    if failed.is_empty() {
        return printed;
    }
    Err(Error::Refused(format!("failed checks: {}", failed.join(", "))))
}

/// Runs all checks. Fails only if the connection is lost or a signal was received.
fn examine(checks: &mut Vec<Check>, database: &mut Database) -> Result<()> {
    let server =
        match database.transaction(Access::INSPECTION, |conn| Ok(server_health::server(conn)?)) {
            Ok(server) => server,
            Err(error) => {
                let is_old = matches!(error, Error::Schema(_));
                checks.push(Check::failed(if is_old { "server" } else { "connection" }, &error));
                return unless_over(error);
            }
        };
    checks.push(Check::new(
        "connection",
        Verdict::Ok,
        format!("database `{}` as `{}`", server.database, server.role),
    ));
    let link = database.link();
    checks.push(tls(link.as_ref()));
    checks.push(version(&server));
    checks.push(pooler(link.as_ref()));
    checks.push(encoding(&server));
    match database.transaction(Access::INSPECTION, |conn| Ok(citus::read(conn)?)) {
        Ok(found) => checks.extend(found.as_ref().map(layout)),
        Err(error) => {
            checks.push(Check::failed("citus", &error));
            unless_over(error)?;
        }
    }

    let migrations = database.transaction(Access::INSPECTION, |conn| {
        let state = migrations::state(conn)?;
        state.require_current()?;
        Ok(state.migrations.len())
    });
    match migrations {
        Ok(count) => {
            checks.push(Check::new("migrations", Verdict::Ok, format!("all {count} are applied")));
        }
        // The other checks need the tables.
        Err(error) => {
            checks.push(Check::failed("migrations", &error));
            return unless_over(error);
        }
    }
    let others: [(&'static str, Examination<'_>); 7] = [
        ("rights", &|database| rights(database, &server)),
        ("tables", &drift),
        ("triggers", &triggers),
        ("constraints", &constraints),
        ("schema", &schema),
        ("clock", &clock),
        ("backlog", &backlog),
    ];
    for (name, examine) in others {
        match examine(database) {
            Ok(check) => checks.push(check),
            Err(error) => {
                checks.push(Check::failed(name, &error));
                unless_over(error)?;
            }
        }
    }
    Ok(())
}

type Examination<'a> = &'a dyn Fn(&mut Database) -> Result<Check>;

/// Returns the error of a failed check if it makes further checks impossible.
fn unless_over(error: Error) -> Result<()> {
    match error {
        Error::Unreachable(_) | Error::Interrupted { .. } => Err(error),
        _ => Ok(()),
    }
}

fn rights(database: &mut Database, server: &Server) -> Result<Check> {
    let (lacking, profile) = database.transaction(Access::INSPECTION, |conn| {
        let lacking = rights::lacking(conn, &rights::OPERATOR)?;
        let profile =
            if lacking.is_empty() { Some("an operator") } else { rights::profile(conn, &lacking)? };
        Ok((lacking, profile))
    })?;
    if server.read_only {
        return Ok(Check::new(
            "rights",
            Verdict::Warning,
            "the server, or this role on it, is read-only".to_owned(),
        ));
    }
    if let Some(profile) = profile {
        let more = if lacking.is_empty() { "" } else { ", and no more" };
        return Ok(Check::new("rights", Verdict::Ok, format!("all that {profile} needs{more}")));
    }
    let lacking = rights::by_table(&lacking).join(", ");
    let detail = format!("an operator also needs rights on {lacking}");
    Ok(Check::new("rights", Verdict::Warning, detail))
}

fn drift(database: &mut Database) -> Result<Check> {
    let found = database.transaction(Access::READ, |conn| {
        let actual = actual_schema::read(conn)?;
        let mut found = schema_check::columns(&actual);
        found.extend(schema_check::keys(&actual));
        found.extend(additions::findings(&actual));
        found.extend(audit_check::findings(conn)?);
        Ok(found)
    })?;
    if found.is_empty() {
        return Ok(Check::new("tables", Verdict::Ok, "as the migrations made them".to_owned()));
    }
    let found: Vec<_> =
        found.iter().map(|finding| format!("{}.{}", finding.table, finding.object)).collect();
    Ok(Check::new(
        "tables",
        Verdict::Failed,
        format!("changed: {}; see `iamctl db check`", found.join(", ")),
    ))
}

/// Triggers, rules and row security of others.
fn triggers(database: &mut Database) -> Result<Check> {
    let found = database.transaction(Access::READ, |conn| Ok(interceptors::read(conn)?))?;
    if found.is_empty() {
        let detail = "no row security, and no rule or trigger of others";
        return Ok(Check::new("triggers", Verdict::Ok, detail.to_owned()));
    }
    let (verdict, what) = if found.iter().any(Interceptor::stops_iamctl) {
        (Verdict::Failed, "rows are hidden from this role, or changes replaced")
    } else {
        (Verdict::Warning, "these may keep or change rows")
    };
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    Ok(Check::new("triggers", verdict, format!("{what}: {}", found.join(", "))))
}

/// Foreign keys, constraints and unique indexes of others. What surely refuses rows is a change of the
/// tables.
fn constraints(database: &mut Database) -> Result<Check> {
    let found = database.transaction(Access::READ, |conn| {
        let mut found = additions::warnings(&actual_schema::read(conn)?);
        found.extend(references::warnings(&references::read(conn)?));
        Ok(found)
    })?;
    if found.is_empty() {
        let detail = "no foreign key or constraint of others that may keep or refuse rows";
        return Ok(Check::new("constraints", Verdict::Ok, detail.to_owned()));
    }
    let mut names: Vec<_> =
        found.iter().map(|finding| format!("{} on {}", finding.object, finding.table)).collect();
    names.dedup();
    Ok(Check::new(
        "constraints",
        Verdict::Warning,
        format!(
            "these of others may keep or refuse rows, or slow deletions down: {}; see `iamctl db check`",
            names.join(", ")
        ),
    ))
}

/// Who may create in the schema of the tables.
fn schema(database: &mut Database) -> Result<Check> {
    let creators = database.transaction(Access::READ, |conn| Ok(namespace::creators(conn)?))?;
    if let Some(warning) = creators.warning() {
        return Ok(Check::new("schema", Verdict::Failed, warning));
    }
    let detail = "only the owners of schema and tables may create in it";
    Ok(Check::new("schema", Verdict::Ok, detail.to_owned()))
}

fn clock(database: &mut Database) -> Result<Check> {
    let difference = check::difference(database)?;
    let verdict = if difference.abs() > check::TOLERANCE { Verdict::Warning } else { Verdict::Ok };
    Ok(Check::new("clock", verdict, check::described(difference)))
}

/// The age of expired rows at which a purge is overdue: a daily purge with a day of tolerance and the
/// default retention, of codes, and the longer one of sessions and tokens.
const BACKLOG: TimeDelta = TimeDelta::days(3);
const RETAINED_BACKLOG: TimeDelta = TimeDelta::days(32);

fn backlog(database: &mut Database) -> Result<Check> {
    let (oldest, now) = database.transaction(Access::READ, |conn| {
        let now = transaction_time(conn)?;
        Ok((server_health::oldest_expired(conn, now)?, now))
    })?;
    let overdue: Vec<_> = oldest
        .iter()
        .filter_map(|(table, expired_at)| Some((table, (*expired_at)?)))
        .filter(|(table, expired_at)| {
            let most = if table.ends_with("_codes") { BACKLOG } else { RETAINED_BACKLOG };
            now - **expired_at > most
        })
        .map(|(table, expired_at)| format!("{table} since {}", rfc3339(&expired_at)))
        .collect();
    if overdue.is_empty() {
        return Ok(Check::new("backlog", Verdict::Ok, "no purge is overdue".to_owned()));
    }
    Ok(Check::new(
        "backlog",
        Verdict::Failed,
        format!("a purge is overdue: {}; run `iamctl purge`", overdue.join(", ")),
    ))
}

impl Check {
    fn new(name: &'static str, verdict: Verdict, detail: String) -> Self {
        Self { name, verdict, detail }
    }

    fn failed(name: &'static str, error: &Error) -> Self {
        Self::new(name, Verdict::Failed, error.to_string())
    }
}

impl Record for Check {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("check"), |check| check.name.into()),
            shown(field::one_of("status", ["ok", "warning", "failed"]), |check| {
                Cell::from(match check.verdict {
                    Verdict::Ok => "ok",
                    Verdict::Warning => "warning",
                    Verdict::Failed => "failed",
                })
            }),
            shown(field::text("detail"), |check| check.detail.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.name.to_owned())
    }
}
