use std::fs;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;

use crate::context::Context;
use crate::domain::printable;
use crate::error::{Error, Result};

/// Print the manual page of a command
///
/// `iamctl man user create | man -l -` shows one; `iamctl man --directory
/// /usr/local/share/man/man1` writes them all.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command, such as `user create`; without one, that of iamctl itself
    #[arg(value_name = "COMMAND", conflicts_with = "directory")]
    command: Vec<String>,
    /// Write the pages of all commands into this directory
    #[arg(long, value_name = "PATH")]
    directory: Option<PathBuf>,
}

/// `root` is the whole command tree.
pub fn run(args: &Args, root: Command, context: &Context) -> Result<()> {
    let mut root = root.disable_help_subcommand(true);
    root.build();
    if let Some(directory) = &args.directory {
        fs::create_dir_all(directory).map_err(|error| {
            Error::usage(format!("--directory `{}`: {error}", directory.display()))
        })?;
        return write_all(&root, directory);
    }
    let mut command = &root;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            Error::usage(format!("there is no command `{}`; see `iamctl help`", printable(name)))
        })?;
    }
    context.output.document("page", &page(command)?)
}

/// Writes the page of the command, and those of the commands below it.
fn write_all(command: &Command, directory: &Path) -> Result<()> {
    let path = directory.join(format!("{}.1", name(command)));
    fs::write(&path, page(command)?)
        .map_err(|error| Error::usage(format!("cannot write `{}`: {error}", path.display())))?;
    command.get_subcommands().try_for_each(|below| write_all(below, directory))
}

fn page(command: &Command) -> Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone())
        .title(name(command).to_uppercase())
        .render(&mut page)
        .map_err(|error| Error::io("render the page", &error))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// The name of a command's page, such as `iamctl-user-create`.
fn name(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}
