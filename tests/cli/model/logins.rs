//! The model of `iamctl session` and `iamctl code`, of what the service and time do, and of reads.

use serde_json::{Value, json};

use super::answer::{Answer, Answered, changed};
use super::command::{Command, Kind, Of, Rows, Selector, Step};
use super::names::Names;
use super::state::{Login, Model, User, id_of};

/// The service refuses a fourth live verification code.
const MOST_VERIFICATION_CODES: usize = 3;

impl Model {
    pub fn issue_code(
        &mut self,
        number: u32,
        kind: Kind,
        user: &Selector,
        force: bool,
    ) -> Answered {
        let user = self.find(user)?;
        let User { verified, blocked, deleted, .. } = self.users[&user];
        let live = self.live_codes_of(user, kind);
        let is_accepted = match kind {
            Kind::Authorization => verified && !blocked && !deleted,
            Kind::Verification => {
                !verified && !blocked && !deleted && live < MOST_VERIFICATION_CODES
            }
        };
        if !is_accepted && !force {
            return Err(5);
        }
        self.codes.insert(number, Login { user, kind, revoked: false, expired: false });
        Ok(Answer::of(vec![self.code_row(number)]).audited("code.issue", [id_of(user)]))
    }

    pub fn revoke_codes(&mut self, which: &Rows) -> Answered {
        let codes = match which {
            Rows::Ids(codes) => once(codes),
            Rows::AllOf(user) => self.codes_of(self.find(user)?, None),
            Rows::Everyone => panic!("of sessions only"),
        };
        if codes.iter().any(|code| !self.codes.contains_key(code)) {
            return Err(3);
        }
        let rows: Vec<_> = codes.iter().map(|code| changed(self.code_row(*code), true)).collect();
        let users: Vec<_> = codes.iter().map(|code| id_of(self.codes[code].user)).collect();
        self.codes.retain(|number, _| !codes.contains(number));
        Ok(Answer::of(rows).audited("code.revoke", users))
    }

    pub fn revoke_sessions(&mut self, which: &Rows) -> Answered {
        match which {
            Rows::Ids(sessions) => self.revoke_some_sessions(&once(sessions)),
            Rows::AllOf(user) => {
                let user = self.find(user)?;
                let answer = self.revoke_some_sessions(&self.live_sessions_of(user))?;
                let codes = self.remove_codes(user, Some(Kind::Authorization));
                let target = (!codes.is_empty()).then(|| id_of(user));
                Ok(answer.audited("session.revoke", target))
            }
            Rows::Everyone => {
                let live = self.sessions.values().filter(|session| session.is_live()).count();
                self.sessions
                    .values_mut()
                    .filter(|it| it.is_live())
                    .for_each(|it| it.revoked = true);
                let codes = self.codes.len();
                self.codes.retain(|_, code| code.kind != Kind::Authorization);
                let codes = codes - self.codes.len();
                let differs = live > 0 || codes > 0;
                let total = json!({
                    "sessions_revoked": live, "authorization_codes_removed": codes, "changed": differs,
                });
                let target = differs.then(String::new);
                Ok(Answer::of(vec![total]).audited("session.revoke", target))
            }
        }
    }

    fn revoke_some_sessions(&mut self, sessions: &[u32]) -> Answered {
        if sessions.iter().any(|session| !self.sessions.contains_key(session)) {
            return Err(3);
        }
        let mut rows = Vec::new();
        let mut differ = Vec::new();
        for number in sessions {
            let session = self.sessions.get_mut(number).unwrap();
            let is_live = session.is_live();
            session.revoked |= is_live;
            differ.extend(is_live.then(|| Names::session(*number)));
            rows.push(changed(self.session_row(*number), is_live));
        }
        Ok(Answer::of(rows).audited("session.revoke", differ))
    }

