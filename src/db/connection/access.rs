//! What a transaction may do, and the settings that it begins with.

use std::fmt::Write as _;
use std::time::Duration;

use crate::change::Step;
use crate::db::maintenance::citus::FAIL_ON_CITUS;
use crate::db::maintenance::migrations;
use crate::db::maintenance::namespace::{
    FAIL_FOR_SUPERUSER, SET_SEARCH_PATH, SET_SEARCH_PATH_TO_TABLES,
};
use crate::db::maintenance::replication_role::FAIL_FOR_REPLICA;
use crate::db::protection::fail_if_protected;

/// Limits that keep a command from hanging.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// How long a statement may wait for a lock; zero has no limit.
    pub lock: Duration,
    /// How long a statement may take; zero has no limit. Bulk work and DDL have none either.
    pub statement: Duration,
    /// How long to retry while the server refuses connections; zero does not retry.
    pub wait: Duration,
}

/// A change with at least this many targets runs without a statement timeout.
pub const BULK_TARGETS: usize = 1000;

/// Takes the limit off the transaction. Only PostgreSQL 17 and later have the setting; on others this
/// does nothing.
pub const NO_TRANSACTION_TIMEOUT: &str = "\
    select pg_catalog.set_config(name, '0', true) \
    from pg_settings where name = 'transaction_timeout'";

/// How the server reads arrays and strings, writes names, plans for the values of parameters and searches
/// completely, whatever the role's settings are. It compiles no statement: that takes a second for a query of
/// the catalogue, and saves less.
pub const USUAL_SETTINGS: &str = "\
    set local array_nulls = on; set local standard_conforming_strings = on; \
    set local quote_all_identifiers = off; set local plan_cache_mode = auto; \
    set local gin_fuzzy_search_limit = 0; set local jit = off";

/// What a BEGIN fails for, so that looking for it costs no round trip where it is not there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Probes {
    /// A superuser in a schema where every role may create.
    pub superuser: bool,
    /// A protected database, for a change that says `--yes` and no name.
    pub protected: bool,
    /// What keeps changes away: Citus, which may have distributed the tables, or foreign keys that do not run.
    pub change: bool,
}

impl Probes {
    pub fn any(self) -> bool {
        self.superuser || self.change || self.protected
    }
}

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    mode: Mode,
    /// No limit on the time of a statement.
    bulk: bool,
    /// Changes the schema.
    ddl: bool,
    /// Never scans a table.
    by_index: bool,
    /// Deletes a batch of a purge, and nothing else.
    purge_window: Option<(Flush, Scan)>,
    schema_check: SchemaCheck,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// READ ONLY: works on a standby, too.
    Read,
    Change,
    /// Does the work of a change, then rolls it back.
    DryRun,
}

/// When what a batch of a purge commits is on the disk, and on standbys where the server waits for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flush {
    /// COMMIT waits for it.
    AtCommit,
    /// After `Database::flush_commits`, which is called before the batch is reported as done.
    Later,
}

/// How a batch of a purge finds its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    /// By a bitmap, which visits each page once.
    Bitmap,
    /// The same, planned for the values of its bounds.
    BitmapForValues,
    /// By an index, as the planner likes. Triggers and foreign keys get the settings of the batch: without plain
    /// index scans, one that looks for a row could read thousands.
    Index,
    /// From place to place in the file.
    Pages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SchemaCheck {
    /// BEGIN fails unless exactly the embedded migrations were applied.
    Required,
    /// A transaction before this one has checked it.
    AlreadyDone,
    /// For commands that inspect the schema, or change it.
    Skipped,
}

impl Access {
    /// Reads.
    pub const READ: Self = Self {
        mode: Mode::Read,
        bulk: false,
        ddl: false,
        by_index: false,
        purge_window: None,
        schema_check: SchemaCheck::Required,
    };
    /// Reads, whatever the schema is.
    pub const INSPECTION: Self = Self { schema_check: SchemaCheck::Skipped, ..Self::READ };
    /// Changes and commits.
    pub const CHANGE: Self = Self { mode: Mode::Change, ..Self::READ };
    /// Changes the schema. No statement timeout.
    pub const DDL: Self =
        Self { bulk: true, ddl: true, schema_check: SchemaCheck::Skipped, ..Self::CHANGE };
    /// Deletes one batch of a purge, and commits.
    pub const fn purge_window(flush: Flush, scan: Scan) -> Self {
        Self {
            bulk: true,
            purge_window: Some((flush, scan)),
            schema_check: SchemaCheck::AlreadyDone,
            ..Self::CHANGE
        }
    }

    /// Rolls back in place of committing.
    pub const fn dry_run(self, dry_run: bool) -> Self {
        if dry_run { Self { mode: Mode::DryRun, ..self } } else { self }
    }

    /// Without a limit on the time of a statement: whole lists, many targets, DDL.
    pub const fn bulk(self, bulk: bool) -> Self {
        Self { bulk, ..self }
    }

