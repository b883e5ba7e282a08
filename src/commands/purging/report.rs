//! What a purge reports of a table, and how it is printed.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::limits::Limits;
use super::plan::Plan;
use super::walk::{Route, Walk};
use crate::context::Context;
use crate::db::Database;
use crate::db::bulk::purge_window::Backlog;
use crate::error::Result;
use crate::output::{Cell, Column, Format, Record, columns_of, detail, field, shown};

/// The result of a run for one table.
#[derive(Debug, Clone)]
pub struct Report {
    pub table: &'static str,
    pub deleted: u64,
    /// The expired rows left; `None` if a failure ended the run before they were counted.
    pub left: Option<Backlog>,
    pub(super) cutoff: DateTime<Utc>,
    pub elapsed: Duration,
    pub(super) walk: Walk,
    /// The rests of all connections.
    pub(super) rested: Duration,
}

/// The result of a run: a report per table, and the error that ended it. The error is `incomplete`
/// if expired rows are left. The reports include what was committed before an error.
pub struct Outcome {
    pub reports: Vec<Report>,
    pub result: Result<()>,
    pub(super) plan: Plan,
}

impl Outcome {
    /// The database's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.plan.now()
    }
}

/// How many rows were deleted from all tables.
pub fn deleted(reports: &[Report]) -> u64 {
    reports.iter().map(|report| report.deleted).sum()
}

type Print = Box<dyn FnOnce(&Outcome) -> Result<()>>;

/// What prints the reports. Fails where the columns are not those of a report. As a table, a run that was skipped
/// prints nothing, nor does a complete one with -q: a table a night would be a mail a night.
pub fn printer(limits: &Limits, context: &Context) -> Result<Print> {
    let is_table = context.output.format == Format::Table;
    let is_quiet = context.terminal.is_quiet();
    if limits.dry_run {
        let rows = context.output.list::<Planned>()?;
        return Ok(Box::new(move |outcome| {
            let planned: Vec<_> = outcome.reports.iter().cloned().map(Planned).collect();
            rows.all(&planned)
        }));
    }
    let rows = context.output.list::<Report>()?;
    Ok(Box::new(move |outcome| {
        let has_news = !outcome.reports.is_empty() && (outcome.result.is_err() || !is_quiet);
        if is_table && !has_news { Ok(()) } else { rows.all(&outcome.reports) }
    }))
}

impl Report {
    /// Before the run; `earlier`: of the attempts before.
    pub(super) fn begin(route: &Route, earlier: Option<&Self>) -> Self {
        Self {
            table: route.expiring.table,
            walk: route.walk,
            deleted: earlier.map_or(0, |report| report.deleted),
            left: None,
            cutoff: route.cutoff,
            elapsed: earlier.map_or(Duration::ZERO, |report| report.elapsed),
            rested: earlier.map_or(Duration::ZERO, |report| report.rested),
        }
    }

    /// Of a dry run: with the rows that have expired.
    pub(super) fn counted(self, route: &Route, database: &mut Database) -> Result<Self> {
        let begun = Instant::now();
        Ok(Self { left: Some(route.count(database)?), elapsed: begun.elapsed(), ..self })
    }

    pub(super) fn remaining(&self) -> i64 {
        self.left.map_or(0, |left| left.rows)
    }
}

/// The report of a dry run: what is left is what a run would delete.
struct Planned(Report);

impl Record for Planned {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        let columns = columns_of(|Self(report)| report);
        let columns = columns.into_iter().map(|column| match column.name() {
            "remaining" => column.headed("would_delete"),
            "deleted" | "complete" => column.in_tables(false),
            _ => column,
        });
        columns.collect()
    }

    fn id(&self) -> Option<String> {
        self.0.id()
    }
}

impl Record for Report {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("table"), |report| report.table.into()),
            shown(field::integer("deleted"), |report| {
                i64::try_from(report.deleted).unwrap_or(i64::MAX).into()
            }),
            shown(field::integer("remaining").or_null(), |report| {
                report.left.map(|left| left.rows).into()
            }),
            shown(field::time("oldest").or_null(), |report| {
                report.left.and_then(|left| left.oldest).into()
            }),
            shown(field::time("cutoff"), |report| report.cutoff.into()),
            shown(field::seconds("seconds"), |report| Cell::Seconds(report.elapsed.as_secs_f64())),
            shown(field::flag("complete"), |report| {
                report.left.is_some_and(|left| left.rows == 0).into()
            }),
            detail(field::one_of("walk", Walk::ALL.map(Walk::name)), |report| {
                report.walk.name().into()
            }),
            detail(field::seconds("rested"), |report| Cell::Seconds(report.rested.as_secs_f64())),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.table.to_owned())
    }
}
