//! What every command gets: output, terminal, and the way to the database.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use clap::{ArgAction, Args, ValueEnum};

use crate::config::{self, DotEnv, Source};
use crate::db::actor::Actor;
use crate::db::audit::Audit;
use crate::db::{Access, Database, Timeouts};
use crate::domain::Span;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::local::{LocalServer, Started};
use crate::output::{Format, Output};
use crate::terminal::{ColourChoice, Screen, Terminal, Verbosity};

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
    database_url: Option<String>,
    /// Use the private PostgreSQL that iamctl itself runs
    #[arg(long, global = true)]
    local: bool,
    /// Wait so long for the database to accept connections
    #[arg(long, global = true, value_name = "DURATION")]
    wait: Option<Span>,
    /// Give up connecting to a host after this time
    #[arg(long, global = true, value_name = "DURATION", default_value = "10s", hide_short_help = true)]
    connect_timeout: Span,
    /// Give up waiting for a lock after this time; `0s` waits for ever
    #[arg(long, global = true, value_name = "DURATION", default_value = "5s", hide_short_help = true)]
    lock_timeout: Span,
    /// Give up a statement after this time; `0s` never does
    ///
    /// Bulk work (purges, whole lists) and migrations have no such limit.
    #[arg(long, global = true, value_name = "DURATION", default_value = "30s", hide_short_help = true)]
    statement_timeout: Span,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// How to print results [default: table] [env: IAMCTL_OUTPUT]
    #[arg(short, long, global = true, value_name = "FORMAT", value_enum)]
    output: Option<Format>,
    /// Which columns to print, in which order
    #[arg(long, global = true, value_name = "A,B,C", value_delimiter = ',')]
    columns: Vec<String>,
    /// Print no header line
    #[arg(long, global = true)]
    no_headers: bool,
    /// Colour in tables
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t, hide_short_help = true)]
    color: ColourChoice,
    /// Drop notices
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// More notices
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    verbose: bool,
}

/// The options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What every changing command takes (contract 2).
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Change")]
pub struct ChangeArgs {
    /// Do the work, show it, and roll it back
    #[arg(long)]
    pub dry_run: bool,
    /// Why, for the audit log [env: IAMCTL_REASON]
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Ask nothing
    #[arg(short, long)]
    pub yes: bool,
}

impl ChangeArgs {
    pub fn access(&self) -> Access {
        if self.dry_run { Access::DryRun } else { Access::Change }
    }
}

/// Everything a command may touch besides its own arguments.
pub struct Context {
    pub output: Output,
    pub terminal: Terminal,
    pub interrupt: Interrupt,
    database: DatabaseArgs,
    dot_env: DotEnv,
}

impl Context {
    pub fn new(args: &GlobalArgs, interrupt: Interrupt) -> Result<Self> {
        let dot_env = DotEnv::read(std::path::Path::new(".env"))?;
        let format = match args.output.output {
            Some(format) => format,
            None => match setting(&dot_env.values, "IAMCTL_OUTPUT") {
                Some(name) => Format::from_str(&name, true).map_err(|_| {
                    Error::usage("IAMCTL_OUTPUT is none of table, json, jsonl, csv, id")
                })?,
                None => Format::default(),
            },
        };
        let no_colour = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let verbosity = match (args.output.quiet, args.output.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        Ok(Self {
            output: Output {
                format,
                columns: args.output.columns.clone(),
                no_headers: args.output.no_headers,
                screen: Screen::detect(args.output.color, no_colour),
            },
            terminal: Terminal::detect(verbosity, format.is_json()),
            interrupt,
            database: args.database.clone(),
            dot_env,
        })
    }

    /// Connects to the database that the options and the environment name.
    pub fn connect(&mut self) -> Result<Database> {
        let timeouts = Timeouts {
            lock: self.database.lock_timeout.as_std(),
            statement: self.database.statement_timeout.as_std(),
            wait: self.database.wait.as_ref().map_or(Duration::ZERO, Span::as_std),
        };
        let mut conninfo = match self.source()? {
            Source::Local => {
                let server = LocalServer::locate()?;
                self.start(&server)?;
                config::Conninfo::parse(&server.url())?
            }
            Source::Conninfo { conninfo, origin } => {
                self.announce(&conninfo, origin);
                conninfo
            }
            Source::None => return Err(self.no_database()),
        };
        conninfo.set_defaults(self.database.connect_timeout.as_std())?;
        self.terminal.detail(&format!("connecting to {}", config::target_name(&conninfo)));
        Database::connect(conninfo, timeouts, self.interrupt.clone())
    }

    /// Starts the private PostgreSQL unless it runs, and says what that took.
    pub fn start(&mut self, server: &LocalServer) -> Result<Started> {
        let started = server.ensure_running()?;
        let directory = server.data_dir().display();
        match started {
            Started::AlreadyRunning => {}
            Started::Started => {
                self.terminal.notice(&format!("started the private PostgreSQL in {directory}"));
            }
            Started::Created => self.terminal.notice(&format!(
                "created a private PostgreSQL in {directory}; it keeps running: `iamctl local \
                 stop` stops it"
            )),
        }
        Ok(started)
    }

    /// What the audit row of a change is to say.
    pub fn audit(&self, action: &'static str, change: &ChangeArgs) -> Result<Audit> {
        let reason = change.reason.clone().or_else(|| self.setting("IAMCTL_REASON"));
        if let Some(reason) = &reason
            && reason.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(is_token)
        {
            return Err(Error::usage("the reason holds an API token; the audit log keeps no secret"));
        }
        Ok(Audit { actor: Actor::current(), action, reason })
    }

    /// A setting from the environment, else from `.env`.
    pub fn setting(&self, name: &str) -> Option<String> {
        setting(&self.dot_env.values, name)
    }

    fn source(&self) -> Result<Source> {
        if self.database.local {
            return Ok(Source::Local);
        }
        config::source(self.database.database_url.as_deref(), &self.dot_env)
    }

    fn announce(&mut self, conninfo: &config::Conninfo, origin: config::Origin) {
        for notice in &self.dot_env.notices {
            self.terminal.notice(notice);
        }
        match origin {
            config::Origin::Option if conninfo.password_given() => self.terminal.notice(
                "others can read the password in --database-url in the process list; \
                 DATABASE_URL or a password file keeps it to yourself",
            ),
            config::Origin::DotEnv => self.terminal.notice("using DATABASE_URL from .env"),
            _ => {}
        }
    }

    fn no_database(&self) -> Error {
        config::no_database()
    }
}

fn setting(dot_env: &BTreeMap<String, String>, name: &str) -> Option<String> {
    env::var(name)
        .ok()
        .filter(|value| !value.is_empty())
        .or_else(|| dot_env.get(name).cloned())
        .filter(|value| !value.is_empty())
}

fn is_token(word: &str) -> bool {
    word.parse::<crate::domain::Token>().is_ok()
}
