//! Which rows a query is about, as SQL.

use diesel::sql_types::Timestamptz;

use super::{Bound, Expired, Order};
use crate::db::bulk::conditions::{Conditions, RawQuery};
use crate::db::types::{Bpchar, Tid};

impl Expired {
    /// The rows from the cursor to the cutoff, or to `bound` where that comes first.
    ///
    /// The comparison of (time, key) pairs decides. The comparison of the times alone changes nothing
    /// in the result; from it the planner learns that these are few rows.
    pub(super) fn window<'a>(&'a self, bound: Option<&'a Bound>) -> Conditions<'a> {
        let mut window = self.conditions();
        let (column, key, instant) = (self.column(), self.expiring.key, self.instant());
        if let (Some(Bound::Time(from)), Some(Bound::Time(to))) = (&self.cursor, bound)
            && from.over_at == to.over_at
        {
            window.add_bound(
                &format!("{column} = {instant} and {key} > {{}} and {key} <= {{}}"),
                |query| {
                    query
                        .bind::<Timestamptz, _>(to.over_at)
                        .bind::<Bpchar, _>(from.key.clone())
                        .bind::<Bpchar, _>(to.key.clone())
                },
            );
            return window;
        }
        for (bound, side, of_time) in [(self.cursor.as_ref(), ">", ">="), (bound, "<=", "<=")] {
            if let Some(Bound::Time(last)) = bound {
                window.add_bound(&format!("{column} {of_time} {instant}"), |query| {
                    query.bind::<Timestamptz, _>(last.over_at)
                });
            }
            self.add_side(&mut window, bound, side);
        }
        window
    }

    /// The rows before the cutoff, without regard to the cursor.
    pub(super) fn conditions(&self) -> Conditions<'_> {
        let instant = self.instant();
        let cutoff = |query| self.bind_cutoff(query);
        let mut over = Conditions::default();
        match self.order {
            Order::Pages if self.expiring.revocable => {
                over.add_bound(
                    &format!("(expires_at < {instant} or revoked and revoked_at < {instant})"),
                    |query| self.bind_cutoff(self.bind_cutoff(query)),
                );
            }
            Order::Expiry | Order::Pages => {
                over.add_bound(&format!("expires_at < {instant}"), cutoff);
            }
            Order::Revocation => {
                over.add_bound(&format!("revoked_at < {instant}"), cutoff);
                over.add("revoked");
                // Rows that expired before the cutoff belong to the other list. Not by the index of the expiry,
                // which has nearly all rows that live.
                over.add_bound(&format!("(expires_at >= {instant}) is true"), cutoff);
            }
        }
        if let Some((first, last)) = self.places {
            over.add_bound("ctid between {} and {}", move |query| {
                query.bind::<Tid, _>(first).bind::<Tid, _>(last)
            });
        }
        over
    }

    fn bind_cutoff<'a>(&self, query: RawQuery<'a>) -> RawQuery<'a> {
        query.bind::<Timestamptz, _>(self.cutoff)
    }

    /// Adds the condition that rows are on one side of `bound`; adds nothing where there is none.
    pub(super) fn add_side<'a>(
        &self,
        window: &mut Conditions<'a>,
        bound: Option<&'a Bound>,
        side: &str,
    ) {
        let (column, key, instant) = (self.column(), self.expiring.key, self.instant());
        match bound {
            Some(Bound::Time(last)) => {
                let pair = format!("({column}, {key}) {side} ({instant}, {{}})");
                window.add_bound(&pair, |query| {
                    query.bind::<Timestamptz, _>(last.over_at).bind::<Bpchar, _>(last.key.clone())
                });
            }
            Some(Bound::Place(place)) => {
                window
                    .add_bound(&format!("ctid {side} {{}}"), |query| query.bind::<Tid, _>(*place));
            }
            None => {}
        }
    }

    /// When a row expired or was revoked: a column of the table, or an expression in a walk by pages.
    pub fn column(&self) -> &'static str {
        match self.order {
            Order::Pages if self.expiring.revocable => {
                "case when revoked then least(expires_at, revoked_at) else expires_at end"
            }
            Order::Expiry | Order::Pages => "expires_at",
            Order::Revocation => "revoked_at",
        }
    }

    /// The placeholder of an instant, converted to the type of the table's time columns.
    fn instant(&self) -> &'static str {
        if self.expiring.without_zone { "({} at time zone 'utc')" } else { "{}" }
    }

    /// A time column of the table, converted to `timestamptz`.
    pub(super) fn with_zone(&self, column: &str) -> String {
        if self.expiring.without_zone {
            format!("{column} at time zone 'utc'")
        } else {
            column.to_owned()
        }
    }
}
