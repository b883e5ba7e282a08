//! The execution of a purge: one connection finds the ends of batches, others delete the batches.

mod apart;
mod others;
mod pauses;
mod sizes;
mod table;

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use crate::commands::purging::finished::Finished;
use crate::commands::purging::flushes::Flushes;
use crate::commands::purging::limits::Limits;
use crate::commands::purging::plan::{Plan, Purge};
use crate::commands::purging::window::{Table, Window};
use crate::commands::referred_rows::ReferredRows;
use crate::db::Database;
use crate::db::audit_log::Audit;
use crate::db::bulk::other_writers::Transactions;
use crate::db::bulk::purge_window::{Backlog, Expired, Next};
use crate::db::bulk::replication_lag::Lag;
use crate::db::connection::run_lock::RunLock;
use crate::domain::counted;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::panics::{self, lock};
use crate::terminal::{Progress, Terminal};

use self::others::Others;

/// The state of a run, across its tables.
pub struct Run<'a> {
    limits: &'a Limits,
    audit: &'a Audit,
    /// `--max-changes`, which counts what has expired before the run.
    has_max_changes: bool,
    interrupt: Interrupt,
    terminal: Mutex<&'a mut Terminal>,
    progress: Progress,
    begun: Instant,
    /// Its connection, which would be idle otherwise, also finds the ends of batches.
    lock: Mutex<RunLock>,
    lag: Mutex<Lag>,
    deleted: Mutex<u64>,
    /// Rows that are left in windows that are done: the database kept them, or refused to delete them.
    left: Mutex<Backlog>,
    /// Those that it refused to delete, such as rows to which others refer.
    referred: Mutex<ReferredRows>,
    /// Rows that are left, which others added, or changed, behind the last walk.
    added: Mutex<i64>,
    /// An error that is not known is about rows: the newest one could be deleted, or is kept for another reason.
    about_rows: AtomicBool,
    /// Transactions that have deleted a batch or tried to.
    attempts: AtomicU64,
    batches: AtomicU64,
    /// Transactions of its own that have changed something.
    changes: AtomicU64,
    others: Others,
    rested: Mutex<Duration>,
    flushes: Flushes,
    /// The size of the next batch.
    next_rows: AtomicU32,
    /// Set after a failure: no worker begins another batch.
    stopped: AtomicBool,
    /// The first one of the threads: those of others may follow from it.
    failure: Mutex<Option<Error>>,
    /// A limit ended the run.
    limited: AtomicBool,
}

/// Keeps the other workers from beginning another batch where this one panics.
struct StopAtPanic<'a>(&'a AtomicBool);

impl Drop for StopAtPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(true, Ordering::SeqCst);
        }
    }
}

/// What a thread does.
type Work<'a> = Box<dyn FnOnce() + Send + 'a>;

impl<'a> Run<'a> {
    /// `deleted`: by the attempts before this one.
    pub fn new(
        purge: &'a Purge<'_>,
        plan: &Plan,
        deleted: u64,
        lock: RunLock,
        others: Transactions,
        interrupt: Interrupt,
        terminal: &'a mut Terminal,
    ) -> Self {
        let limits = purge.limits;
        Self {
            limits,
            audit: &purge.audit,
            has_max_changes: purge.max_changes.is_some(),
            interrupt,
            progress: terminal.progress_of_rows(),
            terminal: Mutex::new(terminal),
            begun: plan.begun,
            lock: Mutex::new(lock),
            lag: Mutex::default(),
            deleted: Mutex::new(deleted),
            left: Mutex::default(),
            referred: Mutex::default(),
            added: Mutex::default(),
            about_rows: AtomicBool::new(false),
            attempts: AtomicU64::new(0),
            batches: AtomicU64::new(0),
            changes: AtomicU64::new(0),
            others: Others::since(others),
            rested: Mutex::default(),
            flushes: Flushes::after(deleted),
            next_rows: AtomicU32::new(limits.batch_size),
            stopped: AtomicBool::new(false),
            failure: Mutex::default(),
            limited: AtomicBool::new(false),
        }
    }

    pub fn deleted(&self) -> u64 {
        *lock(&self.deleted)
    }

