//! What every command gets: output, terminal, and the way to the database.

mod change_args;
mod questions;
mod times;

use std::env;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use uuid::Uuid;

pub use self::change_args::{ChangeArgs, MaxChanges, Yes};
use crate::asked::Asked;
use crate::change::Change;
use crate::config::{self, Conninfo, DotEnv, Origin, Source};
use crate::db::audit_log::Audit;
use crate::db::connection::encoding;
use crate::db::connection::near_users::Suggestions;
use crate::db::{Consent, Database, SuperuserWarning, Timeouts};
use crate::domain::{CalendarDuration, Secret, holds_secret};
use crate::error::{Error, Result};
use crate::global_args::{DatabaseArgs, GlobalArgs};
use crate::interrupt::Interrupt;
use crate::local::{LocalServer, Startup, State};
use crate::operator::Operator;
use crate::output::{Format, Output};
use crate::terminal::{Screen, Terminal, Verbosity};

/// The limit on a reason, in characters: enough for two sentences and a link to a ticket.
const LONGEST_REASON: usize = 1000;

/// Everything a command may touch besides its own arguments.
pub struct Context {
    pub output: Output,
    pub terminal: Terminal,
    pub interrupt: Interrupt,
    database: DatabaseArgs,
    dot_env: DotEnv,
    /// By `--read-only`, the environment or `.env`.
    read_only: bool,
    superuser_warning: SuperuserWarning,
    /// What this run changes.
    change: Change,
    /// What `--yes` says.
    consent: Option<Consent>,
    /// How many rows may be changed.
    max_changes: Option<u64>,
    /// The answers to questions about missing arguments.
    pub asked: Asked,
    /// The connection that the candidates of a question came from.
    kept: Option<Database>,
}

