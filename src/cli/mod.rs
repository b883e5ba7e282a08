//! The root of the command tree: parse, dispatch, report.

mod arguments;
mod complete;
mod report;
mod schemas;
mod tips;
mod unusable;
mod words;

use std::env;
use std::io::{IsTerminal as _, stdout};
use std::panic;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::{Arg, ArgMatches, CommandFactory as _, FromArgMatches, Parser, Subcommand};

use self::arguments::{ids_are_no_options, refuse_joined_name, refuse_secrets, top_level_words};
use self::complete::complete;
use self::report::report;
pub use self::schemas::schemas;
use self::unusable::{requested_format, requested_log_format, unusable};
use crate::commands::audit::AuditCommand;
use crate::commands::code::CodeCommand;
use crate::commands::db::DbCommand;
use crate::commands::help::topic::USUAL_WIDTH;
use crate::commands::local::LocalCommand;
use crate::commands::owner::OwnerCommand;
use crate::commands::session::SessionCommand;
use crate::commands::token::TokenCommand;
use crate::commands::user::UserCommand;
use crate::commands::{completions, demo, doctor, help, help_page, man, purge};
use crate::completion::Request;
use crate::config;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::global_args::GlobalArgs;
use crate::interrupt::{self, Interrupt};
use crate::output::Format;
use crate::panics;
use crate::terminal::log;

/// Administer the PostgreSQL database of an IAM service
///
/// Users, sessions, one-time codes and API tokens: create them as the service does, list them, revoke
/// them, purge what has expired. Every change is written to an audit log in the same transaction.
///
/// DATABASE_URL names the database, such as postgres://iam@db.example.org/iam; `iamctl --local demo` shows
/// the program on a private PostgreSQL.
#[derive(Debug, Parser)]
#[command(name = "iamctl", version, subcommand_required = true, arg_required_else_help = true)]
#[command(override_usage = "iamctl <COMMAND>", disable_help_subcommand = true)]
#[command(help_template = OVERVIEW, after_help = TOPICS, mut_args(hidden_on_pages))]
pub struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Deferred,
}

/// The page of the program or a noun: what is below it.
const OVERVIEW: &str = "{about}

{usage-heading} {usage}

Commands:
{subcommands}{after-help}";

const TOPICS: &str = "Topics: iamctl help options|exit-codes|environment|output|selectors|times";

/// The options of every command are shown by `iamctl help options`, and not on each page.
fn hidden_on_pages(arg: Arg) -> Arg {
    let is_global = arg.is_global_set();
    arg.hide_short_help(is_global).hide_long_help(is_global)
}

/// The commands. Their one-line summaries are in `Deferred::augment_subcommands`.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(subcommand)]
    User(UserCommand),
    #[command(subcommand)]
    Token(TokenCommand),
    #[command(subcommand)]
    Owner(OwnerCommand),
    #[command(subcommand)]
    Session(SessionCommand),
    #[command(subcommand)]
    Code(CodeCommand),
    #[command(subcommand)]
    Audit(AuditCommand),
    #[command(subcommand)]
    Db(DbCommand),
    #[command(subcommand)]
    Local(LocalCommand),
    Purge(purge::Args),
    Doctor(doctor::Args),
    Completions(completions::Args),
    Man(man::Args),
    Demo(demo::Args),
    Help(help::Args),
}

/// `Command`, built lazily: clap builds only the branch that the command line takes. Building the
/// whole tree takes half a millisecond, a quarter of the time that a run needs to start.
#[derive(Debug)]
struct Deferred(Command);

impl FromArgMatches for Deferred {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Command::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Subcommand for Deferred {
    fn augment_subcommands(root: clap::Command) -> clap::Command {
        fn noun<T: Subcommand>(name: &'static str, about: &'static str) -> clap::Command {
            let noun = clap::Command::new(name).about(about).help_template(OVERVIEW);
            noun.after_help(help_page::EVERY_COMMAND).defer(|noun| {
                let usage = format!("iamctl {} <COMMAND>", noun.get_name());
                let noun = noun.override_usage(usage);
                T::augment_subcommands(noun.subcommand_required(true).arg_required_else_help(true))
            })
        }
        fn verb<T: clap::Args>(name: &'static str, about: &'static str) -> clap::Command {
            clap::Command::new(name).about(about).defer(T::augment_args)
        }
        root.subcommands([
            noun::<UserCommand>("user", "Accounts: create, show, change, block, delete, erase"),
            noun::<TokenCommand>("token", "API tokens: issue, show, verify, rotate, revoke"),
            noun::<OwnerCommand>("owner", "Owners of API tokens: the users who share them"),
            noun::<SessionCommand>("session", "Refresh tokens, which keep users logged in"),
            noun::<CodeCommand>("code", "One-time codes: issue, list, revoke, purge"),
            noun::<AuditCommand>("audit", "The log of all changes"),
            noun::<DbCommand>("db", "The tables: migrations, checks, rights, adoption"),
            noun::<LocalCommand>("local", "The private PostgreSQL that iamctl runs"),
            verb::<purge::Args>("purge", "Delete what has expired: codes, sessions, tokens"),
            verb::<doctor::Args>("doctor", "Check the database and the connection"),
            verb::<completions::Args>("completions", "Print the completion script of a shell"),
            verb::<man::Args>("man", "Show the manual page of a command"),
            verb::<demo::Args>("demo", "Walk through the main job on an empty database"),
            verb::<help::Args>("help", "Show help on a command or a topic"),
        ])
    }

