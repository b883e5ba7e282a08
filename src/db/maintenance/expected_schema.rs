//! The tables as they should be, and as PostgreSQL's catalogue says they are.
//!
//! What should be is what the migrations make; a test compares the two.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use crate::error::Result;
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
    /// The service reads the name (contract 1).
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
    index(
        "verification_codes",
        "verification_codes_prefix",
        "USING btree (code bpchar_pattern_ops)",
    ),
    index("verification_codes", "verification_codes_expires", "USING btree (expires_at, code)"),
    index("verification_codes", "verification_codes_created", "USING btree (created_at, code)"),
    index("verification_codes", "verification_codes_user", "USING btree (user_id, expires_at)"),
    index(
        "authorization_codes",
        "authorization_codes_prefix",
        "USING btree (code bpchar_pattern_ops)",
    ),
    index("authorization_codes", "authorization_codes_expires", "USING btree (expires_at, code)"),
    index("authorization_codes", "authorization_codes_created", "USING btree (created_at, code)"),
    index("authorization_codes", "authorization_codes_user", "USING btree (user_id, expires_at)"),
    index("refresh_tokens", "refresh_tokens_prefix", "USING btree (token bpchar_pattern_ops)"),
    index("refresh_tokens", "refresh_tokens_expires", "USING btree (expires_at, token)"),
    index("refresh_tokens", "refresh_tokens_created", "USING btree (created_at, token)"),
    index("refresh_tokens", "refresh_tokens_user", "USING btree (user_id, expires_at)"),
    index(
        "refresh_tokens",
        "refresh_tokens_revoked",
        "USING btree (revoked_at, token) WHERE revoked",
    ),
    index("api_tokens", "api_tokens_prefix", "USING btree (token bpchar_pattern_ops)"),
    index("api_tokens", "api_tokens_expires", "USING btree (expires_at, token)"),
    index("api_tokens", "api_tokens_created", "USING btree (created_at, token)"),
    index("api_tokens", "api_tokens_owner", "USING btree (owner_id, name, created_at)"),
    index("api_tokens", "api_tokens_blocked", "USING btree (created_at, token) WHERE blocked"),
    index("api_tokens", "api_tokens_revoked", "USING btree (revoked_at, token) WHERE revoked"),
    index("api_token_owners", "api_token_owners_user", "USING btree (user_id, owner_id)"),
];

