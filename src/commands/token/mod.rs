//! `iamctl token`: API tokens of users and of owners.

mod block;
mod change;
mod issue;
mod list;
mod purge;
mod revoke;
mod rotate;
mod secret_file;
mod secret_output;
mod show;
mod token_selector;
mod unblock;
mod verify;

use clap::Subcommand;

use crate::context::Context;
use crate::db::tokens::TokenOfUsers;
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, shown};

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    Issue(issue::Args),
    List(list::Args),
    Show(show::Args),
    Verify(verify::Args),
    Revoke(revoke::Args),
    Rotate(rotate::Args),
    Block(block::Args),
    Unblock(unblock::Args),
    Purge(purge::Args),
}

impl TokenCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Issue(args) => issue::run(args, context),
            Self::List(args) => list::run(args, context),
            Self::Show(args) => show::run(args, context),
            Self::Verify(args) => verify::run(args, context),
            Self::Revoke(args) => revoke::run(args, context),
            Self::Rotate(args) => rotate::run(args, context),
            Self::Block(args) => block::run(args, context),
            Self::Unblock(args) => unblock::run(args, context),
            Self::Purge(args) => purge::run(args, context),
        }
    }
}

impl Record for TokenOfUsers {
    fn columns() -> Vec<Column> {
        vec![
            shown("id"),
            shown("name"),
            shown("status"),
            shown("users"),
            shown("expires_at"),
            shown("created_at"),
            detail("owner_id"),
            detail("blocked"),
            detail("revoked"),
            detail("revoked_at"),
        ]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.token.token.id().into(),
            self.token.name.as_str().into(),
            self.status.name().into(),
            Cell::Structure { json: self.users.clone().into(), text: self.users.join(", ") },
            self.token.expires_at.into(),
            self.token.created_at.into(),
            self.token.owner_id.into(),
            self.token.blocked.into(),
            self.token.revoked.into(),
            self.token.revoked_at.into(),
        ]
    }

    fn id(&self) -> Option<String> {
        self.token.token.id()
    }
}
