//! The command line of each command, with the ids that the database has chosen; SQL for what is none.

use std::fmt::Write as _;

use super::command::{Command, Rows, Selector, Step, UserVerb, Which};
use super::names::Names;
use super::state::id_of;

/// Words and standard input.
#[derive(Debug, Default)]
pub struct Line {
    pub words: String,
    pub input: String,
}

impl Step {
    /// SQL of what is no command of the program.
    pub fn sql(&self, names: &Names) -> Option<String> {
        let expire = |table: &str, column: &str, id: &str| {
            format!(
                "update {table} set expires_at = created_at
                 where translate(left({column}, 12), '+/', '-_') = '{id}'"
            )
        };
        Some(match &self.command {
            Command::LogIn { place } => format!(
                "insert into refresh_tokens
                 select id, now() at time zone 'utc', (now() at time zone 'utc') + '90d', rpad('{}', 43, 'A') || '='
                 from users where id = '{}' and email_verified and not blocked and not deleted",
                Names::session(self.number),
                id_of(*place),
            ),
            Command::ExpireToken { token } => expire("api_tokens", "token", &names.token(*token)),
            Command::ExpireSession { session } => {
                expire("refresh_tokens", "token", &Names::session(*session))
            }
            Command::ExpireCode { code } => {
                let id = names.code(*code);
                let tables = ["verification_codes", "authorization_codes"];
                tables.map(|table| expire(table, "code", &id)).join("; ")
            }
            _ => return None,
        })
    }

    pub fn line(&self, names: &Names) -> Line {
        let mut line = Line::default();
        self.write_command(&mut line, names);
        if self.changes() {
            line.words += if self.dry_run { " --dry-run" } else { "" };
            line.words += if self.yes { " --yes" } else { "" };
        }
        line
    }

    fn write_command(&self, line: &mut Line, names: &Names) {
        match &self.command {
            Command::CreateUser { place, name, email, verified, if_not_exists } => {
                line.words = format!("user create {name} --email {email} --id {}", id_of(*place));
                line.flag(*verified, "--verified");
                line.flag(*if_not_exists, "--if-not-exists");
            }
            Command::ChangeUsers { verb, users } => {
                line.words = format!("user {}", verb.name());
                if let UserVerb::Block { sessions, tokens } = verb {
                    line.flag(*sessions, "--revoke-sessions");
                    line.flag(*tokens, "--revoke-tokens");
                }
                line.targets(users.iter().map(Selector::text), self.stdin);
            }
            Command::Rename { user, name } => {
                line.words = format!("user rename {} {name}", user.text());
            }
            Command::SetEmail { user, email, verified } => {
                line.words = format!("user set-email {} {email}", user.text());
                line.flag(*verified, "--verified");
            }
            Command::Erase { users, force } => {
                line.words += "user erase";
                line.flag(*force, "--force");
                line.targets(users.iter().map(Selector::text), self.stdin);
            }
            Command::Offboard { users, heir } => {
                line.words += "user offboard";
                if let Some(heir) = heir {
                    _ = write!(line.words, " --hand-over-to {}", heir.text());
                }
                line.targets(users.iter().map(Selector::text), self.stdin);
            }
            Command::CreateOwner { users } => {
                line.words += "owner create";
                for user in users {
                    _ = write!(line.words, " --user {}", user.text());
                }
            }
            Command::AddToOwner { owner, users } => {
                line.words = format!("owner add {}", names.owner(*owner));
                line.targets(users.iter().map(Selector::text), self.stdin);
            }
            Command::RemoveFromOwner { owner, users, revoke } => {
                line.words = format!("owner remove {}", names.owner(*owner));
                line.flag(*revoke, "--revoke-tokens");
                line.targets(users.iter().map(Selector::text), self.stdin);
            }
            Command::DeleteOwner { owner, revoke } => {
                line.words = format!("owner delete {}", names.owner(*owner));
                line.flag(*revoke, "--revoke-tokens");
            }
            _ => self.write_other(line, names),
        }
    }

