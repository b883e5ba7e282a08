//! Whether the database says of itself that it is protected: then a bare `--yes` is not enough for a change.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::domain::StoredText;
use crate::error::{Error, Result};

/// In a SELECT, behind another column: fails, by a division by zero, where the database is protected.
///
/// Reads the catalogue, not the setting: a session of a pooler may be older than the protection, and a role could set
/// it to something else.
pub const FAIL_IF_PROTECTED: &str = ", \
    1 operator(pg_catalog./) case when exists (\
        select from pg_catalog.pg_db_role_setting s \
             join pg_catalog.pg_database d on d.oid operator(pg_catalog.=) s.setdatabase \
        where d.datname operator(pg_catalog.=) pg_catalog.current_database() \
          and s.setrole operator(pg_catalog.=) 0::pg_catalog.oid \
          and 'iamctl.protected=on'::pg_catalog.text operator(pg_catalog.=) any (s.setconfig)) \
    then 0 else 1 end";

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
}

impl Protection {
    /// The error of a change that says `--yes` without the name of the database.
    pub fn refusal(&self) -> Option<Error> {
        let Self { database, protected, .. } = self;
        protected.then(|| {
            Error::usage(format!(
                "the database `{database}` is protected: --yes is not enough. To go ahead, pass --yes={database}; \
                 nothing was changed"
            ))
        })
    }

    /// Fails where the role may not change it.
    pub fn require_owner(&self) -> Result<()> {
        let Self { database, owner, is_owner, .. } = self;
        if *is_owner {
            return Ok(());
        }
        Err(Error::Forbidden(format!(
            "only the owner of the database `{database}` may protect it; connect as `{owner}`"
        )))
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
    // Raw: the catalogue.
    diesel::sql_query(
        "select pg_catalog.current_database()::pg_catalog.text as \"database\",
                exists (select from pg_catalog.pg_db_role_setting s
                        where s.setdatabase = d.oid and s.setrole = 0::pg_catalog.oid
                          and 'iamctl.protected=on' = any (s.setconfig)) as protected,
                pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text as owner,
                pg_catalog.pg_has_role(d.datdba, 'usage') as is_owner
         from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()",
    )
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
