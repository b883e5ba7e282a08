use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use crate::domain::counted;

/// The progress of a long operation on the operator's terminal. Dropping it removes it.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
}

impl Progress {
    /// Progress through `total` bytes, `None` if unknown.
    pub(super) fn of_bytes(total: Option<u64>) -> Self {
        let (bar, template) = match total {
            Some(total) => {
                (ProgressBar::new(total), "{bar:30} {bytes} of {total_bytes}, {msg}, {eta} left")
            }
            None => (ProgressBar::new_spinner(), "{spinner} {bytes}, {msg}"),
        };
        Self::with(bar, template)
    }

    /// Progress through an unknown number of rows.
    pub(super) fn of_rows() -> Self {
        Self::with(ProgressBar::new_spinner(), "{spinner} {msg}")
    }

    fn with(bar: ProgressBar, template: &str) -> Self {
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar: Some(bar), begun: Instant::now() }
    }

    pub(super) fn hidden() -> Self {
        Self { bar: None, begun: Instant::now() }
    }

    /// Shows how many bytes and rows are done.
    pub fn set(&self, bytes: u64, rows: u64) {
        let Some(bar) = &self.bar else { return };
        let milliseconds = self.begun.elapsed().as_millis().max(1);
        let a_second = u128::from(rows) * 1000 / milliseconds;
        bar.set_message(format!("{}, {a_second} a second", counted(rows, "row")));
        bar.set_position(bytes);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
