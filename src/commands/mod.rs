//! The command tree: one folder per noun, one file per verb.

pub mod audit;
pub mod code;
pub mod completions;
pub mod db;
pub mod demo;
pub mod doctor;
pub mod help;
pub mod local;
pub mod man;
pub mod owner;
pub mod purge;
pub mod session;
pub mod token;
pub mod user;

mod cannot_log_in;
mod end_access;
mod expiry;
pub mod help_page;
mod known_secrets;
mod leftover_file;
mod metrics_file;
mod paging;
mod printed_secret;
mod purging;
mod referred_rows;
mod rotation;
mod secret_directory;
mod secret_file;
mod secret_generator;
mod side_tables;
mod value_or_stdin;
