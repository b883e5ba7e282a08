//! What became of a transaction whose COMMIT got no answer. Its entries in the audit log tell, over a new
//! connection: they are committed together with the change.

use std::thread;
use std::time::{Duration, Instant};

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::Database;
use super::access::Access;
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
        let step = self.step;
        let found = match step.filter(|_| !access.is_purge_window()) {
            // Nothing was to change.
            Some(step) if !access.is_ddl() && !self.change.has_audited(step) => Ok(true),
            Some(step) => self.ask_audit_log(step)?,
            None => Err(""),
        };
        match found {
            Ok(true) => {
                self.interrupt.commit_answered(CommitAnswer::Committed);
                self.change.found(step);
                Ok(())
            }
            Ok(false) => {
                self.interrupt.commit_answered(CommitAnswer::Refused);
                let all = if self.interrupt.has_committed() { "" } else { "; nothing was changed" };
                Err(Error::Unreachable(format!(
                    "{what} during COMMIT, and the transaction is not there: the server rolled it back, or a failover \
                     lost it{all}"
                )))
            }
            Err(why) => {
                let tells = self.what_tells(access).unwrap_or_default();
                Err(Error::Unreachable(format!(
                    "{what} during COMMIT, and it is not known whether the change was made{why}{tells}"
                )))
            }
        }
    }

    /// Which entries of the audit log tell it; `None` where a migration may have changed the log itself.
    pub(super) fn what_tells(&self, access: Access) -> Option<String> {
        let step = self.step.filter(|_| !access.is_ddl())?;
        let list = self.change.command();
        Some(if self.interrupt.has_committed() {
            let number = step.number;
            format!("; `{list} --columns change_step` shows {number} if it was")
        } else {
            format!("; `{list}` shows it if it was")
        })
    }

    /// Whether the entries of the transaction are there; an error is why that is not known, to be appended to a message.
    /// Looks for as long as connecting may take. Fails where a signal arrives.
    fn ask_audit_log(&mut self, step: Step) -> Result<Result<bool, &'static str>> {
        let limit = self.given.connect_limit().unwrap_or_else(|| self.answer_limit());
        let begun = Instant::now();
        loop {
            let is_forgotten = begun.elapsed() >= LONGEST_WAY;
            let why = match self.look(step, is_forgotten) {
                Ok(Some(is_there)) => return Ok(Ok(is_there)),
                Err(interrupted @ Error::Interrupted { .. }) => return Err(interrupted),
                // Or this is a standby that is not promoted yet.
                Ok(None) => ", as the server has not ended the transaction yet",
                // The server restarts, or a migration has the log locked.
                Err(Error::Unreachable(_) | Error::Busy(_)) => "",
                Err(Error::Forbidden(_)) => {
                    return Ok(Err(", as the role may not read the audit log"));
                }
                Err(_) => return Ok(Err("")),
            };
            if begun.elapsed() >= self.timeouts.wait + limit {
                return Ok(Err(why));
            }
            self.interrupt.check()?;
            thread::sleep(PAUSE);
        }
    }

    /// Looks once, over a new connection to any of the hosts, and keeps that one. `None` where it is not known
    /// yet.
    fn look(&mut self, step: Step, is_forgotten: bool) -> Result<Option<bool>> {
        let mut new = self.connector(&self.given, Duration::ZERO)()?;
        let answer = new.transaction(Access::INSPECTION, |conn| {
            if !has_ended(conn, step)? {
                if is_forgotten {
                    end(conn, step)?;
                }
                return Ok(None);
            }
            // The next statement sees what was committed before that lock was released.
            Ok(Some(audit_log::has_entries_of(conn, step)?))
        })?;
        if answer.is_some() {
            *self = new;
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
