//! The embedded migrations, and which of them a database has.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::migration::{
    CREATE_MIGRATIONS_TABLE, Migration, MigrationConnection as _, MigrationSource as _,
};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use super::citus::{self, USE_THE_COORDINATOR};
use super::expected_schema::service_tables;
pub use super::migration_sql::{
    AUDIT_VERSIONS, TABLES_VERSIONS, dropped_by_reverting, source, versions,
};
use super::migration_sql::{SOURCES, find, statements};
use super::namesakes::{self, Namesake};
use super::{elsewhere, namespace, rights};
use crate::db::functions::TextOf;
use crate::db::row_count::require_all_changed;
use crate::domain::StoredText;
use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

diesel::table! {
    /// Diesel's own list of what was applied.
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MigrationState {
    Applied,
    Pending,
    /// Applied to the database, and not known to this program: the database is newer.
    Unknown,
}

/// One migration, as `db status` and `db migrate` show it.
#[derive(Debug, Clone)]
pub struct MigrationStatus {
    pub version: String,
    /// `None` where only the database knows the migration.
    pub name: Option<String>,
    pub state: MigrationState,
    pub run_on: Option<DateTime<Utc>>,
}

/// Every migration that the program or the database knows, in order.
#[derive(Debug)]
pub struct State {
    pub migrations: Vec<MigrationStatus>,
    /// The service's tables are there, and nothing says that they are ours by now.
    foreign_tables: bool,
    /// What to do where the role's search path has no schema.
    advice_for_empty_path: Option<String>,
    /// What to do where the search path misses the tables, and other schemas have them.
    missed: Option<String>,
    /// What has the name of a table, and is none.
    not_tables: Vec<Namesake>,
    /// Diesel's list of migrations is there.
    pub has_list: bool,
    /// The tables are not as this program needs them, and this is a worker of Citus.
    on_worker: bool,
}

impl State {
    /// Fails with what to do unless the database is exactly as new as the program.
    pub fn require_current(&self) -> Result<()> {
        if self.on_worker {
            return Err(Error::Schema(USE_THE_COORDINATOR.to_owned()));
        }
        self.require_found()?;
        self.require_ours()?;
        self.require_schema()?;
        if self.count(MigrationState::Pending) > 0 {
            return Err(Error::Schema(format!(
                "pending migrations: {} of {}; run `iamctl db migrate`",
                self.count(MigrationState::Pending),
                self.migrations.len()
            )));
        }
        Ok(())
    }

    /// Fails where the search path misses the tables, and other schemas have them.
    pub fn require_found(&self) -> Result<()> {
        self.missed.clone().map_or(Ok(()), |missed| Err(Error::Schema(missed)))
    }

    /// Fails where something that is no table has the name of one.
    pub fn require_tables(&self) -> Result<()> {
        namesakes::refuse(&self.not_tables)
    }

    /// Fails unless the database is empty or was made by migrations of this program.
    pub fn require_ours(&self) -> Result<()> {
        if self.on_worker {
            return Err(Error::Refused(USE_THE_COORDINATOR.to_owned()));
        }
        self.require_tables()?;
        if self.foreign_tables {
            return Err(Error::Schema(
                "the tables are there, but iamctl's migrations did not make them; run \
                 `iamctl db adopt` to take the database over"
                    .to_owned(),
            ));
        }
        if self.count(MigrationState::Unknown) > 0 {
            return Err(Error::Schema(
                "the database is newer than this iamctl: it has migrations that this program \
                 does not know; upgrade iamctl"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    /// Fails where the role's search path has no schema in which tables could be.
    pub fn require_schema(&self) -> Result<()> {
        self.advice_for_empty_path.clone().map_or(Ok(()), |advice| Err(Error::Schema(advice)))
    }

    /// Tables that others made, waiting to be taken over.
    pub fn is_foreign(&self) -> bool {
        self.foreign_tables
    }

    pub fn has_applied(&self, version: &str) -> bool {
        let mut migrations = self.migrations.iter();
        migrations.any(|known| known.version == version && known.state == MigrationState::Applied)
    }

    pub fn count(&self, state: MigrationState) -> usize {
        self.migrations.iter().filter(|migration| migration.state == state).count()
    }
}

#[derive(QueryableByName)]
struct Tables {
    #[diesel(sql_type = Bool)]
    listed: bool,
    #[diesel(sql_type = Bool)]
    foreign: bool,
    #[diesel(sql_type = Bool)]
    readable: bool,
    #[diesel(sql_type = Text)]
    role: StoredText,
    /// The schema in which a migration creates tables.
    #[diesel(sql_type = Nullable<Text>)]
    schema: Option<StoredText>,
}

/// The versions of the migrations that were applied, in order. Diesel's own list must exist.
pub fn applied(conn: &mut PgConnection) -> QueryResult<Vec<StoredText>> {
    __diesel_schema_migrations::table
        .select(__diesel_schema_migrations::version)
        .order(__diesel_schema_migrations::version)
        .load(conn)
}

/// Reads which migrations were applied. Only reads: Diesel's own listing creates its table. Fails where
/// the tables are in a schema that the role may not use.
pub fn state(conn: &mut PgConnection) -> Result<State> {
    // Raw: the catalogue.
    let tables: Tables = diesel::sql_query(
        "select (select count(*) = 2 from pg_attribute a
                 where a.attrelid = pg_catalog.to_regclass('__diesel_schema_migrations')::oid
                   and a.attname::text in ('version', 'run_on')) as listed,
                exists (select from pg_catalog.unnest($1) as t (name)
                        join pg_class c on c.oid = pg_catalog.to_regclass(t.name)::oid
                        where c.relkind in ('r', 'p')) as \"foreign\",
                coalesce(pg_catalog.has_table_privilege(
                             pg_catalog.to_regclass('__diesel_schema_migrations'), 'select'),
                         true) as readable,
                current_user::text as role, pg_catalog.current_schema()::text as schema",
    )
    .bind::<Array<Text>, _>(service_tables())
    .get_result(conn)?;
    if !tables.readable {
        return Err(Error::Forbidden(format!(
            "the role `{}` may not read `__diesel_schema_migrations`. {}",
            tables.role,
            rights::grant_to(&tables.role)
        )));
    }

    let mut applied: Vec<(StoredText, NaiveDateTime)> = if tables.listed {
        __diesel_schema_migrations::table.order(__diesel_schema_migrations::version).load(conn)?
    } else {
        Vec::new()
    };
    let foreign_tables =
        tables.foreign && !applied.iter().any(|(version, _)| version == TABLES_VERSIONS[0]);
    let (mut missed, mut not_tables) = (None, Vec::new());
    // The list, and some of the tables, may be those of another program behind a schema that hides ours.
    if foreign_tables || !tables.foreign {
        rights::require_usage(conn)?;
        not_tables = namesakes::of_tables(conn)?;
        if let Some(here) = &tables.schema {
            missed = elsewhere::find(conn)?.map(|found| found.message(here, &not_tables));
        }
    }
    let advice_for_empty_path = if tables.listed || tables.foreign {
        None
    } else {
        namespace::advice_for_empty_path(conn, &tables.role)?
    };
    let mut migrations = Vec::new();
    for migration in embedded()? {
        let (version, name) = version_and_name(&*migration);
        let run_on = applied
            .iter()
            .position(|(found, _)| *found == version)
            .map(|index| applied.remove(index).1.and_utc());
        let state =
            if run_on.is_some() { MigrationState::Applied } else { MigrationState::Pending };
        migrations.push(MigrationStatus { version, name: Some(name), state, run_on });
    }
    migrations.extend(applied.into_iter().map(|(version, run_on)| MigrationStatus {
        version: version.into(),
        name: None,
        state: MigrationState::Unknown,
        run_on: Some(run_on.and_utc()),
    }));
    migrations.sort_by(|a, b| a.version.cmp(&b.version));
    let has_list = tables.listed;
    let is_current = migrations.iter().all(|known| known.state == MigrationState::Applied);
    let on_worker = (foreign_tables || !is_current) && citus::is_worker(conn)?;
    Ok(State {
        migrations,
        foreign_tables,
        advice_for_empty_path,
        missed,
        not_tables,
        has_list,
        on_worker,
    })
}

/// Applies one pending migration inside the open transaction. The names that it needs are free.
pub fn apply(conn: &mut PgConnection, version: &str) -> Result<()> {
    execute_each(conn, find(version)?.up)?;
    mark_applied(conn, &[version])
}

/// Takes a migration back inside the open transaction.
pub fn revert(conn: &mut PgConnection, version: &str) -> Result<()> {
    execute_each(conn, find(version)?.down)?;
    let noted = __diesel_schema_migrations::table
        .filter(TextOf::new(__diesel_schema_migrations::version).eq(version));
    let removed: Vec<StoredText> =
        diesel::delete(noted).returning(__diesel_schema_migrations::version).get_results(conn)?;
    require_all_changed("notes of migrations", removed.len(), 1)
}

/// One statement at a time: a distributed PostgreSQL takes no several in one string.
fn execute_each(conn: &mut PgConnection, sql: &str) -> QueryResult<()> {
    statements(sql).into_iter().try_for_each(|statement| conn.batch_execute(statement))
}

/// Notes migrations as applied: by this program, or because others have made what they make.
pub fn mark_applied(conn: &mut PgConnection, versions: &[&str]) -> Result<()> {
    conn.setup()?;
    let rows: Vec<_> =
        versions.iter().map(|version| __diesel_schema_migrations::version.eq(*version)).collect();
    // RETURNING: PostgreSQL refuses it beside a rule that does something else.
    let noted: Vec<StoredText> = diesel::insert_into(__diesel_schema_migrations::table)
        .values(rows)
        .on_conflict_do_nothing()
        .returning(__diesel_schema_migrations::version)
        .get_results(conn)?;
    // Another program may have noted some meanwhile.
    let applied = if noted == versions { noted } else { applied(conn)? };
    let found = versions.iter().filter(|version| applied.iter().any(|it| it == *version)).count();
    require_all_changed("notes of migrations", found, versions.len())
}

/// Runs DDL inside the open transaction.
pub fn execute(conn: &mut PgConnection, sql: &str) -> Result<()> {
    Ok(conn.batch_execute(sql)?)
}

/// How many rows a table of ours has.
pub fn count_rows(conn: &mut PgConnection, table: &str) -> Result<i64> {
    // Raw: the name of the table is known only while the program runs. It is one of our own names.
    Ok(diesel::select(sql::<BigInt>(&format!("(select count(*) from {table})")))
        .get_result(conn)?)
}

/// The SQL that notes migrations as applied, to be run by hand.
pub fn note(versions: &[&str]) -> String {
    let list = CREATE_MIGRATIONS_TABLE.trim().trim_end_matches(';');
    let versions = versions.join("'), ('");
    format!("{list};\ninsert into __diesel_schema_migrations (version) values ('{versions}');\n")
}

/// A statement that fails unless exactly the embedded migrations were applied. It is sent with BEGIN,
/// so that the check costs no round trip; what exactly is wrong is found out afterwards.
///
/// A bit for each version, and one for all that are unknown: of all ways to say it the one that
/// makes a new session look up least.
pub fn schema_check() -> String {
    let mut bits = String::new();
    for (index, source) in SOURCES.iter().enumerate() {
        // Writing to a String cannot fail.
        _ = write!(bits, "when '{}' then {} ", source.version, 1_u32 << index);
    }
    let unknown = 1_u32 << SOURCES.len();
    format!(
        "select 1 / case pg_catalog.bit_or(case version::text {bits}else {unknown} end) when {} then 1 else 0 end \
         from __diesel_schema_migrations",
        unknown - 1
    )
}

fn embedded() -> Result<Vec<Box<dyn Migration<Pg>>>> {
    MIGRATIONS
        .migrations()
        .map_err(|error| Error::internal(format!("the embedded migrations are unusable: {error}")))
}

fn version_and_name(migration: &dyn Migration<Pg>) -> (String, String) {
    let name = migration.name();
    (name.version().to_string(), name.to_string())
}

#[cfg(test)]
mod tests {
    use super::{SOURCES, embedded, version_and_name};

    #[test]
    fn every_embedded_migration_has_its_source_listed() -> Result<(), Box<dyn std::error::Error>> {
        let embedded: Vec<_> =
            embedded()?.iter().map(|migration| version_and_name(&**migration).0).collect();
        let listed: Vec<_> = SOURCES.iter().map(|source| source.version).collect();
        assert_eq!(embedded, listed);
        Ok(())
    }
}
