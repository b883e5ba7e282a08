//! What a run waits for between batches.

use std::thread;
use std::time::{Duration, Instant};

use super::Run;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::panics::lock;

/// How long to wait for a standby whose lag does not decrease.
const PATIENCE: Duration = Duration::from_secs(600);

impl Run<'_> {
    /// Waits while the lag of a standby exceeds `--max-lag`. Fails if the lag does not decrease, as
    /// this run would otherwise keep its lock and block every later run.
    pub(super) fn wait_for_standbys(&self) -> Result<()> {
        let Some(most) = &self.limits.max_lag else { return Ok(()) };
        let begun = Instant::now();
        let (mut nearest, mut since) = (i64::MAX, begun);
        let mut told = false;
        loop {
            let behind = lock(&self.lock).read(|conn| lock(&self.lag).measure(conn))?;
            if behind.time <= most.as_std() || self.is_over() {
                return Ok(());
            }
            if behind.bytes < nearest {
                (nearest, since) = (behind.bytes, Instant::now());
            }
            if since.elapsed() > PATIENCE {
                return Err(Error::Busy(format!(
                    "a standby is further behind than --max-lag {most}, and has not caught up for {} \
                     minutes",
                    PATIENCE.as_secs() / 60
                )));
            }
            // A short wait is not worth a notice.
            if !told && begun.elapsed() > Duration::from_secs(1) {
                told = true;
                lock(&self.terminal)
                    .notice(&format!("waiting: a standby is further behind than {most}"));
            }
            self.interrupt.check()?;
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Pauses after a batch that took so long, in short sleeps, so that a signal or `--max-duration` ends the
    /// pause. After that, or another time without work, checks that the lock was not lost meanwhile, and
    /// connects anew where the connection was.
    pub(super) fn rest(&self, took: Duration, database: &mut Database) -> Result<()> {
        let pause = self.pause_after(took);
        let begun = Instant::now();
        self.interrupt.sleep(pause, || self.is_over())?;
        if !pause.is_zero() {
            *lock(&self.rested) += begun.elapsed();
        }
        if self.has_pauses() || database.was_idle() {
            lock(&self.lock).check()?;
            database.renew()?;
        }
        Ok(())
    }

    /// Whether `--pause` asks for some.
    pub(super) fn has_pauses(&self) -> bool {
        self.limits.pause.is_some_and(|pause| !pause.as_std().is_zero())
    }

    /// How long the connections have rested, all together.
    pub fn rested(&self) -> Duration {
        *lock(&self.rested)
    }
}
