use std::io::{self, Write as _};

use super::cell::Cell;
use super::sink::{Sink, Stdio};
use crate::domain::printable;

/// One identifier per line. A record without an identifier prints no line.
pub struct Ids {
    out: Stdio,
}

impl Ids {
    pub fn new(out: Stdio) -> Self {
        Self { out }
    }
}

impl Sink for Ids {
    fn record(&mut self, _cells: &[Cell], id: &dyn Fn() -> Option<String>) -> io::Result<()> {
        match id() {
            Some(id) => writeln!(self.out, "{}", printable(&id)),
            None => Ok(()),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