    /// What the service and time do.
    pub fn outside(&mut self, step: &Step) {
        let kind = Kind::Authorization;
        match &step.command {
            Command::LogIn { place } => {
                if self.users.get(place).is_some_and(User::may_log_in) {
                    let session = Login { user: *place, kind, revoked: false, expired: false };
                    self.sessions.insert(step.number, session);
                }
            }
            Command::ExpireToken { token } => {
                self.tokens.get_mut(token).into_iter().for_each(|token| token.expired = true);
            }
            Command::ExpireSession { session } => {
                self.sessions.get_mut(session).into_iter().for_each(|it| it.expired = true);
            }
            Command::ExpireCode { code } => {
                self.codes.get_mut(code).into_iter().for_each(|code| code.expired = true);
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn read(&self, command: &Command) -> Answered {
        Ok(match command {
            Command::ShowUser { user } => Answer::of(vec![self.shown_user(self.find(user)?)]),
            Command::ShowOwner { owner } if !self.exists(*owner) => return Err(3),
            Command::ShowOwner { owner } => Answer::of(vec![self.owner_row(*owner)]),
            Command::ShowToken { which } => {
                Answer::of(vec![self.token_row(self.one_token(which)?)])
            }
            Command::VerifyToken { token } if !self.tokens.contains_key(token) => return Err(3),
            Command::VerifyToken { token } => {
                let is_accepted = self.token_status(*token) == "active";
                let code = if is_accepted { 0 } else { 5 };
                Answer { code, ..Answer::of(vec![self.token_row(*token)]) }
            }
            list => Answer::of(self.list(list)?),
        })
    }

    fn shown_user(&self, user: usize) -> Value {
        let mut row = self.user_row(user);
        let owners = self.owners.iter().filter(|(_, members)| members.contains(&user));
        let tokens: usize = owners.map(|(owner, _)| self.live_tokens_of(*owner).len()).sum();
        row["live_sessions"] = self.live_sessions_of(user).len().into();
        row["live_verification_codes"] = self.live_codes_of(user, Kind::Verification).into();
        row["live_authorization_codes"] = self.live_codes_of(user, Kind::Authorization).into();
        row["live_tokens"] = tokens.into();
        row
    }

    fn list(&self, command: &Command) -> Result<Vec<Value>, i32> {
        Ok(match command {
            Command::ListUsers { status } => {
                let users = self.users.iter().filter(|(_, user)| user.status() == *status);
                users.map(|(place, _)| self.user_row(*place)).collect()
            }
            Command::ListOwners { user } => {
                let user = self.find(user)?;
                let owners = self.owners.iter().filter(|(_, members)| members.contains(&user));
                owners.map(|(owner, _)| self.owner_row(*owner)).collect()
            }
            Command::ListTokens { of } => self.listed_tokens(of)?,
            Command::ListTokensIn { status } => {
                let tokens = self.tokens.keys().filter(|it| self.token_status(**it) == *status);
                tokens.map(|token| self.token_row(*token)).collect()
            }
            Command::ListSessions { user } => {
                let sessions = self.sessions_of(self.find(user)?);
                sessions.into_iter().map(|session| self.session_row(session)).collect()
            }
            Command::ListCodes { user } => {
                let codes = self.codes_of(self.find(user)?, None);
                codes.into_iter().map(|code| self.code_row(code)).collect()
            }
            other => panic!("{other:?}"),
        })
    }

    /// Those of all owners of a user, or of one owner.
    fn listed_tokens(&self, of: &Of) -> Result<Vec<Value>, i32> {
        let is_listed: Box<dyn Fn(u32) -> bool> = match of {
            Of::User(user) => {
                let user = self.find(user)?;
                Box::new(move |owner| self.members(owner).contains(&user))
            }
            Of::Owner(owner) if !self.exists(*owner) => return Err(3),
            Of::Owner(owner) => Box::new(move |of| of == *owner),
        };
        let tokens = self.tokens.iter().filter(|(_, token)| is_listed(token.owner));
        Ok(tokens.map(|(number, _)| self.token_row(*number)).collect())
    }
}

fn once(numbers: &[u32]) -> Vec<u32> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
