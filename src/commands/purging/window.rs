use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use serde_json::json;

use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::bulk::purge_window::{Backlog, Bound, Expired};
use crate::db::changed_rows;
use crate::db::connection::run_lock::RunLock;
use crate::db::{Access, Database, Flush, Scan};
use crate::domain::counted;
use crate::error::{Error, Result};
use crate::output::rfc3339;

/// The table to delete from.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    pub cutoff: DateTime<Utc>,
    pub scan: Scan,
    /// No further row may be changed with these: those are not counted before the run.
    pub forbids_further: bool,
}

/// The rows of one batch.
#[derive(Debug)]
pub struct Window {
    /// Its position in the order of windows, from 0.
    pub number: u64,
    /// Its cursor is the start of the window.
    pub expired: Expired,
    /// `None` for all rows that are left.
    pub end: Option<Bound>,
    pub rows: u32,
}

impl Window {
    /// Deletes the rows, writes an audit row and commits. Returns how many rows it deleted, and those that
    /// are left. A window without an end returns none of these: `Route::left` counts them. Fails where other rows
    /// are changed and may not be.
    pub fn delete(
        &self,
        table: Table,
        audit: &Audit,
        flush: Flush,
        database: &mut Database,
    ) -> Result<(u64, Backlog)> {
        database.transaction(Access::purge_window(flush, table.scan), |conn| {
            let before = if table.forbids_further { changed_rows::of_session(conn)? } else { 0 };
            let deleted = self.expired.delete(conn, self.end.as_ref())?;
            if table.forbids_further {
                // Raw: a setting of the transaction. Those that would run at COMMIT run now.
                conn.batch_execute("set constraints all immediate")?;
                let others = changed_rows::of_session(conn)?.saturating_sub(before + deleted);
                require_none(others, deleted)?;
            }
            // The service may have deleted some of them meanwhile: count only where rows are missing.
            let left = match &self.end {
                Some(end) if deleted != u64::from(self.rows) => {
                    self.expired.left(conn, Some(end))?
                }
                _ => Backlog::default(),
            };
            if deleted > 0 {
                let details = json!({
                    "table": table.name, "deleted": deleted, "cutoff": rfc3339(&table.cutoff)
                });
                audit.record(conn, vec![NewAuditEntry::untargeted(details)])?;
            }
            Ok((deleted, left))
        })
    }

    /// Its two halves, the second one first. It may have far fewer rows than it says, as the last window has:
    /// then it is returned with half the number, or nothing where no row is left.
    pub fn halves(&self, lock: &mut RunLock) -> Result<Vec<Self>> {
        let Self { number, expired, end, rows } = self;
        let half = (rows / 2).max(1);
        // Over the lock's connection, whose settings keep the planner from sorting all that are left.
        let middle = lock.read(|conn| Ok(expired.bound(conn, half, end.as_ref())?))?;
        let part = |expired: Expired, end, rows| Self { number: *number, expired, end, rows };
        Ok(match middle {
            Some(middle) => vec![
                part(expired.behind(middle.clone()), end.clone(), rows.saturating_sub(half)),
                part(expired.clone(), Some(middle), half),
            ],
            None if *rows > 1 => vec![part(expired.clone(), end.clone(), half)],
            None => Vec::new(),
        })
    }
}

/// Fails where rows are changed that go with the deleted ones.
fn require_none(others: u64, deleted: u64) -> Result<()> {
    if others == 0 {
        return Ok(());
    }
    let (others, deleted) = (counted(others, "further row"), counted(deleted, "row"));
    Err(Error::Refused(format!(
        "to delete {deleted} changes {others}, by a foreign key, a trigger or a rule, which --max-changes or \
         IAMCTL_MAX_CHANGES of a purge does not allow"
    )))
}
