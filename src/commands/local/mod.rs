//! `iamctl local`: the private PostgreSQL that iamctl itself runs.

mod destroy;
mod server_status;
mod start;
mod status;
mod stop;
mod url;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

#[derive(Debug, Subcommand)]
pub enum LocalCommand {
    Start(start::Args),
    Stop(stop::Args),
    Status(status::Args),
    Url(url::Args),
    Destroy(destroy::Args),
}

impl LocalCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Start(args) => start::run(args, context),
            Self::Stop(args) => stop::run(args, context),
            Self::Status(args) => status::run(args, context),
            Self::Url(args) => url::run(args, context),
            Self::Destroy(args) => destroy::run(args, context),
        }
    }
}
