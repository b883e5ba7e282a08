use std::io::{self, Write as _};

use chrono::{DateTime, Utc};
use clap::ValueEnum;
use comfy_table::{Attribute, Color, ColumnConstraint, ContentArrangement, presets};

use super::cell::Cell;
use super::relative_time::relative_time;
use super::rfc3339;
use super::sink::{Sink, Stdio};
use crate::domain::printable;
use crate::terminal::Screen;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Times {
    /// RFC 3339 in UTC
    Iso,
    /// As seen from now: `in 3 days`, `2 h ago`
    Relative,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub screen: Screen,
    pub times: Times,
    pub headers: bool,
    /// A single record has one line per key.
    pub single: bool,
    /// `--columns` names the columns: none is left out.
    pub chosen: bool,
}

/// Aligned columns. On a terminal they fit its width, and their names are words.
pub struct Table {
    out: Stdio,
    names: Vec<&'static str>,
    /// What the columns are called.
    headings: Vec<&'static str>,
    layout: Layout,
    rows: Vec<Vec<Shown>>,
}

/// A cell as it is shown.
struct Shown {
    text: String,
    colour: Option<Color>,
}

/// Between two columns.
const GAP: u16 = 2;

/// Columns that are left out last to fit the terminal; the first of them, which is the name, never.
const KEPT: [&str; 14] = [
    "username", "name", "users", "table", "object", "check", "action", "status", "changed",
    "problem", "advice", "detail", "actor", "reason",
];

/// A column of words is not made narrower than this.
const NARROWEST_TEXT: u16 = 24;

/// In characters. A longer email is cut in a list that has no room for it: one must not hide those of all.
const LONGEST_EMAIL: usize = 30;

/// A time has three: `in 3 days`.
const MOST_WORDS_OF_A_NAME: usize = 3;

/// The width of a UUID.
const UUID_WIDTH: u16 = 36;

/// The most characters of a cell. The machine formats are complete.
const MOST_CHARACTERS: usize = 500;

impl Table {
    pub fn new(
        out: Stdio,
        names: Vec<&'static str>,
        headings: Vec<&'static str>,
        layout: Layout,
    ) -> Self {
        Self { out, names, headings, layout, rows: Vec::new() }
    }

    fn shown(&self, name: &str, cell: &Cell) -> Shown {
        let mut text = match cell {
            Cell::Time(time) if self.layout.times == Times::Relative => {
                let relative = relative_time(*time, now());
                if self.layout.single {
                    format!("{} ({relative})", rfc3339(time))
                } else {
                    relative
                }
            }
            Cell::Int(bytes) if self.layout.screen.is_terminal && name == "bytes" => size(*bytes),
            other => other.friendly(),
        };
        cut(&mut text, MOST_CHARACTERS);
        let colour = (self.layout.screen.colour && name == "status").then(|| colour_of(&text));
        Shown { text: printable(&text).into_owned(), colour }
    }

    /// Whether the rows are shown with one line per key: also the one row that a change has changed, on a
    /// terminal.
    fn is_upright(&self) -> bool {
        let is_change = self.names.last() == Some(&"changed");
        let is_one = self.rows.len() == 1 && self.layout.screen.is_terminal;
        self.layout.single || (is_change && is_one)
    }

    /// A column's name, in words on a terminal.
    fn title(&self, at: usize) -> String {
        if self.layout.screen.is_terminal {
            self.headings[at].replace('_', " ")
        } else {
            self.headings[at].to_owned()
        }
    }

