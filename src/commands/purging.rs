//! The engine of every purge: committed batches, limits, one run at a time, a report.

use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::purge::{Backlog, Bound, Expired, Expiring};
use crate::db::run_lock::{Job, RunLock};
use crate::db::{self, Access, Database};
use crate::domain::{Moment, Span};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, rfc3339, shown};
use crate::terminal::Progress;

/// How long rows stay after they are over, unless told otherwise: an expired code is of no use to
/// anybody; an ended session or token may be asked about.
pub const KEEP_CODES: &str = "0s";
pub const KEEP_SESSIONS: &str = "7d";
pub const KEEP_TOKENS: &str = "30d";

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
    pub dry_run: bool,
    /// Exit with 0 at once where another run is at work, in place of 10
    #[arg(long)]
    skip_if_busy: bool,
    /// Why, for the audit log [env: IAMCTL_REASON]
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Ask nothing; it never asks, and takes this like every change
    #[arg(short, long)]
    yes: bool,
}

/// One table to purge, and the retention: how long a row stays after it is over.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    pub expiring: Expiring,
    pub keep: Moment,
    /// The option that sets `keep`, such as `--older-than`.
    pub option: &'static str,
}

/// What a run did to a table.
#[derive(Debug, Clone)]
pub struct Report {
    pub table: &'static str,
    pub deleted: u64,
    /// `None` where a failure ended the run before anything was counted.
    pub left: Option<Backlog>,
    cutoff: DateTime<Utc>,
    pub elapsed: Duration,
}

/// What a run did, table by table, and how it ended: `incomplete` when a limit left rows, or the
/// failure that stopped it. What was committed before any failure stays, and is reported.
pub struct Outcome {
    pub reports: Vec<Report>,
    pub result: Result<()>,
    /// The database's clock when the run ended.
    pub now: DateTime<Utc>,
}

/// Purges each scope in turn and prints one report a table.
pub fn run(
    action: &'static str,
    scopes: &[Scope],
    limits: &Limits,
    context: &mut Context,
) -> Result<()> {
    let rows = context.output.list::<Report>()?;
    let Outcome { reports, result, .. } = purge(action, scopes, limits, context)?;
    // What stopped the purge counts for more than who reads of it.
    let printed = rows.all(&reports);
    result.and(printed)
}

/// Purges each scope in turn. Fails before it deletes anything, with `busy` when another run is at
/// work.
pub fn purge(
    action: &'static str,
    scopes: &[Scope],
    limits: &Limits,
    context: &mut Context,
) -> Result<Outcome> {
    let audit = context.audit(action, &limits.change())?;
    let mut database = context.connect()?;
    let (now, cutoffs) = database.transaction(Access::Read, |conn| {
        let now = db::now(conn)?;
        let cutoffs = scopes.iter().map(|scope| scope.cutoff(now)).collect::<Result<Vec<_>>>();
        Ok((now, cutoffs?))
    })?;
    let begun = Instant::now();
    let outcome = |reports, result| Outcome { reports, result, now: now + begun.elapsed() };
    let tables = scopes.iter().map(|scope| scope.expiring).zip(cutoffs);

    if limits.dry_run {
        let mut reports = Vec::new();
        for (expiring, cutoff) in tables {
            let over = expiring.over_before(cutoff);
            let report = Report::begin(expiring, cutoff);
            reports.push(report.counted(&over, &mut database, Instant::now())?);
        }
        context.terminal.notice("dry run: the remaining rows are what a purge would delete");
        return Ok(outcome(reports, Ok(())));
    }

    let Some(lock) = RunLock::try_acquire(&database, Job::Purge)? else {
        if limits.skip_if_busy {
            context.terminal.notice("another purge is at work; skipped");
            return Ok(outcome(Vec::new(), Ok(())));
        }
        return Err(Error::Busy(
            "another purge is at work on this database; wait for it, or pass --skip-if-busy"
                .to_owned(),
        ));
    };
    let progress = context.terminal.progress_of_rows();
    let mut run = Run { limits, audit: &audit, lock, progress, begun, deleted: 0, batches: 0 };
    let mut reports: Vec<Report> = Vec::new();
    for (expiring, cutoff) in tables {
        let begun = Instant::now();
        let mut report = Report::begin(expiring, cutoff);
        let mut over = expiring.over_before(cutoff);
        let deleted = over
            .iter_mut()
            .try_for_each(|expired| run.until_gone(expired, &mut report, &mut database));
        report.elapsed = begun.elapsed();
        // After a failure the connection may be gone or the operator in a hurry: nothing more is
        // counted.
        let counted = deleted.and_then(|()| report.clone().counted(&over, &mut database, begun));
        match counted {
            Ok(report) => reports.push(report),
            Err(failure) => {
                reports.push(report);
                return Ok(outcome(reports, Err(failure)));
            }
        }
    }
    let left: i64 = reports.iter().map(Report::remaining).sum();
    let result = if left > 0 {
        Err(Error::Incomplete(format!(
            "stopped at the limit with {left} expired rows left; {} were deleted",
            run.deleted
        )))
    } else {
        Ok(())
    };
    Ok(outcome(reports, result))
}

impl Limits {
    fn change(&self) -> ChangeArgs {
        ChangeArgs { dry_run: self.dry_run, reason: self.reason.clone(), yes: self.yes }
    }
}

