//! `iamctl session`: refresh tokens, by which users stay logged in.

mod list;
mod purge;
mod revoke;

use clap::Subcommand;

use crate::context::Context;
use crate::db::sessions::Session;
use crate::domain::SessionStatus;
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, shown};

#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    List(list::Args),
    Revoke(revoke::Args),
    Purge(purge::Args),
}

impl SessionCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::List(args) => list::run(args, context),
            Self::Revoke(args) => revoke::run(args, context),
            Self::Purge(args) => purge::run(args, context),
        }
    }
}

/// A session as lists show it: the refresh token stays hidden.
struct SessionOfUser {
    session: Session,
    status: SessionStatus,
    username: String,
    email: String,
}

impl Record for SessionOfUser {
    fn columns() -> Vec<Column> {
        vec![
            shown("id"),
            shown("username"),
            shown("status"),
            shown("created_at"),
            shown("expires_at"),
            detail("user_id"),
            detail("email"),
            detail("revoked"),
            detail("revoked_at"),
        ]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.session.token.id().into(),
            self.username.as_str().into(),
            self.status.name().into(),
            self.session.created_at.into(),
            self.session.expires_at.into(),
            self.session.user_id.into(),
            self.email.as_str().into(),
            self.session.revoked.into(),
            self.session.revoked_at.into(),
        ]
    }

    fn id(&self) -> Option<String> {
        self.session.token.id()
    }
}
