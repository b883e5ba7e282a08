//! The JSON of every command as JSON Schema, for docs/schemas.

use clap::{Command, CommandFactory as _};
use serde_json::Value;

use super::Cli;
use super::report;
use crate::output::Prints;

/// The words of each command, such as `user list`, and the schema of what it prints with `-o json`; then `error`,
/// which any command prints on standard error if it fails, and `log`, which is a line with --log-format json. `None` is a command
/// that does not say what it prints.
#[must_use]
pub fn schemas() -> Vec<(String, Option<Value>)> {
    let mut root = Cli::command();
    root.build();
    let mut schemas = Vec::new();
    add(&root, "", &mut schemas);
    schemas.push(("error".to_owned(), Some(report::schema())));
    schemas.push(("log".to_owned(), Some(report::log_schema())));
    for (words, schema) in &mut schemas {
        if let Some(schema) = schema {
            schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
            schema["title"] = format!("iamctl {words}").into();
        }
    }
    schemas
}

/// Adds the command, or those below it.
fn add(command: &Command, words: &str, schemas: &mut Vec<(String, Option<Value>)>) {
    if !command.has_subcommands() {
        schemas.push((words.to_owned(), command.get::<Prints>().map(Prints::schema)));
    }
    for below in command.get_subcommands() {
        let words = format!("{words} {}", below.get_name());
        add(below, words.trim_start(), schemas);
    }
}
