//! Deleting what has expired, in windows of a cursor that only moves forward.
//!
//! In the order of expiry, each window is the rows between two bounds of (time, key). A batch that
//! looked for its rows again from the beginning would step over the dead entries of all batches before
//! it, which is eight to seventy times slower; bounds on both columns keep a batch small even when all
//! rows share one `expires_at`.
//!
//! In the order of the table, each window is the rows between two places in its file, so that a page is
//! visited once however the rows lie in it.

mod places;
mod rows;

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use super::conditions::Conditions;
use crate::db::types::{Bpchar, Place, StoredSecret, Tid};
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
        self.over_in(self.table, cutoff)
    }

    /// Those in a part of the table: the table itself, or one of its partitions.
    pub fn over_in(self, part: &str, cutoff: DateTime<Utc>) -> Vec<Expired> {
        let mut all = vec![self.in_order(Order::Expiry, part, cutoff)];
        if self.revocable {
            all.push(self.in_order(Order::Revocation, part, cutoff));
        }
        all
    }

    /// All of them, in the order in which they lie in that part of the table.
    pub fn over_in_pages(self, part: &str, cutoff: DateTime<Utc>) -> Expired {
        self.in_order(Order::Pages, part, cutoff)
    }

    fn in_order(self, order: Order, part: &str, cutoff: DateTime<Utc>) -> Expired {
        // Without a bound PostgreSQL would scan the table as it likes, which may begin in the middle.
        let cursor = (order == Order::Pages).then_some(Bound::Place(Place::START));
        Expired {
            expiring: self,
            part: part.to_owned(),
            cutoff,
            order,
            cursor,
            places: None,
            is_walked: false,
        }
    }
}

impl From<CodeKind> for Expiring {
    fn from(kind: CodeKind) -> Self {
        Self { table: kind.table(), key: "code", without_zone: false, revocable: false }
    }
}

/// Which rows these are, and how they are visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Those that expired, by the index of their expiry.
    Expiry,
    /// Those that were revoked and expire later, by the index of their revocation.
    Revocation,
    /// Both, as they lie in the file.
    Pages,
}

/// The last row of a window, in the order of the walk. The window includes it.
#[derive(Debug, Clone)]
pub enum Bound {
    Time(TimeAndKey),
    Place(Place),
}

/// The position of a row in the order of expiry or revocation.
#[derive(Debug, Clone, QueryableByName)]
pub struct TimeAndKey {
    #[diesel(sql_type = Timestamptz)]
    over_at: StoredTime,
    #[diesel(sql_type = Bpchar)]
    key: StoredSecret,
}

/// The window that follows the cursor.
#[derive(Debug)]
pub struct Next {
    /// `None` for all rows that are left.
    pub end: Option<Bound>,
    /// How many rows it has, at most.
    pub rows: u32,
    /// No window follows it.
    pub is_last: bool,
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

/// Whether `Expired::next` and `bound` read from place to place, where they would read an index. Until the
/// transaction ends.
pub fn plan_in_pages(conn: &mut PgConnection, in_pages: bool) -> QueryResult<()> {
    let index = if in_pages { "off" } else { "on" };
    // Raw: SET takes no parameters.
    conn.batch_execute(&format!("set local enable_indexscan = {index}"))
}

/// Whether the planner sees the values of bounds. For a value that is among the least percent of an index it then
/// looks for the least one, over the entries of all rows that batches before deleted, which takes as long as half a
/// batch. But partitions, and the shards of Citus, are chosen by the values. Until the transaction ends.
pub fn plan_for_values(conn: &mut PgConnection, for_values: bool) -> QueryResult<()> {
    let mode = if for_values { "auto" } else { "force_generic_plan" };
    // Raw: SET takes no parameters.
    conn.batch_execute(&format!("set local plan_cache_mode = {mode}"))
}

/// The rows of a table that expired, or were revoked, before `cutoff`, from `cursor` on.
#[derive(Debug, Clone)]
pub struct Expired {
    expiring: Expiring,
    /// The table or one of its partitions, as it is written in a query.
    part: String,
    cutoff: DateTime<Utc>,
    order: Order,
    cursor: Option<Bound>,
    /// Where the first and the last of them lie, if a walk by pages keeps to what is between.
    places: Option<(Place, Place)>,
    /// A walk by pages has gone through all of it. Its windows counted what they left.
    is_walked: bool,
}

impl Expired {
    fn is_in_pages(&self) -> bool {
        self.order == Order::Pages
    }

    /// The next `rows` rows.
    pub fn next(&self, conn: &mut PgConnection, rows: u32) -> QueryResult<Next> {
        if self.is_in_pages() {
            // What follows the last row is read only once, here: it may be most of the table.
            let (end, found) = self.rows_in_pages(conn, rows, None)?;
            return Ok(Next { end: end.map(Bound::Place), rows: found, is_last: found < rows });
        }
        let end = self.bound(conn, rows, None)?;
        Ok(Next { is_last: end.is_none(), end, rows })
    }

    /// The last of the next `rows` rows, up to `end` where there is one; `None` where fewer are left.
    pub fn bound(
        &self,
        conn: &mut PgConnection,
        rows: u32,
        end: Option<&Bound>,
    ) -> QueryResult<Option<Bound>> {
        if self.is_in_pages() {
            let (last, found) = self.rows_in_pages(conn, rows, end)?;
            return Ok(last.filter(|_| found == rows).map(Bound::Place));
        }
        let ahead = self.ahead(end);
        self.row_by_index(conn, ahead, "", i64::from(rows.saturating_sub(1)))
    }