    fn empty_grid(&self) -> comfy_table::Table {
        let mut grid = comfy_table::Table::new();
        grid.load_style(presets::NOTHING);
        match self.layout.screen.width {
            Some(width) => {
                grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width)
            }
            None => grid.set_content_arrangement(ContentArrangement::Disabled),
        };
        if self.layout.screen.colour {
            grid.enforce_styling();
        } else {
            grid.force_no_tty();
        }
        grid
    }

    fn upright(&self) -> comfy_table::Table {
        let mut grid = self.empty_grid();
        let mut order: Vec<_> = (0..self.names.len()).collect();
        if self.layout.screen.is_terminal && !self.layout.chosen {
            // Nobody reads a fingerprint.
            order.sort_by_key(|&at| self.names[at].ends_with("_fingerprint"));
        }
        for row in &self.rows {
            for &at in &order {
                grid.add_row([comfy_table::Cell::new(self.title(at)), row[at].cell()]);
            }
        }
        grid
    }

    /// The columns to show.
    fn fitting(&self, widths: Option<&Widths>) -> Vec<usize> {
        match widths {
            Some(widths) if !self.layout.chosen => widths.fitting(&self.names),
            _ => (0..self.names.len()).collect(),
        }
    }

    /// Consumes the rows, of which there may be a million.
    fn list(&mut self) -> comfy_table::Table {
        let mut grid = self.empty_grid();
        let mut rows = std::mem::take(&mut self.rows);
        let mut widths = self.layout.screen.width.map(|width| Widths::of(self, &rows, width));
        let mut shown = self.fitting(widths.as_ref());
        if let Some(email) = self.names.iter().position(|name| *name == "email")
            && !shown.contains(&email)
        {
            for row in &mut rows {
                cut(&mut row[email].text, LONGEST_EMAIL);
            }
            widths = self.layout.screen.width.map(|width| Widths::of(self, &rows, width));
            shown = self.fitting(widths.as_ref());
        }
        if self.layout.headers {
            grid.set_header(shown.iter().map(|&at| {
                let header = comfy_table::Cell::new(self.title(at).to_uppercase());
                if self.layout.screen.colour {
                    header.add_attribute(Attribute::Bold)
                } else {
                    header
                }
            }));
        }
        for row in rows {
            grid.add_row(shown.iter().map(|&at| row[at].cell()));
        }
        // Words are wrapped; names, ids and times are not, if there is room for them.
        if let Some(widths) = widths.filter(|widths| widths.fit(&shown)) {
            for (column, &at) in grid.column_iter_mut().zip(&shown) {
                if !widths.of_words[at] {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
        }
        grid
    }
}

/// How wide the columns of a list are, and what fits the terminal.
struct Widths {
    terminal: u16,
    /// In one line.
    columns: Vec<u16>,
    /// Whether cells of the column have several words.
    of_words: Vec<bool>,
}

impl Widths {
    fn of(table: &Table, rows: &[Vec<Shown>], terminal: u16) -> Self {
        let mut grid = comfy_table::Table::new();
        if table.layout.headers {
            grid.set_header((0..table.names.len()).map(|at| table.title(at)));
        }
        let mut of_words = vec![false; table.names.len()];
        for row in rows {
            grid.add_row(row.iter().map(Shown::cell));
            for (of_words, cell) in of_words.iter_mut().zip(row) {
                *of_words |= cell.text.split(' ').count() > MOST_WORDS_OF_A_NAME;
            }
        }
        let mut columns = grid.column_max_content_widths();
        columns.resize(table.names.len(), 0);
        Self { terminal, columns, of_words }
    }

    /// The columns that fit the terminal. Those that people miss least are left out first.
    fn fitting(&self, names: &[&str]) -> Vec<usize> {
        let mut shown: Vec<_> = (0..names.len()).collect();
        while !self.fit(&shown) {
            let Some(at) = self.least_wanted(&shown, names) else { break };
            shown.retain(|&kept| kept != at);
        }
        shown
    }

    fn fit(&self, shown: &[usize]) -> bool {
        let least = |&at: &usize| match self.columns[at] {
            width if self.of_words[at] => width.min(NARROWEST_TEXT),
            width => width,
        };
        let needed = shown.iter().map(|at| u32::from(least(at) + GAP)).sum::<u32>();
        needed <= u32::from(self.terminal + GAP)
    }

    fn least_wanted(&self, shown: &[usize], names: &[&str]) -> Option<usize> {
        let last = |is: &dyn Fn(usize) -> bool| shown.iter().rev().copied().find(|&at| is(at));
        let first_kept = shown.iter().copied().find(|&at| KEPT.contains(&names[at]));
        let is_uuid = |at: usize| names[at].ends_with("id") && self.columns[at] == UUID_WIDTH;
        last(&|at| names[at] == "created_at")
            .or_else(|| last(&is_uuid))
            .or_else(|| last(&|at| !KEPT.contains(&names[at]) && names[at] != "id"))
            .or_else(|| last(&|at| KEPT.contains(&names[at]) && Some(at) != first_kept))
    }
}

impl Shown {
    fn cell(&self) -> comfy_table::Cell {
        let cell = comfy_table::Cell::new(&self.text);
        match self.colour {
            Some(colour) => cell.fg(colour),
            None => cell,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "for people only; the database decides what has expired"
)]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Colours of the 256 with a contrast of about 4.5 to black and to white. Many terminals show their own green and yellow
/// too bright to be read on white.
fn colour_of(status: &str) -> Color {
    match status {
        "active" | "applied" | "live" | "ok" => Color::AnsiValue(28),
        "expired" | "unverified" | "pending" | "deleted" | "warning" => Color::AnsiValue(130),
        _ => Color::AnsiValue(160),
    }
}

/// Cuts a text behind so many characters.
fn cut(text: &mut String, most: usize) {
    if let Some((at, _)) = text.char_indices().nth(most) {
        text.truncate(at);
        text.push('…');
    }
}

/// A number of bytes, rounded down to one decimal of the largest unit that it fills.
fn size(bytes: i64) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} B"),
    }
}

impl Sink for Table {
    fn record(&mut self, cells: &[Cell], _id: &dyn Fn() -> Option<String>) -> io::Result<()> {
        let row = self.names.iter().zip(cells).map(|(name, cell)| self.shown(name, cell)).collect();
        self.rows.push(row);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let mut grid = if self.is_upright() { self.upright() } else { self.list() };
        if grid.row_count() > 0 || grid.header().is_some() {
            let last = grid.column_count().saturating_sub(1);
            for (at, column) in grid.column_iter_mut().enumerate() {
                column.set_padding((0, if at == last { 0 } else { GAP }));
            }
            for line in grid.lines() {
                writeln!(self.out, "{}", line.trim_end())?;
            }
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_the_unit_that_fits() {
        for (bytes, shown) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (90_112, "88.0 KiB"),
            (1_572_864, "1.5 MiB"),
            (3_221_225_472, "3.0 GiB"),
        ] {
            assert_eq!(size(bytes), shown);
        }
    }
}
