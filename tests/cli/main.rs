//! Runs the program as a user would, against a PostgreSQL server of the tests.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::similar_names,
    clippy::unwrap_used,
    reason = "a panic fails a test; `run` and `runs` are clear names"
)]

mod audit;
mod changelog;
mod ci;
mod code;
mod completions;
mod connecting;
mod crash;
mod csv_safe;
mod database;
mod demo;
mod doctor;
mod documents;
mod empty;
mod encodings;
mod examples;
mod exit_codes;
mod foreign_rows;
mod help;
mod hostile_schema;
mod idle;
mod interrupted;
mod kept_rows;
mod local;
mod lock_holders;
mod locks;
mod log;
mod long_values;
mod man;
mod max_changes;
mod model;
mod output;
mod owner;
mod pager;
mod partitions;
mod picture;
mod plans;
mod protect;
mod purge;
mod questions;
mod read_only;
mod round_trips;
mod schemas;
mod secrets;
mod servers;
mod session;
mod stalled;
mod standby;
mod support;
mod tables;
mod threads;
mod token;
mod unwritable;
mod user;
mod variables;
mod words;
