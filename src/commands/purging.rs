//! The engine of every purge: committed batches, limits, one run at a time, a report.

use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::purge::{Backlog, Expired, Expiring};
use crate::db::run_lock::{Job, RunLock};
use crate::db::{self, Access, Database};
use crate::domain::{Moment, Span};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, rfc3339, shown};

/// How far a run goes, and how.
#[derive(Debug, Clone, clap::Args)]
pub struct Limits {
    /// Delete and commit so many rows at a time
    #[arg(long, value_name = "ROWS", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    batch_size: u32,
    /// Stop after so many rows
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u64).range(1..))]
    max_rows: Option<u64>,
    /// Stop after this time
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    max_duration: Option<Span>,
    /// Rest so long between batches
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    pause: Option<Span>,
    /// Count what would be deleted, and delete nothing
    #[arg(long)]
    dry_run: bool,
    /// Exit with 0 at once where another run is at work, in place of 10
    #[arg(long)]
    skip_if_busy: bool,
    /// Why, for the audit log [env: IAMCTL_REASON]
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// One table to purge, and the retention behind expiry.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    pub expiring: Expiring,
    pub older_than: Option<Moment>,
}

/// What a run did to a table.
#[derive(Debug, Clone)]
struct Report {
    table: &'static str,
    deleted: u64,
    /// `None` where a failure ended the run before anything was counted.
    left: Option<Backlog>,
    cutoff: DateTime<Utc>,
    elapsed: Duration,
}

/// Purges each scope in turn and prints one report a table.
///
/// Fails with `incomplete` when a limit left expired rows, with `busy` when another run is at
/// work; what was committed before any failure stays, and is reported.
pub fn run(
    action: &'static str,
    scopes: &[Scope],
    limits: &Limits,
    context: &mut Context,
) -> Result<()> {
    let mut rows = context.output.list::<Report>()?;
    let audit = context.audit(action, &limits.change())?;
    let mut database = context.connect()?;
    let cutoffs = database.transaction(Access::Read, |conn| {
        let now = db::now(conn)?;
        scopes.iter().map(|scope| scope.cutoff(now)).collect::<Result<Vec<_>>>()
    })?;
    let expired: Vec<_> = scopes
        .iter()
        .zip(cutoffs)
        .map(|(scope, cutoff)| Expired::new(scope.expiring, cutoff))
        .collect();

    if limits.dry_run {
        for expired in expired {
            rows.push(&Report::begin(&expired).counted(
                &expired,
                &mut database,
                Instant::now(),
            )?)?;
        }
        context.terminal.notice("dry run: the remaining rows are what a purge would delete");
        return rows.finish();
    }

    let Some(lock) = RunLock::try_acquire(&database, Job::Purge)? else {
        if limits.skip_if_busy {
            context.terminal.notice("another purge is at work; skipped");
            return rows.finish();
        }
        return Err(Error::Busy(
            "another purge is at work on this database; wait for it, or pass --skip-if-busy"
                .to_owned(),
        ));
    };
    let mut run =
        Run { limits, audit: &audit, lock, begun: Instant::now(), deleted: 0, batches: 0 };
    let mut left = 0;
    for expired in expired {
        let begun = Instant::now();
        let mut report = Report::begin(&expired);
        let (expired, failure) = run.table(expired, &mut report, &mut database);
        if let Some(failure) = failure {
            // The connection may be gone or the operator in a hurry: nothing more is counted.
            report.elapsed = begun.elapsed();
            rows.push(&report)?;
            rows.finish()?;
            return Err(failure);
        }
        let report = report.counted(&expired, &mut database, begun)?;
        left += report.remaining();
        rows.push(&report)?;
    }
    rows.finish()?;
    if left > 0 {
        return Err(Error::Incomplete(format!(
            "stopped at the limit with {left} expired rows left; {} were deleted",
            run.deleted
        )));
    }
    Ok(())
}

impl Limits {
    fn change(&self) -> ChangeArgs {
        ChangeArgs { dry_run: self.dry_run, reason: self.reason.clone(), yes: true }
    }
}

impl Scope {
    /// Rows that expired before this go. Never later than now: a live row never goes.
    fn cutoff(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
        let Some(moment) = &self.older_than else { return Ok(now) };
        match moment.ago(now) {
            Some(cutoff) if cutoff <= now => Ok(cutoff),
            Some(cutoff) => Err(Error::usage(format!(
                "--older-than {} lies in the future; only what has expired is purged",
                rfc3339(&cutoff)
            ))),
            None => Err(Error::usage("--older-than reaches back before the calendar begins")),
        }
    }
}

