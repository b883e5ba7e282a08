//! The model of `iamctl user`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::answer::{Answer, Answered, changed};
use super::command::{Command, Kind, Selector, UserVerb};
use super::names::Names;
use super::state::{Model, User, id_of};

impl Model {
    pub fn create_user(&mut self, command: &Command) -> Answered {
        let Command::CreateUser { place, name, email, verified, if_not_exists } = command else {
            panic!("{command:?}");
        };
        let email = email.to_ascii_lowercase();
        let mut taken: Vec<_> = [self.named(name), self.with_email(&email)]
            .into_iter()
            .flatten()
            .chain(self.users.contains_key(place).then_some(*place))
            .collect();
        taken.sort_unstable();
        taken.dedup();
        if let [user, others @ ..] = taken.as_slice() {
            let exists = &self.users[user];
            let is_same = others.is_empty()
                && user == place
                && exists.name == *name
                && exists.email == email
                && !exists.deleted;
            if is_same && *if_not_exists {
                return Ok(Answer::of(vec![changed(self.user_row(*place), false)]));
            }
            return Err(4);
        }
        let user = User { name, email, verified: *verified, blocked: false, deleted: false };
        self.users.insert(*place, user);
        let printed = vec![changed(self.user_row(*place), true)];
        Ok(Answer::of(printed).audited("user.create", [id_of(*place)]))
    }

    /// `unblock`, `restore`, `verify-email`, `unverify-email`.
    pub fn change_users(&mut self, verb: UserVerb, users: &[Selector]) -> Answered {
        let users = self.find_all(users)?;
        let before = self.clone();
        for user in &users {
            let user = self.users.get_mut(user).unwrap();
            match verb {
                UserVerb::Unblock => user.blocked = false,
                UserVerb::Restore => user.deleted = false,
                UserVerb::Verify => user.verified = true,
                UserVerb::Unverify => user.verified = false,
                UserVerb::Block { .. } | UserVerb::Delete => panic!("{verb:?}"),
            }
        }
        let differ = users.iter().filter(|user| before.user_row(**user) != self.user_row(**user));
        let differ: BTreeSet<_> = differ.copied().collect();
        Ok(self.changed_users(&format!("user.{}", verb.name()), &users, &differ))
    }

    /// The users, and an audit row for each who changed.
    fn changed_users(&self, action: &str, users: &[usize], differ: &BTreeSet<usize>) -> Answer {
        let printed = users.iter().map(|user| changed(self.user_row(*user), differ.contains(user)));
        Answer::of(printed.collect()).audited(action, differ.iter().map(|user| id_of(*user)))
    }

    pub fn block(&mut self, users: &[Selector], sessions: bool, tokens: bool) -> Answered {
        let users = self.find_all(users)?;
        let mut differ: BTreeSet<_> =
            users.iter().copied().filter(|user| !self.users[user].blocked).collect();
        if tokens {
            for (owner, leaving) in self.ending_owners(&users) {
                for token in self.live_tokens_of(owner) {
                    self.tokens.get_mut(&token).unwrap().revoked = true;
                    differ.extend(&leaving);
                }
            }
        }
        for user in &users {
            if sessions {
                let ended = self.end_sessions(*user).len()
                    + self.remove_codes(*user, Some(Kind::Authorization)).len();
                differ.extend((ended > 0).then_some(user));
            }
            self.users.get_mut(user).unwrap().blocked = true;
        }
        Ok(self.changed_users("user.block", &users, &differ))
    }

    pub fn delete(&mut self, users: &[Selector]) -> Answered {
        let users = self.find_all(users)?;
        let mut differ = BTreeSet::new();
        for user in &users {
            let ended = self.end_sessions(*user).len() + self.remove_codes(*user, None).len();
            if ended > 0 || !self.users[user].deleted {
                differ.insert(*user);
            }
            self.users.get_mut(user).unwrap().deleted = true;
        }
        Ok(self.changed_users("user.delete", &users, &differ))
    }

