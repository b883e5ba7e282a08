//! One purge of some tables: what it knows before it begins, the tables in turn, and what was left.

use std::time::Duration;

use super::limits::WalkChoice;
use super::plan::{Plan, Purge};
use super::report::{self, Outcome, Report};
use super::run::Run;
use super::walk::{self, Route, Walk};
use crate::context::Context;
use crate::db::bulk::other_writers::{self, Transactions};
use crate::db::changed_rows;
use crate::db::connection::lock_holders::Holder;
use crate::db::connection::run_lock::{Attempt, Job, RunLock};
use crate::db::maintenance::interceptors;
use crate::db::{Access, Database, PgConnection};
use crate::domain::{StoredText, counted};
use crate::error::{Error, Result};

/// Rests that are shorter are not worth a notice.
const WORTH_A_NOTICE: Duration = Duration::from_secs(1);

/// How an attempt went.
pub enum Attempted {
    Ended(Outcome),
    /// Another purge holds the run lock, or a connection that was lost: nothing was deleted.
    Held(Vec<Holder>, Plan),
}

impl Purge<'_> {
    /// Purges each scope in turn, over `database` and further connections. `earlier`: what the attempts before this
    /// one report.
    pub fn attempt(
        &mut self,
        earlier: &[Report],
        database: &mut Database,
        context: &mut Context,
    ) -> Result<Attempted> {
        let limits = self.limits;
        let read = |database: &mut Database| {
            database.transaction(Access::READ.bulk(true), |conn| Start::read(self, conn))
        };
        // Where it counts first, which may take long, others may purge meanwhile.
        let (start, locked) = if limits.dry_run || self.max_changes.is_some() {
            (read(database)?, None)
        } else {
            let (start, locked) = RunLock::try_acquire_during(database, Job::Purge, read)?;
            (start, Some(locked))
        };
        self.plan = Some(start.plan.clone());
        for route in &start.routes {
            if limits.walk == WalkChoice::Pages && route.walk == Walk::Expiry {
                context.terminal.notice(&route.to_string());
            } else {
                context.terminal.detail(&route.to_string());
            }
        }
        self.require_at_most(&start.routes, earlier, database)?;
        if limits.dry_run {
            let counted = |route| Report::begin(route, None).counted(route, database);
            let reports = start.routes.iter().map(counted).collect::<Result<_>>()?;
            context.terminal.notice("dry run: nothing was deleted");
            return Ok(Attempted::Ended(Outcome { reports, result: Ok(()), plan: start.plan }));
        }
        match locked.map_or_else(|| RunLock::try_acquire(database, Job::Purge), Ok)? {
            Attempt::Locked(lock) => {
                self.delete(start, lock, earlier, database, context).map(Attempted::Ended)
            }
            Attempt::Held(holders) => Ok(Attempted::Held(holders, start.plan)),
        }
    }

    fn delete(
        &self,
        start: Start,
        lock: RunLock,
        earlier: &[Report],
        database: &mut Database,
        context: &mut Context,
    ) -> Result<Outcome> {
        let Start { plan, routes, watched, others } = start;
        let deleted = report::deleted(earlier);
        let mut further = further_connections(database, self.limits.jobs)?;
        let mut workers = vec![database];
        workers.extend(&mut further);
        let (interrupt, terminal) = (context.interrupt.clone(), &mut context.terminal);
        let run = Run::new(self, &plan, deleted, lock, others, interrupt, terminal);
        let mut reports: Vec<Report> = Vec::new();
        for route in routes {
            let table = route.expiring.table;
            let is_watched = watched.iter().any(|name| *name == table);
            let before = earlier.iter().find(|report| report.table == table);
            let (report, done) = run.table(route, before, is_watched, &mut workers);
            reports.push(report);
            if let Err(failure) = done {
                // Of tables that only attempts before this one have reached.
                reports.extend(earlier.iter().skip(reports.len()).cloned());
                return Ok(Outcome { reports, result: Err(failure), plan });
            }
        }
        let result = require_complete(&reports, &run);
        drop(run);
        if self.limits.pause.is_none() {
            tell_rests(&reports, context);
        }
        Ok(Outcome { reports, result, plan })
    }

    /// Fails where more rows have expired than may be deleted.
    fn require_at_most(
        &self,
        routes: &[Route],
        earlier: &[Report],
        database: &mut Database,
    ) -> Result<()> {
        let Some(most) = self.max_changes else { return Ok(()) };
        let deleted = report::deleted(earlier);
        let left = routes.iter().map(|route| Ok(route.count(database)?.rows));
        let all = left.sum::<Result<i64>>()?.unsigned_abs() + deleted;
        let rows = all.min(self.limits.max_rows.unwrap_or(u64::MAX));
        if rows > most {
            let too_many = changed_rows::too_many(rows, most);
            // After other attempts, what they deleted is said besides.
            let is_first = earlier.is_empty();
            return Err(if is_first { too_many.with("nothing was deleted") } else { too_many });
        }
        Ok(())
    }
}

/// What a run knows of the database before it begins.
struct Start {
    plan: Plan,
    routes: Vec<Route>,
    /// The tables whose deletions run triggers.
    watched: Vec<StoredText>,
    others: Transactions,
}

impl Start {
    fn read(purge: &Purge<'_>, conn: &mut PgConnection) -> Result<Self> {
        let plan = match &purge.plan {
            Some(plan) => plan.clone(),
            None => Plan::make(conn, purge.scopes)?,
        };
        let tables: Vec<_> = purge.scopes.iter().map(|scope| scope.expiring.table).collect();
        refuse_rules(conn, &tables)?;
        let watched = interceptors::watched_deletions(conn, &tables)?;
        // Before it reads which partitions there are.
        let others = other_writers::transactions(conn)?;
        let routes = walk::routes(conn, &plan.over, purge.limits)?;
        Ok(Self { plan, routes, watched, others })
    }
}

/// One for each of `--jobs` but the first.
fn further_connections(first: &Database, jobs: u8) -> Result<Vec<Database>> {
    let further = (1..jobs).map(|_| {
        first.another().map_err(|error| match error {
            Error::Unreachable(_) => error.with("pass a smaller --jobs"),
            other => other,
        })
    });
    further.collect()
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
        reasons.push(format!(
            "{} left, which others, or a trigger, added or changed meanwhile",
            rows(added)
        ));
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
