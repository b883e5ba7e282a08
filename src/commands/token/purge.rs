use crate::commands::help_page::{long, short};
use crate::commands::purging::{self, KEEP_TOKENS, Limits, Report, Scope};
use crate::context::Context;
use crate::db::bulk::purge_window::Expiring;
use crate::domain::TimeOrDuration;
use crate::error::Result;
use crate::output::Prints;

/// Delete tokens that expired or were revoked
///
/// The retention counts from expiry or revocation, whichever came first. Batch after batch is deleted
/// and committed, one run at a time on a database. A run that stops at a limit with rows left exits
/// with 9; what it deleted stays deleted. It asks nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Report>())]
pub struct Args {
    /// Only those ended for this long
    ///
    /// Or before this time.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_TOKENS)]
    older_than: TimeOrDuration,
    #[command(flatten)]
    limits: Limits,
}

const EXAMPLES: &str = r#"
$ iamctl token purge
TABLE       DELETED  REMAINING  OLDEST  CUTOFF                SECONDS  COMPLE…
api_tokens  1        0          -       2026-10-28T23:10:27Z  0.028    yes

$ iamctl token purge --older-than 90d --max-duration 10m
TABLE       DELETED  REMAINING  OLDEST  CUTOFF                SECONDS  COMPLE…
api_tokens  0        0          -       2026-08-29T23:10:28Z  0.024    yes
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let scope = Scope { expiring: Expiring::TOKENS, keep: args.older_than, option: "--older-than" };
    purging::run("token.purge", &[scope], &args.limits, context)
}
