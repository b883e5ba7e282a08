//! Results on standard output, in five formats (docs/behaviour.md, Output). Nothing here queries.

mod cell;
mod column;
mod csv;
pub mod field;
mod id;
mod json;
mod prints;
mod relative_time;
mod sink;
mod standard_output;
mod table;

use std::borrow::Cow;
use std::io::{BufWriter, Write, stdout};

use clap::ValueEnum;

pub use cell::{Cell, microseconds, rfc3339};
pub use column::{Column, Record, columns_of, detail, shown};
pub use prints::{Prints, object as object_schema};
pub use table::Times;

use column::{CHANGE_ID, columns_with_change};
use sink::Sink;
use table::{Layout, Table};

use crate::change::Change;
use crate::domain::{looks_secret, printable};
use crate::error::{Error, Result};
use crate::terminal::Screen;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns for people; 100 rows unless told otherwise
    #[default]
    Table,
    /// One JSON document, complete
    Json,
    /// One JSON object a line, streamed
    Jsonl,
    /// RFC 4180 with a header line, streamed
    Csv,
    /// One identifier a line
    Id,
}

impl Format {
    pub fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}

/// How to print results, from the global options.
#[derive(Debug, Clone)]
pub struct Output {
    pub format: Format,
    /// No option or variable chose the format.
    pub is_default: bool,
    /// The columns and their order, from `--columns`. Empty means the default columns.
    pub columns: Vec<String>,
    pub no_headers: bool,
    /// No cell of CSV begins as a formula of a spreadsheet does.
    pub csv_safe: bool,
    /// How a table shows times; `None` is what suits standard output.
    pub times: Option<Times>,
    pub screen: Screen,
    /// What this run changes: the last key of JSON results.
    pub change: Change,
}

/// A result being printed. It is complete only after `finish`.
pub struct Rows<R> {
    sink: Box<dyn Sink>,
    /// Those that are printed, in their order.
    columns: Vec<Column<R>>,
}

impl Output {
    /// Prints any number of records: an array in JSON.
    pub fn list<R: Record>(&self) -> Result<Rows<R>> {
        self.rows(false)
    }

    /// Prints exactly one record: an object in JSON, one line per key in a table.
    pub fn one<R: Record>(&self) -> Result<Rows<R>> {
        self.rows(true)
    }

    /// Whether a table of the usual columns goes to a terminal.
    pub fn is_for_people(&self) -> bool {
        self.format == Format::Table && self.screen.is_terminal && self.columns.is_empty()
    }

    /// Whether `column` will be printed. Always true for `-o id`, as the column may be the
    /// identifier.
    pub fn shows(&self, column: &str) -> bool {
        self.format == Format::Id
            || self.columns.is_empty()
            || self.columns.iter().any(|name| name.trim() == column)
    }

    /// Fails if standard output is /dev/null, where a secret would be lost. It is, too, if it was closed
    /// when the program started: the standard library opens /dev/null then. `instead` says what to do.
    pub fn require_reader(instead: &str) -> Result<()> {
        if standard_output::is_null() || standard_output::is_read_only() {
            return Err(Error::internal(format!(
                "standard output is closed, or is /dev/null: the secret would be lost; nothing was done; \
                 {instead}"
            )));
        }
        Ok(())
    }

    /// Fails if nothing can be written to standard output: for what does nothing but print.
    pub fn require_writable() -> Result<()> {
        if standard_output::was_closed() || standard_output::is_read_only() {
            return Err(Error::Unprinted("cannot write standard output: it is closed".to_owned()));
        }
        Ok(())
    }

    /// Prints the number of rows of a list.
    pub fn count(&self, count: i64) -> Result<()> {
        let mut out = stdout().lock();
        let printed = if self.format.is_json() {
            writeln!(out, "{{\"count\":{count}}}")
        } else {
            writeln!(out, "{count}")
        };
        printed.and_then(|()| out.flush()).map_err(|error| Error::output(&error))
    }

    /// Prints a text that is the whole result, in every format.
    pub fn text(text: &str) -> Result<()> {
        let mut out = stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|error| Error::output(&error))
    }

    /// Prints a text that is the whole result, such as a script: in JSON as the value of `name`, in
    /// other formats as it is.
    pub fn document(&self, name: &str, text: &str) -> Result<()> {
        if self.format.is_json() {
            Self::text(&format!("{}\n", serde_json::json!({ name: text })))
        } else {
            Self::text(text)
        }
    }

    fn rows<R: Record>(&self, single: bool) -> Result<Rows<R>> {
        let columns = self.pick(columns_with_change(&self.change), single)?;
        let names: Vec<_> = columns.iter().map(Column::name).collect();
        let out = BufWriter::with_capacity(64 * 1024, stdout());
        let sink: Box<dyn Sink> = match self.format {
            Format::Table => {
                let headings = columns.iter().map(|column| column.heading).collect();
                Box::new(Table::new(out, names, headings, self.layout(single)))
            }
            Format::Json => Box::new(json::Json::new(out, names, single)),
            Format::Jsonl => Box::new(json::JsonLines::new(out, &names)),
            Format::Csv => Box::new(csv::Csv::new(out, &names, self)),
            Format::Id => Box::new(id::Ids::new(out)),
        };
        Ok(Rows { sink, columns })
    }

    fn layout(&self, single: bool) -> Layout {
        let usual = if self.screen.is_terminal { Times::Relative } else { Times::Iso };
        Layout {
            screen: self.screen,
            times: self.times.unwrap_or(usual),
            headers: !self.no_headers,
            single,
            chosen: !self.columns.is_empty(),
        }
    }

    /// The columns that `--columns` names, in its order; without it those of the format.
    fn pick<R>(&self, mut columns: Vec<Column<R>>, single: bool) -> Result<Vec<Column<R>>> {
        if self.columns.is_empty() {
            if self.format == Format::Table {
                columns.retain(|it| it.in_table || (single && it.name() != CHANGE_ID));
            }
            return Ok(columns);
        }
        let wanted: Vec<&str> = self.columns.iter().map(|name| name.trim()).collect();
        if let Some(twice) = (1..wanted.len()).find(|&at| wanted[..at].contains(&wanted[at])) {
            return Err(Error::usage(format!("--columns names `{}` twice", named(wanted[twice]))));
        }
        let names: Vec<_> = columns.iter().map(Column::name).collect();
        let mut picked = Vec::new();
        for wanted in wanted {
            match columns.iter().position(|column| column.name() == wanted) {
                Some(place) => picked.push(columns.swap_remove(place)),
                None => {
                    return Err(Error::usage(format!(
                        "no column `{}` here; choose from {}",
                        named(wanted),
                        names.join(",")
                    )));
                }
            }
        }
        Ok(picked)
    }
}

/// The column as a message shows it; `…` if the operator passed a secret by mistake.
fn named(column: &str) -> Cow<'_, str> {
    if looks_secret(column) { "…".into() } else { printable(column) }
}

impl<R: Record> Rows<R> {
    pub fn push(&mut self, record: &R) -> Result<()> {
        let cells: Vec<_> = self.columns.iter().map(|column| (column.cell)(record)).collect();
        self.sink.record(&cells, &|| record.id()).map_err(|error| Error::output(&error))
    }

    /// Completes the document and flushes it.
    pub fn finish(mut self) -> Result<()> {
        self.sink.finish().map_err(|error| Error::output(&error))
    }

    /// Prints all records, then completes the document.
    pub fn all<'r>(mut self, records: impl IntoIterator<Item = &'r R>) -> Result<()>
    where
        R: 'r,
    {
        for record in records {
            self.push(record)?;
        }
        self.finish()
    }
}
