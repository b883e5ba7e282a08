use std::collections::BTreeMap;

use crate::db::bulk::purge_window::Bound;

/// How far windows are deleted without a gap. Several workers may finish windows in any order, and
/// may not finish a window that they have taken.
#[derive(Default)]
pub struct Finished {
    /// The number of windows without a gap.
    count: u64,
    /// The end of the last of these windows.
    pub end: Option<Bound>,
    /// The finished windows after a gap, with their ends.
    others: BTreeMap<u64, Option<Bound>>,
}

impl Finished {
    pub fn add(&mut self, number: u64, end: Option<Bound>) {
        self.others.insert(number, end);
        while let Some(end) = self.others.remove(&self.count) {
            self.count += 1;
            // The window without an end is the last.
            self.end = end.or_else(|| self.end.take());
        }
    }
}
