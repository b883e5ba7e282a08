//! One run at a time on a database, also behind a transaction pooler.
//!
//! A transaction-level advisory lock on a connection of its own lasts as long as that transaction.
//! A pooler keeps the server connection with it until the transaction ends.
//!
//! What the transaction reads it reads after a savepoint, to which it rolls back. So it holds no snapshot, which
//! would keep rows from being vacuumed, and no table: a command that locks one as a whole, such as ALTER TABLE,
//! would wait until the run ends, and everybody else behind that command.

use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::access::{Access, NO_TRANSACTION_TIMEOUT, USUAL_SETTINGS};
use super::deadline::Limit;
use super::lock_holders::{self, Holder};
use super::{Database, MARGIN, error_classification, message};
use crate::db::functions::pg_try_advisory_xact_lock;
use crate::db::maintenance::namespace::SET_SEARCH_PATH;
use crate::error::{Error, Result};
use crate::panics;

/// Ends what the transaction holds but for the lock.
const LET_GO: &str = "rollback to savepoint look";

/// What only one run may do at a time. The numbers are the advisory locks' keys.
#[derive(Debug, Clone, Copy)]
#[repr(i64)]
pub enum Job {
    /// The bytes of `iamctl` and 1.
    Migrate = 0x69_61_6d_63_74_6c_01,
    Purge = 0x69_61_6d_63_74_6c_02,
}

/// The outcome of an attempt to take the lock.
#[expect(clippy::large_enum_variant, reason = "there is one attempt at a time")]
pub enum Attempt {
    Locked(RunLock),
    /// Another run holds the lock, or another program that took its key.
    Held(Vec<Holder>),
}

/// The lock, held until this is dropped or its connection dies.
pub struct RunLock {
    database: Database,
    /// A failure has ended its transaction.
    has_ended: bool,
}

impl RunLock {
    /// Tries once.
    pub fn try_acquire(database: &Database, job: Job) -> Result<Attempt> {
        Self::over(database.another(), job)
    }

    /// Tries once, while `work` uses `database`: to connect takes as long as a few queries. An error of `work` comes
    /// first, and does not wait for a server that takes no second connection.
    pub fn try_acquire_during<T>(
        database: &mut Database,
        job: Job,
        work: impl FnOnce(&mut Database) -> Result<T>,
    ) -> Result<(T, Attempt)> {
        let connect = database.connector(&database.conninfo, Duration::ZERO);
        let (done, attempt) = thread::scope(|scope| {
            let try_lock = || Self::over(connect(), job);
            let trying = thread::Builder::new().spawn_scoped(scope, try_lock);
            let done = work(database);
            let attempt = trying.map(ScopedJoinHandle::join);
            (done, attempt.map_err(|error| Error::io("start a thread", &error)))
        });
        let done = done?;
        match attempt?.unwrap_or_else(|_| Err(panics::error())) {
            Err(Error::Unreachable(_)) if !database.timeouts.wait.is_zero() => {
                Ok((done, Self::try_acquire(database, job)?))
            }
            attempt => Ok((done, attempt?)),
        }
    }

