//! A choice from a list, narrowed down by typing.

use std::collections::HashSet;
use std::io::{self, ErrorKind};
use std::thread::sleep;
use std::time::Duration;

use dialoguer::FuzzySelect;
use dialoguer::console::{Alignment, Term, measure_text_width, pad_str};

use super::restored::Restored;
use super::{Terminal, is_dumb};
use crate::domain::printable;
use crate::error::{Error, Result};

/// How many entries are shown at once. Others are scrolled to, or found by typing.
const ROWS: usize = 12;

/// How many columns of the terminal a cell takes.
const WIDEST: usize = 40;

impl Terminal {
    /// Whether the terminal can draw over what it shows, which a choice needs.
    pub fn can_redraw() -> bool {
        !is_dumb()
    }

    /// Lets the operator choose one of the entries, and returns its place. An entry is a line of cells, which
    /// are aligned. Call it only if `is_interactive` and `can_redraw`. Escape is refused, exit code 5.
    pub fn choose(&self, prompt: &str, entries: &[Vec<String>]) -> Result<usize> {
        let term = Term::stderr();
        // Two columns are put before an entry, perhaps a number, and a line as wide as the terminal may wrap.
        let width = usize::from(term.size().1).saturating_sub(9).max(10);
        let lines = distinct(aligned(entries).iter().map(|line| cut(line, width)).collect());
        let restored = Restored::with_hidden_cursor(&self.interrupt)?;
        let chosen = FuzzySelect::new()
            .with_prompt(prompt)
            .items(lines)
            .default(0)
            .max_length(ROWS)
            .interact_on_opt(&term);
        drop(restored);
        match chosen {
            Ok(Some(place)) => Ok(place),
            Ok(None) => Err(Error::Refused("nothing was chosen; nothing was changed".to_owned())),
            Err(dialoguer::Error::IO(error)) => {
                self.wait_for_signal(&error)?;
                Err(Error::io("ask on the terminal", &error))
            }
        }
    }

    /// Fails as interrupted where `error` comes from a signal. Another thread takes notice of it, shortly after.
    fn wait_for_signal(&self, error: &io::Error) -> Result<()> {
        if error.kind() == ErrorKind::Interrupted {
            for _ in 0..100 {
                self.interrupt.check()?;
                sleep(Duration::from_millis(10));
            }
        }
        Ok(())
    }
}

/// The line, shorter than `width` in bytes, too: dialoguer takes a line with more bytes than the terminal has
/// columns for one that is wrapped.
fn cut(line: &str, width: usize) -> String {
    const END: &str = "...";
    if line.len() <= width {
        return line.to_owned();
    }
    let end = (0..=width.saturating_sub(END.len())).rev().find(|at| line.is_char_boundary(*at));
    format!("{}{END}", &line[..end.unwrap_or_default()])
}

/// The lines, with a number before each where two are the same: dialoguer takes the first of them.
fn distinct(lines: Vec<String>) -> Vec<String> {
    if lines.iter().collect::<HashSet<_>>().len() == lines.len() {
        return lines;
    }
    lines.iter().zip(1..).map(|(line, number)| format!("{number}. {line}")).collect()
}

/// The lines, in which all cells but the last are as wide as the widest of their column.
fn aligned(entries: &[Vec<String>]) -> Vec<String> {
    let mut widths = Vec::new();
    for cells in entries {
        widths.resize(cells.len().max(widths.len()), 0);
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = measure_text_width(&printable(cell)).min(WIDEST).max(*width);
        }
    }
    let line = |cells: &Vec<String>| {
        let cells = cells.iter().zip(&widths).map(|(cell, width)| {
            pad_str(&printable(cell), *width, Alignment::Left, Some("...")).into_owned()
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    entries.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{aligned, cut, distinct};

    #[test]
    fn cells_are_aligned_by_what_a_terminal_shows() {
        let entries = [["山田", "y@x.org", "active"], ["bob", "b\u{1b}@x.org", "blocked"]];
        let entries = entries.map(|cells| cells.map(str::to_owned).to_vec());
        assert_eq!(
            aligned(&entries),
            ["山田  y@x.org        active", r"bob   b\u{1b}@x.org  blocked"]
        );
        assert_eq!(cut("山田太郎", 12), "山田太郎");
        assert_eq!(cut("山田太郎", 10), "山田...");
        assert_eq!(distinct(vec!["a".to_owned(), "b".to_owned()]), ["a", "b"]);
        assert_eq!(distinct(vec!["a".to_owned(), "a".to_owned()]), ["1. a", "2. a"]);
        let long = [vec!["x".repeat(60), "y".to_owned()]];
        assert_eq!(aligned(&long), [format!("{}...  y", "x".repeat(37))]);
    }
}
