//! The tables themselves: migrations, what they should look like, adoption, the server's health.

pub mod adoption;
pub mod expected_schema;
pub mod migrations;
pub mod schema_check;
pub mod search_index;
pub mod server_health;
