use super::change::{self, Targets, UserChange};
use crate::context::Context;
use crate::db::users::{self, User};
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
        done: |before, after| *after == User { blocked: false, ..before.clone() },
        query: |conn, ids, _| users::unblock(conn, ids),
    };
    change::run(&args.targets, &change, context)
}
