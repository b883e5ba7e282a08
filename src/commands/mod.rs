//! The command tree: one folder per noun, one file per verb.

pub mod audit;
pub mod code;
pub mod completions;
pub mod db;
pub mod demo;
pub mod local;
pub mod token;
pub mod user;

mod expiry;
mod given;
mod paging;
mod purging;
