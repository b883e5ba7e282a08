use super::change::{self, Targets};
use crate::context::Context;
use crate::db::user_changes::UserChange;
use crate::error::Result;

/// Block users: no login and no refresh until they are unblocked
///
/// The service looks at every login and every refresh; an access token that a user holds already
/// works until it expires.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    change::run(&args.targets, UserChange::Block, Some("Block"), context)
}
