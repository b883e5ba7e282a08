//! How many rows a batch has.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Run;

/// The smallest batch, in rows. If the COMMIT itself is slow, smaller batches would only cause more
/// COMMITs and more audit rows.
const FEWEST: f64 = 100.0;

/// The rows of the first batch where deletions run triggers, which is not measured yet.
const ROWS_WITH_TRIGGERS: u32 = 500;

impl Run<'_> {
    /// The size of the next batch after `gone` deleted rows; `None` if a limit is reached.
    pub(super) fn next_batch(&self, gone: u64) -> Option<u32> {
        let rows = self.next_rows.load(Ordering::SeqCst);
        let left = self.limits.max_rows.map_or(u64::MAX, |most| most.saturating_sub(gone));
        if left == 0 || self.is_over() {
            self.limited.store(true, Ordering::SeqCst);
            return None;
        }
        Some(u32::try_from(left).map_or(rows, |left| left.min(rows)))
    }

    /// Makes the first batches small: triggers may take any time for a row.
    pub(super) fn begin_slowly(&self) {
        self.next_rows.fetch_min(ROWS_WITH_TRIGGERS, Ordering::SeqCst);
    }

    /// Adapts the size of batches to `--target-batch-time`, up to `--batch-size`.
    pub(super) fn adapt(&self, rows: u32, took: Duration) {
        let target = self.target_batch_time();
        let fitting = f64::from(rows) * target.as_secs_f64() / took.as_secs_f64().max(0.001);
        let most = f64::from(self.limits.batch_size).min(2.0 * f64::from(rows));
        let fewest = FEWEST.min(most);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        let next = fitting.clamp(fewest, most) as u32;
        self.next_rows.store(next, Ordering::SeqCst);
    }
}
