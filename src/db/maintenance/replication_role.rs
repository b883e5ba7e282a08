//! Whether foreign keys and triggers run in this session.

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

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Bool)]
    is_replica: bool,
    /// Where the value comes from, as `pg_settings` says it.
    #[diesel(sql_type = Text)]
    source: StoredText,
    /// As SQL takes it, like the next one.
    #[diesel(sql_type = Text)]
    role: StoredText,
    #[diesel(sql_type = Text)]
    database: StoredText,
}

/// The error of a change where they do not run: rows that refer to deleted ones would stay, and the audit log could
/// be changed. The role may not be able to change the setting itself, which superusers may give it.
pub fn refusal(conn: &mut PgConnection) -> QueryResult<Option<Error>> {
    // Raw: the settings.
    let setting: Setting = diesel::sql_query(
        "select s.setting = 'replica' as is_replica, s.source,
                pg_catalog.quote_ident(current_user::pg_catalog.text) as role,
                pg_catalog.quote_ident(pg_catalog.current_database()::pg_catalog.text) as \"database\"
         from pg_catalog.pg_settings s where s.name = 'session_replication_role'",
    )
    .get_result(conn)?;
    let Setting { is_replica, source, role, database } = setting;
    let set_by = match source.as_str() {
        "user" => format!("run: alter role {role} reset session_replication_role"),
        "database" => format!("run: alter database {database} reset session_replication_role"),
        "database user" => {
            format!("run: alter role {role} in database {database} reset session_replication_role")
        }
        "client" => "take it out of `options` in the URL, or of PGOPTIONS".to_owned(),
        _ => format!("it is set by: {source}"),
    };
    Ok(is_replica.then(|| {
        Error::Refused(format!(
            "session_replication_role is `replica` here: foreign keys and triggers do not run; {set_by}"
        ))
    }))
}
