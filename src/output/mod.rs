//! Results on standard output, in five formats (docs/behaviour.md, Output). Nothing here queries.

mod cell;
mod csv;
mod id;
mod json;
mod sink;
mod table;

use std::borrow::Cow;
use std::io::{BufWriter, Stdout, Write, stdout};
use std::marker::PhantomData;

use clap::ValueEnum;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::sys::stat::{fstat, stat};

pub use cell::{Cell, microseconds, rfc3339};

use sink::Sink;

use crate::domain::{Changed, looks_secret, printable};
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

/// A key of a record, and whether a table shows it by default.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub in_table: bool,
}

/// A column that every format shows.
pub const fn shown(name: &'static str) -> Column {
    Column { name, in_table: true }
}

/// A column that a table shows only if `--columns` names it. Other formats always show it.
pub const fn detail(name: &'static str) -> Column {
    Column { name, in_table: false }
}

/// A result that a command prints: named cells, and an identifier.
pub trait Record {
    /// The keys, in the order of the values that `cells` returns.
    fn columns() -> Vec<Column>;
    fn cells(&self) -> Vec<Cell<'_>>;
    /// What `-o id` prints; `None` prints nothing.
    fn id(&self) -> Option<String>;
}

impl<R: Record> Record for Changed<R> {
    fn columns() -> Vec<Column> {
        let mut columns = R::columns();
        columns.push(shown("changed"));
        columns
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let mut cells = self.record.cells();
        cells.push(self.changed.into());
        cells
    }

    fn id(&self) -> Option<String> {
        self.record.id()
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
    pub screen: Screen,
}

/// A result being printed. It is complete only after `finish`.
pub struct Rows<R> {
    sink: Box<dyn Sink>,
    /// Index into the record's cells of each column printed.
    picked: Vec<usize>,
    record: PhantomData<R>,
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

    /// Whether `column` will be printed. Always true for `-o id`, as the column may be the
    /// identifier.
    pub fn shows(&self, column: &str) -> bool {
        self.format == Format::Id
            || self.columns.is_empty()
            || self.columns.iter().any(|name| name.trim() == column)
    }

    /// Prints the number of rows of a list.
    pub fn count(&self, count: i64) -> Result<()> {
        let mut out = open()?.lock();
        let printed = if self.format.is_json() {
            writeln!(out, "{{\"count\":{count}}}")
        } else {
            writeln!(out, "{count}")
        };
        printed.and_then(|()| out.flush()).map_err(|error| Error::output(&error))
    }

    /// Prints a text that is the whole result, in every format.
    pub fn text(text: &str) -> Result<()> {
        let mut out = open()?.lock();
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
        let columns = R::columns();
        let picked = self.pick(&columns, single)?;
        let names: Vec<_> = picked.iter().map(|&index| columns[index].name).collect();
        let out = BufWriter::with_capacity(64 * 1024, open()?);
        let sink: Box<dyn Sink> = match self.format {
            Format::Table => {
                Box::new(table::Table::new(out, names, single, self.no_headers, self.screen))
            }
            Format::Json => Box::new(json::Json::new(out, names, single)),
            Format::Jsonl => Box::new(json::JsonLines::new(out, &names)),
            Format::Csv => {
                Box::new(csv::Csv::new(out, &names, self.no_headers, self.screen.is_terminal))
            }
            Format::Id => Box::new(id::Ids::new(out)),
        };
        Ok(Rows { sink, picked, record: PhantomData })
    }

    fn pick(&self, columns: &[Column], single: bool) -> Result<Vec<usize>> {
        if self.columns.is_empty() {
            let everything = single || self.format != Format::Table;
            return Ok((0..columns.len())
                .filter(|&index| everything || columns[index].in_table)
                .collect());
        }
        let wanted: Vec<&str> = self.columns.iter().map(|name| name.trim()).collect();
        if let Some(twice) = (1..wanted.len()).find(|&at| wanted[..at].contains(&wanted[at])) {
            return Err(Error::usage(format!("--columns names `{}` twice", named(wanted[twice]))));
        }
        wanted
            .into_iter()
            .map(|wanted| {
                columns.iter().position(|column| column.name == wanted).ok_or_else(|| {
                    let names: Vec<_> = columns.iter().map(|column| column.name).collect();
                    Error::usage(format!(
                        "no column `{}` here; choose from {}",
                        named(wanted),
                        names.join(",")
                    ))
                })
            })
            .collect()
    }
}

/// Standard output. Fails if it was closed when the program started, since the result would be lost
/// silently. In this case the standard library has opened /dev/null for reading and writing
/// instead; a redirection by a shell opens it for writing only.
fn open() -> Result<Stdout> {
    let out = stdout();
    let closed = fcntl(&out, FcntlArg::F_GETFL).is_ok_and(|flags| {
        OFlag::from_bits_truncate(flags) & OFlag::O_ACCMODE == OFlag::O_RDWR
            && fstat(&out).is_ok_and(|ours| {
                stat("/dev/null")
                    .is_ok_and(|null| (ours.st_dev, ours.st_ino) == (null.st_dev, null.st_ino))
            })
    });
    if closed {
        return Err(Error::internal("standard output is closed; nothing was done"));
    }
    Ok(out)
}

/// The column as a message shows it; `…` if the operator passed a secret by mistake.
fn named(column: &str) -> Cow<'_, str> {
    if looks_secret(column) { "…".into() } else { printable(column) }
}

impl<R: Record> Rows<R> {
    pub fn push(&mut self, record: &R) -> Result<()> {
        let mut cells = record.cells();
        if !self.picked.iter().copied().eq(0..cells.len()) {
            cells = self.picked.iter().map(|&index| std::mem::take(&mut cells[index])).collect();
        }
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
