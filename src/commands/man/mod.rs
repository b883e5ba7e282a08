mod page;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use clap::Command;

use crate::commands::help::topic::Topic;
use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::Context;
use crate::domain::printable;
use crate::error::{Error, Result};
use crate::output::Prints;

/// Show the manual page of a command
///
/// On a terminal, `man` shows the page; otherwise it is printed in roff. Besides commands, there are pages
/// for `exit-codes`, `environment`, `output`, `selectors` and `times`.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::document("page").or_document("directory"))]
pub struct Args {
    /// Command, such as `user create`; none: iamctl
    #[arg(value_name = "COMMAND", conflicts_with = "directory", add = Names::Page(&Topic::NAMES_IN_MANUAL))]
    command: Vec<String>,
    /// Write all pages to man1 and man7 below this
    #[arg(long, value_name = "PATH")]
    directory: Option<PathBuf>,
}

const EXAMPLES: &str = r#"
$ iamctl man user create
…

$ iamctl man --directory man
"#;

/// `root` is the whole command tree.
pub fn run(args: &Args, root: Command, context: &Context) -> Result<()> {
    let mut root = root;
    root.build();
    if let Some(directory) = &args.directory {
        write_all(&root, directory)?;
        // Programs want a document; to others, the file system shows the pages.
        if context.output.format.is_json() {
            return context.output.document("directory", &directory.display().to_string());
        }
        return Ok(());
    }
    let page = page(&root, &args.command)?;
    if context.output.screen.is_terminal && !context.output.format.is_json() && show(&page) {
        return Ok(());
    }
    context.output.document("page", &page)
}

fn page(root: &Command, words: &[String]) -> Result<String> {
    if let [word] = words
        && let Some(topic) = Topic::IN_MANUAL.into_iter().find(|topic| topic.name() == word)
    {
        return Ok(page::of_topic(topic));
    }
    let mut command = root;
    for word in words {
        command = command.find_subcommand(word).ok_or_else(|| {
            Error::usage(format!("there is no command `{}`; see `iamctl help`", printable(word)))
        })?;
    }
    Ok(page::of_command(command, words.is_empty()))
}

/// Whether `man` has shown the page. False if it is not installed.
fn show(page: &str) -> bool {
    let man = Process::new("man").args(["-l", "-"]).stdin(Stdio::piped()).spawn();
    let Ok(mut man) = man else { return false };
    // An operator who leaves the pager closes the pipe.
    if let Some(mut stdin) = man.stdin.take() {
        _ = stdin.write_all(page.as_bytes());
    }
    man.wait().is_ok_and(|status| status.success())
}

fn write_all(root: &Command, directory: &Path) -> Result<()> {
    for folder in ["man1", "man7"] {
        let folder = directory.join(folder);
        fs::create_dir_all(&folder).map_err(|error| {
            Error::usage(format!("--directory `{}`: {error}", folder.display()))
        })?;
    }
    write_commands(root, &directory.join("man1"), true)?;
    for topic in Topic::IN_MANUAL {
        let path = directory.join("man7").join(format!("{}.7", page::name_of(topic)));
        write(&path, &page::of_topic(topic))?;
    }
    Ok(())
}

/// Writes the page of the command, and those of the commands below it.
fn write_commands(command: &Command, folder: &Path, is_root: bool) -> Result<()> {
    let path = folder.join(format!("{}.1", page::name(command)));
    write(&path, &page::of_command(command, is_root))?;
    command.get_subcommands().try_for_each(|below| write_commands(below, folder, false))
}

fn write(path: &Path, page: &str) -> Result<()> {
    fs::write(path, page)
        .map_err(|error| Error::usage(format!("cannot write `{}`: {error}", path.display())))
}