    /// Finds rows by indexes, whatever the planner thinks of a scan.
    pub const fn by_index(self) -> Self {
        Self { by_index: true, ..self }
    }

    /// Whether a request may take longer than the statement timeout.
    pub fn is_bulk(self) -> bool {
        self.bulk
    }

    /// Whether it deletes a batch of a purge.
    pub fn is_purge_window(self) -> bool {
        self.purge_window.is_some()
    }

    pub fn only_reads(self) -> bool {
        self.mode == Mode::Read
    }

    pub fn is_dry_run(self) -> bool {
        self.mode == Mode::DryRun
    }

    /// Whether it changes the schema.
    pub fn is_ddl(self) -> bool {
        self.ddl
    }

    /// The limits that a statement may have exceeded: the lock timeout and the statement timeout.
    pub fn limits(self, timeouts: Timeouts) -> [Option<Duration>; 2] {
        [timeouts.lock, self.statement_timeout(timeouts)]
            .map(|limit| (!limit.is_zero()).then_some(limit))
    }

    fn statement_timeout(self, timeouts: Timeouts) -> Duration {
        if self.bulk { Duration::ZERO } else { timeouts.statement }
    }

    /// Whether BEGIN tells a superuser that every role may create in the schema of the tables. Commands
    /// that inspect or change the schema say so themselves.
    pub fn warns_superusers(self) -> bool {
        self.schema_check == SchemaCheck::Required
    }

    /// BEGIN with its settings and the check of the schema, all sent in one message. It fails for what
    /// `probes` look for. `step` is that of a change; its lock shows others that the transaction is open.
    /// `check_client` is that of `ClientCheck`.
    ///
    /// Raw: SET takes no parameters. The values are numbers of our own.
    pub fn begin_sql(
        self,
        timeouts: Timeouts,
        probes: Probes,
        step: Option<Step>,
        check_client: &str,
    ) -> String {
        let mode = if self.only_reads() { " read only" } else { "" };
        // `db check` reads without a table `users`, too.
        let works_without_tables = self.schema_check == SchemaCheck::Skipped || self.only_reads();
        let set_search_path =
            if works_without_tables { SET_SEARCH_PATH } else { SET_SEARCH_PATH_TO_TABLES };
        let superuser = if probes.superuser { FAIL_FOR_SUPERUSER } else { "" };
        let (citus, replica) =
            if probes.change { (FAIL_ON_CITUS, FAIL_FOR_REPLICA) } else { ("", "") };
        // In the same SELECT: a statement more would cost `user create` a hundredth of its time.
        let change = step.map(|step| {
            format!(
                ", pg_catalog.set_config('iamctl.change', '{step}', true), \
                 pg_catalog.pg_advisory_xact_lock({})",
                step.lock_key()
            )
        });
        let change = change.unwrap_or_default();
        // Row security is an error, in place of rows that are silently left out.
        // READ COMMITTED, whatever the database's default is: the statement after a lock must see what
        // committed before the lock was granted.
        let mut sql = format!(
            "begin isolation level read committed{mode}; {set_search_path}{superuser}{citus}{replica}{change}; \
             set local lock_timeout = {}; \
             set local statement_timeout = {}; \
             {check_client}set local row_security = off; {USUAL_SETTINGS}",
            timeouts.lock.as_millis(),
            self.statement_timeout(timeouts).as_millis(),
        );
        if probes.protected {
            sql.push_str(&fail_if_protected());
        }
        if self.is_dry_run() {
            // What COMMIT would refuse, the dry run refuses.
            sql.push_str("; set constraints all immediate");
        }
        if self.only_reads() {
            // A reader that pauses, such as a pager, does not end a long list. A change keeps the limit
            // of the role: its locks hold others up.
            sql.push_str("; set local idle_in_transaction_session_timeout = 0");
        }
        if self.by_index {
            sql.push_str("; set local enable_seqscan = off");
        }
        if let Some((flush, scan)) = self.purge_window {
            // A batch takes a fraction of a second, so that the transaction timeout does not matter.
            sql.push_str("; set local enable_seqscan = off; set local enable_tidscan = on");
            if scan != Scan::Index {
                sql.push_str("; set local enable_indexscan = off");
            }
            if matches!(scan, Scan::Bitmap | Scan::Pages) {
                // See `purge_window::plan_for_values`.
                sql.push_str("; set local plan_cache_mode = force_generic_plan");
            }
            if scan == Scan::Pages {
                sql.push_str("; set local enable_bitmapscan = off");
            }
            if flush == Flush::Later {
                sql.push_str("; set local synchronous_commit = off");
            }
            return sql;
        }
        if self.statement_timeout(timeouts).is_zero() {
            // Writing to a String cannot fail.
            _ = write!(sql, "; {NO_TRANSACTION_TIMEOUT}");
        }
        if self.schema_check == SchemaCheck::Required {
            // Writing to a String cannot fail.
            _ = write!(sql, "; {}", migrations::schema_check());
        }
        sql
    }
}
