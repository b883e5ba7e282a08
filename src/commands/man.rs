use std::fs;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;

use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::domain::printable;
use crate::error::{Error, Result};

/// Show the manual page of a command
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
pub struct Args {
    /// Command, such as `user create`; none: iamctl
    #[arg(value_name = "COMMAND", conflicts_with = "directory")]
    command: Vec<String>,
    /// Write the pages of all commands here
    #[arg(long, value_name = "PATH")]
    directory: Option<PathBuf>,
}

const EXAMPLES: &str = r#"
$ iamctl man user create
…

$ iamctl man --directory man1
"#;

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