    /// Tries and backs off until `patience` is over. Never waits inside PostgreSQL: a session
    /// that waits for an advisory lock blocks `CREATE INDEX CONCURRENTLY`.
    pub fn acquire(database: &Database, job: Job, patience: Duration) -> Result<Attempt> {
        let deadline = Instant::now() + patience;
        let mut pause = Duration::from_millis(20);
        loop {
            let attempt = Self::try_acquire(database, job)?;
            if matches!(attempt, Attempt::Locked(_)) || Instant::now() >= deadline {
                return Ok(attempt);
            }
            database.interrupt().check()?;
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(500));
        }
    }

    /// Tries over the connection, which a role or a pooler may have none left for.
    fn over(connected: Result<Database>, job: Job) -> Result<Attempt> {
        let database = connected.map_err(|error| match error {
            Error::Unreachable(_) => error.with("the run lock takes a connection of its own"),
            other => other,
        })?;
        Self { database, has_ended: false }.try_lock(job)
    }

    /// Over this connection a purge reads the next rows of an index or a table, window after window. The planner
    /// settings keep it from sorting all that are left each time, where it has no statistics.
    fn try_lock(mut self, job: Job) -> Result<Attempt> {
        let lost = |error: QueryError| {
            Error::Unreachable(format!("cannot take the lock: {}", message::message(&error)))
        };
        let not_begun = |error| match error {
            Error::Query(error) => lost(error),
            other => other,
        };
        let lock_timeout = self.database.timeouts.lock.as_millis();
        self.database.deadline.set_limit(Limit::Request(self.database.answer_limit()));
        // Not "read write", which a standby refuses.
        let mode = if self.database.read_only { ", read only" } else { "" };
        // Raw: SET takes no parameters. The values are numbers of our own.
        let begin = |check_client: &str| {
            format!(
                "begin isolation level read committed{mode}; {SET_SEARCH_PATH}; \
                 set local lock_timeout = {lock_timeout}; \
                 set local statement_timeout = 0; \
                 {check_client}set local row_security = off; {USUAL_SETTINGS}; \
                 set local idle_in_transaction_session_timeout = 0; \
                 set local enable_sort = off; set local enable_incremental_sort = off; \
                 set local enable_seqscan = off; set local enable_bitmapscan = off; \
                 set local enable_tidscan = on; \
                 {NO_TRANSACTION_TIMEOUT}"
            )
        };
        self.database.send_begin(begin).map_err(not_begun)?;
        let conn = &mut self.database.conn;
        let got = diesel::select(pg_try_advisory_xact_lock(job as i64))
            .get_result::<bool>(conn)
            .map_err(lost)?;
        if !got {
            return Ok(Attempt::Held(lock_holders::of_key(conn, job as i64).map_err(lost)?));
        }
        conn.batch_execute("savepoint look").map_err(lost)?;
        self.take_long();
        Ok(Attempt::Locked(self))
    }

    /// Fails with `unreachable` when the lock's connection is gone, and so the lock.
    pub fn check(&mut self) -> Result<()> {
        if self.has_ended {
            return Err(self.lost());
        }
        self.database.deadline.set_limit(Limit::Request(self.database.answer_limit()));
        let answered = self.database.conn.batch_execute(LET_GO).map_err(|_| self.lost());
        self.take_long();
        answered
    }

    /// What is read over it may take long.
    fn take_long(&self) {
        self.database.deadline.set_limit(Limit::Bulk(self.database.answer_limit()));
    }

    /// Reads something over the lock's connection, which does nothing else, and lets go of the tables that it
    /// read. A failure ends the lock; where the connection is gone, it is that of `check`.
    pub fn read<T>(&mut self, work: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
        self.work(work, LET_GO)
    }

    /// Changes settings for all that is read from then on. Fails as `read` does.
    pub fn set(&mut self, change: impl FnOnce(&mut PgConnection) -> QueryResult<()>) -> Result<()> {
        self.work(|conn| Ok(change(conn)?), "release savepoint look; savepoint look")
    }

    fn work<T>(
        &mut self,
        work: impl FnOnce(&mut PgConnection) -> Result<T>,
        then: &str,
    ) -> Result<T> {
        if self.has_ended {
            return Err(self.lost());
        }
        let begun = Instant::now();
        let conn = &mut self.database.conn;
        let done = work(conn).and_then(|done| {
            conn.batch_execute(then)?;
            Ok(done)
        });
        self.has_ended = done.is_err();
        done.map_err(|error| match error {
            Error::Query(query) if error_classification::is_closed(&query) => self.lost(),
            other => self.database.fail(other, Access::READ.bulk(true), begun.elapsed()),
        })
    }

    fn lost(&self) -> Error {
        let lost = if self.database.deadline.has_expired() {
            "the server stopped answering"
        } else {
            "the connection that holds the run lock was lost"
        };
        Error::Unreachable(format!("{lost}; stopped, so that two runs never overlap"))
    }
}

/// Waits until the server has given the lock up: a run that begins right after this one must not
/// find it taken. Where the connection is gone, so is the lock.
impl Drop for RunLock {
    fn drop(&mut self) {
        self.database.deadline.set_limit(Limit::Request(MARGIN));
        _ = self.database.conn.batch_execute("rollback");
    }
}

type QueryError = diesel::result::Error;
