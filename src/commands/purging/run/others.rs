//! What a run does while others change rows on the server.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Run;
use crate::db::bulk::other_writers::{self, Progress};
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
    /// The last look. `None`: the next one does not wait.
    looked: Mutex<Option<Instant>>,
    /// Transactions that had ended then, and how many of them were of this run.
    ended: Mutex<(i64, u64)>,
    are_at_work: AtomicBool,
}

impl Others {
    pub fn since(begin: Progress) -> Self {
        Self {
            looked: Mutex::default(),
            ended: Mutex::new((begin.ended, 0)),
            are_at_work: AtomicBool::new(false),
        }
    }
}

impl Run<'_> {
    /// How far the transactions of the server are, and how many of them were of this run.
    pub(super) fn progress(&self) -> Result<(Progress, u64)> {
        let own = self.changes.load(Ordering::SeqCst);
        let progress = lock(&self.lock).read(|conn| Ok(other_writers::progress(conn)?))?;
        Ok((progress, own))
    }

    /// Whether others may have changed something since `progress`. None of the workers is at work, now and then.
    pub(super) fn have_others_changed(&self, (begin, own_begin): (Progress, u64)) -> Result<bool> {
        let (now, own) = self.progress()?;
        Ok(begin.any_open || count(now.ended - begin.ended) > own - own_begin)
    }

    /// Notes whether others have changed something since the last look. With `--pause` it does not matter.
    pub(super) fn look_at_others(&self) -> Result<()> {
        let mut looked = lock(&self.others.looked);
        if self.limits.pause.is_some() || looked.is_some_and(|at| at.elapsed() < INTERVAL) {
            return Ok(());
        }
        let (now, own) = self.progress()?;
        let before = std::mem::replace(&mut *lock(&self.others.ended), (now.ended, own));
        let (ended_before, own_before) = before;
        // Each connection of this run may have one that has ended and is not yet noted.
        let most_own = own - own_before + u64::from(self.limits.jobs);
        let are_at_work = count(now.ended - ended_before) > most_own;
        let were_at_work = self.others.are_at_work.swap(are_at_work, Ordering::SeqCst);
        if are_at_work && !were_at_work {
            self.next_rows.fetch_min(ROWS_BESIDE_OTHERS, Ordering::SeqCst);
        }
        *looked = Some(Instant::now());
        Ok(())
    }

    fn are_others_at_work(&self) -> bool {
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
            None if self.are_others_at_work() => took,
            None => Duration::ZERO,
        }
    }
}

fn count(transactions: i64) -> u64 {
    u64::try_from(transactions).unwrap_or_default()
}
