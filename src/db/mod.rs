//! The database: the connection and its transactions, and one file or folder for all queries on a
//! table. Nothing here prints.

pub mod audit_log;
pub mod bulk;
pub mod changed_rows;
pub mod codes;
pub mod connection;
pub mod functions;
mod like_pattern;
mod live_token;
pub mod lookup;
pub mod maintenance;
pub mod owners;
pub mod protection;
mod row_count;
pub mod schema;
pub mod sessions;
pub mod tokens;
pub mod types;
pub mod users;

pub use connection::access::{Access, BULK_TARGETS, Flush, Scan, Timeouts};
pub use connection::consent::Consent;
pub use connection::error_classification::violates;
pub use connection::{Database, SuperuserWarning};
pub use diesel::pg::PgConnection;
pub use row_count::{
    count_done, require_all_changed, require_audited, require_changed, require_none_left,
};
