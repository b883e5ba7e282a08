//! The tables as they should be: as the migrations make them. A test compares the two.

use ConstraintKind::{ForeignKey, PrimaryKey, Unique};

/// A table of the service's, with its columns as `format_type`, nullability and default show them.
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, &'static str)],
}

const INSTANT: &str = "timestamp with time zone not null";
const MAYBE_INSTANT: &str = "timestamp with time zone";
const FLAG: &str = "boolean not null default false";
const KEY: &str = "character(44) not null";
const ID: &str = "uuid not null";

pub const TABLES: [Table; 6] = [
    Table {
        name: "users",
        columns: &[
            ("id", ID),
            ("created_at", INSTANT),
            ("username", "character varying(50) not null"),
            ("username_fingerprint", "bytea not null"),
            ("email", "character varying(100) not null"),
            ("email_verified", FLAG),
            ("email_verified_at", MAYBE_INSTANT),
            ("blocked", FLAG),
            ("deleted", FLAG),
            ("deleted_at", MAYBE_INSTANT),
        ],
    },
    Table {
        name: "verification_codes",
        columns: &[
            ("user_id", ID),
            ("created_at", INSTANT),
            ("expires_at", INSTANT),
            ("code", KEY),
        ],
    },
    Table {
        name: "authorization_codes",
        columns: &[
            ("user_id", ID),
            ("created_at", INSTANT),
            ("expires_at", INSTANT),
            ("code", KEY),
        ],
    },
    Table {
        name: "refresh_tokens",
        columns: &[
            ("user_id", ID),
            ("created_at", "timestamp without time zone not null"),
            ("expires_at", "timestamp without time zone not null"),
            ("token", KEY),
            ("revoked", FLAG),
            ("revoked_at", "timestamp without time zone"),
        ],
    },
    Table {
        name: "api_tokens",
        columns: &[
            ("owner_id", ID),
            ("created_at", INSTANT),
            ("expires_at", INSTANT),
            ("name", "character varying(100) not null"),
            ("token", KEY),
            ("blocked", FLAG),
            ("revoked", FLAG),
            ("revoked_at", MAYBE_INSTANT),
        ],
    },
    Table { name: "api_token_owners", columns: &[("owner_id", ID), ("user_id", ID)] },
];

/// The table of the audit log.
pub const AUDIT_LOG: &str = "admin_audit_log";
/// Diesel's list of the migrations that were applied.
pub const MIGRATIONS: &str = "__diesel_schema_migrations";

/// The names of the service's tables.
pub fn service_tables() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.name).collect()
}

/// The names of all tables that iamctl works with.
/// Type, nullability and default of a column of the service's tables; `None` where there is none.
pub fn expected_definition(table: &str, column: &str) -> Option<&'static str> {
    let table = TABLES.iter().find(|it| it.name == table)?;
    table.columns.iter().find(|(name, _)| *name == column).map(|(_, definition)| *definition)
}

pub fn all_tables() -> Vec<&'static str> {
    service_tables().into_iter().chain([AUDIT_LOG, MIGRATIONS]).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstraintKind {
    PrimaryKey,
    Unique,
    /// `user_id` to `users`, with ON DELETE CASCADE.
    ForeignKey,
}

/// A constraint that a table should have.
#[derive(Debug, Clone, Copy)]
pub struct Constraint {
    pub table: &'static str,
    pub name: &'static str,
    pub kind: ConstraintKind,
    /// The columns, as SQL lists them.
    pub columns: &'static str,
    /// Whether the service compares this name when the database refuses one of its rows.
    pub named_by_service: bool,
}

impl Constraint {
    const fn new(
        table: &'static str,
        name: &'static str,
        kind: ConstraintKind,
        columns: &'static str,
    ) -> Self {
        let named_by_service = matches!(kind, Unique);
        Self { table, name, kind, columns, named_by_service }
    }

    /// As `pg_get_constraintdef` writes it.
    pub fn definition(&self) -> String {
        let columns = self.columns;
        match self.kind {
            PrimaryKey => format!("PRIMARY KEY ({columns})"),
            Unique => format!("UNIQUE ({columns})"),
            ForeignKey => {
                format!("FOREIGN KEY ({columns}) REFERENCES users(id) ON DELETE CASCADE")
            }
        }
    }
}

