//! Runs the program as a user would, against a PostgreSQL of its own.

mod connecting;
mod database;
mod exit_codes;
mod support;
mod user;
