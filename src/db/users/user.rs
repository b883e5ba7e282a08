use std::borrow::Cow;

use diesel::dsl::not;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::schema::users;
use crate::domain::{StoredText, StoredTime, UserStatus, to_hex};

/// A row of `users`. Plain texts, not `Username` and `Email`: a row that the service or an older
/// version wrote may hold what today's validation refuses, and must still be readable.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = users)]
pub struct User {
    pub id: Uuid,
    pub created_at: StoredTime,
    pub username: StoredText,
    pub username_fingerprint: Vec<u8>,
    pub email: StoredText,
    pub email_verified: bool,
    pub email_verified_at: Option<StoredTime>,
    pub blocked: bool,
    pub deleted: bool,
    pub deleted_at: Option<StoredTime>,
}

impl User {
    /// The fingerprint as text; as `\x` and hexadecimal digits where it is empty, not UTF-8, or could
    /// be mistaken for such digits.
    pub fn fingerprint(&self) -> Cow<'_, str> {
        match str::from_utf8(&self.username_fingerprint) {
            Ok(text) if !text.is_empty() && !text.starts_with("\\x") && !text.contains('\0') => {
                text.into()
            }
            _ => format!("\\x{}", to_hex(&self.username_fingerprint)).into(),
        }
    }

    pub fn status(&self) -> UserStatus {
        match self {
            Self { deleted: true, .. } => UserStatus::Deleted,
            Self { blocked: true, .. } => UserStatus::Blocked,
            Self { email_verified: false, .. } => UserStatus::Unverified,
            _ => UserStatus::Active,
        }
    }

    /// Whether the user may log in. The service checks it at every login and every refresh.
    pub fn may_log_in(&self) -> bool {
        self.status() == UserStatus::Active
    }

    /// Whether the user keeps the tokens of an owner usable. The email need not be verified. Queries say so
    /// with the function of this name.
    pub fn may_use_tokens(&self) -> bool {
        !self.blocked && !self.deleted
    }
}

/// `User::may_use_tokens` in a query.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn may_use_tokens() -> _ {
    not(users::blocked).and(not(users::deleted))
}
