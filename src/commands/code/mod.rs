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
use crate::output::{Column, Record, detail, shown};

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
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("id", |code| code.code.key.id().into()),
            shown("kind", |code| code.code.kind.name().into()),
            shown("username", |code| code.code.username.as_str().into()),
            shown("status", |code| code.status.name().into()),
            shown("expires_at", |code| code.code.expires_at.into()),
            shown("created_at", |code| code.code.created_at.into()),
            detail("user_id", |code| code.code.user_id.into()),
            detail("email", |code| code.code.email.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        self.code.key.id()
    }
}
