//! `iamctl token`: API tokens of users and of owners.

mod block;
mod change;
mod choice;
mod issue;
mod list;
mod purge;
mod revoke;
mod rotate;
mod secret_output;
mod show;
mod token_selector;
mod unblock;
mod verify;

use clap::Subcommand;

use crate::context::Context;
use crate::db::tokens::ListedToken;
use crate::domain::TokenStatus;
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, field, shown};

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    #[command(aliases = ["add", "create", "new"])]
    Issue(issue::Args),
    #[command(alias = "ls")]
    List(list::Args),
    #[command(aliases = ["get", "info"])]
    Show(show::Args),
    #[command(alias = "validate")]
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

impl Record for ListedToken {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("id").or_null(), |token| token.token.key.id().into()),
            shown(field::text("name"), |token| token.token.name.as_str().into()),
            shown(field::one_of("status", TokenStatus::ALL.map(TokenStatus::name)), |token| {
                token.status.name().into()
            }),
            shown(field::texts("users"), |token| Cell::list(&token.users)),
            detail(field::flag("shared"), |token| (token.users.len() > 1).into()),
            shown(field::time("expires_at"), |token| token.token.expires_at.into()),
            shown(field::time("created_at"), |token| token.token.created_at.into()),
            detail(field::uuid("owner_id"), |token| token.token.owner_id.into()),
            detail(field::flag("blocked"), |token| token.token.blocked.into()),
            detail(field::flag("revoked"), |token| token.token.revoked.into()),
            detail(field::time("revoked_at").or_null(), |token| token.token.revoked_at.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        self.token.key.id()
    }
}
