//! Everything that the purge commands share: limits, the lock against concurrent runs, the report.

mod attempt;
mod finished;
mod flushes;
mod limits;
mod plan;
mod report;
mod retries;
mod run;
mod walk;
mod window;

use chrono::{DateTime, Utc};

pub use self::limits::Limits;
pub use self::report::{Outcome, Report, printer};
pub use self::retries::purge;

use crate::context::Context;
use crate::db::bulk::purge_window::Expiring;
use crate::domain::TimeOrDuration;
use crate::error::{Error, Result};
use crate::output::rfc3339;

/// The default retention after expiry or revocation. To a client with a code that is gone, the service
/// answers 500, and 410 while the expired row is there. Operators may still ask about ended sessions and
/// tokens.
pub const KEEP_CODES: &str = "1d";
pub const KEEP_SESSIONS: &str = "7d";
pub const KEEP_TOKENS: &str = "30d";

/// A table to purge, and the retention: how long a row stays after its expiry or revocation.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    pub expiring: Expiring,
    pub keep: TimeOrDuration,
    /// The option that sets `keep`, such as `--older-than`.
    pub option: &'static str,
}

/// Purges each scope in turn and prints one report per table.
pub fn run(
    action: &'static str,
    scopes: &[Scope],
    limits: &Limits,
    context: &mut Context,
) -> Result<()> {
    let print = printer(limits, context)?;
    let outcome = purge(action, scopes, limits, context)?;
    let printed = print(&outcome);
    Error::of_all([outcome.result, printed])
}

impl Scope {
    /// Rows that expired or were revoked before this time are deleted. Fails if it is later than
    /// `now`: live rows are never deleted.
    fn cutoff(&self, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
        let option = self.option;
        match self.keep.ago(now) {
            Some(cutoff) if cutoff <= now => Ok(cutoff),
            Some(cutoff) => Err(Error::usage(format!(
                "{option} {} lies in the future; only what has expired is purged",
                rfc3339(&cutoff)
            ))),
            None => Err(Error::usage(format!("{option} is before the first possible time"))),
        }
    }
}