    /// Rows that the database refuses to delete, with its reasons.
    pub fn take_referred(&self) -> ReferredRows {
        std::mem::take(&mut *lock(&self.referred))
    }

    /// How many rows are left that others added, or changed, while the last walk went on.
    pub fn added(&self) -> i64 {
        *lock(&self.added)
    }

    /// Whether `--max-rows` or `--max-duration` ended the run.
    pub fn reached_a_limit(&self) -> bool {
        self.limited.load(Ordering::SeqCst)
    }

    /// Deletes batches until no expired row is left or a limit is reached. Moves the cursor of
    /// `expired` to the position reached.
    ///
    /// Each of the `workers` deletes batches. Meanwhile the lock's connection finds the end of the
    /// next batch, which takes a fifth of the time of deleting it.
    fn until_gone(
        &self,
        expired: &mut Expired,
        table: Table,
        workers: &mut [&mut Database],
    ) -> Result<()> {
        let finished = Mutex::<Finished>::default();
        let works = self.works(expired.clone(), table, workers, &finished);
        let outcome = thread::scope(|scope| {
            let (threads, started) = self.start(scope, works);
            let ended = self.join(threads);
            started.and(ended)
        });
        let same_server = lock(&self.lock).check().is_ok();
        // Also after a failure or a signal: the message says how many rows are gone.
        let flushed = self.flushes.finish(workers, same_server, self.deleted());
        let finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
        if finished.is_complete() {
            expired.finish();
        }
        if let Some(end) = finished.end {
            expired.advance(end);
        }
        let mut left = lock(&self.left);
        *left = left.plus(finished.left);
        drop(left);
        // The error is made again, as other workers may have committed after the first one failed.
        let outcome = outcome.map_err(|failure| match failure {
            Error::Interrupted { .. } => self.interrupt.check().err().unwrap_or(failure),
            other => other,
        });
        let error = match flushed {
            Ok(flushed) => {
                self.attempts.fetch_add(flushed.into(), Ordering::SeqCst);
                self.changes.fetch_add(flushed.into(), Ordering::SeqCst);
                return outcome;
            }
            Err(error) => error,
        };
        let error = outcome.err().unwrap_or(error);
        Err(match self.flushes.unsure(self.deleted()) {
            0 => error,
            unsure => error
                .with(&format!("the last {unsure} deleted rows come back if the server crashed")),
        })
    }

