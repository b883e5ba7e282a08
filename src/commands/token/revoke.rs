use super::change::{self, TokenChange};
use super::token_selector::Targets;
use crate::context::{ChangeArgs, Context};
use crate::db::tokens::{self, ApiToken};
use crate::error::Result;

/// Revoke tokens, for good
///
/// By id, by --user or --owner with --name (all of that name), by --all with --user or --owner, or
/// by value on standard input with --stdin. A token on the command line would be read by others.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = TokenChange {
        action: "token.revoke",
        question: Some("Revoke"),
        every: true,
        needed: |token| !token.revoked,
        done: ApiToken::is_revoked_as,
        query: tokens::revoke,
    };
    change::run(&args.targets, &args.change, &change, context)
}
