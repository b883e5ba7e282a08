use super::change::{self, Targets, UserChange};
use crate::context::Context;
use crate::db::users::{self, User};
use crate::error::Result;

/// Restore deleted users; no session comes back
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = UserChange {
        action: "user.restore",
        needed: |user| user.deleted,
        done: |before, after| *after == User { deleted: false, deleted_at: None, ..before.clone() },
        query: |conn, ids, _| users::restore(conn, ids),
    };
    change::run(&args.targets, &change, context)
}
