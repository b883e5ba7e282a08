//! From what the operator typed to rows: which row is meant is decided here, in Rust.

pub mod ids;
pub mod owners;
pub mod tokens;
pub mod users;