/// A run under way, across its tables.
struct Run<'a> {
    limits: &'a Limits,
    audit: &'a Audit,
    lock: RunLock,
    begun: Instant,
    deleted: u64,
    batches: u64,
}

impl Run<'_> {
    /// Deletes batch by batch until nothing is left or a limit is reached. Returns how far it got,
    /// and the failure that stopped it.
    fn table(
        &mut self,
        mut expired: Expired,
        report: &mut Report,
        database: &mut Database,
    ) -> (Expired, Option<Error>) {
        loop {
            let more = self.rest(database).and_then(|()| match self.next_batch() {
                Some(rows) => self.batch(&mut expired, rows, report, database),
                None => Ok(false),
            });
            match more {
                Ok(true) => {}
                Ok(false) => return (expired, None),
                Err(error) => return (expired, Some(error)),
            }
        }
    }

    /// How many rows the next batch may delete; `None` at a limit.
    fn next_batch(&self) -> Option<u32> {
        let elapsed = self.begun.elapsed();
        if self.limits.max_duration.is_some_and(|most| elapsed >= most.as_std()) {
            return None;
        }
        let Some(most) = self.limits.max_rows else { return Some(self.limits.batch_size) };
        match most.saturating_sub(self.deleted) {
            0 => None,
            left => Some(
                u32::try_from(left)
                    .map_or(self.limits.batch_size, |left| left.min(self.limits.batch_size)),
            ),
        }
    }

    /// One batch, committed; whether there may be more behind it.
    fn batch(
        &mut self,
        expired: &mut Expired,
        rows: u32,
        report: &mut Report,
        database: &mut Database,
    ) -> Result<bool> {
        self.lock.check()?;
        let (bound, deleted) = database.transaction(Access::Bulk, |conn| {
            let bound = expired.bound(conn, rows)?;
            let deleted = expired.delete(conn, bound.as_ref())?;
            if deleted > 0 {
                let details = json!({
                    "table": report.table, "deleted": deleted, "cutoff": rfc3339(&expired.cutoff)
                });
                self.audit.record(conn, details)?;
            }
            Ok((bound, deleted))
        })?;
        self.batches += 1;
        self.deleted += deleted;
        report.deleted += deleted;
        database.interrupt().set_committed(format!(
            "{} expired rows were deleted before that, and stay deleted",
            self.deleted
        ));
        let more = bound.is_some();
        if let Some(bound) = bound {
            expired.advance(bound);
        }
        Ok(more)
    }

    /// The pause between batches, in slices, so that a signal is heard, and not beyond the limit
    /// in time.
    fn rest(&self, database: &Database) -> Result<()> {
        let pause = match &self.limits.pause {
            Some(pause) if self.batches > 0 => pause.as_std(),
            _ => Duration::ZERO,
        };
        let limit = self.limits.max_duration.as_ref().map(Span::as_std);
        let begun = Instant::now();
        loop {
            database.interrupt().check()?;
            let over = limit.is_some_and(|limit| self.begun.elapsed() >= limit);
            let left = pause.saturating_sub(begun.elapsed());
            if over || left.is_zero() {
                return Ok(());
            }
            thread::sleep(left.min(Duration::from_millis(100)));
        }
    }
}

impl Report {
    fn begin(expired: &Expired) -> Self {
        Self {
            table: expired.expiring.table,
            deleted: 0,
            left: None,
            cutoff: expired.cutoff,
            elapsed: Duration::ZERO,
        }
    }

    /// With what is left counted, from where the run got to.
    fn counted(self, expired: &Expired, database: &mut Database, begun: Instant) -> Result<Self> {
        let left = database.transaction(Access::BulkRead, |conn| expired.backlog(conn))?;
        Ok(Self { left: Some(left), elapsed: begun.elapsed(), ..self })
    }

    fn remaining(&self) -> i64 {
        self.left.map_or(0, |left| left.rows)
    }
}

impl Record for Report {
    fn columns() -> Vec<Column> {
        vec![
            shown("table"),
            shown("deleted"),
            shown("remaining"),
            shown("oldest"),
            shown("cutoff"),
            shown("seconds"),
            shown("complete"),
        ]
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.table.into(),
            i64::try_from(self.deleted).unwrap_or(i64::MAX).into(),
            self.left.map(|left| left.rows).into(),
            self.left.and_then(|left| left.oldest).into(),
            self.cutoff.into(),
            Cell::Seconds(self.elapsed.as_secs_f64()),
            self.left.is_some_and(|left| left.rows == 0).into(),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.table.to_owned())
    }
}
