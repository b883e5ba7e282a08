//! Whether foreign keys and triggers run in this session.

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::domain::StoredText;
use crate::error::Error;

/// In a SELECT, behind another column: fails, by a division by zero, where they do not run.
pub const FAIL_FOR_REPLICA: &str = ", \
    1 operator(pg_catalog./) \
        case when pg_catalog.current_setting('session_replication_role') \
        operator(pg_catalog.=) 'replica' then 0 else 1 end";

/// The error of a change where they do not run: rows that refer to deleted ones would stay, and the audit log could
/// be changed. The role may not be able to change the setting itself, which superusers may give it.
pub fn refusal(conn: &mut PgConnection) -> QueryResult<Option<Error>> {
    // Raw: a setting.
    let is_replica = sql::<Bool>(
        "pg_catalog.current_setting('session_replication_role') operator(pg_catalog.=) 'replica'",
    );
    let role = sql::<Text>("pg_catalog.quote_ident(current_user::pg_catalog.text)");
    let (is_replica, role): (bool, StoredText) =
        diesel::select((is_replica, role)).get_result(conn)?;
    Ok(is_replica.then(|| {
        Error::Refused(format!(
            "session_replication_role is `replica` here: foreign keys and triggers do not run. Set it to \
             `origin`, as by: alter role {role} reset session_replication_role"
        ))
    }))
}