    /// The rows from the cursor to `end`.
    ///
    /// Only the pair is compared here. With a bound on the time alone the index scan would start again at
    /// the first row of that time.
    fn ahead<'a>(&'a self, end: Option<&'a Bound>) -> Conditions<'a> {
        let mut ahead = self.conditions();
        self.add_side(&mut ahead, self.cursor.as_ref(), ">");
        self.add_side(&mut ahead, end, "<=");
        ahead
    }

    /// The newest row alone: what is behind the one before it. `None` where there are fewer than two.
    pub fn newest(&self, conn: &mut PgConnection) -> QueryResult<Option<Self>> {
        if !self.is_in_pages() {
            let before = self.row_by_index(conn, self.conditions(), "desc", 1)?;
            return Ok(before.map(|before| self.behind(before)));
        }
        plan_in_pages(conn, false)?;
        let mut newest = None;
        for rows in self.expiring.over_in(&self.part, self.cutoff) {
            newest = newest.or(rows.newest(conn)?);
        }
        plan_in_pages(conn, true)?;
        Ok(newest)
    }

    /// The row that has `before` others before it, in ascending or descending order of its time and key.
    fn row_by_index(
        &self,
        conn: &mut PgConnection,
        mut rows: Conditions<'_>,
        direction: &str,
        before: i64,
    ) -> QueryResult<Option<Bound>> {
        let Expiring { key, .. } = self.expiring;
        let column = self.column();
        let offset = rows.bind_behind(move |query| query.bind::<BigInt, _>(before));
        // Raw, as the other queries of this file: the table, its key and the columns vary, and the plan
        // depends on each condition. All are names of our own, or quoted by PostgreSQL.
        let query = diesel::sql_query(format!(
            "select {} as over_at, {key} as key from {} where {}
             order by {column} {direction}, {key} {direction} offset {offset} limit 1",
            self.with_zone(column),
            self.part,
            rows.sql(),
        ));
        let row = rows.bind(query.into_boxed()).get_result::<TimeAndKey>(conn).optional()?;
        Ok(row.map(Bound::Time))
    }

    /// The last of the next rows in the file, and how many they are. Without ORDER BY, which would sort all
    /// that are left: a TID range scan, the only one that `plan_in_pages` allows, reads them in this order.
    fn rows_in_pages(
        &self,
        conn: &mut PgConnection,
        rows: u32,
        end: Option<&Bound>,
    ) -> QueryResult<(Option<Place>, u32)> {
        #[derive(QueryableByName)]
        struct Found {
            #[diesel(sql_type = Nullable<Tid>)]
            last: Option<Place>,
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let mut ahead = self.ahead(end);
        let limit = ahead.bind_behind(move |query| query.bind::<BigInt, _>(i64::from(rows)));
        // Raw: see `row_by_index`.
        let query = diesel::sql_query(format!(
            "select max(ctid) as last, count(*) as count
             from (select ctid from {} where {} limit {limit}) as next",
            self.part,
            ahead.sql(),
        ));
        let found: Found = ahead.bind(query.into_boxed()).get_result(conn)?;
        Ok((found.last, u32::try_from(found.count).unwrap_or(rows)))
    }

    /// The id of the row at `bound`; `None` where it has none, or is gone.
    pub fn id_at(&self, conn: &mut PgConnection, bound: &Bound) -> QueryResult<Option<String>> {
        #[derive(QueryableByName)]
        struct Key {
            #[diesel(sql_type = Bpchar)]
            key: StoredSecret,
        }
        let place = match bound {
            Bound::Time(TimeAndKey { key, .. }) => return Ok(key.id()),
            Bound::Place(place) => *place,
        };
        // Raw: see `row_by_index`.
        let query =
            format!("select {} as key from {} where ctid = $1", self.expiring.key, self.part);
        let row: Option<Key> =
            diesel::sql_query(query).bind::<Tid, _>(place).get_result(conn).optional()?;
        Ok(row.and_then(|row| row.key.id()))
    }

    /// Deletes the rows up to `bound`, or all that are left, and returns how many.
    pub fn delete(&self, conn: &mut PgConnection, bound: Option<&Bound>) -> QueryResult<u64> {
        let window = self.window(bound);
        // Raw: see `row_by_index`.
        let query = diesel::sql_query(format!("delete from {} where {}", self.part, window.sql()));
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

    /// Notes that a walk has gone through all windows.
    pub fn finish(&mut self) {
        self.is_walked = self.is_in_pages();
    }

    /// The rows that are left, from the cursor to `bound`, or to the end. Rows before the cursor are not
    /// read again.
    pub fn left(&self, conn: &mut PgConnection, bound: Option<&Bound>) -> QueryResult<Backlog> {
        if self.is_walked {
            return Ok(Backlog::default());
        }
        let window = self.window(bound);
        // Raw: see `row_by_index`.
        let query = diesel::sql_query(format!(
            "select count(*) as rows, {} as oldest from {} where {}",
            self.with_zone(&format!("min({})", self.column())),
            self.part,
            window.sql(),
        ));
        window.bind(query.into_boxed()).get_result(conn)
    }
}