pub const CONSTRAINTS: [Constraint; 12] = [
    Constraint::new("users", "users_pkey", PrimaryKey, "id"),
    Constraint::new("users", "users_unique_fingerprint", Unique, "username_fingerprint"),
    Constraint::new("users", "users_unique_email", Unique, "email"),
    Constraint::new("verification_codes", "verification_codes_pkey", PrimaryKey, "code"),
    Constraint::new("authorization_codes", "authorization_codes_pkey", PrimaryKey, "code"),
    Constraint::new("refresh_tokens", "refresh_tokens_pkey", PrimaryKey, "token"),
    Constraint::new("api_tokens", "api_tokens_pkey", PrimaryKey, "token"),
    Constraint::new("api_token_owners", "api_token_owners_pkey", PrimaryKey, "owner_id, user_id"),
    Constraint::new("verification_codes", "verification_codes_user_id_fkey", ForeignKey, "user_id"),
    Constraint::new(
        "authorization_codes",
        "authorization_codes_user_id_fkey",
        ForeignKey,
        "user_id",
    ),
    Constraint::new("refresh_tokens", "refresh_tokens_user_id_fkey", ForeignKey, "user_id"),
    Constraint::new("api_token_owners", "api_token_owners_user_id_fkey", ForeignKey, "user_id"),
];

/// An index that a table should have, besides those of its constraints.
#[derive(Debug, Clone, Copy)]
pub struct Index {
    pub table: &'static str,
    pub name: &'static str,
    /// As `pg_get_indexdef` writes it, from USING on.
    pub definition: &'static str,
}

const fn index(table: &'static str, name: &'static str, definition: &'static str) -> Index {
    Index { table, name, definition }
}

const ID_OF_CODE: &str = "USING btree (\"left\"((code)::text, 12) text_pattern_ops)";
const ID_OF_TOKEN: &str = "USING btree (\"left\"((token)::text, 12) text_pattern_ops)";

pub const INDEXES: [Index; 26] = [
    index("users", "users_created", "USING btree (created_at, id)"),
    index("users", "users_username", "USING btree (username, id)"),
    index(
        "users",
        "users_email_domain",
        "USING btree (split_part((email)::text, '@'::text, 2), created_at, id)",
    ),
    index("users", "users_blocked", "USING btree (created_at, id) WHERE blocked"),
    index("users", "users_deleted", "USING btree (created_at, id) WHERE deleted"),
    index("users", "users_unverified", "USING btree (created_at, id) WHERE (NOT email_verified)"),
    index("verification_codes", "verification_codes_id", ID_OF_CODE),
    index("verification_codes", "verification_codes_expires", "USING btree (expires_at, code)"),
    index("verification_codes", "verification_codes_created", "USING btree (created_at, code)"),
    index("verification_codes", "verification_codes_user", "USING btree (user_id, expires_at)"),
    index("authorization_codes", "authorization_codes_id", ID_OF_CODE),
    index("authorization_codes", "authorization_codes_expires", "USING btree (expires_at, code)"),
    index("authorization_codes", "authorization_codes_created", "USING btree (created_at, code)"),
    index("authorization_codes", "authorization_codes_user", "USING btree (user_id, expires_at)"),
    index("refresh_tokens", "refresh_tokens_id", ID_OF_TOKEN),
    index("refresh_tokens", "refresh_tokens_expires", "USING btree (expires_at, token)"),
    index("refresh_tokens", "refresh_tokens_created", "USING btree (created_at, token)"),
    index("refresh_tokens", "refresh_tokens_user", "USING btree (user_id, expires_at)"),
    index(
        "refresh_tokens",
        "refresh_tokens_revoked",
        "USING btree (revoked_at, token) WHERE revoked",
    ),
    index("api_tokens", "api_tokens_id", ID_OF_TOKEN),
    index("api_tokens", "api_tokens_expires", "USING btree (expires_at, token)"),
    index("api_tokens", "api_tokens_created", "USING btree (created_at, token)"),
    index("api_tokens", "api_tokens_owner", "USING btree (owner_id, name, created_at)"),
    index("api_tokens", "api_tokens_blocked", "USING btree (created_at, token) WHERE blocked"),
    index("api_tokens", "api_tokens_revoked", "USING btree (revoked_at, token) WHERE revoked"),
    index("api_token_owners", "api_token_owners_user", "USING btree (user_id, owner_id)"),
];

#[cfg(test)]
mod tests {
    use super::{ID_OF_CODE, ID_OF_TOKEN};
    use crate::domain::CHARACTERS_OF_ID;

    /// Queries compare as many characters; with another number they would scan the tables.
    #[test]
    fn the_indexes_on_ids_have_their_number_of_characters() {
        for definition in [ID_OF_CODE, ID_OF_TOKEN] {
            assert!(definition.contains(&format!(", {CHARACTERS_OF_ID})")), "{definition}");
        }
    }
}
