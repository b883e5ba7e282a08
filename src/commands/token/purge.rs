use crate::commands::purging::{self, KEEP_TOKENS, Limits, Scope};
use crate::context::Context;
use crate::db::bulk::purge_window::Expiring;
use crate::domain::TimeOrDuration;
use crate::error::Result;

/// Delete tokens that expired or were revoked, in committed batches
///
/// Retention counts from expiry or revocation, whichever came first. One run at a time on a
/// database; exits with 9 if it stops at a limit with rows left. It asks nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only tokens that were over longer ago than this, or before this time
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_TOKENS)]
    older_than: TimeOrDuration,
    #[command(flatten)]
    limits: Limits,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let scope = Scope { expiring: Expiring::TOKENS, keep: args.older_than, option: "--older-than" };
    purging::run("token.purge", &[scope], &args.limits, context)
}
