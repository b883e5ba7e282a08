use super::change::{self, Targets};
use crate::context::Context;
use crate::db::users;
use crate::error::Result;

/// Unblock users
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    change::run(
        &args.targets,
        "user.unblock",
        |user| user.blocked,
        |conn, ids, _| users::unblock(conn, ids),
        context,
    )
}
