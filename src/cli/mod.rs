//! The root of the command tree: parse, dispatch, report.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{Write as _, stderr, stdout};
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, CommandFactory as _, FromArgMatches, Parser, Subcommand};

use crate::commands::audit::AuditCommand;
use crate::commands::code::CodeCommand;
use crate::commands::db::DbCommand;
use crate::commands::local::LocalCommand;
use crate::commands::owner::OwnerCommand;
use crate::commands::session::SessionCommand;
use crate::commands::token::TokenCommand;
use crate::commands::user::UserCommand;
use crate::commands::{completions, demo, doctor, man, purge};
use crate::config;
use crate::context::{Context, GlobalArgs, OutputArgs};
use crate::domain::{RowId, looks_secret, printable, refused_as_secret};
use crate::error::{Error, Result};
use crate::interrupt::{self, Interrupt};
use crate::output::Format;

/// Administer the PostgreSQL database of an IAM service
///
/// Users, one-time codes and API tokens: create them as the service itself would, list them, end
/// them, purge what has expired. Every change is written to an audit log in its own transaction.
///
/// `iamctl --local demo` shows it all on a private PostgreSQL.
#[derive(Debug, Parser)]
#[command(name = "iamctl", version, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Deferred,
}

/// The commands, without their summaries, which `Deferred` has.
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
}

/// `Command`, of which clap builds only the branch that the command line takes: the whole tree
/// costs every run half a millisecond, a quarter of what starting takes.
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
            clap::Command::new(name).about(about).defer(|noun| {
                T::augment_subcommands(noun.subcommand_required(true).arg_required_else_help(true))
            })
        }
        fn verb<T: clap::Args>(name: &'static str, about: &'static str) -> clap::Command {
            clap::Command::new(name).about(about).defer(T::augment_args)
        }
        root.subcommands([
            noun::<UserCommand>("user", "Accounts: create, look at, change, block, delete, erase"),
            noun::<TokenCommand>("token", "API tokens: issue, look at, verify, rotate, revoke"),
            noun::<OwnerCommand>("owner", "Owners of API tokens: the users who share them"),
            noun::<SessionCommand>(
                "session",
                "Sessions: refresh tokens, by which users stay logged in",
            ),
            noun::<CodeCommand>("code", "One-time codes: issue, look at, revoke, purge"),
            noun::<AuditCommand>("audit", "The log of every change"),
            noun::<DbCommand>("db", "The tables: migrations, checks, rights, taking over"),
            noun::<LocalCommand>("local", "The private PostgreSQL that iamctl itself runs"),
            verb::<purge::Args>(
                "purge",
                "Delete everything that has expired: codes, sessions, tokens",
            ),
            verb::<doctor::Args>(
                "doctor",
                "Look whether all is well: connection, server, rights, tables, clock, backlog",
            ),
            verb::<completions::Args>("completions", "Print the completion script of a shell"),
            verb::<man::Args>("man", "Print the manual page of a command"),
            verb::<demo::Args>("demo", "Walk through the main job on an empty database"),
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
            Self::Completions(args) => completions::run(args, context),
            Self::Man(args) => man::run(args, context),
            Self::Demo(args) => demo::run(args, context),
        }
    }
}

/// Runs the program: what `main` returns is its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let args = ids_are_no_options(env::args_os());
    let parsed = Cli::command()
        .try_get_matches_from(&args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return unusable(&error, &args),
    };
    let asked = cli.global.output.format();
    config::prepare();
    interrupt::run(
        |interrupt| run(&cli, interrupt),
        move |error| report(error, FORMAT.get().copied().unwrap_or(asked)),
    )
}

/// The format of results, once `.env` was read, too.
static FORMAT: OnceLock<Format> = OnceLock::new();

