//! How a transaction begins.

use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection as _};

use super::access::{Access, Probes};
use super::deadline::Limit;
use super::{Database, error_classification};
use crate::db::maintenance::{citus, namespace, replication_role};
use crate::db::protection;
use crate::error::{Error, Result};

/// A connection that was idle for less time was not ended for being idle.
const IDLE: Duration = Duration::from_millis(100);

impl Database {
    /// From now on, every transaction is READ ONLY, and others are refused.
    pub fn set_read_only(&mut self) {
        self.read_only = true;
    }

    /// Fails where a change is refused. Changes that are meant were refused before connecting (`Context::audit`).
    pub(super) fn refuse_if_read_only(&self) -> Result<()> {
        if self.read_only {
            return Err(Error::Refused(
                "a dry run of this command does the work and rolls it back, which --read-only or IAMCTL_READ_ONLY \
                 refuses; nothing was changed"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    pub(super) fn begin(&mut self, access: Access) -> Result<()> {
        self.interrupt.check()?;
        if !access.only_reads() {
            self.refuse_if_read_only()?;
        }
        self.deadline.set_limit(Limit::Request(self.answer_limit()));
        let probes = Probes {
            superuser: access.warns_superusers() && self.warning.get().is_none(),
            change: !access.only_reads() && !self.may_change,
            protected: self.takes_bare_yes(),
        };
        let timeouts = self.timeouts;
        let is_change = !access.only_reads() && !access.is_dry_run();
        let step = is_change.then(|| self.change.next_step());
        let sql = |probes| {
            move |check_client: &str| access.begin_sql(timeouts, probes, step, check_client)
        };
        // A purge makes sure of its lock first, and then calls `renew`.
        let sent = if access.is_purge_window() {
            self.send_begin(sql(probes))
        } else {
            self.after_a_pause(|it| it.send_begin(sql(probes)))
        };
        match sent {
            Err(Error::Query(error))
                if probes.any() && !error_classification::is_closed(&error) =>
            {
                self.look_closer(access, probes)?;
                self.send_begin(sql(Probes::default()))?;
            }
            other => other?,
        }
        // Only now: a probe that failed was looked into in a transaction of its own, and a connection that had ended
        // was made anew.
        self.step = step;
        self.may_change |= probes.change;
        // Without a statement timeout, the server is asked now and then whether it still answers.
        if access.is_bulk() || self.timeouts.statement.is_zero() {
            self.deadline.set_limit(Limit::Bulk(self.answer_limit()));
        }
        Ok(())
    }

    /// Finds out which probe made a BEGIN fail. A change where that cannot be found out is refused; else the
    /// second BEGIN says what is wrong.
    fn look_closer(&mut self, access: Access, probes: Probes) -> Result<()> {
        let looked = self.transaction(Access::INSPECTION, |conn| {
            let warning = if probes.superuser { namespace::superuser_warning(conn)? } else { None };
            let refusal = if probes.protected { protection::read(conn)?.refusal() } else { None };
            if refusal.is_some() || !probes.change {
                return Ok((refusal, warning));
            }
            let replica = replication_role::refusal(conn)?;
            let citus = citus::read(conn)?.and_then(|citus| citus.refusal(access.is_ddl()));
            Ok((replica.or(citus), warning))
        });
        let (refusal, warning) = match looked {
            Err(error) if probes.change || probes.protected => return Err(error),
            looked => looked.unwrap_or_default(),
        };
        if probes.superuser {
            _ = self.warning.set(warning);
        }
        refusal.map_or(Ok(()), Err)
    }

    /// Sends BEGIN with its settings; `sql` gets the one that lets the server check its client. Where that
    /// fails, the transaction is rolled back, and it is found out, once, whether the server takes that one.
    pub(super) fn send_begin(&mut self, sql: impl Fn(&str) -> String) -> Result<()> {
        loop {
            let begin = sql(self.client_check.of_transaction());
            match AnsiTransactionManager::begin_transaction_sql(&mut self.conn, &begin) {
                Err(error) if error_classification::is_closed(&error) => return Err(error.into()),
                Err(error) if !self.client_check.find_out(&mut self.conn)? => {
                    return Err(error.into());
                }
                Err(_) => {}
                Ok(()) => return Ok(()),
            }
        }
    }

    /// Connects anew where the connection has ended while it was idle.
    pub fn renew(&mut self) -> Result<()> {
        if !self.was_idle() {
            return Ok(());
        }
        let begun = Instant::now();
        let answered = self.after_a_pause(|it| {
            it.deadline.set_limit(Limit::Request(it.answer_limit()));
            Ok(it.conn.batch_execute("select 1")?)
        });
        answered.map_err(|error| self.fail(error, Access::CHANGE, begun.elapsed()))
    }

    /// Whether the connection may have ended because it was idle.
    pub fn was_idle(&self) -> bool {
        self.deadline.idle_for() >= IDLE
    }

    /// Sends the first request of a transaction. Servers and poolers may end a connection that is idle for
    /// long, such as during a question or a pause of a purge (`idle_session_timeout`; PgBouncer's
    /// `client_idle_timeout`): nothing was lost with it, and the request goes over a new one.
    fn after_a_pause(&mut self, send: impl Fn(&mut Self) -> Result<()>) -> Result<()> {
        let was_idle = self.was_idle();
        match send(self) {
            Err(Error::Query(error))
                if was_idle
                    && error_classification::is_closed(&error)
                    && !self.deadline.has_expired() =>
            {
                *self = self.another()?;
                self.deadline.set_limit(Limit::Request(self.answer_limit()));
                send(self)
            }
            done => done,
        }
    }
}
