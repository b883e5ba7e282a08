//! The measurements: one file for each kind of work, whose `measure` adds rows to the report.

mod bulk;
mod create;
mod lifetimes;
mod list;
mod purge;
mod service;
mod startup;

use crate::bench::Bench;
use crate::report::Report;

type Measure = fn(&Bench, &mut Report);

/// Measurements, with the names that select them on the command line.
pub const ALL: [(&str, Measure); 8] = [
    ("startup", startup::measure),
    ("create", create::measure),
    ("list", list::measure),
    ("purge", purge::measure),
    ("purge-few", purge::measure_few),
    ("lifetimes", lifetimes::measure),
    ("service", service::measure),
    ("bulk", bulk::measure),
];
