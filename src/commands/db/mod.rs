//! `iamctl db`: the tables themselves.

mod migrate;
mod status;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

#[derive(Debug, Subcommand)]
pub enum DbCommand {
    Migrate(migrate::Args),
    Status(status::Args),
}

impl DbCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Migrate(args) => migrate::run(args, context),
            Self::Status(args) => status::run(args, context),
        }
    }
}
