use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::row_count;
use crate::db::schema::api_tokens;
use crate::db::types::StoredSecret;
use crate::domain::{StoredText, StoredTime, TokenStatus};

/// A row of `api_tokens`.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = api_tokens)]
pub struct ApiToken {
    #[diesel(column_name = token)]
    pub key: StoredSecret,
    pub owner_id: Uuid,
    pub name: StoredText,
    pub created_at: StoredTime,
    pub expires_at: StoredTime,
    pub blocked: bool,
    pub revoked: bool,
    pub revoked_at: Option<StoredTime>,
}

/// How many of the tokens a statement left as it should: `is_done` compares a row before it with the row
/// after it.
pub fn count_done(
    before: &[ApiToken],
    after: &[ApiToken],
    is_done: impl Fn(&ApiToken, &ApiToken) -> bool,
) -> usize {
    row_count::count_done(before, after, |token| &token.key, is_done)
}

impl ApiToken {
    /// Neither revoked nor expired. Queries say so with `live_token`.
    pub fn is_live(&self, at: DateTime<Utc>) -> bool {
        !self.revoked && *self.expires_at > at
    }

    /// Whether `row` is this one as `revoke` leaves it. The time may be the database's own.
    pub fn is_revoked_as(&self, row: &Self) -> bool {
        let revoked = Self { revoked: true, revoked_at: row.revoked_at, ..self.clone() };
        row.revoked_at.is_some() && *row == revoked
    }

    /// Whether the row holds this token. The time of creation may be the database's.
    pub fn is_stored_as(&self, row: &Self) -> bool {
        *row == Self { created_at: row.created_at, ..self.clone() }
    }

    /// When the token that replaces this one is created, at or after `at`: it is the newest of its name,
    /// also where this one lies in the future because a clock was set back. `None` where no time is
    /// later.
    pub fn replaced_at(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        Some(at.max(self.created_at.checked_add_signed(TimeDelta::microseconds(1))?))
    }

    /// `owner_usable`: some user of the owner is neither blocked nor deleted.
    pub fn status(&self, at: DateTime<Utc>, owner_usable: bool) -> TokenStatus {
        match self {
            Self { revoked: true, .. } => TokenStatus::Revoked,
            _ if !self.is_live(at) => TokenStatus::Expired,
            Self { blocked: true, .. } => TokenStatus::Blocked,
            _ if !owner_usable => TokenStatus::OwnerBlocked,
            _ => TokenStatus::Active,
        }
    }
}
