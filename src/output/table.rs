use std::io::{self, Write as _};

use comfy_table::{Attribute, Color, ColumnConstraint, ContentArrangement, presets};

use super::cell::Cell;
use super::sink::{Sink, Stdio};
use crate::domain::printable;
use crate::terminal::Screen;

/// Aligned columns that fit the terminal. A single record has one line per key.
pub struct Table {
    out: Stdio,
    names: Vec<&'static str>,
    single: bool,
    colour: bool,
    is_wide: bool,
    grid: comfy_table::Table,
}

impl Table {
    pub fn new(
        out: Stdio,
        names: Vec<&'static str>,
        single: bool,
        no_headers: bool,
        screen: Screen,
    ) -> Self {
        let mut grid = comfy_table::Table::new();
        grid.load_style(presets::NOTHING);
        match screen.width {
            Some(width) => {
                grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width)
            }
            None => grid.set_content_arrangement(ContentArrangement::Disabled),
        };
        if screen.colour {
            grid.enforce_styling();
        } else {
            grid.force_no_tty();
        }
        if !single && !no_headers {
            grid.set_header(names.iter().map(|name| {
                let header = comfy_table::Cell::new(name.to_uppercase());
                if screen.colour { header.add_attribute(Attribute::Bold) } else { header }
            }));
        }
        let is_wide = screen.width.is_some_and(|width| width >= 72);
        Self { out, names, single, colour: screen.colour, is_wide, grid }
    }

    fn cell(&self, name: &str, cell: &Cell) -> comfy_table::Cell {
        let text = shortened(cell.friendly());
        let shown = comfy_table::Cell::new(printable(&text));
        match (self.colour && name == "status").then_some(text.as_str()) {
            Some("active" | "applied" | "live" | "ok") => shown.fg(Color::Green),
            Some("expired" | "unverified" | "pending" | "deleted" | "warning") => {
                shown.fg(Color::Yellow)
            }
            Some(_) => shown.fg(Color::Red),
            None => shown,
        }
    }
}

/// The most characters of a cell. The machine formats are complete.
const MOST_CHARACTERS: usize = 500;

/// The text, cut where it is too long to be read in a table.
fn shortened(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(MOST_CHARACTERS) {
        text.truncate(at);
        text.push('…');
    }
    text
}

impl Sink for Table {
    fn record(&mut self, cells: &[Cell], _id: &dyn Fn() -> Option<String>) -> io::Result<()> {
        let row: Vec<_> =
            self.names.iter().zip(cells).map(|(name, cell)| self.cell(name, cell)).collect();
        if self.single {
            for (name, cell) in self.names.iter().zip(row) {
                self.grid.add_row([comfy_table::Cell::new(name), cell]);
            }
        } else {
            self.grid.add_row(row);
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.grid.row_count() > 0 || self.grid.header().is_some() {
            for (column, name) in self.grid.column_iter_mut().zip(&self.names) {
                column.set_padding((0, 2));
                // Ids are not wrapped, so that they can be copied, unless the terminal is narrow.
                if !self.single && (*name == "id" || name.ends_with("_id")) && self.is_wide {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
            for line in self.grid.lines() {
                writeln!(self.out, "{}", line.trim_end())?;
            }
        }
        self.out.flush()
    }
}