    pub fn rename(&mut self, user: &Selector, name: &'static str) -> Answered {
        let user = self.find(user)?;
        if self.named(name).is_some_and(|other| other != user) {
            return Err(4);
        }
        let differs = self.users[&user].name != name;
        self.users.get_mut(&user).unwrap().name = name;
        let differ = differs.then_some(user).into_iter().collect();
        Ok(self.changed_users("user.rename", &[user], &differ))
    }

    pub fn set_email(&mut self, user: &Selector, email: &str, verified: bool) -> Answered {
        let user = self.find(user)?;
        let email = email.to_ascii_lowercase();
        let before = &self.users[&user];
        if before.email == email && (before.verified || !verified) {
            return Ok(self.changed_users("user.set-email", &[user], &BTreeSet::new()));
        }
        if self.with_email(&email).is_some_and(|other| other != user) {
            return Err(4);
        }
        let row = self.users.get_mut(&user).unwrap();
        row.email = email;
        row.verified = verified;
        self.remove_codes(user, None);
        Ok(self.changed_users("user.set-email", &[user], &[user].into()))
    }

    pub fn erase(&mut self, users: &[Selector], force: bool) -> Answered {
        let users = self.find_all(users)?;
        if !force && users.iter().any(|user| !self.users[user].deleted) {
            return Err(5);
        }
        let mut printed = Vec::new();
        let ending = self.owners_without_others(&users, |_| true);
        for user in &users {
            let of_user = ending.iter().filter(|(_, leaving)| leaving.contains(user));
            let mut row = changed(self.user_row(*user), true);
            row["erased_sessions"] = self.sessions_of(*user).len().into();
            row["erased_codes"] = self.codes_of(*user, None).len().into();
            row["erased_tokens"] =
                of_user.map(|(owner, _)| self.tokens_of(*owner).count()).sum::<usize>().into();
            printed.push(row);
        }
        self.tokens.retain(|_, token| !ending.contains_key(&token.owner));
        for user in &users {
            self.users.remove(user);
            self.sessions.retain(|_, session| session.user != *user);
            self.codes.retain(|_, code| code.user != *user);
            self.owners.values_mut().for_each(|members| _ = members.remove(user));
        }
        let ids = users.iter().map(|user| id_of(*user));
        Ok(Answer::of(printed).audited("user.erase", ids))
    }

    /// The owners of these users that have no other user for whom `counts` holds, each with those of them that it
    /// has.
    fn owners_without_others(
        &self,
        users: &[usize],
        counts: impl Fn(usize) -> bool,
    ) -> BTreeMap<u32, BTreeSet<usize>> {
        let leaving: BTreeSet<_> = users.iter().copied().collect();
        let ending = self.owners.iter().filter_map(|(owner, members)| {
            let goes: BTreeSet<_> = members & &leaving;
            let others = members.difference(&leaving).any(|other| counts(*other));
            (!goes.is_empty() && !others).then_some((*owner, goes))
        });
        ending.collect()
    }

    fn ending_owners(&self, users: &[usize]) -> BTreeMap<u32, BTreeSet<usize>> {
        self.owners_without_others(users, |other| self.users[&other].may_use_tokens())
    }

    pub fn offboard(
        &mut self,
        number: u32,
        users: &[Selector],
        heir: Option<&Selector>,
    ) -> Answered {
        let users = self.find_all(users)?;
        let heir = heir.map(|heir| self.find(heir)).transpose()?;
        if let Some(heir) = heir {
            if users.contains(&heir) {
                return Err(2);
            }
            if !self.users[&heir].may_log_in() {
                return Err(5);
            }
        }
        let ending = self.ending_owners(&users);
        let shared: Vec<_> = self
            .owners_without_others(&users, |_| false)
            .into_iter()
            .filter(|(owner, _)| !ending.contains_key(owner))
            .collect();
        let kept: Vec<_> =
            shared.iter().flat_map(|(owner, _)| self.live_tokens_of(*owner)).collect();
        let ended: Vec<_> = ending.keys().flat_map(|owner| self.live_tokens_of(*owner)).collect();
        let mut printed = self.token_rows(&users, &kept, "kept: shared", false);
        let outcome = if heir.is_some() { "handed over" } else { "revoked" };
        printed.extend(self.token_rows(&users, &ended, outcome, true));
        let mut differ: BTreeSet<_> =
            users.iter().copied().filter(|user| !self.users[user].blocked).collect();
        let mut answer = Answer::default();
        match heir {
            Some(heir) => {
                self.hand_over(number, heir, &ended)?;
                let ids = ended.iter().map(|token| format!("#token {token}"));
                answer = answer.audited("user.offboard", ids);
            }
            None => {
                for token in &ended {
                    let token = self.tokens.get_mut(token).unwrap();
                    token.revoked = true;
                    differ.extend(&ending[&token.owner]);
                }
            }
        }
        for user in users {
            printed.extend(self.end_all_of(user, &mut differ));
        }
        answer.printed = Some(printed);
        Ok(answer.audited("user.offboard", differ.into_iter().map(id_of)))
    }

