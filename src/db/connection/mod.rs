//! One connection, its transactions, and what their errors mean.

pub mod error_classification;
pub mod run_lock;

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::connection::{
    AnsiTransactionManager, CacheSize, Connection as _, SimpleConnection as _,
    TransactionManager as _,
};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamptz};

use diesel::pg::PgConnection;

use crate::config::Conninfo;
use crate::db::filter;
use crate::db::locks::Locks;
use crate::db::maintenance::migrations;
use crate::domain::TimeOrDuration;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// Limits that keep a command from hanging (contract 6).
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// How long a statement may wait for a lock; zero waits for ever.
    pub lock: Duration,
    /// How long a statement may take; zero means any time. Bulk work and DDL have no such limit.
    pub statement: Duration,
    /// How long to keep trying while the server refuses connections.
    pub wait: Duration,
}

/// From so many targets on a change is bulk work.
pub const BULK_TARGETS: usize = 1000;

/// After how long the server looks whether its client is still there.
const CLIENT_CHECK_MILLIS: u128 = 2_000;

/// What a transaction is for, which decides its settings and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only reads; works on a standby.
    Read,
    /// Changes and commits.
    Change,
    /// Does the work of a change, then rolls it back (`--dry-run`).
    DryRun,
    /// Changes and commits, without a limit on the time of a statement.
    Bulk,
    /// As `Bulk`, in a run that has looked at the schema before.
    Batch,
    /// As `Bulk`, then rolled back.
    BulkDryRun,
    /// Only reads, without a limit on the time of a statement: whole lists.
    BulkRead,
    /// DDL, before the schema is known to be ours.
    Migration,
    /// As `Migration`, then rolled back.
    MigrationDryRun,
    /// Only reads, before the schema is known to be ours.
    Inspection,
}

impl Access {
    fn only_reads(self) -> bool {
        matches!(self, Self::Read | Self::BulkRead | Self::Inspection)
    }

    /// The limits that a statement may have met: on waiting for a lock, and on its time.
    fn limits(self, timeouts: Timeouts) -> [Option<Duration>; 2] {
        [timeouts.lock, self.statement_timeout(timeouts)]
            .map(|limit| (!limit.is_zero()).then_some(limit))
    }

    fn statement_timeout(self, timeouts: Timeouts) -> Duration {
        match self {
            Self::Read | Self::Change | Self::DryRun | Self::Inspection => timeouts.statement,
            _ => Duration::ZERO,
        }
    }

    fn begin(self, timeouts: Timeouts, locks: &Locks) -> String {
        let statement = self.statement_timeout(timeouts);
        // Checks behind a lock must see what was committed before it was taken, whatever the
        // database's default isolation is.
        let mode = if self.only_reads() { " read only" } else { "" };
        // The values are numbers of our own; SET takes no parameters.
        let mut sql = format!(
            "begin isolation level read committed{mode}; set local lock_timeout = {}; set local statement_timeout = {}; \
             set local client_connection_check_interval = {CLIENT_CHECK_MILLIS}",
            timeouts.lock.as_millis(),
            statement.as_millis(),
        );
        if self == Self::Batch {
            // Through a bitmap each page is visited once; and no batch may scan a table, however old
            // the planner's statistics are.
            sql.push_str("; set local enable_indexscan = off; set local enable_seqscan = off");
        }
        if self.statement_timeout(timeouts).is_zero() && self != Self::Batch {
            // PostgreSQL 17 has a limit on transactions, too.
            sql.push_str(
                "; select set_config(name, '0', true) from pg_settings \
                 where name = 'transaction_timeout'",
            );
        }
        if !matches!(self, Self::Migration | Self::MigrationDryRun | Self::Inspection | Self::Batch)
        {
            _ = write!(sql, "; {}", migrations::schema_check());
        }
        if !locks.statements().is_empty() {
            // Long lists look so dear that PostgreSQL would compile them, which takes many times longer.
            sql.push_str("; set local jit = off");
        }
        for statement in locks.statements() {
            _ = write!(sql, "; {statement}");
        }
        sql
    }
}

/// One connection, and how to use it.
pub struct Database {
    conn: PgConnection,
    conninfo: Conninfo,
    timeouts: Timeouts,
    interrupt: Interrupt,
}

