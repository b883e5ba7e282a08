use super::change::{self, Targets};
use crate::context::Context;
use crate::db::user_changes::{Ending, UserChange};
use crate::error::Result;

/// Block users: no login and no refresh until they are unblocked
///
/// The service looks at every login and every refresh; an access token that a user holds already
/// works until it expires.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Revoke their sessions, too
    #[arg(long)]
    revoke_sessions: bool,
    /// Revoke their API tokens, too: those of owners with no other user who may go on using them
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let ending = Ending { sessions: args.revoke_sessions, codes: None, tokens: args.revoke_tokens };
    change::run(&args.targets, &UserChange::Block, ending, Some("Block"), context)
}
