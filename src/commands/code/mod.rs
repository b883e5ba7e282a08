//! `iamctl code`: one-time codes, for verifying an email and for logging in.

mod issue;
mod list;
mod listed_code;
mod purge;
mod revoke;
mod stats;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

#[derive(Debug, Subcommand)]
pub enum CodeCommand {
    #[command(aliases = ["add", "create", "new"])]
    Issue(issue::Args),
    #[command(alias = "ls")]
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
