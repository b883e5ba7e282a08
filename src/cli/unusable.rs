//! The answer to a command line that clap cannot use.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Parser};

use super::report::report;
use super::tips::give_tips;
use crate::domain::{abridged, looks_secret, printable, refused_as_secret, without_passwords};
use crate::error::Error;
use crate::global_args::OutputArgs;
use crate::output::{Format, Output};
use crate::terminal::log::{self, Level, LogFormat};

/// Reports a command line that clap cannot use, or prints the help or version it asks for.
pub fn unusable(mut error: clap::Error, args: &[OsString], root: impl Fn() -> Command) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let text = error.render().to_string();
        return match Output::require_writable().and_then(|()| Output::text(&text)) {
            Ok(()) | Err(Error::ReaderGone) => ExitCode::SUCCESS,
            Err(error) => report(&error, Format::Table),
        };
    }
    give_tips(&mut error, args, root);
    let format = requested_format(args);
    let is_json = format.is_json() || log::format() == LogFormat::Json;
    if is_json && error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return report(&Error::usage("a command is missing; --help lists them"), format);
    }
    let mut text = without_passwords(&without_secrets(&error.render().to_string(), args));
    if std::error::Error::source(&error).is_some_and(refused_as_secret)
        && let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue)
    {
        text = text.replace(value, "…");
    }
    if is_json {
        let message: Vec<_> = text
            .lines()
            .map(str::trim)
            .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
            .filter(|line| !line.is_empty())
            .collect();
        let message = message.join(" ");
        return report(&Error::usage(message.trim_start_matches("error: ")), format);
    }
    for line in abridged(&text).lines() {
        log::write_text(Level::Error, printable(line));
    }
    ExitCode::from(Error::usage("").exit_code())
}

/// The format that an unusable command line asks for. clap stops at the first error, so each
/// argument is parsed again on its own, which accepts all of clap's spellings: `-o json`,
/// `-qojson`, `--output=json`.
pub fn requested_format(args: &[OsString]) -> Format {
    let found = requested(args, OutputArgs::chosen);
    found.unwrap_or_else(OutputArgs::default_format)
}

/// The format of notices and errors that it asks for.
pub fn requested_log_format(args: &[OsString]) -> Option<LogFormat> {
    requested(args, |output| output.log_format)
}

/// What an option of the output says, in the first argument that has it.
fn requested<T>(args: &[OsString], option: impl Fn(&OutputArgs) -> Option<T>) -> Option<T> {
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
        .find_map(|found| option(&found.output))
}

/// Replaces words that look like a secret by `…`: clap's message repeats the argument that it
/// cannot use.
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
