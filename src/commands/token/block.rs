use super::change::{self, TokenChange};
use super::token_selector::Targets;
use crate::context::{ChangeArgs, Context};
use crate::db::tokens::{self, ApiToken};
use crate::error::Result;

/// Block tokens until they are unblocked
///
/// By id, by --user or --owner with --name (the newest live one of that name), by --all with
/// --user or --owner, or by value on standard input with --stdin.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = TokenChange {
        action: "token.block",
        question: Some("Block"),
        every: false,
        needed: |token| !token.blocked,
        done: |before, after| *after == ApiToken { blocked: true, ..before.clone() },
        query: |conn, keys, _| tokens::block(conn, keys),
    };
    change::run(&args.targets, &args.change, &change, context)
}
