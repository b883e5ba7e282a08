//! The model of `iamctl owner` and `iamctl token`.

use serde_json::json;

use super::answer::{Answer, Answered, changed};
use super::command::{Command, Selector, TokenVerb, Which};
use super::state::{Model, Token, id_of};

fn owner_id(owner: u32) -> String {
    format!("#owner {owner}")
}

fn token_id(token: u32) -> String {
    format!("#token {token}")
}

impl Model {
    pub fn create_owner(&mut self, number: u32, users: &[Selector]) -> Answered {
        let users = self.find_all(users)?;
        let count = users.len();
        self.owners.insert(number, users.into_iter().collect());
        let targets = (0..count).map(|_| owner_id(number));
        Ok(Answer::of(vec![changed(self.owner_row(number), true)]).audited("owner.create", targets))
    }

    pub fn add_to_owner(&mut self, owner: u32, users: &[Selector]) -> Answered {
        if !self.exists(owner) {
            return Err(3);
        }
        let users = self.find_all(users)?;
        let members = self.members(owner);
        let answer = self.memberships(owner, &users, |user| !members.contains(&user));
        let new = users.iter().filter(|user| !members.contains(user)).map(|_| owner_id(owner));
        let answer = answer.audited("owner.add", new);
        self.owners.entry(owner).or_default().extend(users);
        Ok(answer)
    }

    fn memberships(&self, owner: u32, users: &[usize], differs: impl Fn(usize) -> bool) -> Answer {
        let rows = users.iter().map(|user| {
            json!({
                "owner_id": owner_id(owner), "user_id": id_of(*user),
                "username": self.users[user].name, "changed": differs(*user),
            })
        });
        Answer::of(rows.collect())
    }

    pub fn remove_from_owner(&mut self, owner: u32, users: &[Selector], revoke: bool) -> Answered {
        if !self.exists(owner) {
            return Err(3);
        }
        let users = self.find_all(users)?;
        let members = self.members(owner);
        let mut answer = self.memberships(owner, &users, |user| members.contains(&user));
        let gone: Vec<_> = users.into_iter().filter(|user| members.contains(user)).collect();
        if !gone.is_empty() && gone.len() == members.len() {
            answer = answer.audited("owner.remove", self.revoke_or_refuse(owner, revoke)?);
        }
        let left = self.owners.entry(owner).or_default();
        left.retain(|user| !gone.contains(user));
        Ok(answer.audited("owner.remove", gone.iter().map(|_| owner_id(owner))))
    }

    /// The live tokens of an owner that is to have no users.
    fn revoke_or_refuse(&mut self, owner: u32, revoke: bool) -> Result<Vec<String>, i32> {
        let live = self.live_tokens_of(owner);
        if !live.is_empty() && !revoke {
            return Err(5);
        }
        for token in &live {
            self.tokens.get_mut(token).unwrap().revoked = true;
        }
        Ok(live.into_iter().map(token_id).collect())
    }

    pub fn delete_owner(&mut self, owner: u32, revoke: bool) -> Answered {
        if !self.exists(owner) {
            return Err(3);
        }
        let revoked = self.revoke_or_refuse(owner, revoke)?;
        let gone: Vec<_> = self.members(owner).iter().map(|_| owner_id(owner)).collect();
        self.owners.entry(owner).or_default().clear();
        let differs = !revoked.is_empty() || !gone.is_empty();
        let answer = Answer::of(vec![changed(self.owner_row(owner), differs)]);
        Ok(answer.audited("owner.delete", revoked).audited("owner.delete", gone))
    }

