//! Prompts, notices and progress on the operator's terminal. No other module prompts.

mod choice;
pub mod log;
mod pager;
mod progress;
mod restored;

use std::env;
use std::fmt::Display;
use std::io::{self, BufRead as _, ErrorKind, IsTerminal as _, Write as _, stderr, stdin, stdout};
use std::os::fd::AsFd as _;
use std::str::FromStr;

use clap::ValueEnum;
use dialoguer::console::Term;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::termios::{FlushArg, tcflush};
use zeroize::Zeroizing;

pub use pager::Pager;
pub use progress::Progress;
use restored::Restored;

use crate::domain::{Secret, printable, without_passwords};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use log::{Level, LogFormat};

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum ColourChoice {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`
    #[default]
    Auto,
    Always,
    Never,
}

/// What standard output is connected to.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    pub is_terminal: bool,
    pub colour: bool,
    /// In columns; `None` if standard output is not a terminal.
    pub width: Option<u16>,
}

impl Screen {
    pub fn detect(choice: ColourChoice, no_colour: bool) -> Self {
        let is_terminal = stdout().is_terminal();
        let colour = match choice {
            ColourChoice::Auto => is_terminal && !no_colour && !is_dumb(),
            ColourChoice::Always => true,
            ColourChoice::Never => false,
        };
        let width = is_terminal.then(|| Term::stdout().size_checked()).flatten();
        Self { is_terminal, colour, width: width.map(|(_, columns)| columns) }
    }
}

/// Whether the terminal knows no colours, and cannot draw over what it shows.
fn is_dumb() -> bool {
    env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// Shows notices to the operator and asks questions.
#[derive(Debug)]
pub struct Terminal {
    interactive: bool,
    interrupt: Interrupt,
    verbosity: Verbosity,
    /// With JSON output, notices are kept until the run has succeeded: an error must be the only
    /// output on standard error. In a log of JSON each is an object of its own.
    held: Option<Vec<(Level, String)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

impl Terminal {
    /// Whether more is to be shown than usual.
    pub fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    pub fn detect(verbosity: Verbosity, hold_notices: bool, interrupt: Interrupt) -> Self {
        Self {
            interactive: stdin().is_terminal() && stderr().is_terminal(),
            interrupt,
            verbosity,
            held: (hold_notices && log::format() != LogFormat::Json).then(Vec::new),
        }
    }

    pub fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Whether notices are suppressed.
    pub fn is_quiet(&self) -> bool {
        self.verbosity == Verbosity::Quiet
    }

    /// Shows a notice. `-q` suppresses it.
    pub fn notice(&mut self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.tell(Level::Notice, text);
        }
    }

    /// Shows a notice only with `-v`.
    pub fn detail(&mut self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            self.tell(Level::Info, text);
        }
    }

    fn tell(&mut self, level: Level, text: &str) {
        match &mut self.held {
            Some(held) => held.push((level, text.to_owned())),
            None => log::write(level, text),
        }
    }

    /// A progress bar for `total` bytes, `None` if unknown. Shown only on a terminal.
    pub fn progress_of_bytes(&self, total: Option<u64>) -> Progress {
        if self.shows_progress() { Progress::of_bytes(total) } else { Progress::hidden() }
    }

    /// A progress indicator for an unknown number of rows. Shown only on a terminal.
    pub fn progress_of_rows(&self) -> Progress {
        if self.shows_progress() { Progress::of_rows() } else { Progress::hidden() }
    }

    fn shows_progress(&self) -> bool {
        self.verbosity >= Verbosity::Normal
            && self.held.is_none()
            && log::format() != LogFormat::Json
            && stderr().is_terminal()
    }

    /// Whether notices are kept until the run has succeeded.
    pub fn keeps_notices(&self) -> bool {
        self.held.is_some()
    }

    /// Shows the notices that were kept. Called once the run has succeeded.
    pub fn release_notices(&mut self) {
        for (level, text) in self.held.take().unwrap_or_default() {
            log::write(level, &text);
        }
    }

    /// Fails if there is no terminal to ask on: a script must neither wait nor get an assumed
    /// answer.
    pub fn require_answers(&self, question: &str) -> Result<()> {
        if self.interactive {
            return Ok(());
        }
        Err(Error::usage(format!(
            "not confirmed: there is no terminal to ask \"{}?\" on. Pass --yes to go ahead (--yes=DATABASE where it is \
             protected), or --dry-run to see what would change",
            printable(question)
        )))
    }

    /// Succeeds only if the operator answers `y` or `yes`. Call `require_answers` first.
    pub fn confirm(&self, question: &str) -> Result<()> {
        match self.answer(question)?.as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(not_confirmed()),
        }
    }

    /// Whether the operator answers yes, where no has a meaning, too: asks again until the answer is yes, no, or empty,
    /// which is no. Call it only if `is_interactive`.
    pub fn is_yes(&self, question: &str) -> Result<bool> {
        loop {
            match self.answer(question)?.as_str() {
                "y" | "yes" => return Ok(true),
                "" | "n" | "no" => return Ok(false),
                _ => write_line("answer y or n"),
            }
        }
    }

    /// The answer in lower case. The end of input is an error.
    ///
    /// What was typed before the question is dropped: it is no answer to it.
    fn answer(&self, question: &str) -> Result<String> {
        // It cannot fail for a terminal.
        _ = tcflush(stdin(), FlushArg::TCIFLUSH);
        let line = self.read_line(&format!("{question} [y/N] "), false)?;
        Ok(line.ok_or_else(not_confirmed)?.trim().to_lowercase())
    }

    /// Succeeds only if the operator types `expected`. Call `require_answers` first.
    pub fn confirm_by_typing(&self, question: &str, expected: &str) -> Result<()> {
        _ = tcflush(stdin(), FlushArg::TCIFLUSH);
        let typed =
            self.read_line(&format!("{question}; type `{expected}` to go ahead: "), false)?;
        if typed.is_some_and(|typed| typed.trim() == expected) {
            Ok(())
        } else {
            Err(not_confirmed())
        }
    }

    /// Asks for a secret without echo. Call it only if `is_interactive`. The end of input counts as
    /// an empty answer.
    ///
    /// Not by dialoguer, which turns the echo off after the prompt is shown, and drops what was typed
    /// in between.
    pub fn ask_secret(&self, prompt: &str) -> Result<Secret> {
        let restored = Restored::with_hidden_input(&self.interrupt)?;
        let typed = self.read_line(&format!("{prompt}: "), true);
        drop(restored);
        // The line break that was typed did not show.
        if !matches!(typed, Ok(None)) {
            write_line("");
        }
        let typed = typed?.unwrap_or_default();
        Ok(Secret::new(typed.trim_end_matches(['\r', '\n'])))
    }

    /// Fails if a typed secret would be visible: standard input is a terminal, but no prompt can
    /// turn the echo off because standard error is not.
    pub fn refuse_typed_secrets(&self) -> Result<()> {
        if self.interactive || !stdin().is_terminal() {
            return Ok(());
        }
        Err(Error::usage(
            "a token typed here would be visible; pipe it in, or do not redirect standard error, so \
             that a prompt can hide it",
        ))
    }

    /// Asks for a missing value, and again until the answer is valid. Call it only if `is_interactive`. The end of
    /// input is a usage error that names `flag`.
    pub fn ask<T>(&self, prompt: &str, flag: &str) -> Result<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        let unanswered = || Error::usage(format!("{flag} is required"));
        loop {
            let line = self.read_line(&format!("{prompt}: "), false)?.ok_or_else(unanswered)?;
            match line.trim().parse() {
                Ok(value) => return Ok(value),
                Err(error) => write_line(&error.to_string()),
            }
        }
    }

    /// Shows `prompt` and reads the answer, which may be a secret; `None` at the end of input. Asks again after an
    /// answer that is not UTF-8, but for one that `is_hidden`, which is an error then. The settings of the terminal
    /// stay as they are.
    fn read_line(&self, prompt: &str, is_hidden: bool) -> Result<Option<Zeroizing<String>>> {
        let cannot = |error: io::Error| Error::io("ask on the terminal", &error);
        // A terminal hands out lines of at most 4096 bytes: growing would leave copies.
        let mut line = Zeroizing::new(String::with_capacity(4096));
        loop {
            show(prompt).map_err(cannot)?;
            self.wait_for_input()?;
            match stdin().lock().read_line(&mut line) {
                // As by Ctrl-D: what follows begins a line of its own.
                Ok(0) => {
                    write_line("");
                    return Ok(None);
                }
                Ok(_) => return Ok(Some(line)),
                Err(error) if error.kind() == ErrorKind::InvalidData && is_hidden => {
                    return Err(Error::usage("what was typed is not UTF-8"));
                }
                Err(error) if error.kind() == ErrorKind::InvalidData => {
                    write_line("what was typed is not UTF-8");
                }
                Err(error) => return Err(cannot(error)),
            }
        }
    }

    /// Waits until something was typed, or a signal interrupts the run.
    fn wait_for_input(&self) -> Result<()> {
        let input = stdin();
        loop {
            self.interrupt.check()?;
            let mut waiting = [PollFd::new(input.as_fd(), PollFlags::POLLIN)];
            match poll(&mut waiting, PollTimeout::from(100_u8)) {
                Ok(0) | Err(Errno::EINTR) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(Error::io("ask on the terminal", &error.into())),
            }
        }
    }
}

fn not_confirmed() -> Error {
    Error::Refused("not confirmed; nothing was changed".to_owned())
}

/// Shows a prompt. Nobody who waits for the answer holds the lock of standard error.
fn show(prompt: &str) -> io::Result<()> {
    let mut err = stderr().lock();
    err.write_all(printable(prompt).as_bytes())?;
    err.flush()
}

/// Writes one line of a conversation to standard error. A failed write is ignored.
pub fn write_line(text: &str) {
    log::write_line(printable(&without_passwords(text)));
}
