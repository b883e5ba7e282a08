//! What the model says of a command: its exit code, what it prints, its audit rows, and the rows afterwards.
//! The rules are those of docs/behaviour.md and of the help pages.

use serde_json::Value;

use super::command::{Command, Rows, Step, UserVerb, Which};
use super::state::Model;

/// What a command is to print, and its audit rows.
#[derive(Debug, Default)]
pub struct Answer {
    pub code: i32,
    /// `None` if standard output is empty.
    pub printed: Option<Vec<Value>>,
    /// `action|target`.
    pub audit: Vec<String>,
}

impl Answer {
    pub fn of(printed: Vec<Value>) -> Self {
        Self { printed: Some(printed), ..Self::default() }
    }

    pub fn code(code: i32) -> Self {
        Self { code, ..Self::default() }
    }

    pub fn audited(mut self, action: &str, targets: impl IntoIterator<Item = String>) -> Self {
        self.audit.extend(targets.into_iter().map(|target| format!("{action}|{target}")));
        self
    }
}

/// A refusal is its exit code. It changes nothing.
pub type Answered = Result<Answer, i32>;

/// The record with the key `changed`.
pub fn changed(mut record: Value, changed: bool) -> Value {
    record["changed"] = changed.into();
    record
}

impl Model {
    /// Does the step, and returns what the program is to say.
    pub fn answer(&mut self, step: &Step) -> Answer {
        self.next = self.next.max(step.number + 1);
        if asks(&step.command) && !step.yes && !step.dry_run {
            return Answer::code(2);
        }
        let mut after = self.clone();
        match after.run(step) {
            Ok(answer) if step.dry_run => Answer { audit: Vec::new(), ..answer },
            Ok(answer) => {
                *self = after;
                answer
            }
            Err(code) => Answer::code(code),
        }
    }

    fn run(&mut self, step: &Step) -> Answered {
        let number = step.number;
        match &step.command {
            Command::CreateUser { .. } => self.create_user(&step.command),
            Command::ChangeUsers { verb, users } => match verb {
                UserVerb::Block { sessions, tokens } => self.block(users, *sessions, *tokens),
                UserVerb::Delete => self.delete(users),
                verb => self.change_users(*verb, users),
            },
            Command::Rename { user, name } => self.rename(user, name),
            Command::SetEmail { user, email, verified } => self.set_email(user, email, *verified),
            Command::Erase { users, force } => self.erase(users, *force),
            Command::Offboard { users, heir } => self.offboard(number, users, heir.as_ref()),
            Command::CreateOwner { users } => self.create_owner(number, users),
            Command::AddToOwner { owner, users } => self.add_to_owner(*owner, users),
            Command::RemoveFromOwner { owner, users, revoke } => {
                self.remove_from_owner(*owner, users, *revoke)
            }
            Command::DeleteOwner { owner, revoke } => self.delete_owner(*owner, *revoke),
            Command::Issue { .. } => self.issue(number, &step.command),
            Command::Rotate { which, overlap, force } => {
                self.rotate(number, which, *overlap, *force)
            }
            Command::ChangeTokens { verb, which } => self.change_tokens(*verb, which),
            Command::IssueCode { kind, user, force } => {
                self.issue_code(number, *kind, user, *force)
            }
            Command::RevokeCodes { which } => self.revoke_codes(which),
            Command::RevokeSessions { which } => self.revoke_sessions(which),
            Command::LogIn { .. }
            | Command::ExpireToken { .. }
            | Command::ExpireSession { .. }
            | Command::ExpireCode { .. } => {
                self.outside(step);
                Ok(Answer::default())
            }
            read => self.read(read),
        }
    }
}

/// Whether the command asks first, and so is refused without --yes.
fn asks(command: &Command) -> bool {
    match command {
        Command::ChangeUsers { verb, users } => {
            matches!(verb, UserVerb::Block { .. } | UserVerb::Delete) && !users.is_empty()
        }
        Command::Erase { users, .. }
        | Command::Offboard { users, .. }
        | Command::RemoveFromOwner { users, .. } => !users.is_empty(),
        Command::SetEmail { .. } | Command::DeleteOwner { .. } | Command::Rotate { .. } => true,
        Command::ChangeTokens { verb, which } => {
            let is_empty =
                matches!(which, Which::Ids(tokens) | Which::Values(tokens) if tokens.is_empty());
            *verb != super::command::TokenVerb::Unblock && !is_empty
        }
        Command::RevokeCodes { which } | Command::RevokeSessions { which } => {
            !matches!(which, Rows::Ids(rows) if rows.is_empty())
        }
        _ => false,
    }
}
