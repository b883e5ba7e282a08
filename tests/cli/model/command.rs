//! The commands of the model test.

use super::state::id_of;

/// How a command names a user. The users of the test have the ids of places 0 to 4.
#[derive(Debug, Clone)]
pub enum Selector {
    Id(usize),
    Name(&'static str),
    Email(&'static str),
}

impl Selector {
    pub fn text(&self) -> String {
        match self {
            Self::Id(place) => id_of(*place),
            Self::Name(text) | Self::Email(text) => (*text).to_owned(),
        }
    }
}

/// How a command names an owner.
#[derive(Debug, Clone)]
pub enum Of {
    User(Selector),
    Owner(u32),
}

/// How a command names tokens. Numbers are those of the steps that made them.
#[derive(Debug, Clone)]
pub enum Which {
    Ids(Vec<u32>),
    Values(Vec<u32>),
    Name(Of, &'static str),
    /// For `revoke`, `block` and `unblock`.
    All(Of),
}

/// How a command names sessions or codes.
#[derive(Debug, Clone)]
pub enum Rows {
    Ids(Vec<u32>),
    AllOf(Selector),
    /// For `session revoke`.
    Everyone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserVerb {
    Block { sessions: bool, tokens: bool },
    Unblock,
    Delete,
    Restore,
    Verify,
    Unverify,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenVerb {
    Revoke,
    Block,
    Unblock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Verification,
    Authorization,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Authorization => "authorization",
        }
    }
}

#[derive(Debug, Clone)]
pub enum Command {
    CreateUser {
        place: usize,
        name: &'static str,
        email: &'static str,
        verified: bool,
        if_not_exists: bool,
    },
    ChangeUsers {
        verb: UserVerb,
        users: Vec<Selector>,
    },
    Rename {
        user: Selector,
        name: &'static str,
    },
    SetEmail {
        user: Selector,
        email: &'static str,
        verified: bool,
    },
    Erase {
        users: Vec<Selector>,
        force: bool,
    },
    Offboard {
        users: Vec<Selector>,
        heir: Option<Selector>,
    },
    CreateOwner {
        users: Vec<Selector>,
    },
    AddToOwner {
        owner: u32,
        users: Vec<Selector>,
    },
    RemoveFromOwner {
        owner: u32,
        users: Vec<Selector>,
        revoke: bool,
    },
    DeleteOwner {
        owner: u32,
        revoke: bool,
    },
    Issue {
        of: Of,
        name: &'static str,
        if_not_exists: bool,
        force: bool,
    },
    Rotate {
        which: Which,
        overlap: bool,
        force: bool,
    },
    ChangeTokens {
        verb: TokenVerb,
        which: Which,
    },
    IssueCode {
        kind: Kind,
        user: Selector,
        force: bool,
    },
    RevokeCodes {
        which: Rows,
    },
    RevokeSessions {
        which: Rows,
    },
    // Reads.
    ShowUser {
        user: Selector,
    },
    ShowOwner {
        owner: u32,
    },
    ShowToken {
        which: Which,
    },
    VerifyToken {
        token: u32,
    },
    ListUsers {
        status: &'static str,
    },
    ListOwners {
        user: Selector,
    },
    ListTokens {
        of: Of,
    },
    ListTokensIn {
        status: &'static str,
    },
    ListSessions {
        user: Selector,
    },
    ListCodes {
        user: Selector,
    },
    // What the service and time do, by SQL.
    LogIn {
        place: usize,
    },
    ExpireToken {
        token: u32,
    },
    ExpireSession {
        session: u32,
    },
    ExpireCode {
        code: u32,
    },
}

/// A command of a sequence. What it makes has its number.
#[derive(Debug, Clone)]
pub struct Step {
    pub number: u32,
    pub command: Command,
    pub dry_run: bool,
    pub yes: bool,
    /// Several targets come from standard input.
    pub stdin: bool,
}

impl Step {
    /// Whether it is a command that changes rows.
    pub fn changes(&self) -> bool {
        !matches!(
            self.command,
            Command::ShowUser { .. }
                | Command::ShowOwner { .. }
                | Command::ShowToken { .. }
                | Command::VerifyToken { .. }
                | Command::ListUsers { .. }
                | Command::ListOwners { .. }
                | Command::ListTokens { .. }
                | Command::ListTokensIn { .. }
                | Command::ListSessions { .. }
                | Command::ListCodes { .. }
                | Command::LogIn { .. }
                | Command::ExpireToken { .. }
                | Command::ExpireSession { .. }
                | Command::ExpireCode { .. }
        )
    }
}

impl UserVerb {
    pub fn name(self) -> &'static str {
        match self {
            Self::Block { .. } => "block",
            Self::Unblock => "unblock",
            Self::Delete => "delete",
            Self::Restore => "restore",
            Self::Verify => "verify-email",
            Self::Unverify => "unverify-email",
        }
    }
}

impl TokenVerb {
    pub fn name(self) -> &'static str {
        match self {
            Self::Revoke => "revoke",
            Self::Block => "block",
            Self::Unblock => "unblock",
        }
    }
}
