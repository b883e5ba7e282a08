//! What a purge does where the server was lost: it connects anew, and goes on.

use std::iter;
use std::time::Duration;

use super::Scope;
use super::attempt::Attempted;
use super::limits::Limits;
use super::plan::Purge;
use super::report::{self, Outcome, Report};
use super::run::committed;
use crate::context::Context;
use crate::db::connection::lock_holders::{self, Holder};
use crate::db::{Access, Database, audit_log, functions};
use crate::error::{Error, Result};

/// Between two attempts, at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What the attempts before did.
#[derive(Default)]
struct Earlier {
    reports: Vec<Report>,
    /// How the last of them was lost, until the audit log has told what it did.
    lost: Option<String>,
}

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
    let mut purge = Purge { scopes, limits, audit, max_changes: context.max_changes(), plan: None };
    let mut database = context.connect()?;
    let mut attempted = purge.attempt(&[], &mut database, context);
    // Not later, when the lock may be that of a connection which this run has lost.
    if let Ok(Attempted::Held(holders, plan)) = &attempted
        && limits.skip_if_busy
    {
        context.terminal.notice(&format!("{}; skipped", held(holders)));
        return Ok(Outcome { reports: Vec::new(), result: Ok(()), plan: plan.clone() });
    }
    let mut earlier = Earlier::default();
    for (number, pause) in (1..=limits.retry).zip(pauses()) {
        if purge.is_over_after(pause) {
            break;
        }
        let failure = match attempted {
            Ok(Attempted::Ended(Outcome {
                reports,
                result: Err(failure @ Error::Unreachable(_)),
                ..
            })) => {
                earlier = Earlier { reports, lost: Some(failure.to_string()) };
                failure
            }
            Err(failure @ Error::Unreachable(_)) => failure,
            Ok(Attempted::Held(holders, _)) if number > 1 => Error::Busy(held(&holders)),
            ended => return purge.end(ended, earlier),
        };
        context.terminal.notice(&format!(
            "{failure}; trying again in {} s ({number} of {})",
            pause.as_secs(),
            limits.retry
        ));
        attempted = purge.again(pause, &mut earlier, &mut database, context);
    }
    purge.end(attempted, earlier)
}

/// 1 s, 2 s, 4 s and so on.
fn pauses() -> impl Iterator<Item = Duration> {
    let first = Duration::from_secs(1);
    iter::successors(Some(first), |pause| Some((*pause * 2).min(LONGEST_PAUSE)))
}

fn held(holders: &[Holder]) -> String {
    lock_holders::append("another purge is at work", "the lock is held by", holders)
}

impl Purge<'_> {
    /// Whether `--max-duration` is over after a pause.
    fn is_over_after(&self, pause: Duration) -> bool {
        let (Some(plan), Some(most)) = (&self.plan, self.limits.max_duration) else { return false };
        plan.begun.elapsed() + pause >= most.as_std()
    }

    /// One more attempt, over a new connection.
    fn again(
        &mut self,
        pause: Duration,
        earlier: &mut Earlier,
        database: &mut Database,
        context: &mut Context,
    ) -> Result<Attempted> {
        context.interrupt.sleep(pause, || false)?;
        *database = database.anew()?;
        let is_standby = |database: &mut Database| {
            database.transaction(Access::INSPECTION, |conn| Ok(functions::is_standby(conn)?))
        };
        // Which a dry run works on.
        if !self.limits.dry_run && is_standby(database)? {
            return Err(Error::Unreachable(
                "the server is a standby, not promoted yet; with several hosts, connect with \
                 target_session_attrs=read-write"
                    .to_owned(),
            ));
        }
        if !earlier.reports.is_empty() {
            count_again(earlier, database, context)?;
        }
        self.attempt(&earlier.reports, database, context)
    }

    /// The outcome of all attempts; an error if none of them began to delete.
    fn end(self, attempted: Result<Attempted>, earlier: Earlier) -> Result<Outcome> {
        let failure = match attempted {
            Ok(Attempted::Ended(outcome)) => return Ok(outcome),
            Ok(Attempted::Held(holders, _)) => {
                let held = held(&holders);
                Error::Busy(format!("{held}; wait for it, or pass --skip-if-busy"))
            }
            Err(failure) => failure,
        };
        let Earlier { reports, lost } = earlier;
        let Some(plan) = self.plan.filter(|_| !reports.is_empty()) else { return Err(failure) };
        let failure = match (failure, lost) {
            (failure, Some(lost)) => failure.with(&format!("before that, {lost}")),
            // It says so itself.
            (failure @ Error::Interrupted { .. }, None) => failure,
            (failure, None) => failure.with(&committed(report::deleted(&reports))),
        };
        Ok(Outcome { reports, result: Err(failure), plan })
    }
}

/// Sets what was deleted to what the audit log says: the server may have lost the last COMMITs, or made one whose
/// answer was lost.
fn count_again(
    earlier: &mut Earlier,
    database: &mut Database,
    context: &mut Context,
) -> Result<()> {
    // What it then has is there for good.
    database.flush_commits()?;
    let change = context.change_id();
    let counted = database
        .transaction(Access::READ.bulk(true), |conn| Ok(audit_log::deleted_rows(conn, change)?));
    for report in &mut earlier.reports {
        // Rows may have come back.
        report.left = None;
    }
    match counted {
        Ok(deleted) => {
            for report in &mut earlier.reports {
                report.deleted = deleted.get(report.table).copied().unwrap_or_default();
            }
            earlier.lost = None;
            context.interrupt.forget_lost_commits();
        }
        Err(Error::Forbidden(_)) => context.terminal.notice(
            "the role may not read the audit log: rows whose deletion the server has lost count twice, and those of a \
             COMMIT without an answer not at all",
        ),
        Err(other) => return Err(other),
    }
    context.interrupt.set_committed(committed(report::deleted(&earlier.reports)));
    Ok(())
}
