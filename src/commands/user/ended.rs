//! What a change ended besides: sessions, codes, tokens.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::db::audit_log::NewAuditEntry;
use crate::db::types::StoredSecret;
use crate::db::users::User;
use crate::db::{PgConnection, codes, require_none_left, sessions};
use crate::domain::{Changed, CodeKind, counted};
use crate::error::Result;

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

    /// Of rows that users share: the users of each row, every one of whom it counts for.
    pub fn of_shared<'a>(rows: impl IntoIterator<Item = &'a [Uuid]>) -> Self {
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

/// Revokes the live sessions of the users, and returns user and key of each. `at` is the time of the
/// change. The users are locked with `RowLock::Update`, so that none gets a session meanwhile.
pub fn revoke_sessions(
    conn: &mut PgConnection,
    users: &[Uuid],
    at: DateTime<Utc>,
) -> Result<Vec<(Uuid, StoredSecret)>> {
    let revoked = sessions::revoke_of(conn, users, at)?;
    require_none_left("sessions", sessions::count_live_of(conn, users, at)?)?;
    Ok(revoked)
}

/// Removes the codes of this kind of the users, and returns user and key of each. The users are locked
/// with `RowLock::Update`, so that none gets a code meanwhile.
pub fn remove_codes(
    conn: &mut PgConnection,
    kind: CodeKind,
    users: &[Uuid],
) -> Result<Vec<(Uuid, StoredSecret)>> {
    let removed = codes::delete_of(conn, kind, users)?;
    require_none_left("codes", codes::count_of(conn, kind, users)?)?;
    Ok(removed)
}

/// Removes the codes of both kinds.
pub fn remove_all_codes(
    conn: &mut PgConnection,
    users: &[Uuid],
) -> Result<Vec<(Uuid, StoredSecret)>> {
    let mut removed = Vec::new();
    for kind in CodeKind::ALL {
        removed.extend(remove_codes(conn, kind, users)?);
    }
    Ok(removed)
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
