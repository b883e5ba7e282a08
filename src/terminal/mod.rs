//! The only place that prompts, and the only one that writes to standard error.

mod progress;

use std::fmt::Display;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _, stderr, stdin, stdout};
use std::os::fd::AsFd as _;
use std::str::FromStr;

use clap::ValueEnum;
use dialoguer::Password;
use dialoguer::console::Term;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

pub use progress::Progress;

use crate::domain::{Secret, printable};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum ColourChoice {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    Always,
    Never,
}

/// What standard output is shown on.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    pub is_terminal: bool,
    pub colour: bool,
    /// Columns of text; `None` off a terminal.
    pub width: Option<u16>,
}

impl Screen {
    pub fn detect(choice: ColourChoice, no_colour: bool) -> Self {
        let is_terminal = stdout().is_terminal();
        let colour = match choice {
            ColourChoice::Auto => is_terminal && !no_colour,
            ColourChoice::Always => true,
            ColourChoice::Never => false,
        };
        let width = is_terminal.then(|| Term::stdout().size_checked()).flatten();
        Self { is_terminal, colour, width: width.map(|(_, columns)| columns) }
    }
}

/// The operator, if there is one: notices for them, and questions to them.
#[derive(Debug)]
pub struct Terminal {
    interactive: bool,
    interrupt: Interrupt,
    verbosity: Verbosity,
    /// Notices of a run with JSON output, kept until it is known to succeed: an error is alone
    /// on standard error (contract 3).
    held: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

impl Terminal {
    pub fn detect(verbosity: Verbosity, hold_notices: bool, interrupt: Interrupt) -> Self {
        Self {
            interactive: stdin().is_terminal() && stderr().is_terminal(),
            interrupt,
            verbosity,
            held: hold_notices.then(Vec::new),
        }
    }

    pub fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Tells the operator something; `-q` drops it.
    pub fn notice(&mut self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.tell(text);
        }
    }

    /// Tells the operator something that only `-v` asks for.
    pub fn detail(&mut self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            self.tell(text);
        }
    }

    fn tell(&mut self, text: &str) {
        match &mut self.held {
            Some(held) => held.push(text.to_owned()),
            None => write_line(text),
        }
    }

    /// A bar for work through so many bytes, which may not be known; shown on a terminal only.
    pub fn progress_of_bytes(&self, total: Option<u64>) -> Progress {
        if self.shows_progress() { Progress::of_bytes(total) } else { Progress::hidden() }
    }

    /// For work through rows, nobody knows how many; shown on a terminal only.
    pub fn progress_of_rows(&self) -> Progress {
        if self.shows_progress() { Progress::of_rows() } else { Progress::hidden() }
    }

    fn shows_progress(&self) -> bool {
        self.verbosity >= Verbosity::Normal && self.held.is_none() && stderr().is_terminal()
    }

    /// Whether notices are held back until the run is known to succeed.
    pub fn keeps_notices(&self) -> bool {
        self.held.is_some()
    }

    /// Shows the notices that were held back, once the run has succeeded.
    pub fn release_notices(&mut self) {
        for text in self.held.take().unwrap_or_default() {
            write_line(&text);
        }
    }

    /// Fails where nobody is there to answer a question (contract 2): never waits, never assumes.
    pub fn require_answers(&self, question: &str) -> Result<()> {
        if self.interactive {
            return Ok(());
        }
        Err(Error::usage(format!(
            "{}? Nobody is there to answer; pass --yes to go ahead, or --dry-run to look first",
            printable(question)
        )))
    }

    /// Succeeds only if the operator agrees, by the whole word. Call `require_answers` first.
    pub fn confirm(&self, question: &str) -> Result<()> {
        let answer = self.read_line(&format!("{question} [y/N] "))?.unwrap_or_default();
        if ["y", "yes"].contains(&answer.trim().to_lowercase().as_str()) {
            Ok(())
        } else {
            Err(not_confirmed())
        }
    }

    /// Succeeds only if the operator types `expected`. Call `require_answers` first.
    pub fn confirm_by_typing(&self, question: &str, expected: &str) -> Result<()> {
        let typed = self.read_line(&format!("{question}; type `{expected}` to go ahead: "))?;
        if typed.is_some_and(|typed| typed.trim() == expected) {
            Ok(())
        } else {
            Err(not_confirmed())
        }
    }

    /// Asks for a secret, which is not shown. Only where `is_interactive`. The end of input is an
    /// empty answer.
    pub fn ask_secret(prompt: &str) -> Result<Secret> {
        Password::new()
            .with_prompt(prompt)
            .allow_empty_password(true)
            .interact_on(&Term::stderr())
            .map(Secret::new)
            .map_err(|dialoguer::Error::IO(error)| Error::io("ask on the terminal", &error))
    }

    /// Fails where what is typed would be seen: standard input is a terminal, and nobody is asked.
    pub fn refuse_typed_secrets(&self) -> Result<()> {
        if self.interactive || !stdin().is_terminal() {
            return Ok(());
        }
        Err(Error::usage(
            "a token that is typed here would be seen; pipe it in, or let standard error be the \
             terminal, which then asks for it",
        ))
    }

    /// Asks for a value that was not given, until it is usable. Without a terminal, or at the end
    /// of input: a usage error that says how to give it.
    pub fn ask<T>(&self, prompt: &str, flag: &str) -> Result<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        let unanswered = || Error::usage(format!("{flag} is required where nobody answers"));
        if !self.interactive {
            return Err(unanswered());
        }
        loop {
            let line = self.read_line(&format!("{prompt}: "))?.ok_or_else(unanswered)?;
            match line.trim().parse() {
                Ok(value) => return Ok(value),
                Err(error) => write_line(&error.to_string()),
            }
        }
    }

    /// The line that the operator types behind `prompt`; `None` at the end of input.
    ///
    /// The terminal stays as it is, so that whatever ends the program leaves it usable.
    fn read_line(&self, prompt: &str) -> Result<Option<String>> {
        let cannot = |error: io::Error| Error::io("ask on the terminal", &error);
        let mut err = stderr().lock();
        err.write_all(printable(prompt).as_bytes()).and_then(|()| err.flush()).map_err(cannot)?;
        let input = stdin();
        loop {
            self.interrupt.check()?;
            let mut waiting = [PollFd::new(input.as_fd(), PollFlags::POLLIN)];
            match poll(&mut waiting, PollTimeout::from(100_u8)) {
                Ok(0) | Err(Errno::EINTR) => {}
                Ok(_) => break,
                Err(error) => return Err(cannot(error.into())),
            }
        }
        let mut line = String::new();
        let read = input.lock().read_line(&mut line).map_err(cannot)?;
        Ok((read > 0).then_some(line))
    }
}

fn not_confirmed() -> Error {
    Error::Refused("not confirmed; nothing was changed".to_owned())
}

/// One line on standard error. That it cannot be written is no reason to fail.
pub fn write_line(text: &str) {
    let mut err = stderr().lock();
    _ = writeln!(err, "{}", printable(text));
}