    /// The commands about tokens, codes and sessions, and the reads.
    fn write_other(&self, line: &mut Line, names: &Names) {
        match &self.command {
            Command::Issue { of, name, if_not_exists, force } => {
                line.words = format!("token issue {} --name {name}", names.of(of));
                line.flag(*if_not_exists, "--if-not-exists");
                line.flag(*force, "--force");
            }
            Command::Rotate { which, overlap, force } => {
                line.words += "token rotate";
                line.flag(!overlap, "--overlap 0s");
                line.flag(*force, "--force");
                line.tokens(which, names, false);
            }
            Command::ChangeTokens { verb, which } => {
                line.words = format!("token {}", verb.name());
                line.tokens(which, names, self.stdin);
            }
            Command::IssueCode { kind, user, force } => {
                line.words =
                    format!("code issue {} --user {} --expires-in 1h", kind.name(), user.text());
                line.flag(*force, "--force");
            }
            Command::RevokeCodes { which } => {
                line.words += "code revoke";
                line.rows(which, |code| names.code(code), self.stdin);
            }
            Command::RevokeSessions { which } => {
                line.words += "session revoke";
                line.rows(which, Names::session, self.stdin);
            }
            Command::ShowUser { user } => line.words = format!("user show {}", user.text()),
            Command::ShowOwner { owner } => {
                line.words = format!("owner show {}", names.owner(*owner));
            }
            Command::ShowToken { which } => {
                line.words += "token show";
                line.tokens(which, names, false);
            }
            Command::VerifyToken { token } => {
                line.words += "token verify";
                line.input = names.secret(*token);
            }
            Command::ListUsers { status } => line.words = format!("user list --status {status}"),
            Command::ListOwners { user } => {
                line.words = format!("owner list --user {}", user.text());
            }
            Command::ListTokens { of } => line.words = format!("token list {}", names.of(of)),
            Command::ListTokensIn { status } => {
                line.words = format!("token list --status {status}");
            }
            Command::ListSessions { user } => {
                line.words = format!("session list --user {}", user.text());
            }
            Command::ListCodes { user } => {
                line.words = format!("code list --user {}", user.text());
            }
            other => panic!("no command of the program: {other:?}"),
        }
    }
}

impl Line {
    fn flag(&mut self, is_set: bool, flag: &str) {
        if is_set {
            _ = write!(self.words, " {flag}");
        }
    }

    fn targets(&mut self, targets: impl Iterator<Item = String>, stdin: bool) {
        let targets: Vec<_> = targets.collect();
        if stdin || targets.is_empty() {
            self.words += " -";
            self.input = targets.join("\n");
        } else {
            _ = write!(self.words, " {}", targets.join(" "));
        }
    }

    fn tokens(&mut self, which: &Which, names: &Names, stdin: bool) {
        match which {
            Which::Ids(tokens) => {
                self.targets(tokens.iter().map(|it| typed(&names.token(*it))), stdin);
            }
            Which::Values(tokens) => {
                self.words += " --stdin";
                self.input =
                    tokens.iter().map(|it| names.secret(*it)).collect::<Vec<_>>().join("\n");
            }
            Which::Name(of, name) => _ = write!(self.words, " {} --name {name}", names.of(of)),
            Which::All(of) => _ = write!(self.words, " {} --all", names.of(of)),
        }
    }

    fn rows(&mut self, which: &Rows, id: impl Fn(u32) -> String, stdin: bool) {
        match which {
            Rows::Ids(rows) => self.targets(rows.iter().map(|row| typed(&id(*row))), stdin),
            Rows::AllOf(user) => _ = write!(self.words, " --all --user {}", user.text()),
            Rows::Everyone => self.words += " --everyone",
        }
    }
}

/// An id that starts with `-` would be an option.
fn typed(id: &str) -> String {
    if id.starts_with('-') { format!("id:{id}") } else { id.to_owned() }
}
