//! The schema that the tables are in, and who else may create in it.

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::elsewhere::{self, Elsewhere};
use super::finding::Finding;
use super::identifier::quoted;
use crate::domain::StoredText;
use crate::error::{Error, Result};

/// Whether the table is there. A name without a schema is looked for by the search path.
pub fn has_table(conn: &mut PgConnection, table: &str) -> QueryResult<bool> {
    // Raw: a function of the server.
    let query = sql::<Bool>("pg_catalog.to_regclass(").bind::<Text, _>(table).sql(") is not null");
    diesel::select(query).get_result(conn)
}

/// Sets the search path of the transaction: the schema of the tables, then `pg_temp`, which PostgreSQL
/// would search first if the path did not name it. Where no table `users` is found, the path is empty: for
/// changes, which then fail.
///
/// Sent with BEGIN, while the role's own path is in force: everything is qualified, also operators, as the
/// path may name `pg_catalog` last. `pg_identify_object`
/// gives the name of the schema as SQL takes it. `textcat` is the operator `||`: it gives NULL where
/// there is no schema.
///
/// In a database with the encoding SQL_ASCII it also takes texts as they are: Diesel has asked for UTF-8, and
/// the server, which converts nothing there, would fail on each text that is not.
pub const SET_SEARCH_PATH_TO_TABLES: &str = "\
    select pg_catalog.set_config('search_path', coalesce( \
        pg_catalog.textcat((pg_catalog.pg_identify_object( \
            'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, \
            pg_catalog.to_regclass('users')::pg_catalog.oid, 0)).schema, ', pg_temp'), \
        ''), true), \
    case when pg_catalog.nameeq(pg_catalog.getdatabaseencoding(), 'SQL_ASCII') \
        then pg_catalog.set_config('client_encoding', 'SQL_ASCII', true) end";

/// The same for transactions that work without tables, too. Where no table `users` is found, the path is
/// the first schema of the role's, in which a migration creates them; or it is empty. It takes a new
/// session a tenth of a millisecond longer.
pub const SET_SEARCH_PATH: &str = "\
    select pg_catalog.set_config('search_path', coalesce( \
        pg_catalog.textcat((pg_catalog.pg_identify_object( \
            'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, \
            pg_catalog.to_regclass('users')::pg_catalog.oid, 0)).schema, ', pg_temp'), \
        pg_catalog.textcat(pg_catalog.quote_ident(pg_catalog.current_schema()), ', pg_temp'), \
        ''), true), \
    case when pg_catalog.nameeq(pg_catalog.getdatabaseencoding(), 'SQL_ASCII') \
        then pg_catalog.set_config('client_encoding', 'SQL_ASCII', true) end";

/// Behind one of the two, in the same SELECT: fails, by a division by zero, for a superuser where every
/// role may create in the schema of the tables. A statement of its own would take a new session a third
/// of a millisecond.
pub const FAIL_FOR_SUPERUSER: &str = ", \
    1 operator(pg_catalog./) \
        case when pg_catalog.current_setting('is_superuser') operator(pg_catalog.=) 'on' \
        and pg_catalog.has_schema_privilege('public', pg_catalog.current_schema(), 'create') \
        then 0 else 1 end";