    fn augment_subcommands_for_update(root: clap::Command) -> clap::Command {
        Self::augment_subcommands(root)
    }

    fn has_subcommand(name: &str) -> bool {
        Command::has_subcommand(name)
    }
}

impl Command {
    fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::User(command) => command.run(context),
            Self::Token(command) => command.run(context),
            Self::Owner(command) => command.run(context),
            Self::Session(command) => command.run(context),
            Self::Code(command) => command.run(context),
            Self::Audit(command) => command.run(context),
            Self::Db(command) => command.run(context),
            Self::Local(command) => command.run(context),
            Self::Purge(args) => purge::run(args, context),
            Self::Doctor(args) => doctor::run(args, context),
            Self::Completions(args) => completions::run(args, Cli::command(), context),
            Self::Man(args) => man::run(args, Cli::command(), context),
            Self::Demo(args) => demo::run(args, context),
            Self::Help(args) => help::run(args, root(), context),
        }
    }
}

/// The command tree. Off a terminal, its pages have 80 columns, as those of the topics.
fn root() -> clap::Command {
    let root = Cli::command();
    if stdout().is_terminal() { root } else { root.term_width(USUAL_WIDTH.into()) }
}

/// Runs the program and returns its exit code.
#[must_use]
pub fn main() -> ExitCode {
    panics::install_hook();
    panic::catch_unwind(run_arguments)
        .unwrap_or_else(|_| report(&panics::error(), Format::default()))
}

fn run_arguments() -> ExitCode {
    if let Some(request) = Request::of_process() {
        return complete(request, Cli::command());
    }
    let args = ids_are_no_options(top_level_words(env::args_os()), root);
    if let Err(error) = refuse_secrets(&args).and_then(|()| refuse_joined_name(&args, root)) {
        log::choose(requested_log_format(&args));
        return report(&error, requested_format(&args));
    }
    // Never freed: that would take a seventh of the instructions of a short command.
    let command = Box::leak(Box::new(root()));
    let parsed = command.try_get_matches_from_mut(&args);
    let parsed = parsed.and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            log::choose(requested_log_format(&args));
            return unusable(error, &args, root);
        }
    };
    log::choose(cli.global.output.log_format);
    let asked = cli.global.output.format();
    config::prepare();
    interrupt::run(
        |interrupt| run(&cli, interrupt),
        move |error| report(error, FORMAT.get().copied().unwrap_or(asked)),
    )
}

/// Fails where an option is given that does not go with the format.
fn require_format(cli: &Cli, context: &Context) -> Result<()> {
    let is_csv = match context.output.format {
        Format::Csv => true,
        // Without a format, an export is CSV.
        _ => {
            context.output.is_default
                && matches!(cli.command.0, Command::User(UserCommand::Export(_)))
        }
    };
    if cli.global.output.csv_safe && !is_csv {
        return Err(Error::usage("--csv-safe goes with -o csv"));
    }
    if cli.global.output.times.is_some() && context.output.format != Format::Table {
        return Err(Error::usage("--times goes with -o table: other formats have RFC 3339"));
    }
    Ok(())
}

/// The format of results, set once `.env`, which may choose it, has been read.
static FORMAT: OnceLock<Format> = OnceLock::new();

fn run(cli: &Cli, interrupt: Interrupt) -> Result<()> {
    let mut context = Context::new(&cli.global, interrupt)?;
    _ = FORMAT.set(context.output.format);
    require_format(cli, &context)?;
    let outcome = cli.command.0.run(&mut context);
    context.tell_change();
    context.warn_superuser();
    match outcome {
        Ok(()) | Err(Error::ReaderGone) => {
            context.tell_command_line();
            context.terminal.release_notices();
            Ok(())
        }
        Err(Error::Unprinted(message)) if context.interrupt.has_committed() => {
            let message = format!("{message}; the change itself was made, and is committed");
            Err(Error::Unprinted(message))
        }
        Err(error) => Err(error),
    }
}
