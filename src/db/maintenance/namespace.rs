//! The schema that the tables are in, and who else may create in it.

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::schema_check::Finding;
use crate::error::Result;

/// Sets the search path of the transaction: the schema of the tables, then `pg_temp`. Where no table
/// `users` is found, the path stays what it is.
///
/// PostgreSQL looks into `pg_catalog` first, as the path does not name it. It would look into `pg_temp`
/// before all others: behind a pooler, a temporary table of an earlier client can have the name of one
/// of ours. So the first statement puts it last, for the second to find the right table.
///
/// Sent with BEGIN, while whatever the path of the role says is in force: everything is qualified.
/// `textcat` is the operator `||`. It gives NULL where there is no schema.
pub const SET_SEARCH_PATH: &str = "\
    select pg_catalog.set_config('search_path', \
        pg_catalog.array_to_string(pg_catalog.array_append(pg_catalog.string_to_array( \
            pg_catalog.current_setting('search_path'), ','), 'pg_temp'), ','), true); \
    select pg_catalog.set_config('search_path', \
        coalesce(pg_catalog.textcat((pg_catalog.pg_identify_object( \
                'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, \
                pg_catalog.to_regclass('users')::pg_catalog.oid, 0)).schema, ', pg_temp'), \
            pg_catalog.current_setting('search_path')), true)";

/// Fails for a superuser where everybody may create in the schema of the tables. Sent with BEGIN, so
/// that it costs no round trip.
pub const FAIL_FOR_SUPERUSER: &str = "\
    select 1 / case when pg_catalog.current_setting('is_superuser') = 'on' \
        and pg_catalog.has_schema_privilege('public', pg_catalog.current_schema(), 'create') \
        then 0 else 1 end";

/// The schema of the tables. Fails where there are none.
pub fn schema_of_tables(conn: &mut PgConnection) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Schema {
        #[diesel(sql_type = Text)]
        name: String,
    }
    // Raw: the catalogue.
    let schema: Schema = diesel::sql_query(
        "select n.nspname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.oid = pg_catalog.to_regclass('users')::oid",
    )
    .get_result(conn)?;
    Ok(schema.name)
}

/// What to tell a superuser after a BEGIN with `FAIL_FOR_SUPERUSER` failed; `None` where that was not
/// the reason.
pub fn superuser_warning(conn: &mut PgConnection) -> Result<Option<String>> {
    // Raw: a setting.
    let is_superuser = sql::<Bool>("pg_catalog.current_setting('is_superuser') = 'on'");
    if diesel::select(is_superuser).get_result(conn)? {
        Ok(creators(conn)?.warning())
    } else {
        Ok(None)
    }
}

/// A schema, and the roles besides its owner that may create in it.
#[derive(Debug, QueryableByName)]
pub struct Creators {
    /// `None` where the search path names no schema.
    #[diesel(sql_type = Nullable<Text>)]
    schema: Option<String>,
    /// As SQL takes them; `public` is everybody.
    #[diesel(sql_type = Array<Text>)]
    pub roles: Vec<String>,
}

/// The roles that may create in the schema of the tables, or in the one that a migration would create
/// them in. The owners of the schema and of the tables, superusers and the role itself are left out:
/// they have all rights on the tables anyway.
pub fn creators(conn: &mut PgConnection) -> QueryResult<Creators> {
    // Raw: the catalogue.
    diesel::sql_query(
        "select pg_catalog.current_schema()::text as schema,
                array(select case a.grantee when 0::oid then 'public'
                                            else a.grantee::regrole::text end
                      from pg_namespace n
                      cross join pg_catalog.aclexplode(
                          coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) a
                      left join pg_roles r on r.oid = a.grantee
                      where n.nspname = pg_catalog.current_schema()
                        and a.privilege_type = 'CREATE'
                        and a.grantee <> n.nspowner
                        and r.rolsuper is not true
                        and r.rolname is distinct from current_user
                        and a.grantee is distinct from
                            (select relowner from pg_class
                             where oid = pg_catalog.to_regclass('users')::oid)
                      order by 1) as roles",
    )
    .get_result(conn)
}

impl Creators {
    /// As a finding of `db check`; `None` where there is no such role.
    pub fn finding(&self) -> Option<Finding> {
        Some(Finding {
            table: "users",
            object: self.schema.clone()?,
            problem: format!("{} may create in the schema of the tables", self.who()),
            advice: self.revoke()?,
        })
    }

    fn who(&self) -> String {
        match self.roles.as_slice() {
            [role] if role == "public" => "every role".to_owned(),
            roles => roles.join(", "),
        }
    }

    /// What the roles can do; `None` where there is no such role.
    pub fn warning(&self) -> Option<String> {
        Some(format!(
            "{} may create functions and operators in the schema `{}` of the tables, and others may run \
             them without knowing, with their own rights; run: {};",
            self.who(),
            self.schema.as_deref()?,
            self.revoke()?
        ))
    }

    /// The SQL that takes the right away; `None` where there is no such role.
    pub fn revoke(&self) -> Option<String> {
        let schema = self.schema.as_deref().filter(|_| !self.roles.is_empty())?;
        Some(format!("revoke create on schema {} from {}", quoted(schema), self.roles.join(", ")))
    }
}

/// A name as SQL takes it, whatever is in it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
