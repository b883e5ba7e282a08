//! What a role may do with the tables, and what it needs for each kind of work. Raw SQL throughout:
//! the catalogue has no typed tables.

use std::fmt;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::expected_schema::{AUDIT_LOG, MIGRATIONS, all_tables};
use super::namespace;
use crate::domain::{StoredText, shell_word};
use crate::error::{Error, Result};

/// Rights on a table, or on these columns where there are any.
pub struct Rights {
    /// `select`, `insert`, …
    privileges: &'static [&'static str],
    columns: &'static [&'static str],
    pub table: &'static str,
}

const fn on(table: &'static str, privileges: &'static [&'static str]) -> Rights {
    on_columns(table, privileges, &[])
}

const fn on_columns(
    table: &'static str,
    privileges: &'static [&'static str],
    columns: &'static [&'static str],
) -> Rights {
    Rights { privileges, columns, table }
}

/// As GRANT takes them: `select (id, name), insert (id, name)`.
impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = match self.columns {
            [] => String::new(),
            some => format!(" ({})", some.join(", ")),
        };
        let all = self.privileges.iter().map(|privilege| format!("{privilege}{columns}"));
        f.write_str(&all.collect::<Vec<_>>().join(", "))
    }
}

/// Without `id`, `at` and `database_role`, whose defaults say when and by whom a row was written, and without
/// those of the change, whose defaults read a setting.
pub const INSERT_AUDIT_ROWS: Rights = on_columns(
    AUDIT_LOG,
    &["insert"],
    &["actor", "sudo_actor", "host", "action", "target", "reason", "details", "program_version"],
);

/// Everything but migrating.
pub const OPERATOR: [Rights; 9] = [
    on("users", &["select", "insert", "update", "delete"]),
    on("verification_codes", &["select", "insert", "delete"]),
    on("authorization_codes", &["select", "insert", "delete"]),
    on("refresh_tokens", &["select", "update", "delete"]),
    on("api_tokens", &["select", "insert", "update", "delete"]),
    on("api_token_owners", &["select", "insert", "delete"]),
    on(AUDIT_LOG, &["select"]),
    INSERT_AUDIT_ROWS,
    on(MIGRATIONS, &["select"]),
];

/// Every purge. Its cursor is the pair of time and key, so a purger reads the keys, which are the
/// codes and refresh tokens themselves.
pub const PURGER: [Rights; 10] = [
    on_columns("verification_codes", &["select"], &["expires_at", "code"]),
    on("verification_codes", &["delete"]),
    on_columns("authorization_codes", &["select"], &["expires_at", "code"]),
    on("authorization_codes", &["delete"]),
    on_columns("refresh_tokens", &["select"], &["expires_at", "token", "revoked", "revoked_at"]),
    on("refresh_tokens", &["delete"]),
    on_columns("api_tokens", &["select"], &["expires_at", "token", "revoked", "revoked_at"]),
    on("api_tokens", &["delete"]),
    INSERT_AUDIT_ROWS,
    on(MIGRATIONS, &["select"]),
];

/// Looking at users and at the audit log, without any secret.
pub const AUDITOR: [Rights; 8] = [
    on("users", &["select"]),
    on_columns("verification_codes", &["select"], &["user_id", "expires_at"]),
    on_columns("authorization_codes", &["select"], &["user_id", "expires_at"]),
    on_columns("refresh_tokens", &["select"], &["user_id", "expires_at"]),
    on_columns("api_tokens", &["select"], &["owner_id", "expires_at", "revoked"]),
    on("api_token_owners", &["select"]),
    on(AUDIT_LOG, &["select"]),
    on(MIGRATIONS, &["select"]),
];

/// What the service itself does. It registers users, verifies, renames and moves them to another email,
/// issues and uses up codes and sessions, and looks API tokens up.
///
/// Not blocking, deleting, restoring and erasing users: operators decide who may log in, and a service
/// that was broken into cannot undo it.
pub const SERVICE: [Rights; 7] = [
    on("users", &["select", "insert"]),
    on_columns(
        "users",
        &["update"],
        &["username", "username_fingerprint", "email", "email_verified", "email_verified_at"],
    ),
    on("verification_codes", &["select", "insert", "delete"]),
    on("authorization_codes", &["select", "insert", "delete"]),
    on("refresh_tokens", &["select", "insert", "delete"]),
    on("api_tokens", &["select"]),
    on("api_token_owners", &["select"]),
];

/// A right on a table or on some of its columns, such as `select`. In the order of tables.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, QueryableByName)]
pub struct Right {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Text)]
    pub privilege: String,
}

