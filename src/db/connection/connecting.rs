//! New connections.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::{CacheSize, Connection as _};

use super::access::Timeouts;
use super::change_limit::ChangeLimit;
use super::client_check::ClientCheck;
use super::deadline::{self, Deadline};
use super::establish::{self, Established, establish};
use super::near_users::Suggestions;
use super::{Database, MARGIN, SuperuserWarning, or_default};
use crate::change::Change;
use crate::config::Conninfo;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

fn look_at_deadlines() {
    establish::look();
    deadline::look();
}

impl Database {
    /// Connects, trying again for `timeouts.wait` while the server cannot be reached.
    pub fn connect(
        conninfo: &Conninfo,
        timeouts: Timeouts,
        interrupt: Interrupt,
        warning: SuperuserWarning,
        change: Change,
    ) -> Result<Self> {
        interrupt.every_tick(look_at_deadlines);
        let deadline = Instant::now() + timeouts.wait;
        loop {
            match establish(conninfo, &interrupt, !timeouts.wait.is_zero())? {
                Ok(established) => {
                    let given = conninfo.clone();
                    return Ok(Self::with(
                        established,
                        given,
                        timeouts,
                        interrupt,
                        warning,
                        change,
                    ));
                }
                Err(failure) if failure.is_final || Instant::now() >= deadline => {
                    return Err(Error::Unreachable(failure.message));
                }
                Err(_) => {
                    interrupt.check()?;
                    thread::sleep(Duration::from_millis(200));
                }
            }
        }
    }

    fn with(
        established: Established,
        given: Conninfo,
        timeouts: Timeouts,
        interrupt: Interrupt,
        warning: SuperuserWarning,
        change: Change,
    ) -> Self {
        let Established { mut conn, sockets, conninfo } = established;
        // Named statements do not survive a transaction pooler.
        conn.set_prepared_statement_cache_size(CacheSize::Disabled);
        let probe = conninfo.probe();
        // It may wait for locks.
        let longest_short = (!timeouts.lock.is_zero())
            .then(|| MARGIN + timeouts.lock.max(or_default(timeouts.statement)));
        let deadline = Deadline::watch(&mut conn, sockets, probe, interrupt.clone(), longest_short);
        let client_check = ClientCheck::default();
        Self {
            conn,
            deadline,
            conninfo,
            given,
            timeouts,
            interrupt,
            warning,
            change,
            step: None,
            client_check,
            may_change: false,
            read_only: false,
            limit: ChangeLimit::default(),
            consent: None,
            suggestions: Suggestions::default(),
        }
    }

    /// Another connection to the same database, on the same host.
    pub fn another(&self) -> Result<Self> {
        self.connector(&self.conninfo, self.timeouts.wait)()
    }

    /// A new connection in the place of this one, which was lost, to any of the hosts.
    pub fn anew(&self) -> Result<Self> {
        self.connector(&self.given, self.timeouts.wait)()
    }

    /// What makes another connection, on any thread, to be used as this one is. It tries for `wait` while the
    /// server cannot be reached.
    pub(super) fn connector(
        &self,
        conninfo: &Conninfo,
        wait: Duration,
    ) -> impl FnOnce() -> Result<Self> + Send + use<> {
        let (conninfo, given, consent) =
            (conninfo.clone(), self.given.clone(), self.consent.clone());
        let (interrupt, warning, change) =
            (self.interrupt.clone(), Arc::clone(&self.warning), self.change.clone());
        let Self { timeouts, client_check, suggestions, read_only, limit, .. } = *self;
        move || {
            let first = Timeouts { wait, ..timeouts };
            let new = Self::connect(&conninfo, first, interrupt, warning, change)?;
            Ok(Self {
                given,
                timeouts,
                client_check,
                read_only,
                limit,
                consent,
                suggestions,
                ..new
            })
        }
    }
}
