//! A table of a run: its walk, a last look, and its report.

use std::time::Instant;

use diesel::QueryResult;

use super::Run;
use crate::commands::purging::Report;
use crate::commands::purging::walk::{Route, Walk};
use crate::commands::purging::window::Table;
use crate::db::bulk::purge_window::{Backlog, plan_for_values, plan_in_pages};
use crate::db::{Access, Database, Scan};
use crate::error::Result;
use crate::panics::lock;

impl Run<'_> {
    /// Purges a table. The report says what was committed, also before a failure, and by `earlier` attempts.
    /// `is_watched`: deletions run triggers.
    pub fn table(
        &self,
        route: Route,
        earlier: Option<&Report>,
        is_watched: bool,
        workers: &mut [&mut Database],
    ) -> (Report, Result<()>) {
        let begun = Instant::now();
        let (deleted_before, rested_before) = (self.deleted(), self.rested());
        let report = Report::begin(&route, earlier);
        // After a failure nothing is counted: the connection may be lost, or the operator may have
        // interrupted the run.
        let left = self.delete_all(route, is_watched, workers);
        let report = Report {
            deleted: report.deleted + self.deleted() - deleted_before,
            left: left.as_ref().ok().copied(),
            elapsed: report.elapsed + begun.elapsed(),
            rested: report.rested + self.rested().saturating_sub(rested_before),
            ..report
        };
        (report, left.map(drop).map_err(|failure| self.with_committed(failure)))
    }

    /// Deletes the rows, and returns those that are left.
    fn delete_all(
        &self,
        mut route: Route,
        is_watched: bool,
        workers: &mut [&mut Database],
    ) -> Result<Backlog> {
        let is_by_pages = route.walk == Walk::Pages;
        if is_watched {
            self.begin_slowly();
        }
        if route.is_in_one_place {
            // The rest of the table is not read.
            route.rows = workers[0].transaction(Access::READ.bulk(true), |conn| {
                let rows = route.rows.iter().map(|rows| rows.between_first_and_last(conn));
                Ok(rows.filter_map(QueryResult::transpose).collect::<QueryResult<_>>()?)
            })?;
        } else if is_by_pages {
            route.rows = lock(&self.lock).read(|conn| {
                let rows = route.rows.iter().map(|rows| rows.before_the_end(conn));
                Ok(rows.collect::<QueryResult<_>>()?)
            })?;
        }
        let referred_before = lock(&self.referred).clone();
        let plan = |in_pages| lock(&self.lock).set(|conn| plan_in_pages(conn, in_pages));
        if is_by_pages {
            plan(true)?;
        }
        let left = self.walk(&mut route, is_watched, workers)?;
        if is_by_pages {
            plan(false)?;
        }
        let is_unfinished = self.reached_a_limit() && left.rows > 0;
        if is_unfinished || !is_watched && !self.have_others_changed()? {
            return Ok(left);
        }
        let (all, has_unseen) = self.count_again(&route, left, workers)?;
        if !has_unseen {
            return Ok(all);
        }
        // The next walk notes them again.
        *lock(&self.referred) = referred_before;
        self.walk_again(&route, is_watched, workers)
    }

    /// All that is left, and whether there are rows among them that a walk, which knows of `left`, has not seen:
    /// others, or a trigger, added them behind it, or moved them there.
    fn count_again(
        &self,
        route: &Route,
        left: Backlog,
        workers: &mut [&mut Database],
    ) -> Result<(Backlog, bool)> {
        let all = count_left(&route.by_expiry(), workers[0])?;
        Ok((all, all.rows > left.rows && !self.reached_a_limit()))
    }

    /// Deletes the rows that the first walk has not seen, and returns all that are left then.
    fn walk_again(
        &self,
        route: &Route,
        is_watched: bool,
        workers: &mut [&mut Database],
    ) -> Result<Backlog> {
        let mut by_expiry = route.by_expiry();
        lock(&self.terminal).detail(&by_expiry.to_string());
        let left = self.walk(&mut by_expiry, is_watched, workers)?;
        let (all, has_unseen) = self.count_again(route, left, workers)?;
        if has_unseen {
            *lock(&self.added) += all.rows - left.rows;
        }
        Ok(all)
    }

    /// Deletes the rows in the order of the route, and returns those that are left.
    fn walk(
        &self,
        route: &mut Route,
        is_watched: bool,
        workers: &mut [&mut Database],
    ) -> Result<Backlog> {
        *lock(&self.left) = Backlog::default();
        lock(&self.lock).set(|conn| plan_for_values(conn, route.plans_for_values()))?;
        let scan = match route.walk {
            _ if is_watched => Scan::Index,
            Walk::Expiry if route.plans_for_values() => Scan::BitmapForValues,
            Walk::Expiry => Scan::Bitmap,
            Walk::Pages => Scan::Pages,
        };
        let forbids_further = self.has_max_changes;
        let table =
            Table { name: route.expiring.table, cutoff: route.cutoff, scan, forbids_further };
        for rows in &mut route.rows {
            self.until_gone(rows, table, workers)?;
        }
        let ahead = count_left(route, workers[0])?;
        Ok(ahead.plus(*lock(&self.left)))
    }
}

/// Counts the rows from the position that a walk reached.
fn count_left(route: &Route, database: &mut Database) -> Result<Backlog> {
    database.transaction(Access::READ.bulk(true).by_index(), |conn| {
        plan_for_values(conn, route.plans_for_values())?;
        Ok(route.left(conn)?)
    })
}
