//! `iamctl session`: refresh tokens, by which users stay logged in.

mod list;
mod purge;
mod revoke;

use clap::Subcommand;

use crate::context::Context;
use crate::db::sessions::Session;
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

impl Record for Session {
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
            self.token.id().into(),
            self.username.as_str().into(),
            self.status.as_str().into(),
            self.created_at.into(),
            self.expires_at.into(),
            self.user_id.into(),
            self.email.as_str().into(),
            self.revoked.into(),
            self.revoked_at.into(),
        ]
    }

    fn id(&self) -> Option<String> {
        self.token.id()
    }
}