impl Context {
    pub fn new(args: &GlobalArgs, interrupt: Interrupt) -> Result<Self> {
        config::require_utf8(|name| name.starts_with("IAMCTL_"))?;
        let dot_env = DotEnv::read(Path::new(".env"));
        let (default, announced) = match args.output.output {
            Some(_) => (None, None),
            None => default_format(&dot_env)?,
        };
        let format = args.output.output.or(default).unwrap_or_default();
        let no_colour = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let verbosity = match (args.output.quiet, args.output.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        let (read_only, because) = config::read_only(&dot_env)?;
        let change = Change::new();
        let mut terminal = Terminal::detect(verbosity, format.is_json(), interrupt.clone());
        for notice in announced.into_iter().chain(because) {
            terminal.notice(notice);
        }
        Ok(Self {
            output: Output {
                format,
                is_default: args.output.output.is_none(),
                columns: args.output.columns.clone(),
                no_headers: args.output.no_headers,
                csv_safe: args.output.csv_safe,
                times: args.output.times,
                screen: Screen::detect(args.output.color, no_colour),
                change: change.clone(),
            },
            terminal,
            interrupt,
            database: args.database.clone(),
            dot_env,
            read_only: args.database.read_only || read_only,
            superuser_warning: SuperuserWarning::default(),
            change,
            consent: None,
            max_changes: None,
            asked: Asked::default(),
            kept: None,
        })
    }

    /// Connects to the database that the options and the environment name.
    pub fn connect(&mut self) -> Result<Database> {
        let mut database = match self.kept.take() {
            Some(kept) => kept,
            None => self.connect_anew()?,
        };
        database.set_consent(self.consent.clone());
        database.set_max_changes(self.max_changes);
        Ok(database)
    }

    fn connect_anew(&mut self) -> Result<Database> {
        let timeouts = Timeouts {
            lock: timeout("--lock-timeout", &self.database.lock_timeout)?,
            statement: timeout("--statement-timeout", &self.database.statement_timeout)?,
            wait: self.database.wait.as_ref().map_or(Duration::ZERO, CalendarDuration::as_std),
        };
        let mut conninfo = match self.source()? {
            Source::Server { mut conninfo, origin } => {
                conninfo.refuse_misplaced()?;
                self.announce(&conninfo, origin);
                if let Some(reason) = &self.dot_env.ignored {
                    self.terminal.notice(reason);
                }
                if let Some(reason) = conninfo.leave_out_unusable_password_file() {
                    self.terminal.notice(&reason);
                }
                conninfo
            }
            Source::Local => self.local()?,
            Source::Unset => self.offer_local()?,
        };
        conninfo.set_defaults(self.database.connect_timeout.as_ref().map(CalendarDuration::as_std));
        self.terminal.detail(&format!("connecting to {conninfo}"));
        let warning = Arc::clone(&self.superuser_warning);
        let (interrupt, change) = (self.interrupt.clone(), self.change.clone());
        let mut database = Database::connect(&conninfo, timeouts, interrupt, warning, change)?;
        if self.read_only {
            database.set_read_only();
        }
        // Programs read the other formats.
        if self.output.format == Format::Table {
            database.suggest(Suggestions::NotDeleted);
        }
        Ok(database)
    }

    /// The same for a command that takes deleted users, too.
    pub fn connect_for_deleted(&mut self) -> Result<Database> {
        let mut database = self.connect()?;
        if self.output.format == Format::Table {
            database.suggest(Suggestions::All);
        }
        Ok(database)
    }

    /// Tells a superuser, after the work, where every role may create in the schema of the tables.
    pub fn warn_superuser(&mut self) {
        if let Some(Some(warning)) = self.superuser_warning.get() {
            self.terminal.notice(warning);
        }
    }

    /// Tells the id of the change, and that the audit log shows it where the answer to COMMIT was lost.
    pub fn tell_change(&mut self) {
        let command = self.change.command();
        if self.change.was_found() {
            self.terminal.notice(&format!(
                "the connection was lost during COMMIT; the audit log shows that the change was made: `{command}`"
            ));
        } else if self.interrupt.has_committed() && self.change.audited_id().is_some() {
            self.terminal
                .detail(&format!("the change has the id {}: `{command}`", self.change.id()));
        }
    }

    /// Whether `--local` was given.
    pub fn is_local(&self) -> bool {
        self.database.local
    }

    /// What `--database-url` was given.
    pub fn database_url(&self) -> Option<&str> {
        self.database.database_url.as_ref().map(Secret::expose)
    }

    /// Starts the private PostgreSQL unless it runs, and says what that took.
    pub fn start(&mut self, server: &LocalServer) -> Result<Startup> {
        if self.read_only && !matches!(server.state()?, State::Running { .. }) {
            self.refuse_if_read_only("local.start")?;
        }
        self.interrupt.set_committed(
            "the private PostgreSQL may be half started; see `iamctl local status`".to_owned(),
        );
        let startup = server.ensure_running()?;
        self.interrupt.set_committed(String::new());
        let directory = server.data_dir().display();
        match startup {
            Startup::AlreadyRunning => {}
            Startup::Started => {
                self.terminal.notice(&format!("started the private PostgreSQL in {directory}"));
            }
            Startup::Created => self.terminal.notice(&format!(
                "created a private PostgreSQL in {directory}; it keeps running until `iamctl \
                 local stop`"
            )),
        }
        Ok(startup)
    }

    /// Fails where changes are refused. `what` is the change, such as `user.block`.
    pub fn refuse_if_read_only(&self, what: &str) -> Result<()> {
        if self.read_only {
            return Err(Error::Refused(format!(
                "`{what}` is a change, and --read-only or IAMCTL_READ_ONLY refuses changes; nothing was done"
            )));
        }
        Ok(())
    }

    /// What the audit row of a change is to say. Fails where changes are refused; of dry runs, those that only read
    /// pass, and `Database` refuses the others.
    pub fn audit(&mut self, action: &'static str, change: &ChangeArgs) -> Result<Audit> {
        if !change.dry_run {
            self.refuse_if_read_only(action)?;
        }
        // A dry run needs no name, but a wrong one is wrong there, too.
        let consent = change.yes.consent();
        if !change.dry_run || consent != Some(Consent::Yes) {
            self.consent = consent;
        }
        let reason = match &change.reason {
            Some(reason) => Some(reason.clone()),
            None => self.setting("IAMCTL_REASON")?,
        };
        if let Some(reason) = &reason {
            if holds_secret(reason) {
                return Err(Error::usage("the reason holds a secret; the audit log keeps none"));
            }
            if reason.contains(char::is_control) || reason.chars().count() > LONGEST_REASON {
                return Err(Error::usage(format!(
                    "a reason is one line of at most {LONGEST_REASON} characters"
                )));
            }
        }
        let recorded = (!change.dry_run).then(|| self.change.clone());
        Ok(Audit { operator: Operator::current(), action, reason, change: recorded })
    }

    /// Limits what may be changed, by the option or the environment. Call it before `connect`.
    pub fn limit_changes(&mut self, limit: MaxChanges) -> Result<()> {
        const NAME: &str = "IAMCTL_MAX_CHANGES";
        self.max_changes = limit.max_changes;
        if limit.max_changes.is_none()
            && let Some(text) = self.setting(NAME)?
        {
            let most = text.parse();
            let most = most.map_err(|_| Error::usage(format!("{NAME} is not a number of rows")))?;
            self.max_changes = Some(most);
        }
        Ok(())
    }

    /// The id of what this run of the command changes.
    pub fn change_id(&self) -> Uuid {
        self.change.id()
    }

    /// How many rows may be changed; `None` has no limit.
    pub fn max_changes(&self) -> Option<u64> {
        self.max_changes
    }

    /// What a search found: nothing where the encoding of the database lacks one of its characters, as no
    /// row can have it then. A notice says so. `searched` is what was looked for.
    pub fn found<T: Default>(&mut self, outcome: Result<T>, searched: &[&str]) -> Result<T> {
        match outcome {
            Err(Error::Unencodable { character, .. })
                if searched.iter().any(|text| encoding::sends(text, character)) =>
            {
                self.terminal.notice(&format!(
                    "the encoding of the database has no `{character}`: no row can match"
                ));
                Ok(T::default())
            }
            other => other,
        }
    }

    /// Reminds the operator that a dry run changed nothing.
    pub fn notice_dry_run(&mut self, change: &ChangeArgs) {
        if change.dry_run {
            self.terminal.notice("dry run: rolled back, nothing was changed");
        }
    }

    /// A setting from the environment, else from `.env`, whose use is announced.
    fn setting(&mut self, name: &str) -> Result<Option<String>> {
        if let Some(value) = env::var(name).ok().filter(|value| !value.is_empty()) {
            return Ok(Some(value));
        }
        let value = self.dot_env.get(name)?.map(str::to_owned);
        if value.is_some() {
            self.terminal.notice(&format!("using {name} from .env"));
        }
        Ok(value)
    }

    /// A setting that must be one of the values of `T`; `None` where it is not set.
    pub fn choice<T: ValueEnum>(&mut self, name: &str) -> Result<Option<T>> {
        let Some(value) = self.setting(name)? else { return Ok(None) };
        T::from_str(&value, true).map(Some).map_err(|_| {
            let possible = T::value_variants().iter().filter_map(T::to_possible_value);
            let names: Vec<_> = possible.map(|value| value.get_name().to_owned()).collect();
            Error::usage(format!("{name} is none of {}", names.join(", ")))
        })
    }

    fn source(&self) -> Result<Source> {
        if self.database.local {
            return Ok(Source::Local);
        }
        config::source(self.database_url(), &self.dot_env)
    }

    fn local(&mut self) -> Result<Conninfo> {
        let server = LocalServer::locate()?;
        self.start(&server)?;
        Conninfo::local(&server.url(), server.account().as_deref())
    }

    /// Asks a person whether to use the private PostgreSQL. Without a terminal it is an error: a
    /// cron job must not work on an empty database by accident.
    fn offer_local(&mut self) -> Result<Conninfo> {
        let error = config::no_database(&self.dot_env);
        if !self.terminal.is_interactive() {
            return Err(error);
        }
        let question = "No database is configured. Use the private PostgreSQL that iamctl runs \
                        itself (--local)?";
        match self.terminal.confirm(question) {
            Ok(()) => {
                self.database.local = true;
                self.asked.local();
                self.local()
            }
            Err(Error::Refused(_)) => Err(error),
            Err(other) => Err(other),
        }
    }

    fn announce(&mut self, conninfo: &Conninfo, origin: Origin) {
        match origin {
            Origin::Option if conninfo.password_given() => self.terminal.notice(
                "others can read the password in --database-url in the process list; \
                 DATABASE_URL or a password file keeps it to yourself",
            ),
            Origin::DotEnv => self.terminal.notice("using DATABASE_URL from .env"),
            _ => {}
        }
    }
}

/// The format that `IAMCTL_OUTPUT` names, and a notice where `.env` set it.
fn default_format(dot_env: &DotEnv) -> Result<(Option<Format>, Option<&'static str>)> {
    let variable = env::var("IAMCTL_OUTPUT").ok().filter(|value| !value.is_empty());
    let (name, notice) = match variable {
        Some(name) => (name, None),
        None => match dot_env.get("IAMCTL_OUTPUT")? {
            Some(name) => (name.to_owned(), Some("using IAMCTL_OUTPUT from .env")),
            None => return Ok((None, None)),
        },
    };
    let format = Format::from_str(&name, true).map_err(|_| {
        let place = if notice.is_some() { " of `.env`" } else { "" };
        Error::usage(format!("IAMCTL_OUTPUT{place} is none of table, json, jsonl, csv, id"))
    })?;
    Ok((Some(format), notice))
}

/// Fails where a timeout exceeds what PostgreSQL takes: 2^31 - 1 milliseconds.
fn timeout(option: &str, span: &CalendarDuration) -> Result<Duration> {
    let timeout = span.as_std();
    if timeout.as_millis() > i32::MAX.unsigned_abs().into() {
        return Err(Error::usage(format!("{option} is at most 24d; `0s` has no limit")));
    }
    Ok(timeout)
}