/// The profiles of `db grants` with fewer rights than an operator, as `doctor` names them.
const PROFILES: [(&str, &[Rights]); 3] =
    [("an auditor", &AUDITOR), ("a purger", &PURGER), ("the service", &SERVICE)];

/// The profile that the role has: all of its rights, and of an operator's no others. `lacking` is what the role
/// lacks of those. `None` for an operator, and for a role that was given some rights of several profiles.
pub fn profile(conn: &mut PgConnection, lacking: &[Right]) -> QueryResult<Option<&'static str>> {
    let is_lacking = |table: &str, privilege: &str| {
        lacking.iter().any(|right| right.table == table && right.privilege == privilege)
    };
    let held = |(table, privilege, _): &(&str, &str, _)| !is_lacking(table, privilege);
    let held: Vec<_> = each_right(&OPERATOR).filter(held).collect();
    for (name, rights) in PROFILES {
        // A right on a table is another than one on some of its columns.
        let has_no_others = held.iter().all(|held| each_right(rights).any(|right| right == *held));
        if has_no_others && self::lacking(conn, rights)?.is_empty() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Table, privilege and columns.
fn each_right(
    rights: &'static [Rights],
) -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
    rights
        .iter()
        .flat_map(|on| on.privileges.iter().map(|privilege| (on.table, *privilege, on.columns)))
}

/// The rights by table: `users (insert, update)`.
pub fn by_table(rights: &[Right]) -> Vec<String> {
    let of_table = |rights: &[Right]| {
        let privileges: Vec<_> = rights.iter().map(|right| right.privilege.as_str()).collect();
        format!("{} ({})", rights[0].table, privileges.join(", "))
    };
    rights.chunk_by(|one, other| one.table == other.table).map(of_table).collect()
}

/// Those of the rights that the role lacks, sorted.
pub fn lacking(conn: &mut PgConnection, rights: &[Rights]) -> QueryResult<Vec<Right>> {
    let (mut tables, mut privileges, mut columns) = (Vec::new(), Vec::new(), Vec::new());
    for needed in rights {
        let of_columns: Vec<_> = match needed.columns {
            [] => vec![None],
            some => some.iter().map(|column| Some(*column)).collect(),
        };
        for privilege in needed.privileges {
            for column in &of_columns {
                tables.push(needed.table);
                privileges.push(*privilege);
                columns.push(*column);
            }
        }
    }
    // A column that is not there is a finding of the tables. Its name would be an error here.
    diesel::sql_query(
        "select distinct needed.name as \"table\", needed.privilege
         from unnest($1, $2, $3) as needed (name, privilege, attname)
              join pg_catalog.pg_class c
                on c.oid = pg_catalog.to_regclass(needed.name)::pg_catalog.oid
              left join pg_catalog.pg_attribute a
                on a.attrelid = c.oid and a.attname = needed.attname::pg_catalog.name
                   and not a.attisdropped
         where case
               when needed.attname is null
               then not pg_catalog.has_table_privilege(c.oid, needed.privilege)
               when a.attnum is null then false
               else not pg_catalog.has_column_privilege(c.oid, a.attnum, needed.privilege)
               end
         order by needed.name, needed.privilege",
    )
    .bind::<Array<Text>, _>(tables)
    .bind::<Array<Text>, _>(privileges)
    .bind::<Array<Nullable<Text>>, _>(columns)
    .load(conn)
}

/// Whether the role may create tables, and which of ours it does not own.
#[derive(Debug, QueryableByName)]
pub struct Ownership {
    #[diesel(sql_type = Text)]
    pub role: StoredText,
    #[diesel(sql_type = Bool)]
    pub may_create: bool,
    /// `None` where the role owns all of them that are there.
    #[diesel(sql_type = Nullable<Text>)]
    pub not_owned: Option<StoredText>,
}

