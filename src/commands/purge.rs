use std::path::PathBuf;

use crate::commands::help_page::{long, short};
use crate::commands::metrics_file;
use crate::commands::purging::{
    self, KEEP_CODES, KEEP_SESSIONS, KEEP_TOKENS, Limits, Outcome, Report, Scope,
};
use crate::context::Context;
use crate::db::bulk::purge_window::Expiring;
use crate::domain::{CodeKind, TimeOrDuration};
use crate::error::{Error, Result};
use crate::output::Prints;

/// Delete what has expired: codes, sessions, tokens
///
/// Does `code purge`, `session purge` and `token purge`, under common limits; for cron. Exits with 9 if
/// rows are left: at a limit, because other rows refer to them, or because a trigger keeps them. It
/// asks nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Report>())]
pub struct Args {
    /// Keep expired codes this long
    ///
    /// Or those that expired after this time.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_CODES)]
    keep_codes: TimeOrDuration,
    /// Keep ended sessions this long
    ///
    /// That is, expired or were revoked.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_SESSIONS)]
    keep_sessions: TimeOrDuration,
    /// Keep ended tokens this long
    ///
    /// That is, expired or were revoked.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_TOKENS)]
    keep_tokens: TimeOrDuration,
    /// Write metrics for Prometheus to this file
    ///
    /// In the text format, replaced in one step.
    #[arg(long, value_name = "PATH")]
    metrics_file: Option<PathBuf>,
    #[command(flatten)]
    limits: Limits,
}

const EXAMPLES: &str = r#"
$ iamctl purge
TABLE                DELETED  REMAINING  OLDEST  CUTOFF                SECOND…
verification_codes   1        0          -       2026-11-26T23:10:17Z  0.025 …
authorization_codes  0        0          -       2026-11-26T23:10:17Z  0.009 …
refresh_tokens       1        0          -       2026-11-20T23:10:17Z  0.056 …
api_tokens           1        0          -       2026-10-28T23:10:17Z  0.024 …

$ iamctl purge --keep-tokens 90d --max-duration 10m --skip-if-busy --quiet
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let print = purging::printer(&args.limits, context)?;
    let metrics_file = args.metrics_file.as_deref().map(metrics_file::locate).transpose()?;
    let codes = CodeKind::ALL.map(|kind| Scope {
        expiring: kind.into(),
        keep: args.keep_codes,
        option: "--keep-codes",
    });
    let sessions =
        Scope { expiring: Expiring::SESSIONS, keep: args.keep_sessions, option: "--keep-sessions" };
    let tokens =
        Scope { expiring: Expiring::TOKENS, keep: args.keep_tokens, option: "--keep-tokens" };
    let scopes = [codes[0], codes[1], sessions, tokens];
    let outcome = purging::purge("purge", &scopes, &args.limits, context)?;
    let Outcome { reports, result, .. } = &outcome;
    // A run that was skipped, or that only counted, leaves the file of the last one that worked.
    let written = match &metrics_file {
        Some(path) if !reports.is_empty() && !args.limits.dry_run => {
            metrics_file::write(path, reports, result.is_ok(), outcome.now())
        }
        _ => Ok(None),
    };
    let written = written.map(|lost_group| {
        if let Some(notice) = lost_group {
            context.terminal.notice(&notice);
        }
    });
    let printed = print(&outcome);
    Error::of_all([outcome.result, written, printed])
}