fn run(cli: &Cli, interrupt: Interrupt) -> Result<()> {
    let mut context = Context::new(&cli.global, interrupt)?;
    _ = FORMAT.set(context.output.format);
    match cli.command.0.run(&mut context) {
        Ok(()) | Err(Error::ReaderGone) => {
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

/// Prints the error alone on standard error: one JSON object where results are JSON.
fn report(error: &Error, format: Format) -> ExitCode {
    let message = error.to_string();
    let mut err = stderr().lock();
    // That it cannot be printed leaves the exit code.
    _ = if format.is_json() {
        let object = serde_json::json!({
            "error": { "kind": error.kind(), "message": message, "exit_code": error.exit_code() }
        });
        writeln!(err, "{object}")
    } else {
        let lines: Vec<_> = message.lines().map(printable).collect();
        writeln!(err, "error: {}", lines.join("\n"))
    };
    ExitCode::from(error.exit_code())
}

/// One id in 64 begins with `-`, and would be taken for a cluster of short options, `-h` and its
/// exit code 0 among them. No such cluster is as long as an id.
fn ids_are_no_options(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut named_by_id = false;
    let mut before = OsString::new();
    args.map(|arg| {
        named_by_id |= ["token", "code", "session"].into_iter().any(|noun| arg == noun);
        let id = arg
            .to_str()
            .filter(|text| named_by_id && text.starts_with('-') && !text.starts_with("--"))
            .filter(|text| text.parse::<RowId>().is_ok() && !awaits_value(&before))
            .map(|text| format!("id:{text}").into());
        before.clone_from(&arg);
        id.unwrap_or(arg)
    })
    .collect()
}

/// Whether the argument is a long option, of any command, that takes the next one for its value.
fn awaits_value(arg: &OsStr) -> bool {
    fn in_command(command: &clap::Command, option: &str) -> bool {
        command
            .get_arguments()
            .any(|arg| arg.get_long() == Some(option) && arg.get_action().takes_values())
            || command.get_subcommands().any(|command| in_command(command, option))
    }
    arg.to_str().and_then(|arg| arg.strip_prefix("--")).is_some_and(|option| {
        let mut root = Cli::command();
        root.build();
        in_command(&root, option)
    })
}

/// Reports a command line that clap cannot use, or prints the help or version it asks for.
fn unusable(error: &clap::Error, args: &[OsString]) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let mut out = stdout().lock();
        let printed = write!(out, "{}", error.render()).and_then(|()| out.flush());
        return match printed.map_err(|error| Error::output(&error)) {
            Ok(()) | Err(Error::ReaderGone) => ExitCode::SUCCESS,
            Err(error) => report(&error, Format::Table),
        };
    }
    let format = requested_format(args);
    if format.is_json() && error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return report(&Error::usage("a command is missing; --help lists them"), format);
    }
    let mut text = without_secrets(&error.render().to_string(), args);
    if std::error::Error::source(error).is_some_and(refused_as_secret)
        && let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue)
    {
        text = text.replace(value, "…");
    }
    if format.is_json() {
        let message: Vec<_> = text
            .lines()
            .map(str::trim)
            .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
            .filter(|line| !line.is_empty())
            .collect();
        let message = message.join(" ");
        return report(&Error::usage(message.trim_start_matches("error: ")), format);
    }
    _ = write!(stderr(), "{text}");
    ExitCode::from(Error::usage("").exit_code())
}

/// The format that an unusable command line asks for. Where the line goes wrong clap stops, so the
/// option is looked for by itself, in all of clap's spellings: `-o json`, `-qojson`, `--output=json`.
fn requested_format(args: &[OsString]) -> Format {
    #[derive(Debug, Parser)]
    #[command(ignore_errors = true, disable_help_flag = true)]
    struct OutputOnly {
        #[command(flatten)]
        output: OutputArgs,
    }
    (1..args.len())
        .filter(|&at| args[at].as_encoded_bytes().starts_with(b"-"))
        .filter_map(|at| {
            let pair = [args.first(), args.get(at), args.get(at + 1)];
            OutputOnly::try_parse_from(pair.into_iter().flatten()).ok()
        })
        .find_map(|found| found.output.chosen())
        .unwrap_or_else(OutputArgs::default_format)
}

/// clap repeats what it cannot use, and that may be somebody's secret.
fn without_secrets(text: &str, args: &[OsString]) -> String {
    let mut words: Vec<_> = args
        .iter()
        .map(|arg| arg.to_string_lossy())
        .flat_map(|arg| {
            [arg.split_once('=').map(|(_, value)| value.to_owned()), Some(arg.into_owned())]
        })
        .flatten()
        .filter(|word| looks_secret(word))
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), "…"))
}
