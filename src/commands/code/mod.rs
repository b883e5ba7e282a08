//! `iamctl code`: one-time codes, for verifying an email and for logging in.

mod issue;
mod list;
mod purge;
mod revoke;
mod stats;

use chrono::{DateTime, Utc};
use clap::Subcommand;

use crate::context::Context;
use crate::db::codes::OneTimeCode;
use crate::domain::CodeStatus;
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, shown};

#[derive(Debug, Subcommand)]
pub enum CodeCommand {
    Issue(issue::Args),
    List(list::Args),
    Revoke(revoke::Args),
    Purge(purge::Args),
    Stats(stats::Args),
}

impl CodeCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Issue(args) => issue::run(args, context),
            Self::List(args) => list::run(args, context),
            Self::Revoke(args) => revoke::run(args, context),
            Self::Purge(args) => purge::run(args, context),
            Self::Stats(args) => stats::run(args, context),
        }
    }
}

/// A code as lists show it: the code itself stays hidden.
struct ListedCode {
    code: OneTimeCode,
    status: CodeStatus,
}

impl ListedCode {
    fn of(code: OneTimeCode, at: DateTime<Utc>) -> Self {
        Self { status: code.status(at), code }
    }
}

impl Record for ListedCode {
    fn columns() -> Vec<Column> {
        vec![
            shown("id"),
            shown("kind"),
            shown("username"),
            shown("status"),
            shown("expires_at"),
            shown("created_at"),
            detail("user_id"),
            detail("email"),
        ]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.code.code.id().into(),
            self.code.kind.name().into(),
            self.code.username.as_str().into(),
            self.status.name().into(),
            self.code.expires_at.into(),
            self.code.created_at.into(),
            self.code.user_id.into(),
            self.code.email.as_str().into(),
        ]
    }

    fn id(&self) -> Option<String> {
        self.code.code.id()
    }
}
