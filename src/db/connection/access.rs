//! What a transaction may do, and the settings that it begins with.

use std::fmt::Write as _;
use std::time::Duration;

use crate::db::maintenance::migrations;

/// Limits that keep a command from hanging.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// How long a statement may wait for a lock; zero waits for ever.
    pub lock: Duration,
    /// How long a statement may take; zero means any time. Bulk work and DDL have no such limit.
    pub statement: Duration,
    /// How long to keep trying while the server refuses connections.
    pub wait: Duration,
}

/// From this number of targets on a change is bulk work.
pub const BULK_TARGETS: usize = 1000;

/// How often the server checks that its client is still there.
pub const CLIENT_CHECK_MILLIS: u128 = 2_000;

/// What a transaction may do. Each choice is independent of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    mode: Mode,
    bulk: bool,
    schema: Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Works on a standby.
    Read,
    Change,
    /// Does the work of a change, then rolls it back.
    DryRun,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Schema {
    /// BEGIN fails unless exactly the embedded migrations were applied.
    Check,
    /// A transaction before this one has checked it.
    Checked,
    /// The command works on any schema: it looks at it, or changes it.
    Any,
}

impl Access {
    /// Reads.
    pub const READ: Self = Self { mode: Mode::Read, bulk: false, schema: Schema::Check };
    /// Changes and commits.
    pub const CHANGE: Self = Self { mode: Mode::Change, bulk: false, schema: Schema::Check };
    /// Deletes one window of a purge, and commits.
    pub const PURGE_WINDOW: Self = Self { mode: Mode::Change, bulk: true, schema: Schema::Checked };

    /// Changes the schema, which has no limit on its time.
    pub const DDL: Self = Self::CHANGE.bulk(true).any_schema();
    /// Reads on any schema.
    pub const INSPECTION: Self = Self::READ.any_schema();

    /// Rolls back in place of committing.
    pub const fn dry_run(self, dry_run: bool) -> Self {
        if dry_run { Self { mode: Mode::DryRun, ..self } } else { self }
    }

    /// Without a limit on the time of a statement: whole lists, many targets, DDL.
    pub const fn bulk(self, bulk: bool) -> Self {
        Self { bulk, ..self }
    }

    /// On any schema: before it is known to be ours.
    pub const fn any_schema(self) -> Self {
        Self { schema: Schema::Any, ..self }
    }

    pub fn only_reads(self) -> bool {
        self.mode == Mode::Read
    }

    pub fn is_dry_run(self) -> bool {
        self.mode == Mode::DryRun
    }

    /// Whether it changes the schema.
    pub fn is_ddl(self) -> bool {
        self.schema == Schema::Any && !self.only_reads()
    }

    /// The limits that a statement may have met: on waiting for a lock, and on its time.
    pub fn limits(self, timeouts: Timeouts) -> [Option<Duration>; 2] {
        [timeouts.lock, self.statement_timeout(timeouts)]
            .map(|limit| (!limit.is_zero()).then_some(limit))
    }

    fn statement_timeout(self, timeouts: Timeouts) -> Duration {
        if self.bulk { Duration::ZERO } else { timeouts.statement }
    }

    /// BEGIN with its settings and the check of the schema, sent as one: no round trip of their own.
    /// Raw: settings are no queries, and SET takes no parameters. The values are numbers of ours.
    pub fn begin(self, timeouts: Timeouts) -> String {
        let mode = if self.only_reads() { " read only" } else { "" };
        // READ COMMITTED, whatever the database's default is: the statement behind a lock has to see
        // what committed before the lock was granted.
        let mut sql = format!(
            "begin isolation level read committed{mode}; set local lock_timeout = {}; \
             set local statement_timeout = {}; \
             set local client_connection_check_interval = {CLIENT_CHECK_MILLIS}",
            timeouts.lock.as_millis(),
            self.statement_timeout(timeouts).as_millis(),
        );
        if self == Self::PURGE_WINDOW {
            // A bitmap scan visits each page once; and no window may scan a table, however old the
            // planner's statistics are.
            sql.push_str("; set local enable_indexscan = off; set local enable_seqscan = off");
            return sql;
        }
        if self.statement_timeout(timeouts).is_zero() {
            // Thousands of keys look so expensive that PostgreSQL would compile the statement, which
            // takes longer than running it. PostgreSQL 17 has a limit on transactions, too.
            sql.push_str(
                "; set local jit = off; select set_config(name, '0', true) from pg_settings \
                 where name = 'transaction_timeout'",
            );
        }
        if self.schema == Schema::Check {
            // Writing to a String cannot fail.
            _ = write!(sql, "; {}", migrations::schema_check());
        }
        sql
    }
}
