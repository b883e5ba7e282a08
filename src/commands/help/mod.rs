//! `iamctl help`: the pages of commands, and topics that belong to no command.

pub mod topic;

use clap::Command;

use self::topic::Topic;

use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::Context;
use crate::domain::{did_you_mean, printable};
use crate::error::{Error, Result};
use crate::output::{Output, Prints};

/// Show help on a command or a topic
///
/// Topics: options, exit-codes, environment, output, selectors, times.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::document("page"))]
pub struct Args {
    /// Command, such as `user create`, or topic
    #[arg(value_name = "COMMAND", add = Names::Page(&Topic::NAMES))]
    words: Vec<String>,
}

const EXAMPLES: &str = r#"
$ iamctl help token issue
Issue an API token, and print it once
…

$ iamctl help times
…
"#;

pub fn run(args: &Args, root: Command, context: &Context) -> Result<()> {
    let words: Vec<_> = args.words.iter().map(String::as_str).collect();
    let topic = match words.as_slice() {
        [word] => Topic::ALL.into_iter().find(|topic| topic.name() == *word),
        _ => None,
    };
    Output::require_writable()?;
    let page = match topic {
        Some(topic) => topic.page(context.output.screen.width),
        None => page_of_command(root, &words)?,
    };
    context.output.document("page", &page)
}

/// The page that the command prints with `--help`.
fn page_of_command(root: Command, words: &[&str]) -> Result<String> {
    let mut command = root;
    command.build();
    for (at, word) in words.iter().enumerate() {
        let found = command.find_subcommand(word).cloned();
        command = found.ok_or_else(|| no_page(&command, words, at))?;
    }
    Ok(command.render_long_help().to_string())
}

/// The word at this place names nothing that `command` has. Names those that are written much like it.
fn no_page(command: &Command, words: &[&str], at: usize) -> Error {
    let topics = if at == 0 { Topic::NAMES.as_slice() } else { &[] };
    let names = command.get_subcommands().map(Command::get_name).chain(topics.iter().copied());
    let before = [&["iamctl", "help"], &words[..at]].concat();
    let meant = did_you_mean(words[at], names.map(str::to_owned), &before);
    let advice = meant.unwrap_or_else(|| "see `iamctl help`".to_owned());
    let typed = printable(&words.join(" ")).into_owned();
    Error::usage(format!("there is no command or topic `{typed}`; {advice}"))
}
