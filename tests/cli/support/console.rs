//! What a terminal shows in help pages and documents: it is run, and compared with what is printed.
//!
//! Ids, times, secrets and other numbers of a run count as equal; `…` stands for any text, and a line with
//! nothing but `…` for any lines.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Db, IAMCTL, directory};

/// A command line, and the lines that it prints.
pub struct Example {
    pub typed: String,
    pub printed: Vec<String>,
}

/// The command lines in a text, with what they print.
pub fn examples<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for line in lines {
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
pub fn run(typed: &str, db: &Db, directory: &Path) -> String {
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
pub fn shows(shown: &[String], printed: &[&str]) -> bool {
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

/// The directory in which an example runs, with the files that it reads.
pub fn files() -> tempfile::TempDir {
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
const TABLES: &str = include_str!("../../../migrations/2026-11-24-000001_create_iam_tables/up.sql");

/// A database whose tables the service's own scripts have created.
pub fn to_be_adopted() -> Db {
    let db = Db::bare();
    db.sql(TABLES);
    db.sql("drop index users_created");
    db
}

/// A database with some rows of every kind.
pub fn populated() -> Db {
    let db = Db::new();
    db.sql(include_str!("../examples.sql"));
    db
}