    pub fn issue(&mut self, number: u32, command: &Command) -> Answered {
        let Command::Issue { of, name, if_not_exists, force } = command else {
            panic!("{command:?}");
        };
        let owner = self.owner(of)?;
        let mut users = owner.map(|owner| self.members(owner)).unwrap_or_default();
        if let (None, super::command::Of::User(user)) = (owner, of) {
            users.insert(self.find(user)?);
        }
        let same_name = owner.map(|owner| self.named_tokens(owner, name)).unwrap_or_default();
        let newest = self.newest(&same_name).filter(|token| self.tokens[token].is_live());
        match newest {
            Some(token) if *if_not_exists => {
                return Ok(Answer::of(vec![changed(self.token_row(token), false)]));
            }
            Some(_) => return Err(4),
            None if !force && !self.may_log_in(&users) => return Err(5),
            None => {}
        }
        let owner = owner.unwrap_or(number);
        self.owners.insert(owner, users);
        self.insert_token(number, owner, name, *force);
        let answer = Answer::of(vec![changed(self.token_row(number), true)]);
        Ok(answer.audited("token.issue", [token_id(number)]))
    }

    fn insert_token(&mut self, number: u32, owner: u32, name: &'static str, forced: bool) {
        // After all that there are. The database's own time replaces it.
        let latest = self.tokens.values().map(|token| token.created).max().unwrap_or_default();
        let created = latest + 1;
        let (blocked, revoked, expired) = (false, false, false);
        let token = Token { owner, name, blocked, revoked, expired, forced, created };
        self.tokens.insert(number, token);
    }

    pub fn rotate(&mut self, number: u32, which: &Which, overlap: bool, force: bool) -> Answered {
        let old = self.one_token(which)?;
        let Token { owner, name, blocked, .. } = self.tokens[&old];
        if !force && !self.may_log_in(&self.members(owner)) {
            return Err(5);
        }
        let same_name = self.named_tokens(owner, name);
        if blocked || !self.tokens[&old].is_live() || self.newest(&same_name) != Some(old) {
            return Err(5);
        }
        let live = same_name.iter().filter(|token| self.tokens[token].is_live()).count();
        let stay = if overlap { live } else { live - 1 };
        if stay + 1 > 2 {
            return Err(5);
        }
        self.tokens.get_mut(&old).unwrap().expired = !overlap;
        self.insert_token(number, owner, name, force);
        let answer = Answer::of(vec![changed(self.token_row(number), true)]);
        Ok(answer.audited("token.rotate", [old, number].map(token_id)))
    }

    pub fn change_tokens(&mut self, verb: TokenVerb, which: &Which) -> Answered {
        let tokens = self.which_tokens(verb, which)?;
        let mut differ = Vec::new();
        for number in &tokens {
            let token = self.tokens.get_mut(number).unwrap();
            let before = (token.revoked, token.blocked);
            match verb {
                TokenVerb::Revoke => token.revoked = true,
                TokenVerb::Block => token.blocked = true,
                TokenVerb::Unblock => token.blocked = false,
            }
            if (token.revoked, token.blocked) != before {
                differ.push(*number);
            }
        }
        let rows = tokens.iter().map(|it| changed(self.token_row(*it), differ.contains(it)));
        let action = format!("token.{}", verb.name());
        Ok(Answer::of(rows.collect()).audited(&action, differ.iter().copied().map(token_id)))
    }

    /// A name means all tokens of that name that are not revoked for `revoke`, and the newest for the others.
    fn which_tokens(&self, verb: TokenVerb, which: &Which) -> Result<Vec<u32>, i32> {
        let unrevoked = |token: &u32| !self.tokens[token].revoked;
        Ok(match which {
            Which::Ids(tokens) | Which::Values(tokens) => {
                let mut named = tokens.clone();
                named.sort_unstable();
                named.dedup();
                if named.iter().any(|token| !self.tokens.contains_key(token)) {
                    return Err(3);
                }
                named
            }
            Which::All(of) => {
                let owner = self.owner(of)?;
                let all = owner.into_iter().flat_map(|owner| self.tokens_of(owner));
                all.map(|(number, _)| number).filter(unrevoked).collect()
            }
            Which::Name(of, name) => {
                let owner = self.owner(of)?;
                let named = owner.map(|owner| self.named_tokens(owner, name)).unwrap_or_default();
                let newest = self.newest(&named).ok_or(3)?;
                let every: Vec<_> = named.into_iter().filter(unrevoked).collect();
                if verb == TokenVerb::Revoke && !every.is_empty() { every } else { vec![newest] }
            }
        })
    }
}
