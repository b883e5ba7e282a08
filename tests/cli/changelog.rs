//! CHANGELOG.md names every change of what scripts depend on: options, exit codes, and the keys of JSON.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::{Arg, Command, CommandFactory as _};
use iamctl::cli::{Cli, schemas};
use serde_json::Value;

use crate::support::Run;

const RELEASED: &str = "tests/cli/released.txt";

/// What a script can depend on.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    /// The words of the command; `every command` for what all have.
    command: String,
    /// As CHANGELOG.md names it, without backticks.
    name: String,
    /// What of it can change.
    description: String,
}

/// `UPDATE_RELEASED=1 cargo test the_changelog_names` writes the list, at a release and at no other time.
#[test]
fn the_changelog_names_every_change_since_the_release() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(RELEASED);
    let now = items();
    if std::env::var_os("UPDATE_RELEASED").is_some() {
        let lines: Vec<_> = now.iter().map(Item::line).collect();
        fs::write(&path, lines.concat()).unwrap();
    }
    let released: BTreeSet<_> =
        fs::read_to_string(&path).unwrap().lines().map(Item::read).collect();
    assert!(released.len() > 500, "{}", released.len());
    let changes = unreleased();
    let missing: Vec<_> = now
        .symmetric_difference(&released)
        .filter(|item| !changes.iter().any(|change| item.is_named_in(change)))
        .collect();
    assert!(missing.is_empty(), "[Unreleased] in CHANGELOG.md does not name: {missing:#?}");
}

#[test]
fn a_change_is_named_by_its_command_and_its_name() {
    let item = |command: &str, name: &str| Item::new(command, name, String::new());
    let change = "`user offboard` has two more columns, `new_id` and `file`.";
    assert!(item("user offboard", "new_id").is_named_in(change));
    assert!(!item("user offboard", "new").is_named_in(change));
    assert!(!item("user erase", "new_id").is_named_in(change));
    let change = "Results of every command have a key `change_id`; `--all` is as it was.";
    assert!(item("user erase", "change_id").is_named_in(change));
    assert!(item("every command", "--all").is_named_in(change));
}

impl Item {
    fn new(command: &str, name: &str, description: String) -> Self {
        Self { command: command.to_owned(), name: name.to_owned(), description }
    }

    fn line(&self) -> String {
        format!("{}\t{}\t{}\n", self.command, self.name, self.description)
    }

    fn read(line: &str) -> Self {
        let [command, name, description] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        Self::new(command, name, description.to_owned())
    }

    fn is_named_in(&self, change: &str) -> bool {
        let named = |name: &str| change.contains(&format!("`{name}`"));
        // `user list --all` names the option, too.
        let name = named(&self.name) || named(&format!("{} {}", self.command, self.name));
        name && (change.contains("every command") || change.contains(&format!("`{}", self.command)))
    }
}

/// The entries of the section [Unreleased], each on one line.
fn unreleased() -> Vec<String> {
    let text = include_str!("../../CHANGELOG.md");
    let section = text.split("\n## ").find(|section| section.starts_with("[Unreleased]")).unwrap();
    let entries = section.split("\n- ").skip(1);
    entries.map(|entry| entry.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn items() -> BTreeSet<Item> {
    let mut root = Cli::command();
    root.build();
    let mut items = BTreeSet::new();
    add_arguments(&root, "", &mut items);
    for (words, schema) in schemas() {
        add_keys(&words, &schema.unwrap(), &mut items);
    }
    let page = Run::without_database("help exit-codes").ok().stdout;
    for line in page.lines() {
        // `  9         incomplete: a purge left rows`
        let Some((code, kind)) = line.trim_start().split_once(char::is_whitespace) else {
            continue;
        };
        if code.starts_with(|c: char| c.is_ascii_digit()) {
            let kind = kind.split(':').next().unwrap().trim();
            items.insert(Item::new("every command", code, format!("exit code: {kind}")));
        }
    }
    items
}

fn add_arguments(command: &Command, words: &str, items: &mut BTreeSet<Item>) {
    for arg in command.get_arguments().filter(|arg| !arg.is_hide_set() && arg.get_id() != "help") {
        let owner = match (arg.is_global_set(), words) {
            (true, "") => "every command",
            (true, _) => continue,
            (false, _) => words,
        };
        items.insert(Item::new(owner, &name_of(arg), description_of(arg)));
    }
    for below in command.get_subcommands() {
        add_arguments(below, format!("{words} {}", below.get_name()).trim_start(), items);
    }
}

fn name_of(arg: &Arg) -> String {
    match arg.get_long() {
        Some(long) => format!("--{long}"),
        None => arg.get_value_names().map(|names| names.join(" ")).unwrap_or_default(),
    }
}

/// The short name, what it takes, and the default.
fn description_of(arg: &Arg) -> String {
    let short = arg.get_short().map(|short| format!("-{short} "));
    let takes = if arg.get_action().takes_values() {
        let values = arg.get_possible_values();
        let values: Vec<_> = values.iter().filter(|value| !value.is_hide_set()).collect();
        match arg.get_value_names() {
            _ if !values.is_empty() => {
                values.iter().map(|value| value.get_name()).collect::<Vec<_>>().join("|")
            }
            names => names.unwrap_or_default().iter().map(ToString::to_string).collect(),
        }
    } else {
        String::new()
    };
    let default: Vec<_> = arg.get_default_values().iter().map(|it| it.to_string_lossy()).collect();
    let default = if default.is_empty() {
        String::new()
    } else {
        format!(" [default: {}]", default.join(","))
    };
    let required = if arg.is_required_set() { " required" } else { "" };
    format!("{}{takes}{default}{required}", short.unwrap_or_default())
}

/// The keys of the objects in a schema, with the schemas of their values.
fn add_keys(words: &str, schema: &Value, items: &mut BTreeSet<Item>) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("properties", Value::Object(properties)) => {
                        for (name, value) in properties {
                            items.insert(Item::new(words, name, format!("key: {value}")));
                        }
                    }
                    _ => add_keys(words, value, items),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| add_keys(words, value, items)),
        _ => {}
    }
}
