//! The examples of the help pages are run, and print what the pages show.
//!
//! Each example has a database of its own, with the rows of `examples.sql`, and its page a directory with the
//! files that the examples read. Ids, times, secrets and other numbers of a run count as equal; `…` in a page stands for
//! any text, and a line with nothing but `…` for any lines.
//!
//! `UPDATE_EXAMPLES=1 cargo test examples` writes what is printed into the sources, where it differs.

use std::fmt::Write as _;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs, thread};

use clap::CommandFactory as _;
use iamctl::cli::Cli;

use crate::support::{Db, IAMCTL, directory};

/// A page indents its examples by two, and has 80 columns on a small terminal.
const LONGEST_LINE: usize = 77;

/// A command line, and the lines that it prints.
struct Example {
    typed: String,
    printed: Vec<String>,
}

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
    let mut examples: Vec<Example> = Vec::new();
    let lines = text.lines().skip_while(|line| *line != "Examples:").skip(1);
    for line in lines.take_while(|line| !line.starts_with("Options of every")) {
        let line = line.strip_prefix("  ").unwrap_or(line);
        if let Some(typed) = line.strip_prefix("$ ") {
            examples.push(Example { typed: typed.to_owned(), printed: Vec::new() });
        } else if let Some(example) = examples.last_mut() {
            example.printed.push(line.to_owned());
        }
    }
    for example in &mut examples {
        while example.printed.last().is_some_and(String::is_empty) {
            example.printed.pop();
        }
    }
    examples
}

/// Runs a line as a shell would, and returns what it prints, notices included.
fn run(typed: &str, db: &Db, directory: &Path) -> String {
    let path = format!("{}:/usr/bin:/bin", Path::new(IAMCTL).parent().unwrap().display());
    let output = Command::new("bash")
        .args(["-c", &format!("set -o pipefail; {{ {typed}\n}} 2>&1")])
        .env_clear()
        .envs([("PATH", path.as_str()), ("HOME", "/nonexistent")])
        .env("DATABASE_URL", db.url())
        .env("XDG_DATA_HOME", directory.join("data"))
        .current_dir(directory)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The same text with `#` in place of every id, time, secret and measured number, and single spaces.
fn alike(line: &str) -> String {
    let is_of_value = |c: char| c.is_ascii_alphanumeric() || "-_:.+/=$".contains(c);
    let mut text = String::new();
    for word in line.split_inclusive(|c| !is_of_value(c)) {
        let value = word.trim_end_matches(|c| !is_of_value(c));
        let has = |is: fn(&char) -> bool| value.chars().any(|c| is(&c));
        let is_random =
            value.len() >= 11 && has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase);
        if value.len() >= 4 && (is_random || has(char::is_ascii_digit)) {
            text.extend(["#", &word[value.len()..]]);
        } else {
            text += word;
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the text is what the page shows, where `…` stands for anything.
fn shows(shown: &[String], printed: &[&str]) -> bool {
    match (shown.split_first(), printed.split_first()) {
        (None, _) => printed.is_empty(),
        (Some((line, rest)), _) if line == "…" => {
            (0..=printed.len()).any(|skipped| shows(rest, &printed[skipped..]))
        }
        (Some((line, rest)), Some((first, after))) => is_line(line, first) && shows(rest, after),
        (Some(_), None) => false,
    }
}

/// Whether the line is the one that is shown, or begins and ends like it where that is cut.
fn is_line(shown: &str, printed: &str) -> bool {
    let Some((start, end)) = shown.split_once('…') else {
        return alike(shown) == alike(printed);
    };
    let characters: Vec<_> = printed.chars().collect();
    let (first, last) = (start.chars().count(), end.chars().count());
    if characters.len() < first + last {
        return false;
    }
    let text = |part: &[char]| alike(&part.iter().collect::<String>());
    alike(start) == text(&characters[..first])
        && alike(end) == text(&characters[characters.len() - last..])
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

/// The directory in which an example runs, with the files that it reads.
fn files() -> tempfile::TempDir {
    let directory = directory();
    for (name, text) in [
        ("users.csv", "username,email\nfrank,frank@example.org\ngrace,grace@example.org\n"),
        ("ci.token", "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP\n"),
    ] {
        fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}

/// The tables as the service's own scripts create them, without an index of the first migration.
const TABLES: &str = include_str!("../../migrations/2026-11-24-000001_create_iam_tables/up.sql");

/// The database of an example: that of `examples.sql`, or one that the command begins with.
fn database(typed: &str) -> Db {
    if typed == "iamctl demo" {
        return Db::new();
    }
    if typed == "iamctl db migrate" {
        return Db::bare();
    }
    if typed.starts_with("iamctl db adopt") {
        let db = Db::bare();
        db.sql(TABLES);
        db.sql("drop index users_created");
        return db;
    }
    let db = Db::new();
    db.sql(include_str!("examples.sql"));
    db
}

fn check(page: &Page, directory: &Path) {
    for example in &page.examples {
        let text = run(&example.typed, &database(&example.typed), directory);
        let printed: Vec<_> = text.lines().map(str::trim_end).collect();
        if shows(&example.printed, &printed) {
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
    let directory = files();
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
            .map(|part| scope.spawn(|| part.iter().for_each(|page| check(page, files().path()))))
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
