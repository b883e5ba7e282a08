//! The options that every command takes.

use std::env;

use clap::{ArgAction, Args, ValueEnum};

use crate::completion::Names;
use crate::domain::{CalendarDuration, Secret};
use crate::output::{Format, Times};
use crate::terminal::ColourChoice;
use crate::terminal::log::LogFormat;

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Database")]
pub struct DatabaseArgs {
    /// Database to administer: a URL, libpq keywords, or `local:`
    ///
    /// Others can read a password given here in the process list; `DATABASE_URL`,
    /// `DATABASE_URL_FILE` or a password file keep it to yourself. Without this option: the
    /// variables `DATABASE_URL`, `DATABASE_URL_FILE`, then libpq's `PGHOST`, `PGHOSTADDR`,
    /// `PGSERVICE`, `PGDATABASE`, then `.env`.
    #[arg(long, global = true, value_name = "URL", conflicts_with = "local")]
    pub database_url: Option<Secret>,
    /// Use the private PostgreSQL that iamctl itself runs
    #[arg(long, global = true)]
    pub local: bool,
    /// Refuse every change [env: IAMCTL_READ_ONLY]
    ///
    /// No other option undoes it. What the database is asked for is in transactions that are READ ONLY.
    #[arg(long, global = true)]
    pub read_only: bool,
    /// How long to wait for the database to accept connections
    #[arg(long, global = true, value_name = "DURATION", allow_hyphen_values = true)]
    pub wait: Option<CalendarDuration>,
    /// Give up connecting to a host after this time [default: 10s]
    #[arg(
        long,
        global = true,
        value_name = "DURATION",
        allow_hyphen_values = true,
        hide_short_help = true
    )]
    pub connect_timeout: Option<CalendarDuration>,
    /// Give up waiting for a lock after this time; `0s` waits for ever
    #[arg(
        long,
        global = true,
        value_name = "DURATION",
        allow_hyphen_values = true,
        default_value = "5s",
        hide_short_help = true
    )]
    pub lock_timeout: CalendarDuration,
    /// Give up a statement after this time; `0s` never does
    ///
    /// Bulk work has no such limit: purges, imports, whole lists, a thousand targets and more,
    /// migrations, adoption.
    #[arg(
        long,
        global = true,
        value_name = "DURATION",
        allow_hyphen_values = true,
        default_value = "30s",
        hide_short_help = true
    )]
    pub statement_timeout: CalendarDuration,
}

#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// How to print results [default: table] [env: IAMCTL_OUTPUT]
    #[arg(short, long, global = true, value_name = "FORMAT", value_enum)]
    pub output: Option<Format>,
    /// Which columns to print, in which order
    #[arg(long, global = true, value_name = "A,B,C", value_delimiter = ',', add = Names::Column, add = Names::Column)]
    pub columns: Vec<String>,
    /// Print no header line
    #[arg(long, global = true)]
    pub no_headers: bool,
    /// Write `'` before CSV cells that a spreadsheet would run: for reading, not for import
    ///
    /// Those that begin with `=`, `+`, `-`, `@`, a tab or a carriage return, as OWASP's page "CSV Injection"
    /// says. With -o csv only.
    #[arg(long, global = true, hide_short_help = true)]
    pub csv_safe: bool,
    /// How tables show times [default: relative on a terminal, else iso]
    #[arg(long, global = true, value_name = "FORM", value_enum, hide_short_help = true)]
    pub times: Option<Times>,
    /// Colour in tables
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_short_help = true
    )]
    pub color: ColourChoice,
    /// How to write notices and errors [default: text, or journal where systemd reads them]
    #[arg(long, global = true, value_name = "FORMAT", value_enum, hide_short_help = true)]
    pub log_format: Option<LogFormat>,
    /// Suppress notices
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show more notices
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    pub verbose: bool,
}

impl OutputArgs {
    /// The format as far as options and environment say; for errors before a `Context` is made.
    pub fn format(&self) -> Format {
        self.output.unwrap_or_else(Self::default_format)
    }

    pub fn chosen(&self) -> Option<Format> {
        self.output
    }

    /// What `IAMCTL_OUTPUT` says, as far as it can be understood.
    pub fn default_format() -> Format {
        let variable = env::var("IAMCTL_OUTPUT").ok();
        variable.and_then(|name| Format::from_str(&name, true).ok()).unwrap_or_default()
    }
}

/// The options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}
