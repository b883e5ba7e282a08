//! Runs the program as a user would, against a PostgreSQL of its own.

mod support;
mod user;
