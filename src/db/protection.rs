//! Whether the database says of itself that it is protected: then a bare `--yes` is not enough for a change.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::domain::{StoredText, shell_word};
use crate::error::{Error, Result};

/// Whether it is. Every value of the setting but those that mean off.
///
/// Reads the catalogue, not the setting: a session of a pooler may be older than the protection, and a role could set
/// it to something else. Qualified, as it is a part of a BEGIN.
const IS_PROTECTED: &str = "exists (\
    select from pg_catalog.pg_db_role_setting s \
         join pg_catalog.pg_database d on d.oid operator(pg_catalog.=) s.setdatabase \
         cross join pg_catalog.unnest(s.setconfig) as config (line) \
    where d.datname operator(pg_catalog.=) pg_catalog.current_database() \
      and s.setrole operator(pg_catalog.=) 0::pg_catalog.oid \
      and pg_catalog.starts_with(line, 'iamctl.protected='::pg_catalog.text) \
      and pg_catalog.lower(pg_catalog.split_part(line, '=', 2)) \
          operator(pg_catalog.<>) all (array['off', 'false', 'no', '0', '']))";

/// A statement for BEGIN that fails, by a division by zero, where the database is protected.
pub fn fail_if_protected() -> String {
    format!("; select 1 operator(pg_catalog./) case when {IS_PROTECTED} then 0 else 1 end")
}

/// A database, and whether it is protected.
#[derive(Debug, Clone, QueryableByName)]
pub struct Protection {
    #[diesel(sql_type = Text)]
    pub database: StoredText,
    #[diesel(sql_type = Bool)]
    pub protected: bool,
    #[diesel(sql_type = Text)]
    pub owner: StoredText,
    /// The role has the rights of the owner.
    #[diesel(sql_type = Bool)]
    pub is_owner: bool,
    #[diesel(sql_type = Text)]
    pub role: StoredText,
    #[diesel(sql_type = Bool)]
    pub is_superuser: bool,
}

impl Protection {
    /// The error of a change that says `--yes` without the name of the database.
    pub fn refusal(&self) -> Option<Error> {
        let Self { database, protected, .. } = self;
        protected.then(|| {
            Error::usage(format!(
                "the database `{database}` is protected: --yes is not enough. To go ahead, pass --yes={}; nothing was \
                 changed",
                shell_word(database)
            ))
        })
    }

    /// Fails where the role does not own the database.
    pub fn require_owner(&self) -> Result<()> {
        let Self { database, owner, is_owner, .. } = self;
        if *is_owner {
            return Ok(());
        }
        Err(Error::Forbidden(format!(
            "only the owner of the database `{database}` may protect it; connect as `{owner}`"
        )))
    }

    /// What PostgreSQL's refusal of the setting means: an owner who is no superuser may set only what it knows.
    pub fn explain(&self, refused: diesel::result::Error) -> Error {
        if self.is_superuser {
            return refused.into();
        }
        let role = shell_word(&self.role);
        Error::Forbidden(format!(
            "the role `{}` may not set `iamctl.protected`. Run this as a superuser, or, with PostgreSQL 15 or later, as \
             a superuser once: grant set on parameter iamctl.protected to {role}",
            self.role
        ))
    }

    /// The name, where `--yes` has to say it.
    pub fn name_to_say(&self) -> Option<&str> {
        self.protected.then_some(self.database.as_str())
    }

    /// Fails where the operator has named another database.
    pub fn require_name(&self, name: &str) -> Result<()> {
        if self.database == name {
            return Ok(());
        }
        Err(Error::usage(format!(
            "--yes={name} names another database: this is `{}`; nothing was changed",
            self.database
        )))
    }
}

pub fn read(conn: &mut PgConnection) -> QueryResult<Protection> {
    // Raw: the catalogue. PostgreSQL lets an owner set what it does not know only from version 15 on, and only with
    // a right that superusers grant.
    diesel::sql_query(format!(
        "select pg_catalog.current_database()::pg_catalog.text as \"database\", {IS_PROTECTED} as protected,
          pg_catalog.pg_get_userbyid(datdba)::pg_catalog.text as owner,
          pg_catalog.pg_has_role(datdba, 'usage') as is_owner,
          current_user::pg_catalog.text as role,
          (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as is_superuser
         from pg_catalog.pg_database where datname = pg_catalog.current_database()"
    ))
    .get_result(conn)
}

/// Protects the database, or ends that. Only its owner may.
pub fn set(conn: &mut PgConnection, protected: bool) -> QueryResult<()> {
    // Raw: a setting of the database takes no parameters.
    let change =
        if protected { "set iamctl.protected to ''on''" } else { "reset iamctl.protected" };
    conn.batch_execute(&format!(
        "do $$ begin execute pg_catalog.format('alter database %I {change}', pg_catalog.current_database()); end $$"
    ))
}
