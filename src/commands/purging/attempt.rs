//! One purge of some tables: what it knows before it begins, the tables in turn, and what was left.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::Scope;
use super::limits::{Limits, WalkChoice};
use super::report::{Outcome, Report};
use super::run::Run;
use super::walk::{self, Route, Walk};
use crate::context::Context;
use crate::db::bulk::other_writers::{self, Transactions};
use crate::db::changed_rows;
use crate::db::connection::lock_holders;
use crate::db::connection::run_lock::{Attempt, Job, RunLock};
use crate::db::functions::transaction_time;
use crate::db::maintenance::interceptors;
use crate::db::{Access, Database, PgConnection};
use crate::domain::{StoredText, counted};
use crate::error::{Error, Result};

/// Rests that are shorter are not worth a notice.
const WORTH_A_NOTICE: Duration = Duration::from_secs(1);

/// Purges each scope in turn. Fails with `busy`, before it deletes anything, if another purge is
/// running.
pub fn purge(
    action: &'static str,
    scopes: &[Scope],
    limits: &Limits,
    context: &mut Context,
) -> Result<Outcome> {
    let audit = context.audit(action, &limits.change())?;
    context.limit_changes(limits.max_changes)?;
    let mut database = context.connect()?;
    let read = |database: &mut Database| {
        database.transaction(Access::READ.bulk(true), |conn| Start::read(conn, scopes, limits))
    };
    // Where it counts first, which may take long, others may purge meanwhile.
    let (start, attempt) = if limits.dry_run || context.max_changes().is_some() {
        (read(&mut database)?, None)
    } else {
        let (start, attempt) = RunLock::try_acquire_during(&mut database, Job::Purge, read)?;
        (start, Some(attempt))
    };
    let Start { now, read_at, routes, watched, others } = start;
    let outcome = |reports, result| Outcome { reports, result, now: now + read_at.elapsed() };
    for route in &routes {
        if limits.walk == WalkChoice::Pages && route.walk == Walk::Expiry {
            context.terminal.notice(&route.to_string());
        } else {
            context.terminal.detail(&route.to_string());
        }
    }
    if let Some(most) = context.max_changes() {
        require_at_most(most, limits.max_rows, &routes, &mut database)?;
    }
    if limits.dry_run {
        let reports = routes.iter().map(|route| Report::begin(route).counted(route, &mut database));
        let reports = reports.collect::<Result<_>>()?;
        context.terminal.notice("dry run: nothing was deleted");
        return Ok(outcome(reports, Ok(())));
    }

    let attempt = attempt.map_or_else(|| RunLock::try_acquire(&database, Job::Purge), Ok)?;
    let lock = match attempt {
        Attempt::Locked(lock) => lock,
        Attempt::Held(holders) => {
            let held =
                lock_holders::append("another purge is at work", "the lock is held by", &holders);
            if limits.skip_if_busy {
                context.terminal.notice(&format!("{held}; skipped"));
                return Ok(outcome(Vec::new(), Ok(())));
            }
            return Err(Error::Busy(format!("{held}; wait for it, or pass --skip-if-busy")));
        }
    };
    let mut workers = workers(database, limits)?;
    let has_max_changes = context.max_changes().is_some();
    let (interrupt, terminal) = (context.interrupt.clone(), &mut context.terminal);
    let run = Run::new(limits, &audit, lock, others, has_max_changes, interrupt, terminal);
    let mut reports: Vec<Report> = Vec::new();
    for route in routes {
        let is_watched = watched.iter().any(|name| *name == route.expiring.table);
        let (report, done) = run.table(route, is_watched, &mut workers);
        reports.push(report);
        if let Err(failure) = done {
            return Ok(outcome(reports, Err(failure)));
        }
    }
    let result = require_complete(&reports, &run);
    drop(run);
    if limits.pause.is_none() {
        tell_rests(&reports, context);
    }
    Ok(outcome(reports, result))
}

/// What a run knows of the database before it begins.
struct Start {
    /// The database's clock, and when it was read.
    now: DateTime<Utc>,
    read_at: Instant,
    routes: Vec<Route>,
    /// The tables whose deletions run triggers.
    watched: Vec<StoredText>,
    others: Transactions,
}

