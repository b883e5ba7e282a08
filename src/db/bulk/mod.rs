//! Work on many rows at once: imports, purges, and how far standbys are behind them.

mod conditions;
pub mod free_users;
pub mod other_writers;
pub mod purge_window;
pub mod replication_lag;
pub mod table_parts;
pub mod user_import;
