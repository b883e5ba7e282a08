use std::env;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::maintenance::namespace;
use crate::db::{Access, protection, users};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Format, Output, Prints, Record, Rows, field, shown};

/// Walk through the main job on an empty database
///
/// Runs each command as you would type it, and prints it with its output. A database that has users is
/// refused. On a database of yours it asks first. `iamctl --local demo` needs none.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Step>())]
pub struct Args {
    /// Do not ask for confirmation
    #[arg(short, long)]
    yes: bool,
}

const EXAMPLES: &str = r#"
$ iamctl demo --yes
…
"#;

/// The commands, in order. `WAIT` lets a code expire.
const STEPS: [&[&str]; 21] = [
    &["db", "migrate"],
    &["db", "status"],
    &["user", "create", "alice", "--email", "alice@example.org", "--verified"],
    &["user", "create", "bob", "--email", "bob@example.org"],
    &["user", "list"],
    &["token", "issue", "--user", "alice", "--name", "ci", "--expires-in", "30d"],
    &["token", "list", "--user", "alice"],
    &["token", "show", "--user", "alice", "--name", "ci"],
    &["token", "revoke", "--user", "alice", "--name", "ci", "--yes", "--reason", "demo"],
    &[
        "code",
        "issue",
        "verification",
        "--user",
        "bob",
        "--link-template",
        "https://app.example.org/verify/{code}",
    ],
    &["code", "issue", "authorization", "--user", "alice", "--expires-in", "250ms"],
    &["code", "list"],
    WAIT,
    &["code", "purge"],
    &["user", "block", "bob", "--yes", "--reason", "demo"],
    &["user", "show", "bob"],
    &["user", "unblock", "bob"],
    &["user", "delete", "bob", "--yes"],
    &["user", "list", "--status", "deleted"],
    &["user", "restore", "bob"],
    &["audit", "list"],
];

const WAIT: &[&str] = &[];

/// A command that was run, and the JSON that it printed.
struct Step {
    command: String,
    output: Value,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let mut rows = context.output.list::<Step>()?;
    context.refuse_if_read_only("demo")?;
    let mut database = context.connect()?;
    let (has_users, protection) = database.transaction(Access::INSPECTION, |conn| {
        let has_users = namespace::has_table(conn, "users")? && users::any_exist(conn)?;
        Ok((has_users, protection::read(conn)?))
    })?;
    if protection.protected {
        return Err(Error::Refused(
            "the database is protected (`iamctl db protect`); the demo does not run there"
                .to_owned(),
        ));
    }
    if has_users {
        return Err(Error::Refused(
            "the database has users; the demo runs on an empty one, such as that of a fresh \
             `iamctl --local`"
                .to_owned(),
        ));
    }
    if !args.yes && !context.is_local() {
        if !context.terminal.is_interactive() {
            return Err(Error::usage(
                "the demo creates tables and users in the database that is configured; pass --yes, or run \
                 `iamctl --local demo`",
            ));
        }
        context.ask_to_go_ahead(&mut database, "Create the tables, and users to show it with,")?;
    }
    drop(database);
    let program = env::current_exe().map_err(|error| Error::io("find this program", &error))?;
    for step in STEPS {
        if step.is_empty() {
            thread::sleep(Duration::from_millis(300));
            continue;
        }
        let mut child = Command::new(&program);
        child.env_remove("IAMCTL_OUTPUT").stdin(Stdio::null());
        let mut typed = vec!["iamctl"];
        if context.is_local() {
            child.arg("--local");
            typed.push("--local");
        }
        if let Some(url) = context.database_url() {
            // Not as an argument: other users can read those in the process list.
            child.env("DATABASE_URL", url);
        }
        child.args(step);
        typed.extend(step);
        let command = typed.join(" ");
        context.interrupt.check()?;
        context.interrupt.set_committed(format!(
            "the commands before `{command}` are committed; check whether it was completed"
        ));
        let done = if context.output.format == Format::Table {
            show(&command, &mut child)
        } else {
            record(command, &mut child, &mut rows)
        };
        if done.is_err() {
            // Ctrl-C on a terminal also interrupts the child process.
            context.interrupt.check()?;
        }
        done?;
    }
    if context.output.format == Format::Table {
        return Ok(());
    }
    rows.finish()
}

/// Prints the command and runs it with the same standard output.
fn show(command: &str, child: &mut Command) -> Result<()> {
    Output::text(&format!("$ {command}\n"))?;
    let status = child.status().map_err(|error| Error::io("run this program", &error))?;
    if !status.success() {
        return Err(Error::internal(format!("`{command}` ended with {status}")));
    }
    Output::text("\n")
}

/// Runs the command and records the JSON that it prints.
fn record(command: String, child: &mut Command, rows: &mut Rows<Step>) -> Result<()> {
    let output = child
        .args(["-o", "json"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Error::io("run this program", &error))?;
    if !output.status.success() {
        return Err(Error::internal(format!("`{command}` ended with {}", output.status)));
    }
    let output = serde_json::from_slice(&output.stdout)
        .map_err(|error| Error::internal(format!("`{command}` printed no JSON: {error}")))?;
    rows.push(&Step { command, output })
}

impl Record for Step {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("command"), |step| step.command.as_str().into()),
            shown(field::json("output"), |step| Cell::Structure {
                json: step.output.clone(),
                text: step.output.to_string(),
            }),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.command.clone())
    }
}