pub fn ownership(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<Ownership> {
    diesel::sql_query(
        "select current_user::text as role,
                coalesce(pg_catalog.has_schema_privilege(pg_catalog.current_schema(), 'create'),
                         false) as may_create,
                (select pg_catalog.string_agg(c.relname, ', ' order by c.relname)
                 from pg_catalog.unnest($1) as t (name)
                 join pg_class c on c.oid = pg_catalog.to_regclass(t.name)::oid
                 where not pg_catalog.pg_has_role(c.relowner, 'usage')) as not_owned",
    )
    .bind::<Array<Text>, _>(tables)
    .get_result(conn)
}

/// What the role may do with one of our tables.
#[derive(Debug, QueryableByName)]
pub struct TableRights {
    #[diesel(sql_type = Text)]
    pub table: StoredText,
    #[diesel(sql_type = Text)]
    pub schema: StoredText,
    #[diesel(sql_type = Bool)]
    pub may_use_schema: bool,
    /// With the columns, where it has a right on some of them; `None` where it has none.
    #[diesel(sql_type = Nullable<Text>)]
    pub has: Option<StoredText>,
    /// Row security applies to the role.
    #[diesel(sql_type = Bool)]
    pub row_security: bool,
    /// The names of the table's policies; `None` where it has none.
    #[diesel(sql_type = Nullable<Text>)]
    pub policies: Option<StoredText>,
    #[diesel(sql_type = Text)]
    pub role: StoredText,
}

/// The rights on the tables that an unqualified name means, and on those hidden in a schema of the
/// search path that the role may not use. Other schemas belong to other programs.
pub fn on_tables(conn: &mut PgConnection) -> QueryResult<Vec<TableRights>> {
    let path = namespace::schemas_of_path(conn)?;
    let path: Vec<_> = path.into_iter().map(|schema| schema.name).collect();
    // DELETE is no right on columns.
    diesel::sql_query(
        "select c.relname::pg_catalog.text as \"table\", n.nspname::pg_catalog.text as schema,
                pg_catalog.has_schema_privilege(n.oid, 'usage') as may_use_schema,
                pg_catalog.string_agg(
                    pg_catalog.concat(
                        pg_catalog.upper(privilege),
                        case when not right_to.on_table
                             then pg_catalog.concat(' (', right_to.columns, ')') end),
                    ', ' order by place)
                    filter (where right_to.on_table or right_to.columns is not null) as has,
                pg_catalog.row_security_active(c.oid) as row_security,
                (select pg_catalog.string_agg(
                            pg_catalog.quote_ident(p.polname::pg_catalog.text), ', '
                            order by p.polname)
                 from pg_catalog.pg_policy p where p.polrelid = c.oid) as policies,
                current_user::pg_catalog.text as role
         from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              cross join pg_catalog.unnest(array['select', 'insert', 'update', 'delete'])
                  with ordinality as needed (privilege, place)
              cross join lateral (
                  select pg_catalog.has_table_privilege(c.oid, privilege) as on_table,
                         (select pg_catalog.string_agg(
                                     a.attname::pg_catalog.text, ', ' order by a.attnum)
                          from pg_catalog.pg_attribute a
                          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                            and case when privilege = 'delete' then false
                                else pg_catalog.has_column_privilege(c.oid, a.attnum, privilege)
                                end) as columns) right_to
         where c.relkind in ('r', 'p') and c.relname::pg_catalog.text = any ($1)
           and case pg_catalog.to_regclass(
                        pg_catalog.quote_ident(c.relname::pg_catalog.text))::pg_catalog.oid
               when c.oid then true
               else pg_catalog.to_regclass(
                        pg_catalog.quote_ident(c.relname::pg_catalog.text)) is null
                    and n.nspname::pg_catalog.text = any ($2)
               end
         group by c.oid, n.oid
         order by pg_catalog.array_position($1, c.relname::pg_catalog.text)",
    )
    .bind::<Array<Text>, _>(all_tables())
    .bind::<Array<Text>, _>(path)
    .load(conn)
}

impl TableRights {
    /// The error that the table is in a schema of the search path that the role may not use.
    pub fn hidden(&self) -> Option<Error> {
        let Self { role, schema, table, .. } = self;
        (!self.may_use_schema).then(|| {
            Error::Forbidden(format!(
                "the role `{role}` lacks USAGE on the schema `{schema}`, in which the table `{table}` \
                 is. {}",
                grant_to(role)
            ))
        })
    }
}

/// How the role gets the rights that it lacks.
pub fn grant_to(role: &str) -> String {
    let role = shell_word(role);
    format!(
        "Connect as a role with the rights. To make this one an operator, who may do everything but migrate, run \
         as the owner of the tables `iamctl db grants --profile operator --role {role} | psql \"$DATABASE_URL\"`"
    )
}

/// Fails where a table of ours is hidden from the role.
pub fn require_usage(conn: &mut PgConnection) -> Result<()> {
    on_tables(conn)?.iter().find_map(TableRights::hidden).map_or(Ok(()), Err)
}

pub fn role_exists(conn: &mut PgConnection, role: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Exists {
        #[diesel(sql_type = Bool)]
        exists: bool,
    }
    let found: Exists =
        diesel::sql_query("select exists (select from pg_roles where rolname = $1) as exists")
            .bind::<Text, _>(role)
            .get_result(conn)?;
    Ok(found.exists)
}
