//! The model: what the database holds, as far as commands can tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::command::{Kind, Of, Selector, Which};

/// How many users there can be. Each place has an id.
pub const PLACES: usize = 5;

pub fn id_of(place: usize) -> String {
    format!("00000000-0000-4000-8000-00000000000{place}")
}

#[derive(Debug, Clone)]
pub struct User {
    pub name: &'static str,
    pub email: String,
    pub verified: bool,
    pub blocked: bool,
    pub deleted: bool,
}

impl User {
    pub fn may_log_in(&self) -> bool {
        self.verified && self.may_use_tokens()
    }

    /// A token works also without a verified email.
    pub fn may_use_tokens(&self) -> bool {
        !self.blocked && !self.deleted
    }

    pub fn status(&self) -> &'static str {
        match self {
            Self { deleted: true, .. } => "deleted",
            Self { blocked: true, .. } => "blocked",
            Self { verified: false, .. } => "unverified",
            _ => "active",
        }
    }
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent, as in the table")]
pub struct Token {
    pub owner: u32,
    pub name: &'static str,
    pub blocked: bool,
    pub revoked: bool,
    pub expired: bool,
    /// Issued or rotated with --force: its owner may have no users.
    pub forced: bool,
    /// The order of the tokens of a name. The database's own time, once that is known.
    pub created: i64,
}

impl Token {
    pub fn is_live(&self) -> bool {
        !self.revoked && !self.expired
    }
}

/// A session, or a code, which is never revoked: revoking removes it.
#[derive(Debug, Clone)]
pub struct Login {
    pub user: usize,
    pub kind: Kind,
    pub revoked: bool,
    pub expired: bool,
}

impl Login {
    pub fn is_live(&self) -> bool {
        !self.revoked && !self.expired
    }

    pub fn status(&self) -> &'static str {
        match self {
            Self { revoked: true, .. } => "revoked",
            Self { expired: true, .. } => "expired",
            _ => "live",
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Model {
    pub users: BTreeMap<usize, User>,
    /// The users of each owner. It stays here, empty, when they are gone.
    pub owners: BTreeMap<u32, BTreeSet<usize>>,
    pub tokens: BTreeMap<u32, Token>,
    pub sessions: BTreeMap<u32, Login>,
    pub codes: BTreeMap<u32, Login>,
    /// The number of the next step.
    pub next: u32,
}

/// What the service compares of usernames.
fn fingerprint(name: &str) -> String {
    let same = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '$' };
    name.chars().map(same).collect()
}

impl Model {
    /// Of an empty database.
    pub fn new() -> Self {
        Self { next: 1, ..Self::default() }
    }

    pub fn named(&self, name: &str) -> Option<usize> {
        let is_it = |user: &User| fingerprint(user.name) == fingerprint(name);
        self.users.iter().find(|(_, user)| is_it(user)).map(|(place, _)| *place)
    }

    pub fn with_email(&self, email: &str) -> Option<usize> {
        let email = email.to_ascii_lowercase();
        self.users.iter().find(|(_, user)| user.email == email).map(|(place, _)| *place)
    }

    pub fn find(&self, selector: &Selector) -> Result<usize, i32> {
        let found = match selector {
            Selector::Id(place) => self.users.contains_key(place).then_some(*place),
            Selector::Name(name) => self.named(name),
            Selector::Email(email) => self.with_email(email),
        };
        found.ok_or(3)
    }

    /// The users, each once.
    pub fn find_all(&self, selectors: &[Selector]) -> Result<Vec<usize>, i32> {
        let mut found = Vec::new();
        for selector in selectors {
            let user = self.find(selector)?;
            if !found.contains(&user) {
                found.push(user);
            }
        }
        Ok(found)
    }

    pub fn members(&self, owner: u32) -> BTreeSet<usize> {
        self.owners.get(&owner).cloned().unwrap_or_default()
    }

    /// Some user or token has the owner.
    pub fn exists(&self, owner: u32) -> bool {
        !self.members(owner).is_empty() || self.tokens.values().any(|token| token.owner == owner)
    }

    pub fn own_owners(&self, user: usize) -> Vec<u32> {
        let is_own = |users: &BTreeSet<usize>| users.len() == 1 && users.contains(&user);
        self.owners.iter().filter(|(_, users)| is_own(users)).map(|(owner, _)| *owner).collect()
    }

    /// The owner; `None` if it is yet to be created for this user alone.
    pub fn owner(&self, of: &Of) -> Result<Option<u32>, i32> {
        match of {
            Of::User(user) => match self.own_owners(self.find(user)?).as_slice() {
                [] => Ok(None),
                [one] => Ok(Some(*one)),
                _ => Err(4),
            },
            Of::Owner(owner) if self.exists(*owner) => Ok(Some(*owner)),
            Of::Owner(_) => Err(3),
        }
    }

    pub fn tokens_of(&self, owner: u32) -> impl Iterator<Item = (u32, &Token)> {
        self.tokens
            .iter()
            .filter(move |(_, it)| it.owner == owner)
            .map(|(number, token)| (*number, token))
    }

    pub fn live_tokens_of(&self, owner: u32) -> Vec<u32> {
        let live = self.tokens_of(owner).filter(|(_, token)| token.is_live());
        live.map(|(number, _)| number).collect()
    }

