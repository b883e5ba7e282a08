//! `iamctl session`: refresh tokens, by which users stay logged in.

mod list;
mod listed_session;
mod purge;
mod revoke;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    #[command(alias = "ls")]
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
