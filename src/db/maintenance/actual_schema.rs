//! Reads from PostgreSQL's catalogue what the tables are like. Raw SQL throughout: the catalogue has
//! no typed tables.

use std::collections::HashSet;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::expected_schema::ConstraintKind::{ForeignKey, PrimaryKey};
use super::expected_schema::{Constraint, service_tables};
use super::identifier::quoted;
use super::namesakes::{self, Namesake};
use super::namespace;
use crate::domain::StoredText;

/// What the catalogue says.
#[derive(Debug)]
pub struct Actual {
    pub columns: Vec<ActualColumn>,
    pub constraints: Vec<ActualConstraint>,
    pub indexes: Vec<ActualIndex>,
    /// The tables that are partitioned.
    pub partitioned: Vec<StoredText>,
    /// What has the name of a table, and is none.
    pub not_tables: Vec<Namesake>,
    /// The schema of the tables; `None` where there is no table `users`.
    schema: Option<StoredText>,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct ActualColumn {
    #[diesel(sql_type = Text)]
    pub table: StoredText,
    #[diesel(sql_type = Text)]
    pub name: StoredText,
    #[diesel(sql_type = Text)]
    pub definition: StoredText,
    /// Without nullability and default.
    #[diesel(sql_type = Text)]
    pub sql_type: StoredText,
    #[diesel(sql_type = Bool)]
    pub not_null: bool,
    #[diesel(sql_type = Nullable<Text>)]
    pub default: Option<StoredText>,
    /// The database computes or numbers it.
    #[diesel(sql_type = Bool)]
    pub generated: bool,
    /// The time zone of sessions that may write rows, where it is not UTC: that of this session unless it
    /// sets another, else of a role that may insert into one of the tables.
    #[diesel(sql_type = Nullable<Text>)]
    pub zone: Option<StoredText>,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct ActualConstraint {
    #[diesel(sql_type = Text)]
    pub table: StoredText,
    #[diesel(sql_type = Text)]
    pub name: StoredText,
    /// As `pg_constraint.contype` has it: `p`, `u`, `f`, `c` (CHECK) or `x` (EXCLUDE).
    #[diesel(sql_type = Text)]
    pub kind: StoredText,
    /// Without NOT VALID.
    #[diesel(sql_type = Text)]
    pub definition: StoredText,
    #[diesel(sql_type = Bool)]
    pub validated: bool,
    /// The table is partitioned: its keys have to hold the column that it is partitioned by.
    #[diesel(sql_type = Bool)]
    pub partitioned: bool,
}

#[derive(Debug, Clone, QueryableByName)]
pub struct ActualIndex {
    #[diesel(sql_type = Text)]
    pub table: StoredText,
    #[diesel(sql_type = Text)]
    pub name: StoredText,
    /// From USING on.
    #[diesel(sql_type = Text)]
    pub definition: StoredText,
    #[diesel(sql_type = Bool)]
    pub is_unique: bool,
    /// Whole, and used by queries.
    #[diesel(sql_type = Bool)]
    pub is_valid: bool,
    #[diesel(sql_type = Bool)]
    pub of_constraint: bool,
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: StoredText,
}

/// Reads the catalogue; only reads.
pub fn read(conn: &mut PgConnection) -> QueryResult<Actual> {
    let names = service_tables();
    let columns = diesel::sql_query(
        "with setting as (
             select reset_val as zone, 1 as place from pg_catalog.pg_settings where name = 'TimeZone'
             union all
             select pg_catalog.substr(one.setting, pg_catalog.strpos(one.setting, '=') + 1), 2
             from pg_catalog.pg_db_role_setting s
             cross join pg_catalog.unnest(s.setconfig) as one (setting)
             where pg_catalog.lower(pg_catalog.split_part(one.setting, '=', 1)) = 'timezone'
               and s.setrole <> 0::pg_catalog.oid
               and (s.setdatabase = 0::pg_catalog.oid
                    or s.setdatabase = (select oid from pg_catalog.pg_database
                                        where datname = pg_catalog.current_database()))
               and exists (select from pg_catalog.unnest($1) as t (name)
                           where pg_catalog.has_table_privilege(
                                     s.setrole, pg_catalog.to_regclass(t.name)::oid, 'insert'))
         )
         select t.name as \"table\", a.attname::text as name,
                (select zone from setting
                 where pg_catalog.lower(zone) not in (
                           'utc', 'gmt', 'uct', 'etc/utc', 'etc/gmt', 'etc/uct', 'zulu', 'etc/zulu',
                           'universal', 'etc/universal', 'greenwich', 'etc/greenwich')
                 order by place, zone limit 1) as zone,
                pg_catalog.format_type(a.atttypid, a.atttypmod)
                || case when a.attnotnull or domain.typnotnull then ' not null' else '' end
                || case when a.attidentity <> '' then ' default identity' else '' end
                || coalesce(' default ' || coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                                                    domain.typdefault), '')
                    as definition,
                pg_catalog.format_type(a.atttypid, a.atttypmod) as sql_type,
                a.attnotnull as not_null,
                pg_catalog.pg_get_expr(d.adbin, d.adrelid) as \"default\",
                a.attgenerated <> '' or a.attidentity <> '' as generated
         from pg_catalog.unnest($1) as t (name)
         join pg_attribute a on a.attrelid = pg_catalog.to_regclass(t.name)::oid
         left join pg_catalog.pg_type domain on domain.oid = a.atttypid and domain.typtype = 'd'
         left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attnum > 0 and not a.attisdropped
         order by 1, a.attnum",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let constraints = diesel::sql_query(
        "select t.name as \"table\", c.conname::text as name, c.contype::text as kind,
                pg_catalog.regexp_replace(
                    pg_catalog.pg_get_constraintdef(c.oid), ' NOT VALID$', '') as definition,
                c.convalidated as validated,
                exists (select from pg_partitioned_table p where p.partrelid = c.conrelid)
                    as partitioned
         from pg_catalog.unnest($1) as t (name)
         join pg_constraint c on c.conrelid = pg_catalog.to_regclass(t.name)::oid
         where c.contype in ('p', 'u', 'f', 'c', 'x')
         order by 1, 2",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let indexes = diesel::sql_query(
        "select t.name as \"table\", c.relname::text as name,
                pg_catalog.regexp_replace(
                    pg_catalog.regexp_replace(
                        pg_catalog.pg_get_indexdef(i.indexrelid), '^.*? USING ', 'USING '),
                    ' WITH [(][^)]*[)]', '') as definition,
                i.indisunique as is_unique, i.indisvalid as is_valid,
                exists (select from pg_constraint k
                        where k.conindid = i.indexrelid and k.contype in ('p', 'u')) as of_constraint
         from pg_catalog.unnest($1) as t (name)
         join pg_index i on i.indrelid = pg_catalog.to_regclass(t.name)::oid
         join pg_class c on c.oid = i.indexrelid
         order by 1, 2",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let partitioned: Vec<Named> = diesel::sql_query(
        "select t.name from pg_catalog.unnest($1) as t (name)
         join pg_partitioned_table p on p.partrelid = pg_catalog.to_regclass(t.name)::oid",
    )
    .bind::<Array<Text>, _>(&names)
    .load(conn)?;
    let partitioned = partitioned.into_iter().map(|named| named.name).collect();
    let not_tables = namesakes::of_tables(conn)?;
    let schema = namespace::schema_of_tables(conn).optional()?;
    Ok(Actual { columns, constraints, indexes, partitioned, not_tables, schema })
}

