use super::change::{self, Targets, UserChange};
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
    let change = UserChange {
        action: "user.unblock",
        needed: |user| user.blocked,
        done: |user| !user.blocked,
        query: |conn, ids, _| users::unblock(conn, ids),
    };
    change::run(&args.targets, &change, context)
}