    fn hand_over(&mut self, number: u32, heir: usize, tokens: &[u32]) -> Result<(), i32> {
        if tokens.is_empty() {
            return Ok(());
        }
        let own = match self.own_owners(heir).as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => return Err(4),
        };
        let mut owners_of = BTreeMap::<_, BTreeSet<u32>>::new();
        let of_heir = own.iter().flat_map(|owner| self.live_tokens_of(*owner));
        for token in of_heir.chain(tokens.iter().copied()) {
            let token = &self.tokens[&token];
            owners_of.entry(token.name).or_default().insert(token.owner);
        }
        let moved: BTreeSet<_> = tokens.iter().map(|token| self.tokens[token].name).collect();
        if owners_of.iter().any(|(name, owners)| moved.contains(name) && owners.len() > 1) {
            return Err(4);
        }
        let owner = own.unwrap_or(number);
        self.owners.insert(owner, [heir].into());
        for token in tokens {
            self.tokens.get_mut(token).unwrap().owner = owner;
        }
        Ok(())
    }

    fn token_rows(
        &self,
        users: &[usize],
        tokens: &[u32],
        outcome: &str,
        changed: bool,
    ) -> Vec<Value> {
        let mut rows = Vec::new();
        for number in tokens {
            let token = &self.tokens[number];
            let members = self.members(token.owner);
            for user in users.iter().filter(|user| members.contains(user)) {
                rows.push(json!({
                    "user_id": id_of(*user), "kind": "token", "id": format!("#token {number}"),
                    "name": token.name, "outcome": outcome, "changed": changed,
                }));
            }
        }
        rows
    }

    /// Blocks the user, ends sessions and removes codes. Returns what `offboard` shows of them.
    fn end_all_of(&mut self, user: usize, differ: &mut BTreeSet<usize>) -> Vec<Value> {
        let name = self.users[&user].name;
        let row = |kind: &str, id: String, name: Option<&str>, outcome: &str, changed: bool| {
            json!({
                "user_id": id_of(user), "kind": kind, "id": id, "name": name, "outcome": outcome,
                "changed": changed,
            })
        };
        let is_new = !self.users[&user].blocked;
        let mut rows = vec![row("user", id_of(user), Some(name), "blocked", is_new)];
        for session in self.end_sessions(user) {
            rows.push(row("session", Names::session(session), None, "revoked", true));
        }
        for kind in [Kind::Verification, Kind::Authorization] {
            for code in self.remove_codes(user, Some(kind)) {
                let kind = format!("{} code", kind.name());
                rows.push(row(&kind, format!("#code {code}"), None, "removed", true));
            }
        }
        if rows.len() > 1 {
            differ.insert(user);
        }
        self.users.get_mut(&user).unwrap().blocked = true;
        rows
    }

    /// Revokes the live sessions of the user.
    pub fn end_sessions(&mut self, user: usize) -> Vec<u32> {
        let live = self.live_sessions_of(user);
        for session in &live {
            self.sessions.get_mut(session).unwrap().revoked = true;
        }
        live
    }

    /// Removes the codes of the user, of this kind or of both.
    pub fn remove_codes(&mut self, user: usize, kind: Option<Kind>) -> Vec<u32> {
        let codes = self.codes_of(user, kind);
        self.codes.retain(|number, _| !codes.contains(number));
        codes
    }
}
