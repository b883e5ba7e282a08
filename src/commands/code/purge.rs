use crate::commands::purging::{self, Limits, Scope};
use crate::context::Context;
use crate::domain::{CodeKind, TimeOrDuration};
use crate::error::Result;

/// Delete expired codes, in committed batches
///
/// One run at a time on a database. A run that stops at a limit with expired codes left exits
/// with 9; what it deleted stays deleted. It asks nothing: only what has expired goes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only codes of this kind
    #[arg(long, value_enum)]
    kind: Option<CodeKind>,
    /// Only codes that expired longer ago than this, or before this time
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = "0s")]
    older_than: TimeOrDuration,
    #[command(flatten)]
    limits: Limits,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let kinds = args.kind.map_or_else(|| CodeKind::ALL.to_vec(), |kind| vec![kind]);
    let scopes: Vec<_> = kinds
        .into_iter()
        .map(|kind| Scope { expiring: kind.into(), keep: args.older_than, option: "--older-than" })
        .collect();
    purging::run("code.purge", &scopes, &args.limits, context)
}
