//! Deleting what has expired, in windows of a cursor that only moves forward.
//!
//! Each window is the rows between two bounds of (time, key). A batch that looked for its rows
//! again from the beginning would step over the dead entries of all batches before it, which is
//! eight to seventy times slower; bounds on both columns keep a batch small even when all rows
//! share one `expires_at`. Keys, not positions in the file: a table may be
//! partitioned.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use super::conditions::Conditions;
use crate::db::types::{Bpchar, StoredSecret};
use crate::domain::{CodeKind, StoredTime};

/// What can expire: a table, its key, and what ends the life of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Expiring {
    pub table: &'static str,
    key: &'static str,
    /// The columns are `timestamp without time zone` and hold UTC.
    without_zone: bool,
    /// Rows can be revoked; retention then counts from the revocation, not from the expiry.
    revocable: bool,
}

impl Expiring {
    pub const SESSIONS: Self =
        Self { table: "refresh_tokens", key: "token", without_zone: true, revocable: true };
    pub const TOKENS: Self =
        Self { table: "api_tokens", key: "token", without_zone: false, revocable: true };

    /// The rows to delete: those that expired before `cutoff`, then those that were revoked before
    /// `cutoff` and expire later. Each of the two has an index of its own.
    pub fn over_before(self, cutoff: DateTime<Utc>) -> Vec<Expired> {
        let over = |end| Expired { expiring: self, cutoff, end, cursor: None };
        let mut all = vec![over(End::Expiry)];
        if self.revocable {
            all.push(over(End::Revocation));
        }
        all
    }
}

impl From<CodeKind> for Expiring {
    fn from(kind: CodeKind) -> Self {
        Self { table: kind.table(), key: "code", without_zone: false, revocable: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Expiry,
    Revocation,
}

impl End {
    fn column(self) -> &'static str {
        match self {
            Self::Expiry => "expires_at",
            Self::Revocation => "revoked_at",
        }
    }
}

/// The last row of a window, by time and key. The window includes it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Bound {
    #[diesel(sql_type = Timestamptz)]
    over_at: StoredTime,
    #[diesel(sql_type = Bpchar)]
    key: StoredSecret,
}

impl Bound {
    /// The id of its row; `None` where the key does not have the format of a secret.
    pub fn id(&self) -> Option<String> {
        self.key.id()
    }
}

/// How many rows are still to be deleted, and when the oldest of them expired or was revoked.
#[derive(Debug, Clone, Copy, Default, QueryableByName)]
pub struct Backlog {
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest: Option<StoredTime>,
}

impl Backlog {
    /// The sum of two backlogs; the older of the two times.
    pub fn plus(self, other: Self) -> Self {
        let oldest = [self.oldest, other.oldest].into_iter().flatten().min();
        Self { rows: self.rows + other.rows, oldest }
    }
}

/// The rows of a table that expired, or were revoked, before `cutoff`, from `cursor` on.
#[derive(Debug, Clone)]
pub struct Expired {
    expiring: Expiring,
    cutoff: DateTime<Utc>,
    end: End,
    cursor: Option<Bound>,
}

impl Expired {
    /// The last of the next `rows` rows, up to `end` where there is one; `None` where fewer are left.
    pub fn bound(
        &self,
        conn: &mut PgConnection,
        rows: u32,
        end: Option<&Bound>,
    ) -> QueryResult<Option<Bound>> {
        let mut ahead = self.over();
        // Only the pair is compared here. With a bound on the time alone the index scan would start
        // again at the first row of that time.
        self.add_side(&mut ahead, self.cursor.as_ref(), ">");
        self.add_side(&mut ahead, end, "<=");
        self.row(conn, ahead, "", i64::from(rows.saturating_sub(1)))
    }

    /// The newest row alone: what is behind the one before it. `None` where there are fewer than two.
    pub fn newest(&self, conn: &mut PgConnection) -> QueryResult<Option<Self>> {
        let before = self.row(conn, self.over(), "desc", 1)?;
        Ok(before.map(|before| self.behind(before)))
    }

    /// The row that has `before` others before it, in ascending or descending order.
    fn row(
        &self,
        conn: &mut PgConnection,
        mut rows: Conditions<'_>,
        order: &str,
        before: i64,
    ) -> QueryResult<Option<Bound>> {
        let Expiring { table, key, .. } = self.expiring;
        let column = self.end.column();
        let offset = rows.bind_behind(move |query| query.bind::<BigInt, _>(before));
        // Raw, as the other queries of this file: the table, its key and the columns vary, and the plan
        // depends on each condition. All are names of our own.
        let query = diesel::sql_query(format!(
            "select {} as over_at, {key} as key from {table} where {}
             order by {column} {order}, {key} {order} offset {offset} limit 1",
            self.with_zone(column),
            rows.sql(),
        ));
        rows.bind(query.into_boxed()).get_result(conn).optional()
    }

