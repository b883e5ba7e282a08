//! `iamctl` administers the PostgreSQL database of an IAM service.
//!
//! The layers, from top to bottom. Each uses only layers below it:
//!
//! - [`cli`]: the root of the command tree, and the dispatch.
//! - `commands`: one folder per noun, one file per verb: its arguments with their help texts, and
//!   its checks, changes and output. A command owns its transaction.
//! - `context`: what every command gets: output, terminal, and the connection to the database.
//!   `asked`: missing arguments that were asked for. `global_args`: the options of every command. `operator`: who runs the command, for the audit log.
//! - `completion`: what the Tab key of a shell offers, from the command tree and the database.
//! - `db`: connection, transactions, migrations, and the queries. It never prints.
//! - `local`: the private PostgreSQL server. `config`: how to connect. `output`: results in five
//!   formats. `terminal`: questions and notices. `interrupt`: signals. `panics`: the last resort.
//! - `domain`: validated values. No I/O.
//! - `error`: the kinds of error and their exit codes.

mod asked;
mod change;
pub mod cli;
mod commands;
mod completion;
mod config;
mod context;
mod db;
mod domain;
mod error;
mod global_args;
mod interrupt;
mod local;
mod operator;
mod output;
mod panics;
mod terminal;
