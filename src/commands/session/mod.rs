//! `iamctl session`: refresh tokens, by which users stay logged in.

mod list;
mod purge;
mod revoke;

use clap::Subcommand;

use crate::context::Context;
use crate::db::sessions::Session;
use crate::domain::SessionStatus;
use crate::error::Result;
use crate::output::{Column, Record, detail, shown};

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
struct ListedSession {
    session: Session,
    status: SessionStatus,
    username: String,
    email: String,
}

impl Record for ListedSession {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("id", |session| session.session.key.id().into()),
            shown("username", |session| session.username.as_str().into()),
            shown("status", |session| session.status.name().into()),
            shown("created_at", |session| session.session.created_at.into()),
            shown("expires_at", |session| session.session.expires_at.into()),
            detail("user_id", |session| session.session.user_id.into()),
            detail("email", |session| session.email.as_str().into()),
            detail("revoked", |session| session.session.revoked.into()),
            detail("revoked_at", |session| session.session.revoked_at.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        self.session.key.id()
    }
}