/// The schema of the tables. Fails where there are none.
pub fn schema_of_tables(conn: &mut PgConnection) -> QueryResult<StoredText> {
    #[derive(QueryableByName)]
    struct Schema {
        #[diesel(sql_type = Text)]
        name: StoredText,
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
    let is_superuser =
        sql::<Bool>("pg_catalog.current_setting('is_superuser') operator(pg_catalog.=) 'on'");
    if !diesel::select(is_superuser).get_result(conn)? {
        return Ok(None);
    }
    let creators = creators(conn)?;
    Ok(if creators.include_every_role() { creators.warning() } else { None })
}

/// The roles that may create in the schemas of the role's search path up to the one of the tables, or
/// up to the one in which a migration would create them. In an earlier schema of the path, they could
/// create tables that are then taken for ours.
#[derive(Debug)]
pub struct Creators(Vec<Creator>);

/// A role that may create in a schema.
#[derive(Debug, QueryableByName)]
pub struct Creator {
    #[diesel(sql_type = Text)]
    pub schema: StoredText,
    /// As SQL takes it; `public` is every role.
    #[diesel(sql_type = Text)]
    pub role: StoredText,
}

/// The owners of the schemas and of the tables, superusers and the role itself are left out: they have
/// all rights on the tables anyway.
pub fn creators(conn: &mut PgConnection) -> QueryResult<Creators> {
    // Raw: a function of the server.
    let of_tables = sql::<Nullable<Text>>("pg_catalog.current_schema()::text");
    let Some(of_tables) = diesel::select(of_tables).get_result::<Option<StoredText>>(conn)? else {
        return Ok(Creators(Vec::new()));
    };
    let path = schemas_of_path(conn)?.into_iter().filter(|schema| schema.may_use);
    let mut schemas: Vec<_> = path.map(|schema| schema.name).collect();
    match schemas.iter().position(|schema| *schema == of_tables) {
        Some(last) => schemas.truncate(last + 1),
        None => schemas = vec![of_tables],
    }
    // Raw: the catalogue.
    let creators = diesel::sql_query(
        "select n.nspname::text as schema,
                case a.grantee when 0::oid then 'public' else a.grantee::regrole::text end as role
         from pg_namespace n
         cross join pg_catalog.aclexplode(
             coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) a
         left join pg_roles r on r.oid = a.grantee
         where n.nspname = any ($1)
           and a.privilege_type = 'CREATE'
           and a.grantee <> n.nspowner
           and r.rolsuper is not true
           and r.rolname is distinct from current_user
           and a.grantee is distinct from
               (select relowner from pg_class where oid = pg_catalog.to_regclass('users')::oid)
         group by 1, 2
         order by 1, 2",
    )
    .bind::<Array<Text>, _>(schemas)
    .load(conn)?;
    Ok(Creators(creators))
}

/// A schema of the role's own search path.
#[derive(QueryableByName)]
pub struct SchemaOfPath {
    #[diesel(sql_type = Text)]
    pub name: StoredText,
    #[diesel(sql_type = Bool)]
    pub may_use: bool,
}

/// The schemas of the role's own search path that are there, in that order.
pub fn schemas_of_path(conn: &mut PgConnection) -> QueryResult<Vec<SchemaOfPath>> {
    // Raw: settings. `reset_val` is what the role, the database and the connection string set: names in
    // double quotes, which double those in them, or without, and then in lower case.
    diesel::sql_query(
        "select n.nspname::pg_catalog.text as name,
                pg_catalog.has_schema_privilege(n.oid, 'usage') as may_use
         from pg_catalog.pg_settings s
              cross join lateral pg_catalog.regexp_matches(
                  s.reset_val, '\"((?:[^\"]|\"\")*)\"|([^\",[:space:]]+)', 'g')
                  with ordinality as entry (word, place)
              join pg_catalog.pg_namespace n
                on n.nspname = case
                       when coalesce(word[1], word[2]) = '$user' then current_user
                       when word[1] is null then pg_catalog.lower(word[2])::pg_catalog.name
                       else pg_catalog.replace(word[1], '\"\"', '\"')::pg_catalog.name end
         where s.name = 'search_path'
         order by entry.place",
    )
    .load(conn)
}

/// What to do where the role's own search path names no schema that is there; else `None`.
pub fn advice_for_empty_path(conn: &mut PgConnection, role: &str) -> QueryResult<Option<String>> {
    if !schemas_of_path(conn)?.is_empty() {
        return Ok(None);
    }
    let elsewhere = elsewhere::find(conn)?;
    let schema = match elsewhere.as_ref().and_then(Elsewhere::schema) {
        None | Some("public") => "public".to_owned(),
        Some(other) => quoted(other),
    };
    Ok(Some(format!(
        "the search_path of the role `{role}` names no schema that is there; set it to the one of \
         the tables, as in `alter role {} set search_path = {schema}`",
        quoted(role)
    )))
}

/// Fails unless `schema` is the one of the tables, or in which a migration would create them.
pub fn require_current(conn: &mut PgConnection, schema: &str) -> Result<()> {
    // Raw: a function of the server, and the catalogue.
    let current = sql::<Nullable<Text>>("pg_catalog.current_schema()::pg_catalog.text");
    let current: Option<StoredText> = diesel::select(current).get_result(conn)?;
    if current.as_deref() == Some(schema) {
        return Ok(());
    }
    let exists = sql::<Bool>(
        "exists (select from pg_catalog.pg_namespace where nspname::pg_catalog.text = ",
    )
    .bind::<Text, _>(schema)
    .sql(")");
    let exists = diesel::select(exists).get_result(conn)?;
    Err(Error::Usage(elsewhere::advice_for_schema(schema, current.as_deref(), exists)))
}

impl Creators {
    pub fn iter(&self) -> impl Iterator<Item = &Creator> {
        self.0.iter()
    }

    fn include_every_role(&self) -> bool {
        self.0.iter().any(|creator| creator.role == "public")
    }

    /// As findings of `db check`.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        self.0.iter().map(|creator| Finding {
            table: "users",
            object: creator.schema.to_string(),
            problem: format!(
                "{} may create in the schema `{}`, in which the tables are or are looked for",
                creator.who(),
                creator.schema
            ),
            advice: creator.revoke(),
        })
    }

    /// What the roles can do, and how to end it; `None` where there is no such role.
    pub fn warning(&self) -> Option<String> {
        let all: Vec<_> = self
            .0
            .iter()
            .map(|creator| format!("{} in the schema `{}`", creator.who(), creator.schema))
            .collect();
        let revokes: Vec<_> =
            self.0.iter().map(|creator| format!("{};", creator.revoke())).collect();
        (!all.is_empty()).then(|| {
            format!(
                "roles may create functions, operators and tables where the tables are or are looked \
                 for, and others may use them without knowing, with their own rights: {}; run: {}",
                all.join(", "),
                revokes.join(" ")
            )
        })
    }
}

impl Creator {
    fn who(&self) -> &str {
        if self.role == "public" { "every role" } else { &self.role }
    }

    /// The SQL that takes the right away.
    pub fn revoke(&self) -> String {
        format!("revoke create on schema {} from {}", quoted(&self.schema), self.role)
    }
}
