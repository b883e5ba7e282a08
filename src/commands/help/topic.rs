//! Pages that are not about a command.

use clap::{Args as _, Command};
use textwrap::{Options, WordSplitter, fill};

use crate::global_args::GlobalArgs;

/// What a topic is about. Each but the options is a text beside this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Options,
    ExitCodes,
    Environment,
    Output,
    Selectors,
    Times,
}

/// A part of a topic's text.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'a> {
    Paragraph(&'a str),
    /// A term, and what it means.
    Item {
        term: &'a str,
        text: &'a str,
    },
    /// What is typed.
    Typed(&'a str),
}

/// The width of a page where standard output is not a terminal, in columns.
pub const USUAL_WIDTH: u16 = 80;

/// A longer term has a line of its own.
const LONGEST_TERM: usize = 22;

impl Topic {
    pub const ALL: [Self; 6] = [
        Self::Options,
        Self::ExitCodes,
        Self::Environment,
        Self::Output,
        Self::Selectors,
        Self::Times,
    ];

    /// Those with a manual page of their own. The options are on that of iamctl.
    pub const IN_MANUAL: [Self; 5] =
        [Self::ExitCodes, Self::Environment, Self::Output, Self::Selectors, Self::Times];

    /// As they are typed.
    pub const NAMES: [&'static str; 6] = names(Self::ALL);
    pub const NAMES_IN_MANUAL: [&'static str; 5] = names(Self::IN_MANUAL);

    /// As it is typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Options => "options",
            Self::ExitCodes => "exit-codes",
            Self::Environment => "environment",
            Self::Output => "output",
            Self::Selectors => "selectors",
            Self::Times => "times",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Options => "Options of every command",
            Self::ExitCodes => "Exit codes",
            Self::Environment => "Environment variables",
            Self::Output => "Formats of results",
            Self::Selectors => "How to name users, tokens, sessions and codes",
            Self::Times => "Times and durations",
        }
    }

    /// Its parts; none of the options, which clap shows.
    pub fn parts(self) -> Vec<Part<'static>> {
        parts(match self {
            Self::Options => "",
            Self::ExitCodes => include_str!("exit_codes.txt"),
            Self::Environment => include_str!("environment.txt"),
            Self::Output => include_str!("output.txt"),
            Self::Selectors => include_str!("selectors.txt"),
            Self::Times => include_str!("times.txt"),
        })
    }

    /// The page, in so many columns; `None` if there is no terminal.
    pub fn page(self, columns: Option<u16>) -> String {
        let columns = columns.unwrap_or(USUAL_WIDTH).min(100);
        let body = match self {
            Self::Options => {
                let mut command = options().term_width(columns.into());
                command.render_long_help().to_string()
            }
            _ => wrapped(&self.parts(), columns.into()),
        };
        format!("{}\n\n{}\n", self.title(), body.trim_end())
    }
}

const fn names<const COUNT: usize>(topics: [Topic; COUNT]) -> [&'static str; COUNT] {
    let mut names = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        names[at] = topics[at].name();
        at += 1;
    }
    names
}

/// A command with no other options than those of every command.
pub fn options() -> Command {
    GlobalArgs::augment_args(Command::new("iamctl"))
        .disable_help_flag(true)
        .help_template("{options}")
}

/// A line of a text is a paragraph. One that begins with two spaces is an item, with two spaces or a line
/// break and more spaces between term and text; or, without a text, it is what is typed.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut lines = text.lines().filter(|line| !line.is_empty()).peekable();
    let mut parts = Vec::new();
    while let Some(line) = lines.next() {
        let Some(item) = line.strip_prefix("  ") else {
            parts.push(Part::Paragraph(line));
            continue;
        };
        parts.push(
            if let Some((term, text)) = item.split_once("  ").filter(|it| !it.0.is_empty()) {
                Part::Item { term, text: text.trim_start() }
            } else if let Some(text) = lines.next_if(|next| next.starts_with("      ")) {
                Part::Item { term: item, text: text.trim_start() }
            } else {
                Part::Typed(item)
            },
        );
    }
    parts
}

fn wrapped(parts: &[Part<'_>], columns: usize) -> String {
    let terms = parts.iter().filter_map(|part| match part {
        Part::Item { term, .. } if term.len() <= LONGEST_TERM => Some(term.len()),
        _ => None,
    });
    let indent = " ".repeat(terms.max().unwrap_or_default() + 4);
    let options = Options::new(columns).word_splitter(WordSplitter::NoHyphenation);
    let mut page = String::new();
    let mut in_list = true;
    for part in parts {
        let is_paragraph = matches!(part, Part::Paragraph(_));
        if is_paragraph || !in_list {
            page.push('\n');
        }
        in_list = !is_paragraph;
        match part {
            Part::Paragraph(text) => page += &fill(text, &options),
            Part::Typed(line) => page.extend(["  ", line]),
            Part::Item { term, text } => {
                let mut first = format!("  {term:width$}", width = indent.len() - 2);
                if first.len() > indent.len() {
                    page.extend(["  ", term, "\n"]);
                    first.clone_from(&indent);
                }
                let options =
                    Options::new(columns).initial_indent(&first).subsequent_indent(&indent);
                page += &fill(text, options);
            }
        }
        page.push('\n');
    }
    page.trim_start_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_paragraphs_items_and_what_is_typed() {
        let text = "One two.\n\n  7d, 2w   weeks\n  PGHOST, PGSERVICE\n           libpq's\n\n  iamctl purge\n";
        let expected = [
            Part::Paragraph("One two."),
            Part::Item { term: "7d, 2w", text: "weeks" },
            Part::Item { term: "PGHOST, PGSERVICE", text: "libpq's" },
            Part::Typed("iamctl purge"),
        ];
        assert_eq!(parts(text), expected);
    }

    #[test]
    fn pages_fit_narrow_terminals() {
        for topic in Topic::IN_MANUAL {
            let page = topic.page(Some(60));
            for line in page.lines().filter(|line| !line.starts_with("  iamctl")) {
                assert!(line.chars().count() <= 60, "{line}");
            }
        }
    }
}
