//! What a change ended besides: sessions, codes, tokens.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::db::audit_log::NewAuditEntry;
use crate::db::tokens::ApiToken;
use crate::db::types::StoredSecret;
use crate::db::users::User;
use crate::domain::{Changed, counted};

/// How many rows ended with a change, user by user. `None` where the change does not end them.
#[derive(Debug, Default)]
pub struct Ended {
    pub sessions: Option<CountPerUser>,
    pub codes: Option<CountPerUser>,
    pub tokens: Option<CountPerUser>,
}

/// How many rows of each user, and how many rows in all.
#[derive(Debug, Default)]
pub struct CountPerUser {
    of_user: HashMap<Uuid, usize>,
    rows: usize,
}

impl CountPerUser {
    /// Of rows, each with its user and its key.
    pub fn of_rows<'a>(rows: impl IntoIterator<Item = &'a (Uuid, StoredSecret)>) -> Self {
        Self::of_shared(rows.into_iter().map(|(user, _)| std::slice::from_ref(user)))
    }

    /// Of tokens. `users_of` are the users of each owner; a token counts for all of them.
    pub fn of_tokens<'a>(
        tokens: impl IntoIterator<Item = &'a ApiToken>,
        users_of: &BTreeMap<Uuid, Vec<Uuid>>,
    ) -> Self {
        let users = |token: &ApiToken| users_of.get(&token.owner_id).map(Vec::as_slice);
        Self::of_shared(tokens.into_iter().filter_map(users))
    }

    /// Of rows that users share, given as the users of each row. A row counts for all of its users.
    fn of_shared<'a>(rows: impl IntoIterator<Item = &'a [Uuid]>) -> Self {
        let mut counts = Self::default();
        for users in rows {
            counts.rows += 1;
            for user in users {
                *counts.of_user.entry(*user).or_default() += 1;
            }
        }
        counts
    }

    pub fn get(&self, user: Uuid) -> usize {
        self.of_user.get(&user).copied().unwrap_or_default()
    }
}

impl Ended {
    fn counts(&self) -> impl Iterator<Item = (&'static str, &CountPerUser)> {
        [
            ("sessions_revoked", &self.sessions),
            ("codes_removed", &self.codes),
            ("tokens_revoked", &self.tokens),
        ]
        .into_iter()
        .filter_map(|(name, count)| Some((name, count.as_ref()?)))
    }

    /// Whether something of the user ended.
    fn any_of(&self, user: Uuid) -> bool {
        self.counts().any(|(_, count)| count.get(user) > 0)
    }

    /// The details of the user's audit row.
    fn details(&self, user: Uuid) -> Value {
        let counts = self.counts().map(|(name, count)| (name.to_owned(), count.get(user).into()));
        Value::Object(counts.collect::<Map<_, _>>())
    }

    /// Marks users as changed of whom something ended.
    pub fn mark_changed(&self, users: &mut [Changed<User>]) {
        for user in users {
            user.changed |= self.any_of(user.record.id);
        }
    }

    /// An audit row for each user who is changed.
    pub fn audit_rows(&self, users: &[Changed<User>]) -> Vec<NewAuditEntry> {
        let changed = users.iter().filter(|user| user.changed).map(|user| user.record.id);
        changed.map(|id| NewAuditEntry::new(id, self.details(id))).collect()
    }

    /// What ended, for a notice; `None` where nothing did.
    pub fn summary(&self) -> Option<String> {
        let rows = |count: &Option<CountPerUser>| count.as_ref().map_or(0, |count| count.rows);
        let parts: Vec<_> = [
            ("revoked", rows(&self.sessions), "session"),
            ("revoked", rows(&self.tokens), "token"),
            ("removed", rows(&self.codes), "code"),
        ]
        .into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(verb, count, noun)| format!("{verb} {}", counted(count, noun)))
        .collect();
        (!parts.is_empty()).then(|| format!("also {}", parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::{CountPerUser, Ended};
    use uuid::Uuid;

    #[test]
    fn counts_agree_with_their_nouns() {
        let [alice, bob] = [1, 2].map(Uuid::from_u128);
        let ended = Ended {
            sessions: Some(CountPerUser::of_shared([[alice].as_slice()])),
            codes: Some(CountPerUser::of_shared([[alice].as_slice(), &[bob]])),
            tokens: None,
        };
        let summary = ended.summary();
        assert_eq!(summary.as_deref(), Some("also revoked 1 session, removed 2 codes"));
        assert_eq!(ended.details(bob).to_string(), r#"{"sessions_revoked":0,"codes_removed":1}"#);
        assert!(ended.any_of(bob));
        assert_eq!(
            Ended { sessions: Some(CountPerUser::default()), ..Ended::default() }.summary(),
            None
        );
    }

    #[test]
    fn a_shared_token_counts_for_each_user_and_once_in_all() {
        let [alice, bob] = [1, 2].map(Uuid::from_u128);
        let tokens = Some(CountPerUser::of_shared([[alice, bob].as_slice()]));
        let ended = Ended { tokens, ..Ended::default() };
        assert_eq!(ended.summary().as_deref(), Some("also revoked 1 token"));
        assert!(ended.any_of(alice) && ended.any_of(bob));
    }
}