impl Database {
    /// Connects, trying again for `timeouts.wait` while the server cannot be reached.
    pub fn connect(conninfo: Conninfo, timeouts: Timeouts, interrupt: Interrupt) -> Result<Self> {
        let deadline = Instant::now() + timeouts.wait;
        loop {
            match PgConnection::establish(conninfo.render().expose()) {
                Ok(mut conn) => {
                    // Named statements do not survive a transaction pooler (contract 6).
                    conn.set_prepared_statement_cache_size(CacheSize::Disabled);
                    return Ok(Self { conn, conninfo, timeouts, interrupt });
                }
                Err(_) if Instant::now() < deadline => {
                    interrupt.check()?;
                    thread::sleep(Duration::from_millis(200));
                }
                Err(error) => {
                    return Err(Error::Unreachable(format!(
                        "cannot connect to {conninfo}: {}",
                        conninfo.scrub(&error.to_string())
                    )));
                }
            }
        }
    }

    /// A second connection to the same database, for a lock or for watching.
    pub fn another(&self) -> Result<Self> {
        let timeouts = Timeouts { wait: Duration::ZERO, ..self.timeouts };
        Self::connect(self.conninfo.clone(), timeouts, self.interrupt.clone())
    }

    /// Database, host and role as the server knows them, for the question before a change.
    pub fn describe(&mut self) -> Result<String> {
        #[derive(QueryableByName)]
        struct Target {
            #[diesel(sql_type = Text)]
            database: String,
            #[diesel(sql_type = Text)]
            role: String,
            #[diesel(sql_type = Nullable<Text>)]
            address: Option<String>,
        }
        // Adoption and reverting ask, too, where the schema is not ours, or not yet, or no more.
        let target: Target = self.transaction(Access::Inspection, |conn| {
            let query = "select current_database()::text as database, current_user::text as role, \
                         host(inet_server_addr()) as address";
            Ok(diesel::sql_query(query).get_result(conn)?)
        })?;
        let host = self.conninfo.host().or(target.address);
        Ok(format!(
            "database `{}` on `{}` as `{}`",
            target.database,
            host.as_deref().unwrap_or("localhost"),
            target.role
        ))
    }

    /// Whether a pooler stands in front of the server; `None` where that is not known. Connects
    /// once more.
    pub fn is_pooled(&self) -> Option<bool> {
        self.conninfo.answers_itself().map(|itself| !itself)
    }

    pub fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Runs `work` in one transaction. Settings and the check of the schema travel with BEGIN.
    ///
    /// An error of `work` rolls back; what PostgreSQL reported is then looked into, so that the
    /// error says which of the contract's kinds it is.
    pub fn transaction<T>(
        &mut self,
        access: Access,
        work: impl FnOnce(&mut PgConnection) -> Result<T>,
    ) -> Result<T> {
        self.locking(&Locks::default(), access, work)
    }

    /// The same, and takes locks as it begins.
    pub fn locking<T>(
        &mut self,
        locks: &Locks,
        access: Access,
        work: impl FnOnce(&mut PgConnection) -> Result<T>,
    ) -> Result<T> {
        let begun = Instant::now();
        let result = self.begin(access, locks).and_then(|()| {
            let value = work(&mut self.conn)?;
            self.end(access)?;
            Ok(value)
        });
        result.map_err(|error| self.fail(error, access, begun.elapsed()))
    }

    /// Runs one statement that refuses to be in a transaction, such as CREATE INDEX CONCURRENTLY,
    /// for as long as it takes; the server ends it soon after this program has ended.
    ///
    /// Only a session's settings go with such a statement. In a pooler they would stay behind, for
    /// whoever comes next: there the role's own hold.
    pub fn outside_transaction(&mut self, sql: &str) -> Result<()> {
        self.interrupt.check()?;
        let begun = Instant::now();
        let settings = format!(
            "set statement_timeout = 0; set lock_timeout = 0; \
             set client_connection_check_interval = {CLIENT_CHECK_MILLIS}; \
             select set_config(name, '0', false) from pg_settings \
             where name = 'transaction_timeout'"
        );
        let direct = self.is_pooled() == Some(false);
        let prepared = if direct { self.conn.batch_execute(&settings) } else { Ok(()) };
        prepared
            .and_then(|()| self.conn.batch_execute(sql))
            .map_err(|error| self.fail(error.into(), Access::Migration, begun.elapsed()))
    }

