//! Questions to the operator: for missing arguments, and before a change.

use std::fmt::Display;
use std::str::FromStr;

use super::{ChangeArgs, Context};
use crate::config::Conninfo;
use crate::db::{Access, Database, protection};
use crate::error::{Error, Result};

impl Context {
    /// Asks before a change, naming the database, unless `--yes` or `--dry-run` was given.
    /// `question` is the change, such as "Block user `alice`".
    pub fn confirm(
        &mut self,
        database: &mut Database,
        change: &ChangeArgs,
        question: &str,
    ) -> Result<()> {
        if change.yes.is_said() || change.dry_run {
            return Ok(());
        }
        self.terminal.require_answers(question)?;
        self.ask_to_go_ahead(database, question)?;
        if !self.asked.is_empty() {
            let protection =
                database.transaction(Access::INSPECTION, |conn| Ok(protection::read(conn)?))?;
            self.asked.confirmation(protection.name_to_say());
        }
        Ok(())
    }

    /// Asks for an argument that is missing, and again until the answer is valid. `name` is such as `--email`.
    pub fn ask<T>(&self, change: &ChangeArgs, prompt: &str, name: &str) -> Result<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.require_question(change, name)?;
        self.terminal.ask(prompt, name)
    }

    /// Fails where the argument `name` cannot be asked for: without a terminal, and with `--yes`, as a script
    /// gives it.
    pub fn require_question(&self, change: &ChangeArgs, name: &str) -> Result<()> {
        if !self.terminal.is_interactive() {
            return Err(Error::usage(format!(
                "{name} is required; there is no terminal to ask on"
            )));
        }
        if change.yes.is_said() {
            return Err(Error::usage(format!("{name} is required; --yes asks no questions")));
        }
        Ok(())
    }

    /// Asks before a change whose arguments the operator was asked for, and not before others.
    pub fn confirm_asked(
        &mut self,
        database: &mut Database,
        change: &ChangeArgs,
        question: &str,
    ) -> Result<()> {
        if self.asked.is_empty() || change.dry_run {
            return Ok(());
        }
        self.ask_to_go_ahead(database, question)
    }

    /// Asks, naming the database, whatever the options are. Call it only if the terminal is interactive.
    pub fn ask_to_go_ahead(&self, database: &mut Database, question: &str) -> Result<()> {
        let target = database.describe()?;
        self.terminal.confirm(&format!("{question} in {target}?"))
    }

    /// Tells, after the work, the command line that does the same without questions.
    pub fn tell_command_line(&mut self) {
        let holds_secret =
            |url: &str| Conninfo::parse(url, "--database-url").is_ok_and(|it| it.holds_secret());
        if let Some(line) = self.asked.command_line(holds_secret) {
            self.terminal.notice(&format!("the same without questions: {line}"));
        }
    }

    /// Keeps the connection for the next `connect`.
    pub fn keep(&mut self, database: Database) {
        self.kept = Some(database);
    }
}
