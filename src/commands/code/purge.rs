use crate::commands::help_page::{long, short, with_values};
use crate::commands::purging::{self, Limits, Report, Scope};
use crate::context::Context;
use crate::domain::{CodeKind, TimeOrDuration};
use crate::error::Result;
use crate::output::Prints;

/// Delete expired codes
///
/// Batch after batch is deleted and committed, one run at a time on a database. A run that stops at a
/// limit with rows left exits with 9; what it deleted stays deleted. It asks nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Report>())]
pub struct Args {
    /// Only verification or authorization
    #[arg(long, value_enum, hide_possible_values = true, long_help = with_values::<CodeKind>("Only codes of this kind"))]
    kind: Option<CodeKind>,
    /// Only those expired for this long
    ///
    /// Or before this time.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = "0s")]
    older_than: TimeOrDuration,
    #[command(flatten)]
    limits: Limits,
}

const EXAMPLES: &str = r#"
$ iamctl code purge
TABLE                DELETED  REMAINING  OLDEST  CUTOFF                SECOND…
verification_codes   1        0          -       2026-11-27T23:10:24Z  0.012 …
authorization_codes  0        0          -       2026-11-27T23:10:24Z  0.006 …

$ iamctl code purge --older-than 7d --max-duration 10m --skip-if-busy
TABLE                DELETED  REMAINING  OLDEST  CUTOFF                SECOND…
verification_codes   0        0          -       2026-11-20T23:10:24Z  0.025 …
authorization_codes  0        0          -       2026-11-20T23:10:24Z  0.035 …
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let kinds = args.kind.map_or_else(|| CodeKind::ALL.to_vec(), |kind| vec![kind]);
    let scopes: Vec<_> = kinds
        .into_iter()
        .map(|kind| Scope { expiring: kind.into(), keep: args.older_than, option: "--older-than" })
        .collect();
    purging::run("code.purge", &scopes, &args.limits, context)
}
