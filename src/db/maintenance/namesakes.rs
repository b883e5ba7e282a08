//! Objects of others that have a name that iamctl's tables need.

use std::fmt;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text};

use super::expected_schema::{AUDIT_LOG, MIGRATIONS, service_tables};
use super::migration_sql::Names;
use crate::domain::{StoredText, listed};
use crate::error::{Error, Result};

/// An object in the schema of the tables, or where a migration would create them.
#[derive(Debug, Clone, QueryableByName)]
pub struct Namesake {
    #[diesel(sql_type = Text)]
    pub name: StoredText,
    /// `view`, `sequence`, …
    #[diesel(sql_type = Text)]
    kind: StoredText,
    /// What a view is over, or the table of an index or constraint.
    #[diesel(sql_type = Nullable<Text>)]
    of: Option<StoredText>,
}

impl fmt::Display for Namesake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.name)?;
        match &self.of {
            Some(of) if self.is_view() => write!(f, " over `{of}`"),
            Some(of) => write!(f, " of `{of}`"),
            None => Ok(()),
        }
    }
}

impl Namesake {
    fn is_view(&self) -> bool {
        self.kind.ends_with("view")
    }

    /// A view that the service, but not iamctl, can use as its table.
    fn replaces_table(&self) -> bool {
        self.is_view() && service_tables().contains(&self.name.as_str())
    }

    fn is_table(&self) -> bool {
        self.kind == "table"
    }
}

/// What has the name of one of the service's tables, and is no table.
pub fn of_tables(conn: &mut PgConnection) -> QueryResult<Vec<Namesake>> {
    let tables = service_tables();
    let names = Names { relations: tables.clone(), types: tables, functions: Vec::new() };
    let mut found = read(conn, &names)?;
    found.retain(|namesake| !namesake.is_table());
    Ok(found)
}

/// The error of names that are taken.
pub fn refuse(taken: &[Namesake]) -> Result<()> {
    let named: Vec<_> = taken.iter().map(|it| format!("the {it}")).collect();
    let named = listed(&named);
    let own_schema = "or give iamctl's tables a schema of their own, then try again";
    let message = match taken {
        [] => return Ok(()),
        _ if taken.iter().any(Namesake::replaces_table) => format!(
            "{named}: iamctl works with the service's tables, and with no view in their place; give the \
             tables themselves these names, {own_schema}"
        ),
        _ if taken.iter().any(|it| it.is_table() && it.name == AUDIT_LOG) => format!(
            "the table `{AUDIT_LOG}` has a name that iamctl needs, and `{MIGRATIONS}` does not say that iamctl \
             made it: if only a part of the database was restored, restore that list, too; if the table is \
             another program's, rename it, {own_schema}"
        ),
        [one] if one.kind == "index" => format!(
            "{named} has a name that iamctl needs, and is not the index that it makes, or is not valid; \
             rename it or drop it, {own_schema}"
        ),
        [_] => {
            format!("{named} has a name that iamctl needs; rename it or drop it, {own_schema}")
        }
        _ => {
            format!("{named} have names that iamctl needs; rename them or drop them, {own_schema}")
        }
    };
    Err(Error::Schema(message))
}

/// What has one of these names, in the schema of the tables or where a migration would create them.
pub fn read(conn: &mut PgConnection, names: &Names) -> QueryResult<Vec<Namesake>> {
    // Raw: the catalogue.
    diesel::sql_query(
        "select c.relname::pg_catalog.text as name,
                case c.relkind
                    when 'r' then 'table' when 'p' then 'table' when 'f' then 'foreign table'
                    when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                    when 'c' then 'type'
                    else case when k.oid is null then 'index' else 'constraint' end
                end as kind,
                case when c.relkind in ('i', 'I')
                     then (select i.indrelid::pg_catalog.regclass::pg_catalog.text
                           from pg_catalog.pg_index i where i.indexrelid = c.oid)
                     when c.relkind in ('v', 'm')
                     then (select pg_catalog.string_agg(
                                      distinct n.nspname::pg_catalog.text || '.'
                                               || b.relname::pg_catalog.text, '`, `')
                           from pg_catalog.pg_rewrite r
                           join pg_catalog.pg_depend d
                             on d.classid =
                                    'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid
                                and d.objid = r.oid
                                and d.refclassid =
                                    'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                           join pg_catalog.pg_class b on b.oid = d.refobjid
                           join pg_catalog.pg_namespace n on n.oid = b.relnamespace
                           where r.ev_class = c.oid and b.oid <> c.oid
                             and b.relkind in ('r', 'p', 'f', 'v', 'm'))
                end as of
         from pg_catalog.pg_class c
         left join pg_catalog.pg_constraint k on k.conindid = c.oid and k.contype in ('p', 'u', 'x')
         where c.relnamespace = pg_catalog.to_regnamespace(
                   pg_catalog.quote_ident(pg_catalog.current_schema()))::pg_catalog.oid
           and c.relname::pg_catalog.text = any ($1)
         union all
         select t.typname::pg_catalog.text, case t.typtype when 'd' then 'domain' else 'type' end, null
         from pg_catalog.pg_type t
         where t.typnamespace = pg_catalog.to_regnamespace(
                   pg_catalog.quote_ident(pg_catalog.current_schema()))::pg_catalog.oid
           and t.typrelid = 0::pg_catalog.oid and t.typname::pg_catalog.text = any ($2)
         union all
         select p.proname::pg_catalog.text || '()', 'function', null
         from pg_catalog.pg_proc p
         where p.pronamespace = pg_catalog.to_regnamespace(
                   pg_catalog.quote_ident(pg_catalog.current_schema()))::pg_catalog.oid
           and p.pronargs = 0 and p.proname::pg_catalog.text = any ($3)
         order by name",
    )
    .bind::<Array<Text>, _>(&names.relations)
    .bind::<Array<Text>, _>(&names.types)
    .bind::<Array<Text>, _>(&names.functions)
    .load(conn)
}
