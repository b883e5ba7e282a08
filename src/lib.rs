//! `iamctl` administers the PostgreSQL database of an IAM service.
//!
//! The layers, from the top; each uses only those below it:
//!
//! - [`cli`]: the root of the command tree, and the dispatch.
//! - `commands`: one folder per noun, one file per verb: arguments with their help, what it
//!   checks, what it changes, what it prints. A command owns its transaction.
//! - `context`: what every command gets: output, terminal, and the way to the database.
//! - `db`: connection, transactions, migrations, and the queries. It never prints.
//! - `local`: the private PostgreSQL. `config`: where the database is. `output`: results in five
//!   formats. `terminal`: questions and notices. `interrupt`: signals.
//! - `domain`: validated values. No I/O.
//! - `error`: the kinds of error and their exit codes.

pub mod cli;
mod commands;
mod config;
mod context;
mod db;
mod domain;
mod error;
mod interrupt;
mod local;
mod operator;
mod output;
mod terminal;
