//! The database: connection, transactions, and one file of queries per table. Nothing here prints.

pub mod audit_log;
pub mod bulk;
pub mod codes;
pub mod connection;
pub mod erasure;
mod filter;
mod lifetime;
mod literal;
pub mod locks;
pub mod maintenance;
pub mod members;
pub mod offboarding;
pub mod owners;
pub mod row_ids;
pub mod schema;
pub mod sessions;
mod standing;
pub mod targets;
pub mod token_issue;
pub mod tokens;
pub mod types;
pub mod user_changes;
pub mod users;

pub use diesel::pg::PgConnection;

pub use connection::error_classification::constraint;
pub use connection::{
    Access, BULK_TARGETS, Database, Timeouts, clock, create_beside_tables, from_now, now, quoted,
    role_exists, schema_of_tables,
};
pub use types::{Bpchar, StoredSecret};
