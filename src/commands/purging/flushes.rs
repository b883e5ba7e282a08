use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::db::{Database, Flush};
use crate::error::Result;
use crate::panics::lock;

/// How often a COMMIT waits for the disk. To wait for each batch would make a purge as slow as the disk's
/// flushes, and others wait for the same disk. Where the server crashes in between, the last batches come
/// back without their audit rows, and the next purge deletes them.
const INTERVAL: Duration = Duration::from_millis(200);

/// Which COMMITs of a run wait for the disk.
#[derive(Debug)]
pub struct Flushes {
    /// When one last did.
    last: Mutex<Instant>,
    /// Whether one after it did not.
    is_behind: AtomicBool,
    /// How many rows are deleted for sure, whatever happens to the server.
    durable: AtomicU64,
}

impl Flushes {
    /// Before a run, when so many rows are deleted for sure.
    pub fn after(durable: u64) -> Self {
        Self {
            last: Mutex::new(Instant::now()),
            is_behind: AtomicBool::new(false),
            durable: AtomicU64::new(durable),
        }
    }

    /// Whether the next COMMIT does. Call `done` after it.
    pub fn next(&self) -> Flush {
        if lock(&self.last).elapsed() >= INTERVAL {
            return Flush::AtCommit;
        }
        self.is_behind.store(true, Ordering::SeqCst);
        Flush::Later
    }

    /// Records a COMMIT, after which `deleted` rows are gone.
    pub fn done(&self, flush: Flush, deleted: u64) {
        if flush == Flush::AtCommit {
            *lock(&self.last) = Instant::now();
            self.durable.fetch_max(deleted, Ordering::SeqCst);
        }
    }

    /// How many of the rows that are gone come back if the server crashes now.
    pub fn unsure(&self, deleted: u64) -> u64 {
        deleted.saturating_sub(self.durable.load(Ordering::SeqCst))
    }

    /// Waits until the disk has all that the workers committed, over the first of their connections that
    /// still works. None of them is at work; `deleted` rows are gone. With `same_server` it is sure that the
    /// server has not crashed since, and a connection that was idle may be made anew. Returns whether that took
    /// a transaction.
    pub fn finish(
        &self,
        workers: &mut [&mut Database],
        same_server: bool,
        deleted: u64,
    ) -> Result<bool> {
        if !self.is_behind.swap(false, Ordering::SeqCst) {
            return Ok(false);
        }
        let mut flushed = Ok(());
        for worker in workers {
            let renewed = if same_server { worker.renew() } else { Ok(()) };
            flushed = renewed.and_then(|()| worker.flush_commits());
            if flushed.is_ok() {
                self.durable.fetch_max(deleted, Ordering::SeqCst);
                break;
            }
        }
        flushed.map(|()| true)
    }
}
