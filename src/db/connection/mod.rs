//! One connection, its transactions, and what their errors mean.

pub mod access;
mod begin;
mod cancellation;
mod change_limit;
mod client_check;
mod connecting;
pub mod consent;
pub mod deadline;
mod deadlock;
pub mod encoding;
mod enquiry;
pub mod error_classification;
mod establish;
pub mod link;
pub mod lock_holders;
mod lost_commit;
pub mod message;
pub mod near_users;
mod pooling;
mod refusal;
pub mod run_lock;
mod socket;
mod violation;

use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager as _};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use self::access::{Access, Timeouts};
use self::change_limit::ChangeLimit;
use self::client_check::ClientCheck;
use self::consent::Consent;
use self::deadline::{Deadline, Limit};
use self::error_classification::Failure;
use self::near_users::Suggestions;
use crate::change::{Change, Step};
use crate::config::Conninfo;
use crate::domain::StoredText;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// How much longer than the statement timeout this program waits for an answer. A server that is alive
/// ends the statement first, with a better message.
const MARGIN: Duration = Duration::from_secs(5);

/// How long short requests may take where the statement timeout is zero, which sets no limit.
const LIMIT_WITHOUT_STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

/// Between two attempts at a transaction.
const RETRY_PAUSE: Duration = Duration::from_millis(10);

/// Attempts at a transaction, where the lock timeout sets no limit.
const MOST_ATTEMPTS: u32 = 500;

fn or_default(statement_timeout: Duration) -> Duration {
    if statement_timeout.is_zero() { LIMIT_WITHOUT_STATEMENT_TIMEOUT } else { statement_timeout }
}

/// One connection, and how to use it.
pub struct Database {
    conn: PgConnection,
    deadline: Deadline,
    /// Of the host that answered.
    conninfo: Conninfo,
    /// Of all hosts.
    given: Conninfo,
    timeouts: Timeouts,
    interrupt: Interrupt,
    warning: SuperuserWarning,
    change: Change,
    /// The open transaction, where it is a change.
    step: Option<Step>,
    client_check: ClientCheck,
    /// Whether a change of this connection has found that it may be: without Citus or in a known layout, and
    /// where foreign keys run.
    may_change: bool,
    /// Whether every transaction but those that only read is refused.
    read_only: bool,
    limit: ChangeLimit,
    consent: Option<Consent>,
    /// Whether an unknown user makes it look for near ones.
    suggestions: Suggestions,
}

/// What a superuser is told at the end, where every role may create in the schema of the tables. Unset:
/// not looked for, as no BEGIN has failed. `None`: nothing to tell.
pub type SuperuserWarning = Arc<OnceLock<Option<String>>>;

impl Database {
    /// Database, host and role as the server knows them, for the question before a change.
    pub fn describe(&mut self) -> Result<String> {
        #[derive(QueryableByName)]
        struct Target {
            #[diesel(sql_type = Text)]
            database: StoredText,
            #[diesel(sql_type = Text)]
            role: StoredText,
            #[diesel(sql_type = Nullable<Text>)]
            address: Option<StoredText>,
        }
        // Adoption and reverting ask on any schema.
        let target: Target = self.transaction(Access::INSPECTION, |conn| {
            // Raw: about the connection, not about a table.
            let query = "select pg_catalog.current_database()::text as database, current_user::text as role, \
                         pg_catalog.host(pg_catalog.inet_server_addr()) as address";
            Ok(diesel::sql_query(query).get_result(conn)?)
        })?;
        let host = self.conninfo.host().or(target.address.map(Into::into));
        Ok(format!(
            "database `{}` on `{}` as `{}`",
            target.database,
            host.as_deref().unwrap_or("localhost"),
            target.role
        ))
    }

