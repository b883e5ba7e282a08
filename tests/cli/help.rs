//! One snapshot holds the long help of every command, so that its wording can be reviewed as a
//! whole.

use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};
use iamctl::cli::Cli;

/// `INSTA_UPDATE=always cargo test help_of_every_command` updates the snapshot.
#[test]
fn help_of_every_command() {
    let mut root = Cli::command().term_width(100);
    root.build();
    let mut pages = String::new();
    write_pages(&root, "", &mut pages);
    insta::assert_snapshot!(pages);
}

/// Only the first page of the snapshot shows the options that every command takes.
fn write_pages(command: &Command, parent: &str, pages: &mut String) {
    let path = format!("{parent} {}", command.get_name());
    let hidden = !parent.is_empty();
    let page = command.clone().mut_args(|arg| {
        let global = arg.is_global_set();
        arg.hide(hidden && global)
    });
    writeln!(pages, "$ {} --help\n{}", path.trim(), page.clone().render_long_help()).unwrap();
    for child in command.get_subcommands().filter(|child| child.get_name() != "help") {
        write_pages(child, &path, pages);
    }
}
