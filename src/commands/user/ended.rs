//! What a change ended besides: sessions, codes, tokens.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::db::audit_log::NewAuditEntry;
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

/// How many rows of each user.
#[derive(Debug, Default)]
pub struct CountPerUser(HashMap<Uuid, usize>);

impl CountPerUser {
    /// Each user as often as there is a row of the user's.
    pub fn of(users: impl IntoIterator<Item = Uuid>) -> Self {
        let mut counts = HashMap::new();
        for user in users {
            *counts.entry(user).or_default() += 1;
        }
        Self(counts)
    }

    /// The same of rows, each with its user and its key.
    pub fn of_rows<'a>(rows: impl IntoIterator<Item = &'a (Uuid, StoredSecret)>) -> Self {
        Self::of(rows.into_iter().map(|(user, _)| *user))
    }

    pub fn get(&self, user: Uuid) -> usize {
        self.0.get(&user).copied().unwrap_or_default()
    }

    fn total(&self) -> usize {
        self.0.values().sum()
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
        let total = |count: &Option<CountPerUser>| count.as_ref().map_or(0, CountPerUser::total);
        let parts: Vec<_> = [
            ("revoked", total(&self.sessions), "session"),
            ("revoked", total(&self.tokens), "token"),
            ("removed", total(&self.codes), "code"),
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
            sessions: Some(CountPerUser::of([alice])),
            codes: Some(CountPerUser::of([alice, bob])),
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
}