    fn begin(&mut self, access: Access, locks: &Locks) -> Result<()> {
        self.interrupt.check()?;
        let begin = access.begin(self.timeouts, locks);
        Ok(AnsiTransactionManager::begin_transaction_sql(&mut self.conn, &begin)?)
    }

    fn end(&mut self, access: Access) -> Result<()> {
        self.interrupt.check()?;
        if matches!(access, Access::DryRun | Access::BulkDryRun | Access::MigrationDryRun) {
            return Ok(AnsiTransactionManager::rollback_transaction(&mut self.conn)?);
        }
        let committed = if access.only_reads() {
            AnsiTransactionManager::commit_transaction(&mut self.conn)
        } else {
            self.interrupt.set_committing(true);
            let committed = AnsiTransactionManager::commit_transaction(&mut self.conn);
            self.interrupt.set_committing(false);
            committed
        };
        match committed {
            Ok(()) => {
                if !access.only_reads() {
                    self.interrupt.set_changed();
                }
                Ok(())
            }
            Err(error) if error_classification::is_closed(&error) && !access.only_reads() => {
                Err(Error::Unreachable(
                    "the connection was lost during COMMIT: look whether the change happened \
                     before you repeat it"
                        .to_owned(),
                ))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Ends the failed transaction and names its error.
    fn fail(&mut self, error: Error, access: Access, elapsed: Duration) -> Error {
        let open = AnsiTransactionManager::transaction_manager_status_mut(&mut self.conn)
            .transaction_depth()
            .is_ok_and(|depth| depth.is_some());
        let rolled_back = if open {
            AnsiTransactionManager::rollback_transaction(&mut self.conn)
        } else {
            // BEGIN itself was sent, and one of the statements with it failed.
            self.conn.batch_execute("rollback")
        };
        let Error::Query(query) = error else {
            return error.for_local(self.conninfo.is_local());
        };
        if rolled_back.is_err() || error_classification::is_closed(&query) {
            return Error::Unreachable(format!(
                "the connection to {} was lost, or a pooler had no server connection left for it \
                 (a purge and a migration take two, and a purge one more for each further job): {}",
                self.conninfo,
                error_classification::message(&query)
            ));
        }
        error_classification::explain(&mut self.conn, &query, access, self.timeouts, elapsed)
            .for_local(self.conninfo.is_local())
    }
}

/// The database's clock at the start of the transaction, which decides what has expired.
pub fn now(conn: &mut PgConnection) -> Result<DateTime<Utc>> {
    Ok(diesel::select(diesel::dsl::sql::<Timestamptz>("now()")).get_result(conn)?)
}

/// The schema that the tables are in.
pub fn schema_of_tables(conn: &mut PgConnection) -> Result<String> {
    let schema =
        "(select n.nspname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where c.oid = to_regclass('users'))";
    Ok(diesel::select(diesel::dsl::sql::<Text>(schema)).get_result(conn)?)
}

/// Makes what the transaction creates go to the schema of the tables.
pub fn create_beside_tables(conn: &mut PgConnection) -> Result<()> {
    let schema = schema_of_tables(conn)?;
    diesel::sql_query(
        "select set_config('search_path',
                           concat_ws(', ', quote_ident($1), nullif(current_setting('search_path'), '')),
                           true)",
    )
    .bind::<Text, _>(schema)
    .execute(conn)?;
    Ok(())
}

/// A name as SQL takes it, whatever is in it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub fn role_exists(conn: &mut PgConnection, role: &str) -> Result<bool> {
    let query = "select exists (select from pg_roles where rolname = $1) as holds";
    filter::holds(conn, diesel::sql_query(query).into_boxed().bind::<Text, _>(role))
}

/// The database's clock as it runs, not that of the transaction.
pub fn clock(conn: &mut PgConnection) -> Result<DateTime<Utc>> {
    Ok(diesel::select(diesel::dsl::sql::<Timestamptz>("clock_timestamp()")).get_result(conn)?)
}

/// The instant that `option` means, a duration counted forwards from `now`, which is the database's.
pub fn from_now(now: DateTime<Utc>, option: &str, moment: TimeOrDuration) -> Result<DateTime<Utc>> {
    moment.after(now).ok_or_else(|| Error::usage(format!("{option} reaches beyond the calendar")))
}