    /// Deletes the rows up to `bound`, or all that are left, and returns how many.
    pub fn delete(&self, conn: &mut PgConnection, bound: Option<&Bound>) -> QueryResult<u64> {
        let window = self.window(bound);
        // Raw: see `bound`.
        let query = diesel::sql_query(format!(
            "delete from {} where {}",
            self.expiring.table,
            window.sql()
        ));
        let deleted = window.bind(query.into_boxed()).execute(conn)?;
        Ok(u64::try_from(deleted).unwrap_or(u64::MAX))
    }

    /// The rows after `bound`.
    pub fn behind(&self, bound: Bound) -> Self {
        Self { cursor: Some(bound), ..self.clone() }
    }

    /// Moves the cursor to the end of a window. Only after the deletion was committed.
    pub fn advance(&mut self, bound: Bound) {
        self.cursor = Some(bound);
    }

    /// The rows that are left, from the cursor to `bound`, or to the end. Rows before the cursor are not
    /// read again.
    pub fn left(&self, conn: &mut PgConnection, bound: Option<&Bound>) -> QueryResult<Backlog> {
        let window = self.window(bound);
        // Raw: see `bound`.
        let query = diesel::sql_query(format!(
            "select count(*) as rows, {} as oldest from {} where {}",
            self.with_zone(&format!("min({})", self.end.column())),
            self.expiring.table,
            window.sql(),
        ));
        window.bind(query.into_boxed()).get_result(conn)
    }

    /// The rows from the cursor to the cutoff, or to `bound` where that comes first.
    ///
    /// The comparison of (time, key) pairs decides. The comparison of the times alone changes nothing
    /// in the result; from it the planner learns how few rows these are.
    fn window<'a>(&'a self, bound: Option<&'a Bound>) -> Conditions<'a> {
        let mut window = self.over();
        let (column, key, instant) = (self.end.column(), self.expiring.key, self.instant());
        match (&self.cursor, bound) {
            (Some(from), Some(to)) if from.over_at == to.over_at => {
                window.add_bound(
                    &format!("{column} = {instant} and {key} > {{}} and {key} <= {{}}"),
                    |query| {
                        query
                            .bind::<Timestamptz, _>(to.over_at)
                            .bind::<Bpchar, _>(from.key.clone())
                            .bind::<Bpchar, _>(to.key.clone())
                    },
                );
            }
            (from, to) => {
                for (bound, side, of_time) in [(from.as_ref(), ">", ">="), (to, "<=", "<=")] {
                    if let Some(bound) = bound {
                        window.add_bound(&format!("{column} {of_time} {instant}"), |query| {
                            query.bind::<Timestamptz, _>(bound.over_at)
                        });
                    }
                    self.add_side(&mut window, bound, side);
                }
            }
        }
        window
    }

    /// The rows before the cutoff, without regard to the cursor.
    fn over(&self) -> Conditions<'_> {
        let (column, instant) = (self.end.column(), self.instant());
        let mut over = Conditions::default();
        over.add_bound(&format!("{column} < {instant}"), |query| {
            query.bind::<Timestamptz, _>(self.cutoff)
        });
        if self.end == End::Revocation {
            over.add("revoked");
            // Rows that expired before the cutoff belong to the other list.
            over.add_bound(&format!("expires_at >= {instant}"), |query| {
                query.bind::<Timestamptz, _>(self.cutoff)
            });
        }
        over
    }

    /// Adds the condition that rows are on one side of `bound`; adds nothing where there is none.
    fn add_side<'a>(&self, window: &mut Conditions<'a>, bound: Option<&'a Bound>, side: &str) {
        let Some(bound) = bound else { return };
        let (column, key, instant) = (self.end.column(), self.expiring.key, self.instant());
        window.add_bound(&format!("({column}, {key}) {side} ({instant}, {{}})"), |query| {
            query.bind::<Timestamptz, _>(bound.over_at).bind::<Bpchar, _>(bound.key.clone())
        });
    }

    /// The placeholder of an instant, converted to the type of the table's time columns.
    fn instant(&self) -> &'static str {
        if self.expiring.without_zone { "({} at time zone 'utc')" } else { "{}" }
    }

    /// A time column of the table, converted to `timestamptz`.
    fn with_zone(&self, column: &str) -> String {
        if self.expiring.without_zone {
            format!("{column} at time zone 'utc'")
        } else {
            column.to_owned()
        }
    }
}
