//! Runs the program as a user would, against a PostgreSQL of its own.

mod completions;
mod connecting;
mod database;
mod demo;
mod exit_codes;
mod help;
mod local;
mod output;
mod plans;
mod round_trips;
mod support;
mod user;
