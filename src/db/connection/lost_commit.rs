//! What became of a transaction whose COMMIT got no answer. Its entries in the audit log tell, over a new
//! connection: they are committed together with the change.

use std::thread;
use std::time::{Duration, Instant};

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::access::Access;
use super::{Database, Timeouts};
use crate::change::Step;
use crate::db::audit_log;
use crate::error::{Error, Result};
use crate::interrupt::CommitAnswer;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a COMMIT may be on its way before the transaction counts as forgotten by the client.
const LONGEST_WAY: Duration = Duration::from_secs(1);

impl Database {
    /// Finds out what became of the transaction, and goes on over the new connection if it was committed.
    pub(super) fn end_without_answer(&mut self, access: Access) -> Result<()> {
        let what = if self.deadline.has_expired() {
            "the server stopped answering"
        } else {
            "the connection was lost"
        };
        // The rows of a purge's earlier batches may be back, if the server crashed: a connection that works is
        // the proof that it did not.
        let answer = match self.step.filter(|_| !access.is_purge_window()) {
            Some(step) => self.answer_of_audit_log(step)?,
            None => CommitAnswer::Unknown,
        };
        let command = self.change.command();
        match answer {
            CommitAnswer::Committed => {
                self.interrupt.commit_answered(answer);
                self.change.found();
                Ok(())
            }
            CommitAnswer::Refused => {
                self.interrupt.commit_answered(answer);
                let all = if self.interrupt.has_committed() { "" } else { "; nothing was changed" };
                Err(Error::Unreachable(format!(
                    "{what} during COMMIT, and the server rolled the transaction back{all}"
                )))
            }
            CommitAnswer::Unknown => Err(Error::Unreachable(format!(
                "{what} during COMMIT: look whether the change was made before you repeat it: {command} has \
                 entries then"
            ))),
        }
    }

    /// Looks until it is known, for as long as connecting may take. Fails where a signal arrives.
    fn answer_of_audit_log(&mut self, step: Step) -> Result<CommitAnswer> {
        let limit = self.given.connect_limit().unwrap_or_else(|| self.answer_limit());
        let begun = Instant::now();
        loop {
            let is_forgotten = begun.elapsed() >= LONGEST_WAY;
            match self.look(step, is_forgotten) {
                Ok(Some(answer)) => return Ok(answer),
                Err(interrupted @ Error::Interrupted { .. }) => return Err(interrupted),
                // The transaction is still open, the server restarts, or a standby is not promoted yet.
                Ok(None) | Err(Error::Unreachable(_)) => {}
                // Such as a role that may not read the log.
                Err(_) => return Ok(CommitAnswer::Unknown),
            }
            if begun.elapsed() >= self.timeouts.wait + limit {
                return Ok(CommitAnswer::Unknown);
            }
            self.interrupt.check()?;
            thread::sleep(PAUSE);
        }
    }

    /// Looks once, over a new connection to any of the hosts, and keeps that one. `None` where it is not known
    /// yet.
    fn look(&mut self, step: Step, is_forgotten: bool) -> Result<Option<CommitAnswer>> {
        let timeouts = Timeouts { wait: Duration::ZERO, ..self.timeouts };
        let (interrupt, change) = (self.interrupt.clone(), self.change.clone());
        let mut new =
            Self::connect(&self.given, timeouts, interrupt, self.warning.clone(), change)?;
        let answer = new.transaction(Access::INSPECTION, |conn| {
            if !has_ended(conn, step)? {
                if is_forgotten {
                    end(conn, step)?;
                }
                return Ok(None);
            }
            // The next statement sees what was committed before that lock was released.
            let is_there = audit_log::has_entries_of(conn, step)?;
            Ok(Some(if is_there { CommitAnswer::Committed } else { CommitAnswer::Refused }))
        })?;
        if answer.is_some() {
            let Self { timeouts, client_check, read_only, limit, suggestions, .. } = *self;
            *self = Self { timeouts, client_check, read_only, limit, suggestions, ..new };
        }
        Ok(answer)
    }
}

/// Whether this is a primary, and the transaction has ended: nothing holds its lock.
fn has_ended(conn: &mut PgConnection, step: Step) -> QueryResult<bool> {
    // Raw: about the server, not about a table.
    let is_primary = "not pg_catalog.pg_is_in_recovery() and pg_catalog.pg_try_advisory_xact_lock(";
    let has_ended = sql::<Bool>(is_primary).bind::<BigInt, _>(step.lock_key()).sql(")");
    diesel::select(has_ended).get_result(conn)
}

/// Ends the session of the transaction where it waits for a client that is gone: COMMIT has never arrived.
fn end(conn: &mut PgConnection, step: Step) -> QueryResult<()> {
    // Raw: the server's own tables. A key of 64 bits is two numbers there.
    diesel::sql_query(
        "select pg_catalog.pg_terminate_backend(l.pid)
         from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
         where l.locktype = 'advisory' and l.objsubid = 1 and a.datname = pg_catalog.current_database()
           and a.state = 'idle in transaction'
           and (l.classid::pg_catalog.int8 << 32) | l.objid::pg_catalog.int8 = $1",
    )
    .bind::<BigInt, _>(step.lock_key())
    .execute(conn)?;
    Ok(())
}
