//! Which of several tokens a name means.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use crate::db::tokens::ApiToken;

/// The token that a name means: a live one before others, the newest before others.
pub fn newest(tokens: &[ApiToken], at: DateTime<Utc>) -> Option<&ApiToken> {
    tokens.iter().min_by_key(|token| {
        (token.revoked, *token.expires_at <= at, Reverse((token.created_at, &token.key)))
    })
}

/// Puts the newest first, as lists do.
pub fn sort_newest_first(tokens: &mut [ApiToken]) {
    tokens.sort_by(|one, other| (other.created_at, &other.key).cmp(&(one.created_at, &one.key)));
}

#[cfg(test)]
mod tests {
    use super::newest;
    use crate::db::tokens::ApiToken;
    use crate::db::types::StoredSecret;
    use crate::domain::StoredTime;
    use uuid::Uuid;

    fn token(name: &str, created: i64, expires: i64, revoked: bool) -> ApiToken {
        ApiToken {
            key: StoredSecret::new(name),
            owner_id: Uuid::nil(),
            name: name.into(),
            created_at: StoredTime::from_microseconds(created),
            expires_at: StoredTime::from_microseconds(expires),
            blocked: false,
            revoked,
            revoked_at: None,
        }
    }

    #[test]
    fn a_live_one_before_others_then_the_newest() {
        let at = *StoredTime::from_microseconds(100);
        let name = |tokens: &[ApiToken]| newest(tokens, at).map(|token| token.name.clone());
        let [live, newer, expired, revoked] = [
            token("live", 1, 200, false),
            token("newer", 2, 200, false),
            token("expired", 3, 100, false),
            token("revoked", 4, 200, true),
        ];
        let all = [&live, &newer, &expired, &revoked].map(Clone::clone);
        assert_eq!(name(&all).as_deref(), Some("newer"));
        assert_eq!(name(&[revoked.clone(), expired]).as_deref(), Some("expired"));
        assert_eq!(name(&[revoked]).as_deref(), Some("revoked"));
        assert_eq!(name(&[]), None);
    }
}