    /// What the threads do: one finds the ends of batches, the workers delete them.
    fn works<'w>(
        &'w self,
        start: Expired,
        table: Table,
        workers: &'w mut [&mut Database],
        finished: &'w Mutex<Finished>,
    ) -> Vec<Work<'w>> {
        // Without a buffer, so that the size of the next batch depends on the duration of the last.
        let (to, windows) = sync_channel(0);
        // Only the workers keep the receiver, so that `find` stops when all of them have ended.
        let windows = Arc::new(Mutex::new(windows));
        let mut works: Vec<Work<'_>> = vec![Box::new(move || {
            let found = self.find(start, &to, finished);
            self.note_failure(found);
        })];
        for database in workers {
            let windows = Arc::clone(&windows);
            works.push(Box::new(move || {
                let _stop = StopAtPanic(&self.stopped);
                let worked = self.work(&windows, finished, table, database);
                if worked.is_err() {
                    self.stopped.store(true, Ordering::SeqCst);
                }
                self.note_failure(worked);
            }));
        }
        works
    }

    /// Starts a thread for each. Where one cannot start, none begins another batch.
    fn start<'scope>(
        &self,
        scope: &'scope Scope<'scope, '_>,
        works: Vec<Work<'scope>>,
    ) -> (Vec<ScopedJoinHandle<'scope, ()>>, Result<()>) {
        let mut threads = Vec::new();
        for work in works {
            // `Scope::spawn` panics where the system has no room for another thread.
            match thread::Builder::new().spawn_scoped(scope, work) {
                Ok(thread) => threads.push(thread),
                Err(error) => {
                    self.stopped.store(true, Ordering::SeqCst);
                    return (
                        threads,
                        Err(Error::io("start a thread; pass a smaller --jobs", &error)),
                    );
                }
            }
        }
        (threads, Ok(()))
    }

    /// Waits for the threads. Returns a panic, or else the first error in time.
    fn join(&self, threads: Vec<ScopedJoinHandle<'_, ()>>) -> Result<()> {
        let ended: Vec<_> = threads.into_iter().map(ScopedJoinHandle::join).collect();
        if ended.iter().any(Result::is_err) {
            return Err(panics::error());
        }
        lock(&self.failure).take().map_or(Ok(()), Err)
    }

    fn note_failure(&self, done: Result<()>) {
        if let Err(failure) = done {
            lock(&self.failure).get_or_insert(failure);
        }
    }

    /// Finds the ends of batches in order, until no row is left, a limit is reached or all workers
    /// have ended.
    fn find(
        &self,
        mut expired: Expired,
        to: &SyncSender<Window>,
        finished: &Mutex<Finished>,
    ) -> Result<()> {
        let before = self.deleted();
        let mut planned = 0;
        for number in 0.. {
            self.wait_for_standbys()?;
            self.look_at_others()?;
            let Some(rows) = self.next_batch(before + planned) else { return Ok(()) };
            let Next { end, rows, is_last } =
                lock(&self.lock).read(|conn| Ok(expired.next(conn, rows)?))?;
            if is_last {
                lock(finished).found_all(number + u64::from(rows > 0));
            }
            planned += u64::from(rows);
            let next = end.clone().map(|end| expired.behind(end));
            if rows > 0 && to.send(Window { number, expired, end, rows }).is_err() {
                return Ok(());
            }
            match next {
                Some(next) if !is_last => expired = next,
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// Deletes windows in turn. Each worker has its own connection.
    fn work(
        &self,
        windows: &Mutex<Receiver<Window>>,
        finished: &Mutex<Finished>,
        table: Table,
        database: &mut Database,
    ) -> Result<()> {
        let mut took = Duration::ZERO;
        loop {
            let Ok(window) = lock(windows).recv() else { return Ok(()) };
            self.rest(took, database)?;
            if self.is_over() {
                self.limited.store(true, Ordering::SeqCst);
                return Ok(());
            }
            let begun = Instant::now();
            let left = match self.delete(&window, table, database) {
                Err(error) if error.is_of_rows() => self.delete_apart(&window, table, database)?,
                done => Some(done?),
            };
            let Some(left) = left else { return Ok(()) };
            took = begun.elapsed();
            self.adapt(window.rows, took);
            lock(finished).add(window.number, window.end, left);
        }
    }

    /// Records rows whose deletion is committed.
    fn note(&self, deleted: u64) {
        let mut all = lock(&self.deleted);
        *all += deleted;
        self.progress.set(0, *all);
        self.interrupt.set_committed(committed(*all));
    }

    /// Adds what is committed to the message, which that of a signal says itself.
    fn with_committed(&self, error: Error) -> Error {
        match error {
            Error::Interrupted { .. } => error,
            other => other.with(&committed(self.deleted())),
        }
    }

    /// Deletes the rows of a window, and returns those that are left.
    fn delete(&self, window: &Window, table: Table, database: &mut Database) -> Result<Backlog> {
        self.attempts.fetch_add(1, Ordering::SeqCst);
        let (before, flush) = (self.deleted(), self.flushes.next());
        let (deleted, left) = window.delete(table, self.audit, flush, database)?;
        self.flushes.done(flush, before + deleted);
        self.batches.fetch_add(1, Ordering::SeqCst);
        // A transaction that changed nothing has no number.
        self.changes.fetch_add(deleted.min(1), Ordering::SeqCst);
        self.note(deleted);
        Ok(left)
    }

    /// Whether no further batch may begin: `--max-duration` is reached, or a worker failed.
    fn is_over(&self) -> bool {
        let elapsed = self.begun.elapsed();
        self.stopped.load(Ordering::SeqCst)
            || self.limits.max_duration.is_some_and(|most| elapsed >= most.as_std())
    }
}

/// What is committed, for a message.
pub fn committed(deleted: u64) -> String {
    match deleted {
        0 => "nothing was deleted".to_owned(),
        deleted => format!("the deletion of {} is committed", counted(deleted, "expired row")),
    }
}
