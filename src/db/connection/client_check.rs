//! The setting that lets the server end a statement whose client is gone. PostgreSQL has it since 14, and
//! refuses it on systems on which it cannot see that a client is gone, such as Windows.

use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

use crate::db::maintenance::server_health::SUPPORTED;
use crate::error::{Error, Result};

/// Whether the server takes the setting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClientCheck {
    /// Nothing has failed that would tell.
    #[default]
    Assumed,
    Taken,
    Refused,
}

impl ClientCheck {
    /// For the settings of a transaction, with a semicolon behind it: the server looks every two seconds.
    pub fn of_transaction(self) -> &'static str {
        if self == Self::Refused { "" } else { SET_LOCAL }
    }

    /// The same for those of a session.
    pub fn of_session(self) -> &'static str {
        if self == Self::Refused { "" } else { "set client_connection_check_interval = 2000; " }
    }

    /// Rolls back a transaction that did not begin. Returns whether this setting was the reason, which is
    /// tried once. Fails where the server is too old for this program.
    pub fn find_out(&mut self, conn: &mut PgConnection) -> Result<bool> {
        if *self != Self::Assumed {
            conn.batch_execute("rollback")?;
            return Ok(false);
        }
        // Raw: settings. One message, so that this costs no more than to roll back.
        if conn.batch_execute(&format!("rollback; begin; {SET_LOCAL}rollback")).is_ok() {
            *self = Self::Taken;
            return Ok(false);
        }
        conn.batch_execute("rollback")?;
        refuse_old(conn)?;
        *self = Self::Refused;
        Ok(true)
    }
}

const SET_LOCAL: &str = "set local client_connection_check_interval = 2000; ";

/// Fails where the server is older than what this program works with.
fn refuse_old(conn: &mut PgConnection) -> Result<()> {
    let number =
        sql::<Integer>("pg_catalog.current_setting('server_version_num')::pg_catalog.int4");
    let version = sql::<Text>("pg_catalog.current_setting('server_version')");
    let (number, version): (i32, String) = diesel::select((number, version)).get_result(conn)?;
    let (oldest, newest) = (SUPPORTED.start(), SUPPORTED.end());
    if number / 10_000 >= *oldest {
        return Ok(());
    }
    Err(Error::Schema(format!(
        "the server is PostgreSQL {version}, which is too old: iamctl works with PostgreSQL {oldest} to \
         {newest}; upgrade the server"
    )))
}
