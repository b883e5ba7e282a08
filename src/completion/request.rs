use std::env;
use std::ffi::OsString;
use std::fmt::Write as _;

use clap_complete::CompletionCandidate;

use super::bash::{self, BashLine};
use super::candidates::names_files;
use super::line::Line;
use crate::domain::is_unsafe;

/// The variable by which the script of a shell asks. Its value is the shell. Not `COMPLETE`, which other
/// programs of that name read, too: a cron job may inherit it.
const VARIABLE: &str = "IAMCTL_COMPLETE";

/// The kinds of answer, on its first line: the candidates follow, or the shell is to offer files.
const VALUES: &str = "values\n";
pub const FILES: &str = "files\n";

/// What the script of a shell asks.
#[derive(Debug)]
pub struct Request {
    line: Line,
    shell: Shell,
}

/// How the answer is written.
#[derive(Debug)]
pub enum Shell {
    Bash(BashLine),
    Zsh,
    Fish,
}

impl Request {
    /// `None` unless the script of a shell asks, by the variable and by the form of the arguments, which no
    /// command has: a command that inherits the variable does its work.
    pub fn of_process() -> Option<Self> {
        let shell = env::var_os(VARIABLE)?;
        let args: Vec<_> = env::args_os().skip(1).collect();
        let (separator, args) = args.split_first()?;
        if separator != "--" {
            return None;
        }
        Self::of(shell.to_str()?, args)
    }

    fn of(shell: &str, args: &[OsString]) -> Option<Self> {
        let mut args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
        match shell {
            "bash" => {
                let [text, replaced, kind, width] = args.try_into().ok()?;
                let (line, of_bash) = BashLine::parse(&text, &replaced, &kind, &width);
                Some(Self { line, shell: Shell::Bash(of_bash) })
            }
            "zsh" => Some(Self { line: Line::of(args)?, shell: Shell::Zsh }),
            "fish" => {
                // fish hands out the word at the cursor with its quotes, which are close to those of bash.
                let current = args.last_mut()?;
                *current = bash::without_quotes(current);
                Some(Self { line: Line::of(args)?, shell: Shell::Fish })
            }
            _ => None,
        }
    }

    pub fn into_parts(self) -> (Line, Shell) {
        (self.line, self.shell)
    }
}

impl Line {
    /// The last of the words is at the cursor.
    fn of(mut words: Vec<String>) -> Option<Self> {
        let current = words.pop()?;
        Some(Self { words, current, is_redirection: false })
    }
}

/// A candidate as a shell gets it.
pub struct Offer {
    pub value: String,
    /// One line; empty where there is none.
    pub help: String,
    /// Whether the value says little without its help.
    pub needs_help: bool,
}

impl Shell {
    pub fn answer(&self, candidates: &[CompletionCandidate]) -> String {
        if candidates.iter().any(names_files) {
            return FILES.to_owned();
        }
        let offers: Vec<_> = candidates.iter().filter_map(offer).collect();
        if offers.is_empty() {
            return String::new();
        }
        let mut answer = VALUES.to_owned();
        match self {
            Self::Bash(line) => line.write(&offers, &mut answer),
            Self::Zsh => offers.iter().for_each(|offer| write_for_zsh(offer, &mut answer)),
            Self::Fish => offers.iter().for_each(|offer| write_for_fish(offer, &mut answer)),
        }
        answer
    }
}

/// `None` where the value has a character that a line of an answer cannot hold.
fn offer(candidate: &CompletionCandidate) -> Option<Offer> {
    let value = candidate.get_value().to_str()?.to_owned();
    if value.contains(is_unsafe) {
        return None;
    }
    let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
    let help = help.lines().next().unwrap_or_default().replace(char::is_control, " ");
    let needs_help = super::candidates::is_of_row(candidate);
    Some(Offer { value, help, needs_help })
}

/// `VALUE:HELP`, as zsh's `_describe` takes it.
fn write_for_zsh(Offer { value, help, .. }: &Offer, answer: &mut String) {
    let escaped = |text: &str| text.replace('\\', r"\\").replace(':', r"\:");
    // Writing to a String cannot fail.
    _ = match help.as_str() {
        "" => writeln!(answer, "{}", escaped(value)),
        help => writeln!(answer, "{}:{}", escaped(value), help.replace('\\', r"\\")),
    };
}

fn write_for_fish(Offer { value, help, .. }: &Offer, answer: &mut String) {
    // Writing to a String cannot fail.
    _ = match help.as_str() {
        "" => writeln!(answer, "{value}"),
        help => writeln!(answer, "{value}\t{help}"),
    };
}
