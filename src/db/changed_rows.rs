//! How many rows a transaction has changed.

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::maintenance::expected_schema::AUDIT_LOG;
use crate::domain::counted;
use crate::error::{Error, Result};

/// How many rows the session has inserted, updated and deleted since PostgreSQL last noted it, which it does only
/// between transactions: subtract what this returned at the beginning of one. Rows that a cascade or a trigger
/// changes count; entries of the audit log, and temporary tables, do not. Fails where the server does not count.
pub fn of_session(conn: &mut PgConnection) -> Result<u64> {
    // Raw: PostgreSQL's own view.
    let (is_counted, changed): (bool, i64) = diesel::select((
        sql::<Bool>("pg_catalog.current_setting('track_counts')::pg_catalog.bool"),
        sql::<BigInt>(&format!(
            "coalesce((select pg_catalog.sum(n_tup_ins + n_tup_upd + n_tup_del)::pg_catalog.int8 \
             from pg_catalog.pg_stat_xact_user_tables s join pg_catalog.pg_class c on c.oid = s.relid \
             where c.relpersistence <> 't' and c.relname <> '{AUDIT_LOG}'), 0)"
        )),
    ))
    .get_result(conn)?;
    if !is_counted {
        return Err(Error::Refused(
            "--max-changes and IAMCTL_MAX_CHANGES need the server's setting track_counts, which is off".to_owned(),
        ));
    }
    Ok(changed.unsigned_abs())
}

/// The error that so many rows would be changed.
pub fn too_many(rows: u64, most: u64) -> Error {
    Error::Refused(format!(
        "this would change {}, and --max-changes or IAMCTL_MAX_CHANGES allows {most}",
        counted(rows, "row")
    ))
}
