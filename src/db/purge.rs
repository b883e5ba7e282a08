//! Deleting what has expired, in windows of a cursor that only moves forward.
//!
//! Each window is the rows between two bounds of (expires_at, key). A batch that looked for its
//! rows again from the beginning would step over the dead entries of all batches before it, which
//! is eight to seventy times slower; bounds on both columns keep a batch small even when all rows
//! share one `expires_at` (contract 7). Keys, not positions in the file: a table may be
//! partitioned.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use super::codes::CodeKind;
use super::filter::Conditions;
use super::{Bpchar, Stored};
use crate::error::Result;

/// What can expire: a table, its time of expiry, and its key.
#[derive(Debug, Clone, Copy)]
pub struct Expiring {
    pub table: &'static str,
    key: &'static str,
}

impl From<CodeKind> for Expiring {
    fn from(kind: CodeKind) -> Self {
        Self { table: kind.table(), key: "code" }
    }
}

/// The row up to which everything expired is gone, itself included.
#[derive(Debug, Clone, QueryableByName)]
pub struct Bound {
    #[diesel(sql_type = Timestamptz)]
    expires_at: DateTime<Utc>,
    #[diesel(sql_type = Bpchar)]
    key: Stored,
}

/// How many expired rows there are, and when the oldest of them expired.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Backlog {
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest: Option<DateTime<Utc>>,
}

/// The rows of a table that expired before `cutoff`, from `cursor` on.
#[derive(Debug, Clone)]
pub struct Expired {
    pub expiring: Expiring,
    pub cutoff: DateTime<Utc>,
    cursor: Option<Bound>,
}

impl Expired {
    pub fn new(expiring: Expiring, cutoff: DateTime<Utc>) -> Self {
        Self { expiring, cutoff, cursor: None }
    }

    /// The last of the next `rows` rows; `None` where fewer are left.
    pub fn bound(&self, conn: &mut PgConnection, rows: u32) -> Result<Option<Bound>> {
        let Expiring { table, key } = self.expiring;
        let window = self.window(None);
        // Both are numbers and names of our own.
        let query = diesel::sql_query(format!(
            "select expires_at, {key} as key from {table} where {}
             order by expires_at, {key} offset {} limit 1",
            window.sql(),
            rows.saturating_sub(1),
        ));
        Ok(window.bind(query.into_boxed()).get_result(conn).optional()?)
    }

    /// Deletes the rows up to `bound`, or all that are left, and returns how many.
    pub fn delete(&self, conn: &mut PgConnection, bound: Option<&Bound>) -> Result<u64> {
        let window = self.window(bound);
        let query = diesel::sql_query(format!(
            "delete from {} where {}",
            self.expiring.table,
            window.sql()
        ));
        let deleted = window.bind(query.into_boxed()).execute(conn)?;
        Ok(u64::try_from(deleted).unwrap_or(u64::MAX))
    }

    /// Moves on behind a window whose deletion is committed.
    pub fn advance(&mut self, bound: Bound) {
        self.cursor = Some(bound);
    }

    /// What is left, counted from the cursor on: nothing before it is looked at again.
    pub fn backlog(&self, conn: &mut PgConnection) -> Result<Backlog> {
        let window = self.window(None);
        let query = diesel::sql_query(format!(
            "select count(*) as rows, min(expires_at) as oldest from {} where {}",
            self.expiring.table,
            window.sql(),
        ));
        Ok(window.bind(query.into_boxed()).get_result(conn)?)
    }

    /// From the cursor to the cutoff, or to `bound` where that comes first.
    fn window<'a>(&'a self, bound: Option<&'a Bound>) -> Conditions<'a> {
        let mut window = Conditions::default();
        window.add_bound("expires_at < {}", |query| query.bind::<Timestamptz, _>(self.cutoff));
        for (bound, side) in [(self.cursor.as_ref(), ">"), (bound, "<=")] {
            if let Some(bound) = bound {
                let row = format!("(expires_at, {}) {side} ({{}}, {{}})", self.expiring.key);
                window.add_bound(&row, |query| {
                    query
                        .bind::<Timestamptz, _>(bound.expires_at)
                        .bind::<Bpchar, _>(bound.key.clone())
                });
            }
        }
        window
    }
}
