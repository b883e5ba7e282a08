//! The one word for the state of a row.

use std::fmt;

/// The state of a user. The state that forbids most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserStatus {
    Deleted,
    Blocked,
    /// The email is not verified.
    Unverified,
    /// May log in.
    Active,
}

/// The state of an API token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TokenStatus {
    /// Would be accepted now
    #[value(alias = "live")]
    Active,
    Expired,
    Blocked,
    Revoked,
    /// Every user of the owner is blocked or deleted
    OwnerBlocked,
}

/// The state of a session. The service reads `expires_at` alone: a session that is marked revoked
/// and has not expired is live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum SessionStatus {
    /// The service still accepts it
    #[value(alias = "active")]
    Live,
    /// Over by itself
    Expired,
    /// Ended before its time
    Revoked,
}

/// The state of a one-time code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum CodeStatus {
    /// Can still be used
    #[value(alias = "active")]
    Live,
    Expired,
}

impl UserStatus {
    pub const ALL: [Self; 4] = [Self::Deleted, Self::Blocked, Self::Unverified, Self::Active];

    pub fn name(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Blocked => "blocked",
            Self::Unverified => "unverified",
            Self::Active => "active",
        }
    }
}

impl TokenStatus {
    pub const ALL: [Self; 5] =
        [Self::Active, Self::Expired, Self::Blocked, Self::Revoked, Self::OwnerBlocked];

    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Blocked => "blocked",
            Self::Revoked => "revoked",
            Self::OwnerBlocked => "owner-blocked",
        }
    }
}

impl SessionStatus {
    pub const ALL: [Self; 3] = [Self::Live, Self::Expired, Self::Revoked];

    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl CodeStatus {
    pub const ALL: [Self; 2] = [Self::Live, Self::Expired];

    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for UserStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for TokenStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
