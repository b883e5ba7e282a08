//! How many rows may be changed: one row more, and the transaction is rolled back.

use super::Database;
use super::access::Access;
use crate::db::changed_rows;
use crate::error::Result;

/// The limit of a connection.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ChangeLimit {
    /// How many rows may be changed; `None` has no limit.
    most: Option<u64>,
    /// How many are changed by transactions that are committed.
    done: u64,
    /// The count of the session when the open transaction began.
    before: u64,
}

impl Database {
    /// From now on, a change of more rows than this is rolled back, and an error. `None` has no limit.
    pub fn set_max_changes(&mut self, most: Option<u64>) {
        self.limit.most = most;
    }

    /// Notes what the session had changed before. Call it at the beginning of a transaction.
    pub(super) fn begin_counting(&mut self, access: Access) -> Result<()> {
        if self.limit_of(access).is_some() {
            self.limit.before = changed_rows::of_session(&mut self.conn)?;
        }
        Ok(())
    }

    /// Fails where the transactions of this connection have changed too many rows, with the open one.
    pub(super) fn keep_to_limit(&mut self, access: Access) -> Result<()> {
        let Some(most) = self.limit_of(access) else { return Ok(()) };
        let changed =
            changed_rows::of_session(&mut self.conn)? - self.limit.before + self.limit.done;
        if changed > most {
            let error = changed_rows::too_many(changed, most);
            let any = self.interrupt.has_committed();
            return Err(if any { error } else { error.with("nothing was changed") });
        }
        if !access.is_dry_run() {
            self.limit.done = changed;
        }
        Ok(())
    }

    /// A purge counts what it would delete before it begins.
    fn limit_of(&self, access: Access) -> Option<u64> {
        let is_limited = !access.only_reads() && !access.is_ddl() && !access.is_purge_window();
        self.limit.most.filter(|_| is_limited)
    }
}
