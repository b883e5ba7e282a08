use std::collections::BTreeMap;

use crate::db::bulk::purge_window::{Backlog, Bound};

/// How far windows are deleted without a gap. Several workers may finish windows in any order, and
/// may not finish a window that they have taken.
#[derive(Default)]
pub struct Finished {
    /// The number of windows without a gap.
    count: u64,
    /// The end of the last of these windows.
    pub end: Option<Bound>,
    /// The rows that are left in these windows.
    pub left: Backlog,
    /// The number of all windows, once they are found.
    total: Option<u64>,
    /// The finished windows after a gap, with their ends and what is left in them.
    others: BTreeMap<u64, (Option<Bound>, Backlog)>,
}

impl Finished {
    /// Notes that no window follows so many.
    pub fn found_all(&mut self, total: u64) {
        self.total = Some(total);
    }

    /// Whether all windows are deleted.
    pub fn is_complete(&self) -> bool {
        self.total == Some(self.count)
    }

    pub fn add(&mut self, number: u64, end: Option<Bound>, left: Backlog) {
        self.others.insert(number, (end, left));
        while let Some((end, left)) = self.others.remove(&self.count) {
            self.count += 1;
            // The window without an end is the last.
            self.end = end.or_else(|| self.end.take());
            self.left = self.left.plus(left);
        }
    }
}
