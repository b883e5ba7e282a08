//! `iamctl audit`: the log of every change.

mod list;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    #[command(aliases = ["ls", "log", "show"])]
    List(list::Args),
}

impl AuditCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::List(args) => list::run(args, context),
        }
    }
}