impl Scope {
    /// Rows that were over before this go. Never later than now: a live row never goes.
    fn cutoff(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
        let option = self.option;
        match self.keep.ago(now) {
            Some(cutoff) if cutoff <= now => Ok(cutoff),
            Some(cutoff) => Err(Error::usage(format!(
                "{option} {} lies in the future; only what has expired is purged",
                rfc3339(&cutoff)
            ))),
            None => Err(Error::usage(format!("{option} reaches back before the calendar begins"))),
        }
    }
}

/// A run under way, across its tables.
struct Run<'a> {
    limits: &'a Limits,
    audit: &'a Audit,
    lock: RunLock,
    progress: Progress,
    begun: Instant,
    deleted: u64,
    batches: u64,
}

impl Run<'_> {
    /// Deletes batch by batch until nothing is left or a limit is reached; `expired` says how far
    /// it got.
    ///
    /// While one batch is deleted, the end of the next is looked for over the lock's connection:
    /// finding it costs a fifth of deleting it.
    fn until_gone(
        &mut self,
        expired: &mut Expired,
        report: &mut Report,
        database: &mut Database,
    ) -> Result<()> {
        let Some(mut rows) = self.next_batch(0) else { return Ok(()) };
        let mut bound = self.lock.read(|conn| expired.bound(conn, rows))?;
        loop {
            self.rest(database)?;
            if self.is_over() {
                return Ok(());
            }
            let next = self.next_batch(rows.into()).zip(bound.clone());
            let deleted = thread::scope(|scope| {
                let ahead = next.map(|(rows, from)| {
                    let (lock, expired) = (&mut self.lock, expired.behind(from));
                    scope.spawn(move || Ok((rows, lock.read(|conn| expired.bound(conn, rows))?)))
                });
                let batch = Batch { expired, bound: bound.as_ref(), audit: self.audit };
                let deleted = batch.delete(report, database);
                let ahead = ahead.map(|ahead| {
                    ahead.join().unwrap_or_else(|_| Err(Error::internal("a thread failed")))
                });
                deleted.map(|deleted| (deleted, ahead.transpose()))
            });
            let (deleted, ahead) = deleted?;
            self.batches += 1;
            self.deleted += deleted;
            report.deleted += deleted;
            self.progress.set(0, self.deleted);
            database.interrupt().set_committed(format!(
                "{} expired rows were deleted before that, and stay deleted",
                self.deleted
            ));
            // Without an end the batch took all that was left.
            let Some(end) = bound.take() else { return Ok(()) };
            expired.advance(end);
            match ahead? {
                Some(found) => (rows, bound) = found,
                None => return Ok(()),
            }
        }
    }

    /// Whether the limit in time is reached.
    fn is_over(&self) -> bool {
        let elapsed = self.begun.elapsed();
        self.limits.max_duration.is_some_and(|most| elapsed >= most.as_std())
    }

    /// How many rows a batch may delete when `planned` more are gone; `None` at a limit.
    fn next_batch(&self, planned: u64) -> Option<u32> {
        if self.is_over() {
            return None;
        }
        let Some(most) = self.limits.max_rows else { return Some(self.limits.batch_size) };
        match most.saturating_sub(self.deleted + planned) {
            0 => None,
            left => Some(
                u32::try_from(left)
                    .map_or(self.limits.batch_size, |left| left.min(self.limits.batch_size)),
            ),
        }
    }

    /// The pause between batches, in slices, so that a signal is heard, and not beyond the limit
    /// in time. Meanwhile the lock may have been lost.
    fn rest(&mut self, database: &Database) -> Result<()> {
        let pause = match &self.limits.pause {
            Some(pause) if self.batches > 0 => pause.as_std(),
            _ => Duration::ZERO,
        };
        let limit = self.limits.max_duration.as_ref().map(Span::as_std);
        let begun = Instant::now();
        if !pause.is_zero() {
            // The portal of the last query would keep its snapshot, and rows from being vacuumed.
            self.lock.check()?;
        }
        loop {
            database.interrupt().check()?;
            let over = limit.is_some_and(|limit| self.begun.elapsed() >= limit);
            let left = pause.saturating_sub(begun.elapsed());
            if over || left.is_zero() {
                return if pause.is_zero() { Ok(()) } else { self.lock.check() };
            }
            thread::sleep(left.min(Duration::from_millis(100)));
        }
    }
}

/// The rows from the cursor to `bound`, or all that are left.
struct Batch<'a> {
    expired: &'a Expired,
    bound: Option<&'a Bound>,
    audit: &'a Audit,
}

impl Batch<'_> {
    /// Deletes them, with an audit row, and commits. Returns how many they were.
    fn delete(&self, report: &Report, database: &mut Database) -> Result<u64> {
        database.transaction(Access::Batch, |conn| {
            let deleted = self.expired.delete(conn, self.bound)?;
            if deleted > 0 {
                let details = json!({
                    "table": report.table, "deleted": deleted, "cutoff": rfc3339(&report.cutoff)
                });
                self.audit.record(conn, details)?;
            }
            Ok(deleted)
        })
    }
}

impl Report {
    fn begin(expiring: Expiring, cutoff: DateTime<Utc>) -> Self {
        let table = expiring.table;
        Self { table, deleted: 0, left: None, cutoff, elapsed: Duration::ZERO }
    }

    /// With what is left counted, from where the run got to.
    fn counted(self, over: &[Expired], database: &mut Database, begun: Instant) -> Result<Self> {
        let left = database.transaction(Access::BulkRead, |conn| {
            over.iter()
                .try_fold(Backlog::default(), |sum, expired| Ok(sum.and(expired.backlog(conn)?)))
        })?;
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

    fn cells(&self) -> Vec<Cell<'_>> {
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
