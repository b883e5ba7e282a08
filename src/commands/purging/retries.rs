//! What a purge does where the server was lost: it connects anew, and goes on.

use std::iter;
use std::thread;
use std::time::{Duration, Instant};

use super::Scope;
use super::attempt::Purge;
use super::limits::Limits;
use super::report::Outcome;
use super::run::committed;
use crate::context::Context;
use crate::db::{Access, Database, audit_log, functions};
use crate::error::{Error, Result};

/// Between two attempts, at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Purges each scope in turn, in as many attempts as `--retry` allows. Fails with `busy`, before it deletes anything,
/// if another purge is running.
pub fn purge(
    action: &'static str,
    scopes: &[Scope],
    limits: &Limits,
    context: &mut Context,
) -> Result<Outcome> {
    let audit = context.audit(action, &limits.change())?;
    context.limit_changes(limits.max_changes)?;
    let purge = Purge { scopes, limits, audit, max_changes: context.max_changes() };
    let mut database = context.connect()?;
    let begun = Instant::now();
    let mut outcome = purge.attempt(0, None, &mut database, context);
    for (number, pause) in (1..=limits.retry).zip(pauses()) {
        let failure = outcome.as_ref().map_or_else(Some, |outcome| outcome.result.as_ref().err());
        let Some(failure) = failure.filter(|failure| may_pass(failure, number)) else { break };
        let most = limits.max_duration.map(|most| most.as_std());
        if most.is_some_and(|most| begun.elapsed() + pause >= most) {
            break;
        }
        context.terminal.notice(&format!(
            "{failure}; trying again in {} s ({number} of {})",
            pause.as_secs(),
            limits.retry
        ));
        let mut earlier = outcome.ok();
        let again = purge.again(number, pause, earlier.as_mut(), &mut database, context);
        outcome = match (again, earlier) {
            (Err(failure), Some(earlier)) => {
                let failure = with_committed(failure, &earlier);
                Ok(Outcome { result: Err(failure), ..earlier })
            }
            (again, _) => again,
        };
    }
    outcome
}

/// 1 s, 2 s, 4 s and so on.
fn pauses() -> impl Iterator<Item = Duration> {
    let first = Duration::from_secs(1);
    iter::successors(Some(first), |pause| Some((*pause * 2).min(LONGEST_PAUSE)))
}

/// Whether another attempt may do better. `number` is that of the attempt.
fn may_pass(failure: &Error, number: u8) -> bool {
    match failure {
        Error::Unreachable(_) => true,
        // The server may not know yet that the connection with the run lock is gone.
        Error::Busy(_) => number > 1,
        _ => false,
    }
}

/// Adds what all attempts deleted, which an error of a signal has already.
fn with_committed(failure: Error, earlier: &Outcome) -> Error {
    match failure {
        Error::Interrupted { .. } => failure,
        other => other.with(&committed(earlier.deleted())),
    }
}

impl Purge<'_> {
    /// One more attempt, over a new connection.
    fn again(
        &self,
        number: u8,
        pause: Duration,
        mut earlier: Option<&mut Outcome>,
        database: &mut Database,
        context: &mut Context,
    ) -> Result<Outcome> {
        wait(pause, context)?;
        *database = database.anew()?;
        if database.transaction(Access::INSPECTION, |conn| Ok(functions::is_standby(conn)?))? {
            return Err(Error::Unreachable("the server is a standby, not promoted yet".to_owned()));
        }
        if let Some(earlier) = &mut earlier {
            count_again(earlier, database, context)?;
        }
        self.attempt(number, earlier.as_deref(), database, context)
    }
}

/// Sets what was deleted to what the audit log says: the server may have lost the last COMMITs, or made one
/// whose answer was lost.
fn count_again(
    earlier: &mut Outcome,
    database: &mut Database,
    context: &mut Context,
) -> Result<()> {
    // What it then has is there for good.
    database.flush_commits()?;
    let change = context.change_id();
    let counted =
        database.transaction(Access::READ, |conn| Ok(audit_log::deleted_rows(conn, change)?));
    match counted {
        Ok(deleted) => {
            for report in &mut earlier.reports {
                report.deleted = deleted.get(report.table).copied().unwrap_or_default();
            }
            context.interrupt.forget_lost_commits();
        }
        Err(Error::Forbidden(_)) => context.terminal.notice(
            "the role may not read the audit log: rows whose deletion the server has lost count twice, and those \
             of a COMMIT without an answer not at all",
        ),
        Err(other) => return Err(other),
    }
    context.interrupt.set_committed(committed(earlier.deleted()));
    Ok(())
}

/// Waits in short sleeps, so that a signal ends it.
fn wait(pause: Duration, context: &Context) -> Result<()> {
    let begun = Instant::now();
    loop {
        context.interrupt.check()?;
        let left = pause.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return Ok(());
        }
        thread::sleep(left.min(Duration::from_millis(100)));
    }
}
