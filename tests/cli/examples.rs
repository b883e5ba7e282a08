//! The examples of the help pages are run, and print what the pages show.
//!
//! Each example has a database of its own, with the rows of `examples.sql`, and its page a directory with the
//! files that the examples read.
//!
//! `UPDATE_EXAMPLES=1 cargo test examples` writes what is printed into the sources, where it differs.

use std::fmt::Write as _;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::{env, fs, thread};

use clap::CommandFactory as _;
use iamctl::cli::Cli;

use crate::support::Db;
use crate::support::console::{self, Example};

/// A page indents its examples by two, and has 80 columns on a small terminal.
const LONGEST_LINE: usize = 77;

/// The examples of a command.
struct Page {
    command: String,
    examples: Vec<Example>,
}

/// The pages of all commands below this one.
fn pages(command: &clap::Command, path: &str, pages: &mut Vec<Page>) {
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        let path = format!("{path} {}", below.get_name());
        if below.has_subcommands() {
            self::pages(below, &path, pages);
        } else {
            let text = below.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            pages.push(Page { command: path, examples: examples(&text) });
        }
    }
}

fn all_pages() -> Vec<Page> {
    let mut root = Cli::command();
    root.build();
    let mut all = Vec::new();
    pages(&root, "iamctl", &mut all);
    all
}

fn examples(text: &str) -> Vec<Example> {
    let lines = text.lines().skip_while(|line| *line != "Examples:").skip(1);
    let lines = lines.take_while(|line| !line.starts_with("Options of every"));
    console::examples(lines.map(|line| line.strip_prefix("  ").unwrap_or(line)))
}

/// Writes into the sources what was printed in place of what a page shows.
fn update(example: &Example, printed: &[&str]) {
    fn replace(folder: &Path, from: &str, to: &str) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                replace(&path, from, to);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            if text.contains(from) {
                fs::write(&path, text.replacen(from, to, 1)).unwrap();
            }
        }
    }
    let block = |lines: &[&str]| {
        let mut block = format!("\n$ {}\n", example.typed);
        for line in lines {
            let cut: String = line.chars().take(LONGEST_LINE).collect();
            let more = if cut.len() < line.len() { "…" } else { "" };
            writeln!(block, "{cut}{more}").unwrap();
        }
        block
    };
    let shown: Vec<_> = example.printed.iter().map(String::as_str).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands");
    replace(&folder, &block(&shown), &block(printed));
}

/// The database of an example: that of `examples.sql`, or one that the command begins with.
fn database(typed: &str) -> Db {
    if typed == "iamctl demo --yes" {
        return Db::new();
    }
    if typed == "iamctl db migrate" {
        return Db::bare();
    }
    if typed.starts_with("iamctl db adopt") {
        return console::to_be_adopted();
    }
    if typed.starts_with("iamctl db protect") {
        return console::populated().renamed("iam_prod");
    }
    console::populated()
}

fn check(page: &Page, directory: &Path) {
    for example in &page.examples {
        let text = console::run(&example.typed, &database(&example.typed), directory);
        let printed: Vec<_> = text.lines().map(str::trim_end).collect();
        if console::shows(&example.printed, &printed) {
            continue;
        }
        assert!(
            env::var_os("UPDATE_EXAMPLES").is_some(),
            "{}: `{}` prints\n{text}\nand its page shows\n{}",
            page.command,
            example.typed,
            example.printed.join("\n"),
        );
        update(example, &printed);
    }
}

/// The commands of the private PostgreSQL, one after the other.
#[test]
fn the_examples_of_the_private_postgresql_print_what_the_pages_show() {
    let directory = console::files();
    fs::set_permissions(directory.path(), Permissions::from_mode(0o755)).unwrap();
    for page in all_pages().iter().filter(|page| page.command.starts_with("iamctl local")) {
        check(page, directory.path());
    }
}

#[test]
fn the_examples_of_the_help_pages_print_what_the_pages_show() {
    let pages = all_pages();
    let pages: Vec<_> =
        pages.iter().filter(|page| !page.command.starts_with("iamctl local")).collect();
    thread::scope(|scope| {
        let parts = pages.chunks(pages.len().div_ceil(4));
        let runs: Vec<_> = parts
            .map(|part| {
                scope.spawn(|| part.iter().for_each(|page| check(page, console::files().path())))
            })
            .collect();
        for run in runs {
            run.join().unwrap();
        }
    });
}

#[test]
fn each_command_has_an_example() {
    for page in all_pages() {
        assert!(!page.examples.is_empty(), "{}", page.command);
        for example in page.examples {
            assert!(example.typed.contains(&page.command), "{}: {}", page.command, example.typed);
        }
    }
}