impl Start {
    fn read(conn: &mut PgConnection, scopes: &[Scope], limits: &Limits) -> Result<Self> {
        let (now, read_at) = (transaction_time(conn)?, Instant::now());
        let over = scopes.iter().map(|scope| Ok((scope.expiring, scope.cutoff(now)?)));
        let over = over.collect::<Result<Vec<_>>>()?;
        let tables: Vec<_> = scopes.iter().map(|scope| scope.expiring.table).collect();
        refuse_rules(conn, &tables)?;
        let watched = interceptors::watched_deletions(conn, &tables)?;
        // Before it reads which partitions there are.
        let others = other_writers::transactions(conn)?;
        Ok(Self { now, read_at, routes: walk::routes(conn, &over, limits)?, watched, others })
    }
}

/// A connection for each of `--jobs`.
fn workers(first: Database, limits: &Limits) -> Result<Vec<Database>> {
    let mut workers = vec![first];
    for _ in 1..limits.jobs {
        let another = workers[0].another().map_err(|error| match error {
            Error::Unreachable(_) => error.with("pass a smaller --jobs"),
            other => other,
        });
        workers.push(another?);
    }
    Ok(workers)
}

/// Says how long the run rested, where somebody may have waited for it.
fn tell_rests(reports: &[Report], context: &mut Context) {
    let rested: Duration = reports.iter().map(|report| report.rested).sum();
    if rested >= WORTH_A_NOTICE {
        context.terminal.notice(&format!(
            "rested {:.1} s, as others changed rows meanwhile; `--pause 0` does not",
            rested.as_secs_f64()
        ));
    }
}

/// Fails where more rows have expired than may be deleted.
fn require_at_most(
    most: u64,
    max_rows: Option<u64>,
    routes: &[Route],
    database: &mut Database,
) -> Result<()> {
    let left = routes.iter().map(|route| Ok(route.count(database)?.rows));
    let rows = left.sum::<Result<i64>>()?.unsigned_abs().min(max_rows.unwrap_or(u64::MAX));
    if rows > most {
        return Err(changed_rows::too_many(rows, most).with("nothing was deleted"));
    }
    Ok(())
}

/// Fails if rows are left: a limit ended the run, or the database kept them or refused to delete them.
fn require_complete(reports: &[Report], run: &Run<'_>) -> Result<()> {
    let left: i64 = reports.iter().map(Report::remaining).sum();
    if left == 0 {
        return Ok(());
    }
    let rows = |count| counted(count, "expired row");
    let deleted = counted(run.deleted(), "row");
    let referred = run.take_referred();
    let referred_count = i64::try_from(referred.count()).unwrap_or(i64::MAX);
    let added = run.added();
    let others = left - referred_count - added;
    let mut reasons = Vec::new();
    if referred_count > 0 {
        reasons
            .push(format!("{} left, which the database keeps: {referred}", rows(referred_count)));
    }
    if run.reached_a_limit() {
        reasons.push(format!("stopped at the limit with {} left", rows(left)));
        return Err(incomplete(&reasons, &deleted));
    }
    if others > 0 {
        reasons.push(format!(
            "the database kept {}: a trigger, a rule or a policy prevents their deletion; see \
             `iamctl db check`",
            rows(others)
        ));
    }
    if added > 0 {
        reasons.push(format!("{} left, which others added or changed meanwhile", rows(added)));
    }
    Err(incomplete(&reasons, &deleted))
}

fn incomplete(reasons: &[String], deleted: &str) -> Error {
    Error::Incomplete(format!("{}; deleted {deleted}", reasons.join("; ")))
}

/// Fails where a rule replaces the deletion of rows of these tables: PostgreSQL then reports what the
/// rule did, as if it were the rows that were deleted.
fn refuse_rules(conn: &mut PgConnection, tables: &[&str]) -> Result<()> {
    match interceptors::replaced_deletion(conn, tables)? {
        Some(rule) => Err(Error::Refused(format!(
            "{rule} replaces the deletion of rows; drop it before a purge"
        ))),
        None => Ok(()),
    }
}