    pub fn named_tokens(&self, owner: u32, name: &str) -> Vec<u32> {
        let named = self.tokens_of(owner).filter(|(_, token)| token.name == name);
        named.map(|(number, _)| number).collect()
    }

    /// The newest that is live, or else that is not revoked, or else of all.
    pub fn newest(&self, tokens: &[u32]) -> Option<u32> {
        let rank = |number: &&u32| {
            let token = &self.tokens[number];
            (!token.revoked, !token.expired, token.created)
        };
        tokens.iter().max_by_key(rank).copied()
    }

    /// The one token that is named.
    pub fn one_token(&self, which: &Which) -> Result<u32, i32> {
        match which {
            Which::Ids(tokens) | Which::Values(tokens) => {
                tokens.first().copied().filter(|token| self.tokens.contains_key(token)).ok_or(3)
            }
            Which::Name(of, name) => {
                let named = self.owner(of)?.map(|owner| self.named_tokens(owner, name));
                self.newest(&named.unwrap_or_default()).ok_or(3)
            }
            Which::All(_) => panic!("--all names several tokens"),
        }
    }

    pub fn names_of(&self, users: &BTreeSet<usize>) -> Vec<&'static str> {
        let mut names: Vec<_> = users.iter().map(|user| self.users[user].name).collect();
        names.sort_unstable();
        names
    }

    pub fn may_log_in(&self, users: &BTreeSet<usize>) -> bool {
        users.iter().any(|user| self.users[user].may_log_in())
    }

    pub fn may_use_tokens(&self, users: &BTreeSet<usize>) -> bool {
        users.iter().any(|user| self.users[user].may_use_tokens())
    }

    pub fn sessions_of(&self, user: usize) -> Vec<u32> {
        of_user(&self.sessions, user, |_| true)
    }

    pub fn live_sessions_of(&self, user: usize) -> Vec<u32> {
        of_user(&self.sessions, user, Login::is_live)
    }

    pub fn codes_of(&self, user: usize, kind: Option<Kind>) -> Vec<u32> {
        of_user(&self.codes, user, |code| kind.is_none_or(|kind| code.kind == kind))
    }

    pub fn live_codes_of(&self, user: usize, kind: Kind) -> usize {
        of_user(&self.codes, user, |code| code.kind == kind && code.is_live()).len()
    }
}

fn of_user(rows: &BTreeMap<u32, Login>, user: usize, is_it: impl Fn(&Login) -> bool) -> Vec<u32> {
    rows.iter()
        .filter(|(_, row)| row.user == user && is_it(row))
        .map(|(number, _)| *number)
        .collect()
}

/// What lists show of the rows: the keys that the model knows.
impl Model {
    pub fn user_row(&self, place: usize) -> Value {
        let User { name, email, verified, blocked, deleted } = &self.users[&place];
        json!({
            "id": id_of(place), "username": name, "email": email, "status": self.users[&place].status(),
            "email_verified": verified, "blocked": blocked, "deleted": deleted,
        })
    }

    pub fn owner_row(&self, owner: u32) -> Value {
        json!({
            "owner_id": format!("#owner {owner}"), "users": self.names_of(&self.members(owner)),
            "live_tokens": self.live_tokens_of(owner).len(), "tokens": self.tokens_of(owner).count(),
        })
    }

    pub fn token_row(&self, number: u32) -> Value {
        let token = &self.tokens[&number];
        let users = self.members(token.owner);
        json!({
            "id": format!("#token {number}"), "owner_id": format!("#owner {}", token.owner),
            "name": token.name, "status": self.token_status(number), "users": self.names_of(&users),
            "shared": users.len() > 1, "blocked": token.blocked, "revoked": token.revoked,
        })
    }

    pub fn token_status(&self, number: u32) -> &'static str {
        match &self.tokens[&number] {
            Token { revoked: true, .. } => "revoked",
            Token { expired: true, .. } => "expired",
            Token { blocked: true, .. } => "blocked",
            token if !self.may_use_tokens(&self.members(token.owner)) => "owner-blocked",
            _ => "active",
        }
    }

    pub fn session_row(&self, number: u32) -> Value {
        let session = &self.sessions[&number];
        json!({
            "id": super::names::Names::session(number), "user_id": id_of(session.user),
            "username": self.users[&session.user].name, "status": session.status(),
            "revoked": session.revoked,
        })
    }

    pub fn code_row(&self, number: u32) -> Value {
        let code = &self.codes[&number];
        json!({
            "id": format!("#code {number}"), "kind": code.kind.name(), "user_id": id_of(code.user),
            "username": self.users[&code.user].name, "status": code.status(),
        })
    }

    /// What the lists of all rows show: users, tokens, owners, sessions, codes.
    pub fn lists(&self) -> [Vec<Value>; 5] {
        let owners = self.owners.iter().filter(|(_, users)| !users.is_empty());
        [
            self.users.keys().map(|place| self.user_row(*place)).collect(),
            self.tokens.keys().map(|number| self.token_row(*number)).collect(),
            owners.map(|(owner, _)| self.owner_row(*owner)).collect(),
            self.sessions.keys().map(|number| self.session_row(*number)).collect(),
            self.codes.keys().map(|number| self.code_row(*number)).collect(),
        ]
    }
}
