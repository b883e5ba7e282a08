//! Whether the audit log is as the migrations make it.
//!
//! Compares the fields of the catalogue: an object of the right name may do something else, and a
//! definition as PostgreSQL prints it depends on the search path. The SQL that repairs a finding is run
//! by the owner of the table.
//!
//! `difference` is the finding that something of ours is not as it should be, `addition` that something
//! of others is there that can refuse, keep, hide or forge entries.

mod columns;
mod constraints;
mod finding;
mod indexes;
mod privileges;
mod sequence;
mod table;
mod triggers;

use diesel::pg::PgConnection;
use diesel::prelude::*;

use self::finding::finding;
use super::expected_schema::AUDIT_LOG;
use super::finding::Finding;
use super::migrations::AUDIT_VERSIONS;

/// How to run the migrations of the audit log once more.
fn make_anew() -> String {
    format!(
        "make it anew: `drop function if exists admin_audit_log_refuse(); delete from \
         __diesel_schema_migrations where version in ('{}')`, then `iamctl db migrate`",
        AUDIT_VERSIONS.join("', '")
    )
}

/// What differs, and the SQL that repairs it.
pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let Some(table) = table::read(conn)? else {
        let advice = format!("restore it from a backup, or {}", make_anew());
        return Ok(vec![finding(
            AUDIT_LOG,
            "the table is missing: nothing can be changed",
            advice,
        )]);
    };
    if let Some(other) = table.other_kind() {
        let advice = format!("rename or drop it and its indexes, and {}", make_anew());
        return Ok(vec![finding(AUDIT_LOG, format!("it is {other}, not a table"), advice)]);
    }
    let mut found: Vec<_> = table.difference().into_iter().collect();
    found.extend(table::additions(conn)?);
    found.extend(columns::findings(conn)?);
    found.extend(sequence::finding(conn)?);
    found.extend(constraints::findings(conn)?);
    found.extend(indexes::findings(conn)?);
    found.extend(triggers::findings(conn)?);
    found.extend(privileges::findings(conn)?);
    Ok(found)
}
