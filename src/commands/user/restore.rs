use super::change::{self, Targets};
use crate::context::Context;
use crate::db::users;
use crate::error::Result;

/// Restore deleted users; no session comes back
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    change::run(
        &args.targets,
        "user.restore",
        |user| user.deleted,
        |conn, ids, _| users::restore(conn, ids),
        context,
    )
}
