//! The tables themselves: migrations, what they should look like, adoption, rights, the server.

pub mod actual_schema;
pub mod additions;
pub mod adoption;
pub mod audit_check;
pub mod citus;
mod column_remedy;
pub mod conversions;
pub mod elsewhere;
pub mod expected_schema;
pub mod finding;
pub mod identifier;
pub mod interceptors;
mod migration_sql;
pub mod migrations;
pub mod namesakes;
pub mod namespace;
pub mod references;
pub mod rights;
pub mod row_check;
pub mod schema_check;
pub mod search_index;
pub mod server_health;
pub mod side_tables;
pub mod taken_names;
