use std::io;

use super::Output;
use super::cell::Cell;
use super::sink::{Sink, Stdio};
use crate::domain::printable;

/// What a spreadsheet takes for the beginning of a formula. Source: OWASP, "CSV Injection".
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// RFC 4180 with `\n` line ends.
pub struct Csv {
    out: csv::Writer<Stdio>,
    header: Option<Vec<&'static str>>,
    on_terminal: bool,
    is_safe: bool,
    field: String,
}

impl Csv {
    pub fn new(out: Stdio, names: &[&'static str], output: &Output) -> Self {
        Self {
            out: csv::Writer::from_writer(out),
            header: (!output.no_headers).then(|| names.to_vec()),
            on_terminal: output.screen.is_terminal,
            is_safe: output.csv_safe,
            field: String::new(),
        }
    }

    fn write_header(&mut self) -> io::Result<()> {
        match self.header.take() {
            Some(names) => self.out.write_record(names).map_err(cause),
            None => Ok(()),
        }
    }
}

/// The operating system's error with its kind, which the `csv` crate's own conversion hides.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

impl Sink for Csv {
    fn record(&mut self, cells: &[Cell], _id: &dyn Fn() -> Option<String>) -> io::Result<()> {
        self.write_header()?;
        for cell in cells {
            self.field.clear();
            cell.write_plain(&mut self.field);
            if self.is_safe && self.field.starts_with(FORMULA) {
                self.field.insert(0, '\'');
            }
            if self.on_terminal {
                self.out.write_field(printable(&self.field).as_bytes())
            } else {
                self.out.write_field(&self.field)
            }
            .map_err(cause)?;
        }
        self.out.write_record(None::<&[u8]>).map_err(cause)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.write_header()?;
        self.out.flush()
    }
}