    pub fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Runs `work` in one transaction. Settings and the check of the schema are sent with BEGIN.
    ///
    /// An error of `work` rolls back. What PostgreSQL reported is then looked into, so that the error
    /// says of which kind it is. After `Error::ChangedMeanwhile`, and in a change after a deadlock,
    /// `work` runs again, in a new transaction: once at least, and then for as long as a statement may
    /// wait for a lock. So a `work` that changes something prints and writes only after its last query.
    pub fn transaction<T>(
        &mut self,
        access: Access,
        mut work: impl FnMut(&mut PgConnection) -> Result<T>,
    ) -> Result<T> {
        let first_begun = Instant::now();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let begun = Instant::now();
            match self.begin_and_work(access, begun, &mut work) {
                Ok(value) => return self.end_or_fail(access, begun).map(|()| value),
                Err(Error::ChangedMeanwhile(_))
                    if !access.only_reads() && self.may_retry(attempts, first_begun.elapsed()) =>
                {
                    thread::sleep(RETRY_PAUSE);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Like `transaction`, for a `work` that cannot run again, such as one that has read its input.
    pub fn transaction_once<T>(
        &mut self,
        access: Access,
        work: impl FnOnce(&mut PgConnection) -> Result<T>,
    ) -> Result<T> {
        let begun = Instant::now();
        let value = self.begin_and_work(access, begun, work)?;
        self.end_or_fail(access, begun).map(|()| value)
    }

    fn begin_and_work<T>(
        &mut self,
        access: Access,
        begun: Instant,
        work: impl FnOnce(&mut PgConnection) -> Result<T>,
    ) -> Result<T> {
        let ready = self
            .begin(access)
            .and_then(|()| self.require_named())
            .and_then(|()| self.begin_counting(access));
        let worked = ready.and_then(|()| work(&mut self.conn));
        worked.map_err(|error| self.fail(error, access, begun.elapsed()))
    }

    fn may_retry(&self, attempts: u32, elapsed: Duration) -> bool {
        let in_time = self.timeouts.lock.is_zero() || elapsed < self.timeouts.lock;
        attempts == 1 || (in_time && attempts < MOST_ATTEMPTS)
    }

    /// Runs one statement that refuses to be in a transaction, such as CREATE INDEX CONCURRENTLY,
    /// for as long as it takes; the server ends it soon after this program has ended.
    ///
    /// Such a statement takes settings of the session only. A pooler would hand them to its next
    /// client, so behind one the role's own settings apply: they are set only where the server ends the
    /// session together with the connection.
    pub fn outside_transaction(&mut self, sql: &str) -> Result<()> {
        self.interrupt.check()?;
        self.refuse_if_read_only()?;
        let direct = self.link().is_some_and(|link| link.pooled == Some(false));
        self.deadline.set_limit(Limit::Bulk(self.answer_limit()));
        let begun = Instant::now();
        let settings = format!(
            "set statement_timeout = 0; set lock_timeout = 0; {}\
             select pg_catalog.set_config(name, '0', false) from pg_catalog.pg_settings \
             where name operator(pg_catalog.=) 'transaction_timeout'",
            self.client_check.of_session()
        );
        let prepared = if direct { self.conn.batch_execute(&settings) } else { Ok(()) };
        prepared
            .and_then(|()| self.conn.batch_execute(sql))
            .map_err(|error| self.fail(error.into(), Access::DDL, begun.elapsed()))
    }

    /// Waits until the disk has all that was committed before, and standbys where the server waits for them.
    /// Fails where the connection was lost: the server may have crashed since.
    pub fn flush_commits(&mut self) -> Result<()> {
        self.deadline.set_limit(Limit::Bulk(self.answer_limit()));
        let begun = Instant::now();
        // Raw: no table. A COMMIT waits only if its own transaction has written to the WAL.
        let write = "select pg_catalog.pg_logical_emit_message(
                         true, 'iamctl'::pg_catalog.text, ''::pg_catalog.text)";
        self.conn
            .batch_execute(write)
            .map_err(|error| self.fail(error.into(), Access::CHANGE, begun.elapsed()))
    }

    /// How long to wait for the answer to a request that the statement timeout limits.
    fn answer_limit(&self) -> Duration {
        MARGIN + or_default(self.timeouts.statement)
    }

    fn end_or_fail(&mut self, access: Access, begun: Instant) -> Result<()> {
        self.end(access).map_err(|error| self.fail(error, access, begun.elapsed()))
    }

    fn end(&mut self, access: Access) -> Result<()> {
        self.interrupt.check()?;
        self.keep_to_limit(access)?;
        if access.is_dry_run() {
            return Ok(AnsiTransactionManager::rollback_transaction(&mut self.conn)?);
        }
        if access.only_reads() {
            return Ok(AnsiTransactionManager::commit_transaction(&mut self.conn)?);
        }
        let tells = self.what_tells(access).unwrap_or_default();
        self.interrupt.commit_sent(tells);
        let committed = AnsiTransactionManager::commit_transaction(&mut self.conn);
        let answer = error_classification::answer(&committed);
        match committed {
            Err(error) if error_classification::is_closed(&error) => {
                self.end_without_answer(access)
            }
            done => {
                self.interrupt.commit_answered(answer);
                done?;
                if let Some(step) = self.step {
                    self.change.committed(step);
                }
                Ok(())
            }
        }
    }

    /// Ends the failed transaction and names its error.
    fn fail(&mut self, error: Error, access: Access, elapsed: Duration) -> Error {
        let took = self.deadline.since_last_request();
        self.deadline.set_limit(Limit::Request(self.answer_limit()));
        let open = AnsiTransactionManager::transaction_manager_status_mut(&mut self.conn)
            .transaction_depth()
            .is_ok_and(|depth| depth.is_some());
        let rolled_back = if open {
            AnsiTransactionManager::rollback_transaction(&mut self.conn)
        } else {
            // BEGIN itself was sent, and one of the statements with it failed.
            self.conn.batch_execute("rollback")
        };
        let (query, awaited) = match error {
            Error::Query(query) => (query, None),
            Error::AdvisoryLock { name, source } => (source, Some(name)),
            Error::UnknownUser { name, message } => {
                let near = if rolled_back.is_ok() { self.near_users(&name) } else { Vec::new() };
                return near_users::suggest(Error::UnknownUser { name, message }, &near);
            }
            other => return other.for_local(self.conninfo.is_local()),
        };
        if self.deadline.has_expired() {
            return Error::Unreachable(format!(
                "the server stopped answering, and the connection to {} was given up after {} seconds; \
                 the server rolls back what was not committed",
                self.conninfo,
                elapsed.as_secs()
            ));
        }
        if rolled_back.is_err() || error_classification::is_closed(&query) {
            return Error::Unreachable(format!(
                "the connection to {} was lost, or a pooler had no server connection left for it \
                 (a purge and a migration take two, and a purge one more for each further job): {}",
                self.conninfo,
                message::message(&query)
            ));
        }
        let failure = Failure { query: &query, awaited: awaited.as_deref(), took };
        error_classification::explain(&mut self.conn, &failure, access, self.timeouts)
            .for_local(self.conninfo.is_local())
    }
}
