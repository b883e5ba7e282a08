use clap::ValueEnum;

use crate::context::{ChangeArgs, MaxChanges, Yes};
use crate::domain::CalendarDuration;

/// How far a run goes, and how.
#[derive(Debug, Clone, clap::Args)]
pub struct Limits {
    /// Rows in a batch, at most
    #[arg(long, value_name = "ROWS", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub batch_size: u32,
    /// Make batches smaller that take longer than this
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = "250ms", value_parser = some_time, hide_short_help = true)]
    pub target_batch_time: CalendarDuration,
    /// Delete over this many connections
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16), hide_short_help = true)]
    pub jobs: u8,
    /// Wait while a standby is further behind than this
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, hide_short_help = true)]
    pub max_lag: Option<CalendarDuration>,
    /// Stop after this many rows
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_rows: Option<u64>,
    #[command(flatten)]
    pub max_changes: MaxChanges,
    /// Stop after this time
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    pub max_duration: Option<CalendarDuration>,
    /// Pause between two batches
    ///
    /// Without it, a run rests as long as each batch took, and makes short batches, while others change
    /// rows on the server; `0` never rests.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    pub pause: Option<CalendarDuration>,
    /// Reconnect up to this many times if the server is lost
    ///
    /// After 1 s, 2 s, 4 s and so on up to a minute, to any of the hosts. The report counts what all attempts
    /// deleted; `--max-rows`, `--max-changes` and `--max-duration` limit them together.
    #[arg(long, value_name = "COUNT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=100), hide_short_help = true)]
    pub retry: u8,
    /// The order in which the rows are visited
    #[arg(long, value_enum, default_value_t, hide_short_help = true)]
    pub walk: WalkChoice,
    /// Count the rows, and delete nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Exit with 0, not 10, if another is active
    #[arg(long)]
    pub skip_if_busy: bool,
    /// Reason, for the audit log
    ///
    /// [env: IAMCTL_REASON]
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    yes: Yes,
}

/// The order that the operator asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum WalkChoice {
    /// The faster one, by the server's statistics
    #[default]
    Auto,
    /// By the index of the expiry, the oldest first
    Expiry,
    /// As the rows lie in the table
    Pages,
}

impl Limits {
    /// The options that every changing command has.
    pub fn change(&self) -> ChangeArgs {
        ChangeArgs { dry_run: self.dry_run, reason: self.reason.clone(), yes: self.yes.for_purge() }
    }
}

/// A duration longer than zero.
fn some_time(text: &str) -> Result<CalendarDuration, String> {
    let span: CalendarDuration = text.parse().map_err(|error| format!("{error}"))?;
    if span.as_std().is_zero() { Err("it must be longer than zero".to_owned()) } else { Ok(span) }
}