/// What the catalogue says.
#[derive(Debug)]
pub struct Actual {
    pub columns: Vec<ActualColumn>,
    pub constraints: Vec<ActualConstraint>,
    pub indexes: Vec<ActualIndex>,
    /// The tables that are partitioned.
    pub partitioned: Vec<String>,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct ActualColumn {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub definition: String,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct ActualConstraint {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// `p`, `u` or `f`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Without NOT VALID.
    #[diesel(sql_type = Text)]
    pub definition: String,
    #[diesel(sql_type = Bool)]
    pub validated: bool,
    /// The table is partitioned: its keys have to hold the column that it is partitioned by.
    #[diesel(sql_type = Bool)]
    pub partitioned: bool,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct ActualIndex {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// From USING on.
    #[diesel(sql_type = Text)]
    pub definition: String,
    #[diesel(sql_type = Bool)]
    pub is_unique: bool,
    /// Whole, and used by queries.
    #[diesel(sql_type = Bool)]
    pub is_valid: bool,
    #[diesel(sql_type = Bool)]
    pub of_constraint: bool,
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Reads the catalogue; only reads.
pub fn read(conn: &mut PgConnection) -> Result<Actual> {
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let columns = diesel::sql_query(
        "select t.name as \"table\", a.attname::text as name,
                format_type(a.atttypid, a.atttypmod)
                || case when a.attnotnull then ' not null' else '' end
                || case when a.attidentity <> '' then ' default identity' else '' end
                || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as definition
         from unnest($1) as t (name)
         join pg_attribute a on a.attrelid = to_regclass(t.name)
         left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attnum > 0 and not a.attisdropped
         order by 1, a.attnum",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let constraints = diesel::sql_query(
        "select t.name as \"table\", c.conname::text as name, c.contype::text as kind,
                regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', '') as definition,
                c.convalidated as validated,
                exists (select from pg_partitioned_table p where p.partrelid = c.conrelid)
                    as partitioned
         from unnest($1) as t (name)
         join pg_constraint c on c.conrelid = to_regclass(t.name)
         where c.contype in ('p', 'u', 'f')
         order by 1, 2",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let indexes = diesel::sql_query(
        "select t.name as \"table\", c.relname::text as name,
                regexp_replace(
                    regexp_replace(pg_get_indexdef(i.indexrelid), '^.*? USING ', 'USING '),
                    ' WITH [(][^)]*[)]', '') as definition,
                i.indisunique as is_unique, i.indisvalid as is_valid,
                exists (select from pg_constraint k
                        where k.conindid = i.indexrelid and k.contype in ('p', 'u')) as of_constraint
         from unnest($1) as t (name)
         join pg_index i on i.indrelid = to_regclass(t.name)
         join pg_class c on c.oid = i.indexrelid
         order by 1, 2",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let partitioned: Vec<Named> = diesel::sql_query(
        "select t.name from unnest($1) as t (name)
         join pg_partitioned_table p on p.partrelid = to_regclass(t.name)",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let partitioned = partitioned.into_iter().map(|named| named.name).collect();
    Ok(Actual { columns, constraints, indexes, partitioned })
}

/// The names of all that is in the schema of the tables.
pub fn relations(conn: &mut PgConnection) -> Result<HashSet<String>> {
    let named: Vec<Named> = diesel::sql_query(
        "select c.relname::text as name from pg_class c
         where c.relnamespace = (select relnamespace from pg_class where oid = to_regclass('users'))",
    )
    .load(conn)?;
    Ok(named.into_iter().map(|named| named.name).collect())
}

impl ActualConstraint {
    /// A foreign key that lets users be erased, whatever else it does.
    pub fn cascades(&self, wanted: &Constraint) -> bool {
        let start = format!("FOREIGN KEY ({}) REFERENCES users(id)", wanted.columns);
        wanted.kind == ForeignKey
            && self.definition.starts_with(&start)
            && self.definition.contains(" ON DELETE CASCADE")
            && !self.definition.contains(" NOT ENFORCED")
    }

    /// A primary key that goes on behind the wanted columns.
    fn is_wider(&self, wanted: &Constraint) -> bool {
        wanted.kind == PrimaryKey
            && self.definition.starts_with(&format!("PRIMARY KEY ({},", wanted.columns))
    }
}

impl Actual {
    /// Neither CREATE INDEX CONCURRENTLY nor a foreign key NOT VALID is for such a table.
    pub fn is_partitioned(&self, table: &str) -> bool {
        self.partitioned.iter().any(|partitioned| partitioned == table)
    }

    pub fn column(&self, table: &str, name: &str) -> Option<&ActualColumn> {
        self.columns.iter().find(|column| column.table == table && column.name == name)
    }

    /// The constraint of that definition, whatever its name.
    pub fn constraint(&self, wanted: &Constraint) -> Option<&ActualConstraint> {
        let definition = wanted.definition();
        let mut same = self
            .constraints
            .iter()
            .filter(|found| {
                found.table == wanted.table
                    && (found.definition == definition
                        || found.cascades(wanted)
                        || found.partitioned && found.is_wider(wanted))
            })
            .collect::<Vec<_>>();
        // Of several alike the one with the name that is wanted.
        same.sort_by_key(|found| found.name != wanted.name);
        same.into_iter().next()
    }

    /// A usable index of that definition, whatever its name.
    pub fn index(&self, table: &str, definition: &str) -> Option<&ActualIndex> {
        self.indexes
            .iter()
            .find(|found| found.table == table && found.definition == definition && found.is_valid)
    }

    pub fn index_named(&self, name: &str) -> Option<&ActualIndex> {
        self.indexes.iter().find(|found| found.name == name)
    }
}