/// The names of all that is in the schema of the tables.
pub fn relations(conn: &mut PgConnection) -> QueryResult<HashSet<String>> {
    let named: Vec<Named> = diesel::sql_query(
        "select c.relname::text as name from pg_class c
         where c.relnamespace = (select relnamespace from pg_class
                                 where oid = pg_catalog.to_regclass('users')::oid)",
    )
    .load(conn)?;
    Ok(named.into_iter().map(|named| named.name.into()).collect())
}

impl ActualConstraint {
    /// A foreign key that lets users be erased, whatever else it does.
    pub fn cascades(&self, wanted: &Constraint) -> bool {
        let start = format!("FOREIGN KEY ({}) REFERENCES users(id)", wanted.columns);
        wanted.kind == ForeignKey
            && self.definition.starts_with(&start)
            && self.definition.contains(" ON DELETE CASCADE")
            && !self.definition.contains(" NOT ENFORCED")
    }

    /// A primary key that goes on behind the wanted columns.
    fn is_wider(&self, wanted: &Constraint) -> bool {
        wanted.kind == PrimaryKey
            && self.definition.starts_with(&format!("PRIMARY KEY ({},", wanted.columns))
    }
}

impl Actual {
    /// Neither CREATE INDEX CONCURRENTLY nor a foreign key NOT VALID is for such a table.
    pub fn is_partitioned(&self, table: &str) -> bool {
        self.partitioned.iter().any(|partitioned| partitioned == table)
    }

    /// Whether it is there, and is a table.
    pub fn has_table(&self, table: &str) -> bool {
        self.not_table(table).is_none() && self.columns.iter().any(|column| column.table == table)
    }

    /// What has the name of the table, and is none.
    pub fn not_table(&self, table: &str) -> Option<&Namesake> {
        self.not_tables.iter().find(|namesake| namesake.name == table)
    }

    /// The name of a table or index of ours with its schema. A statement outside of a transaction needs
    /// it: the search path is then that of the role.
    pub fn qualified(&self, name: &str) -> String {
        match &self.schema {
            Some(schema) => format!("{}.{name}", quoted(schema)),
            None => name.to_owned(),
        }
    }

    /// The SQL that creates an extension in the schema of the tables.
    pub fn create_extension(&self, name: &str) -> String {
        match &self.schema {
            Some(schema) => format!("create extension {name} schema {}", quoted(schema)),
            None => format!("create extension {name}"),
        }
    }

    pub fn column(&self, table: &str, name: &str) -> Option<&ActualColumn> {
        self.columns.iter().find(|column| column.table == table && column.name == name)
    }

    /// The constraint of that definition, whatever its name.
    pub fn constraint(&self, wanted: &Constraint) -> Option<&ActualConstraint> {
        let definition = wanted.definition();
        let mut same = self
            .constraints
            .iter()
            .filter(|found| {
                found.table == wanted.table
                    && (found.definition == definition
                        || found.cascades(wanted)
                        || found.partitioned && found.is_wider(wanted))
            })
            .collect::<Vec<_>>();
        // Of several alike the one with the name that is wanted.
        same.sort_by_key(|found| found.name != wanted.name);
        same.into_iter().next()
    }

    /// A usable index of that definition, whatever its name.
    pub fn index(&self, table: &str, definition: &str) -> Option<&ActualIndex> {
        self.indexes
            .iter()
            .find(|found| found.table == table && found.definition == definition && found.is_valid)
    }

    pub fn index_named(&self, name: &str) -> Option<&ActualIndex> {
        self.indexes.iter().find(|found| found.name == name)
    }
}
