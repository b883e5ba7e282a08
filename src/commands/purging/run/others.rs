//! What a run does while others change rows on the server.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Run;
use crate::db::bulk::other_writers::{self, Transactions};
use crate::error::Result;
use crate::panics::lock;

/// The time between two looks.
const INTERVAL: Duration = Duration::from_millis(250);

/// How long a batch takes beside others, at most: their COMMITs wait until what it wrote is on the disk. With
/// 10 ms the p99 of a service was 2.6 times that without a purge, with 5 ms 1.5 times.
const TARGET_BESIDE_OTHERS: Duration = Duration::from_millis(5);

/// The rows of the first batch beside others, which is not measured yet.
const ROWS_BESIDE_OTHERS: u32 = 500;

/// What is known of them.
#[derive(Debug)]
pub struct Others {
    /// Before the run read anything.
    begin: Transactions,
    last: Mutex<Look>,
    are_at_work: AtomicBool,
}

/// A look at the transactions of the server.
#[derive(Debug)]
struct Look {
    /// `None`: the next one does not wait.
    at: Option<Instant>,
    /// How many had ended.
    ended: i64,
    /// How many this run had begun, also those that failed: most of them have a number.
    own: u64,
}

impl Others {
    pub fn since(begin: Transactions) -> Self {
        Self {
            begin,
            last: Mutex::new(Look { at: None, ended: begin.ended, own: 0 }),
            are_at_work: AtomicBool::new(false),
        }
    }
}

impl Run<'_> {
    fn transactions(&self) -> Result<Transactions> {
        lock(&self.lock).read(|conn| Ok(other_writers::transactions(conn)?))
    }

    /// Whether others may have changed something since the run began. None of the workers is at work.
    pub(super) fn have_others_changed(&self) -> Result<bool> {
        let Transactions { ended, any_open } = self.others.begin;
        let since = count(self.transactions()?.ended - ended);
        Ok(any_open || since > self.changes.load(Ordering::SeqCst))
    }

    /// Notes whether others have changed something since the last look. With `--pause` it does not matter.
    pub(super) fn look_at_others(&self) -> Result<()> {
        let mut last = lock(&self.others.last);
        if self.limits.pause.is_some() || last.at.is_some_and(|at| at.elapsed() < INTERVAL) {
            return Ok(());
        }
        let ended = self.transactions()?.ended;
        let own = self.attempts.load(Ordering::SeqCst);
        // One of each connection may have begun before the last look.
        let most_own = own - last.own + u64::from(self.limits.jobs);
        let are_at_work = count(ended - last.ended) > most_own;
        let were_at_work = self.others.are_at_work.swap(are_at_work, Ordering::SeqCst);
        if are_at_work && !were_at_work {
            self.next_rows.fetch_min(ROWS_BESIDE_OTHERS, Ordering::SeqCst);
        }
        *last = Look { at: Some(Instant::now()), ended, own };
        Ok(())
    }

    pub(super) fn are_others_at_work(&self) -> bool {
        self.others.are_at_work.load(Ordering::SeqCst)
    }

    /// How long a batch may take.
    pub(super) fn target_batch_time(&self) -> Duration {
        let target = self.limits.target_batch_time.as_std();
        if self.are_others_at_work() { target.min(TARGET_BESIDE_OTHERS) } else { target }
    }

    /// How long to rest after a batch that took so long.
    pub(super) fn pause_after(&self, took: Duration) -> Duration {
        match &self.limits.pause {
            Some(_) if self.batches.load(Ordering::SeqCst) == 0 => Duration::ZERO,
            Some(pause) => pause.as_std(),
            // A batch that waited for a lock took longer.
            None if self.are_others_at_work() => took.min(self.limits.target_batch_time.as_std()),
            None => Duration::ZERO,
        }
    }
}

fn count(transactions: i64) -> u64 {
    u64::try_from(transactions).unwrap_or_default()
}
