use std::path::PathBuf;

use crate::commands::metrics_file;
use crate::commands::purging::{
    self, KEEP_CODES, KEEP_SESSIONS, KEEP_TOKENS, Limits, Outcome, Report, Scope,
};
use crate::context::Context;
use crate::db::bulk::purge_window::Expiring;
use crate::domain::{CodeKind, TimeOrDuration};
use crate::error::Result;

/// Delete everything that has expired: codes, sessions, tokens; one line for cron
///
/// Works like `code purge`, `session purge` and `token purge` one after the other, under the same
/// limits together. Exits with 9 if rows are left: at a limit, or because other rows refer to
/// them or a trigger keeps them. It asks nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How long to keep expired codes, or since when they may have expired
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_CODES)]
    keep_codes: TimeOrDuration,
    /// How long to keep sessions that expired or were revoked
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_SESSIONS)]
    keep_sessions: TimeOrDuration,
    /// How long to keep tokens that expired or were revoked
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = KEEP_TOKENS)]
    keep_tokens: TimeOrDuration,
    /// Write what happened to this file in Prometheus' text format, atomically
    #[arg(long, value_name = "PATH")]
    metrics_file: Option<PathBuf>,
    #[command(flatten)]
    limits: Limits,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Report>()?;
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
            metrics_file::write(path, reports, result.is_ok(), outcome.now)
        }
        _ => Ok(()),
    };
    // Reports the purge's own error first, then that of the file, then that of the output.
    let printed = rows.all(reports);
    outcome.result.and(written).and(printed)
}
