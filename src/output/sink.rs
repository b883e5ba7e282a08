use std::io::{self, BufWriter, Stdout};

use super::cell::Cell;

pub type Stdio = BufWriter<Stdout>;

/// Writes records in one format. It gets them one by one.
pub trait Sink {
    /// `id` returns the identifier of the record.
    fn record(&mut self, cells: &[Cell], id: &dyn Fn() -> Option<String>) -> io::Result<()>;
    /// Completes the document and flushes it.
    fn finish(&mut self) -> io::Result<()>;
}
