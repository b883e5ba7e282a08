//! Where Citus, which distributes tables over servers, keeps ours. docs/growing.md says which layouts work.

use std::fmt;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Nullable, Text};

use super::expected_schema::{AUDIT_LOG, MIGRATIONS, all_tables};
use super::namespace::has_table;
use crate::domain::{StoredText, listed};
use crate::error::Error;

/// In a SELECT, behind another column: fails, by a division by zero, where Citus is installed.
pub const FAIL_ON_CITUS: &str = ", \
    1 operator(pg_catalog./) \
        case when pg_catalog.to_regclass('pg_catalog.pg_dist_partition') is null then 1 else 0 end";

/// What Citus says about this server and our tables.
#[derive(Debug, PartialEq, Eq)]
pub struct Citus {
    /// This server is a worker; the tables are made on the coordinator.
    is_worker: bool,
    layout: Layout,
}

/// Where the tables are.
#[derive(Debug, PartialEq, Eq)]
enum Layout {
    /// Here, or there are none.
    Local,
    /// The whole schema on one server.
    OneServer,
    /// Users, owners and API tokens on every server, codes and sessions distributed by their key.
    ByKey,
    /// One that is not known to work, with what each table is.
    Other(Vec<String>),
}

/// One of our tables.
#[derive(Debug, Clone, QueryableByName)]
struct Placed {
    #[diesel(sql_type = Text)]
    name: StoredText,
    /// `h` is distributed by hash, `n` by nothing. `None` where Citus does not know the table.
    #[diesel(sql_type = Nullable<Text>)]
    method: Option<StoredText>,
    /// `t`: a copy on every server.
    #[diesel(sql_type = Nullable<Text>)]
    replication: Option<StoredText>,
    /// Tables with one number have their rows on the same servers. 0 is none.
    #[diesel(sql_type = Nullable<Integer>)]
    colocation: Option<i32>,
    /// The column that it is distributed by.
    #[diesel(sql_type = Nullable<Text>)]
    key: Option<StoredText>,
}

#[derive(Debug, PartialEq, Eq)]
enum Place<'a> {
    /// In this server alone.
    Local,
    /// The same, and known to the other servers.
    LocalInMetadata,
    /// A copy on every server.
    Reference,
    /// In one piece on some server, with all that have this number.
    OnePiece(i32),
    /// Distributed by this column.
    ByColumn(Option<&'a str>),
}

/// Where our tables are; `None` without Citus.
pub fn read(conn: &mut PgConnection) -> QueryResult<Option<Citus>> {
    if !is_installed(conn)? {
        return Ok(None);
    }
    // Raw: the catalogue of Citus. It keeps the column as an expression, as `pg_node_tree` is written.
    let tables: Vec<Placed> = diesel::sql_query(
        "select named.name, p.partmethod::pg_catalog.text as method,
                p.repmodel::pg_catalog.text as replication, p.colocationid as colocation,
                (select a.attname::pg_catalog.text from pg_catalog.pg_attribute a
                 where a.attrelid = p.logicalrelid::pg_catalog.oid
                   and a.attnum::pg_catalog.text
                       = pg_catalog.substring(p.partkey::pg_catalog.text, ':varattno ([0-9]+)')) as key
         from pg_catalog.unnest($1) as named (name)
              left join pg_catalog.pg_dist_partition p
                on p.logicalrelid::pg_catalog.oid = pg_catalog.to_regclass(named.name)::pg_catalog.oid
         where pg_catalog.to_regclass(named.name) is not null",
    )
    .bind::<Array<Text>, _>(all_tables())
    .load(conn)?;
    Ok(Some(Citus { is_worker: is_worker(conn)?, layout: Layout::of(&tables) }))
}

/// Whether the database has Citus.
pub fn is_installed(conn: &mut PgConnection) -> QueryResult<bool> {
    has_table(conn, "pg_catalog.pg_dist_partition")
}

/// Whether this server is a worker of Citus.
pub fn is_worker(conn: &mut PgConnection) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Group {
        #[diesel(sql_type = Integer)]
        number: i32,
    }
    // A statement that names a table of Citus fails where it is not.
    if !has_table(conn, "pg_catalog.pg_dist_local_group")? {
        return Ok(false);
    }
    // Raw: the catalogue of Citus. The coordinator is group 0.
    let groups: Vec<Group> =
        diesel::sql_query("select groupid as number from pg_catalog.pg_dist_local_group")
            .load(conn)?;
    Ok(groups.iter().any(|group| group.number != 0))
}

/// What to do on a worker where a command does not find the tables as it needs them.
pub const USE_THE_COORDINATOR: &str = "this server is a worker of a Citus cluster, and iamctl's tables \
                                       are made on its coordinator; connect to that";

impl Citus {
    /// The error of a change here, where it may not be. `ddl`: it changes the schema.
    pub fn refusal(&self, ddl: bool) -> Option<Error> {
        if self.is_worker && (ddl || self.layout == Layout::Local) {
            return Some(Error::Refused(USE_THE_COORDINATOR.to_owned()));
        }
        (!self.is_supported()).then(|| Error::Refused(format!("refused: {self}")))
    }

    /// Whether changes are known to work here.
    pub fn is_supported(&self) -> bool {
        match self.layout {
            Layout::Local => !self.is_worker,
            Layout::OneServer | Layout::ByKey => true,
            Layout::Other(_) => false,
        }
    }

    /// Whether nothing needs to be said about it.
    pub fn is_plain(&self) -> bool {
        !self.is_worker && self.layout == Layout::Local
    }
}

/// The server and the layout.
impl fmt::Display for Citus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_worker {
            write!(f, "this server is a worker of Citus; connect to the coordinator; ")?;
        }
        match &self.layout {
            Layout::Local => f.write_str("all tables are local to this server"),
            Layout::OneServer => f.write_str("the whole schema is on one server"),
            Layout::ByKey => f.write_str(
                "users, owners and API tokens are reference tables, codes and sessions are distributed \
                 by their key",
            ),
            Layout::Other(tables) => write!(
                f,
                "the tables are distributed by Citus in a layout in which iamctl is not known to work \
                 ({}); see docs/growing.md for those in which it is",
                listed(tables)
            ),
        }
    }
}

impl Layout {
    fn of(tables: &[Placed]) -> Self {
        let is_local = |place: &Place<'_>| matches!(place, Place::Local | Place::LocalInMetadata);
        let mut places = tables.iter().map(Placed::place);
        if tables.iter().all(|table| is_local(&table.place())) {
            return Self::Local;
        }
        if let Some(first @ Place::OnePiece(_)) = places.next()
            && places.all(|place| place == first)
        {
            return Self::OneServer;
        }
        let misplaced: Vec<_> = tables.iter().filter(|table| !table.is_placed_by_key()).collect();
        if misplaced.is_empty() {
            return Self::ByKey;
        }
        Self::Other(misplaced.into_iter().map(Placed::to_string).collect())
    }
}

impl Placed {
    fn place(&self) -> Place<'_> {
        let colocation = self.colocation.unwrap_or_default();
        match (self.method.as_deref(), self.replication.as_deref()) {
            (None, _) => Place::Local,
            (Some("n"), Some("t")) => Place::Reference,
            (Some("n"), _) if colocation == 0 => Place::LocalInMetadata,
            (Some("n"), _) => Place::OnePiece(colocation),
            (Some(_), _) => Place::ByColumn(self.key.as_deref()),
        }
    }

    /// Whether it is where the layout `ByKey` has it. An audit log that the other servers do not know
    /// could part from a change; so could a log of which there is a copy on each, whose triggers Citus
    /// does not take.
    fn is_placed_by_key(&self) -> bool {
        let place = self.place();
        match self.name.as_str() {
            "verification_codes" | "authorization_codes" => place == Place::ByColumn(Some("code")),
            "refresh_tokens" => place == Place::ByColumn(Some("token")),
            AUDIT_LOG => place == Place::LocalInMetadata,
            MIGRATIONS => {
                matches!(place, Place::Local | Place::LocalInMetadata | Place::Reference)
            }
            _ => place == Place::Reference,
        }
    }
}

impl fmt::Display for Placed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.name)?;
        match self.place() {
            Place::Local => f.write_str("local to this server"),
            Place::LocalInMetadata => f.write_str("local, in the metadata"),
            Place::Reference => f.write_str("a reference table"),
            Place::OnePiece(_) => f.write_str("in one piece on a server"),
            Place::ByColumn(Some(column)) => write!(f, "distributed by {column}"),
            Place::ByColumn(None) => f.write_str("distributed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Citus, Layout, Placed};
    use crate::db::maintenance::expected_schema::all_tables;

    /// `partmethod`, `repmodel` and `colocationid`, as Citus has them.
    type Entry = (&'static str, &'static str, i32);

    const REFERENCE: Option<Entry> = Some(("n", "t", 7));
    const LOCAL: Option<Entry> = None;
    const IN_METADATA: Option<Entry> = Some(("n", "s", 0));
    const ONE_PIECE: Option<Entry> = Some(("n", "s", 9));
    const HASHED: Option<Entry> = Some(("h", "s", 3));

    fn placed(name: &str, entry: Option<Entry>, key: Option<&str>) -> Placed {
        Placed {
            name: name.into(),
            method: entry.map(|(method, ..)| method.into()),
            replication: entry.map(|(_, replication, _)| replication.into()),
            colocation: entry.map(|(.., colocation)| colocation),
            key: key.map(Into::into),
        }
    }

    fn all(entry: Option<Entry>) -> Vec<Placed> {
        all_tables().into_iter().map(|table| placed(table, entry, None)).collect()
    }

    /// The layout of reference tables, but for this table.
    fn by_key_but(changed: &Placed) -> Vec<Placed> {
        let placed = |table: &str| match table {
            "verification_codes" | "authorization_codes" => placed(table, HASHED, Some("code")),
            "refresh_tokens" => placed(table, HASHED, Some("token")),
            "admin_audit_log" => placed(table, IN_METADATA, None),
            "__diesel_schema_migrations" => placed(table, LOCAL, None),
            _ => placed(table, REFERENCE, None),
        };
        let mut tables: Vec<_> = all_tables().into_iter().map(placed).collect();
        for table in &mut tables {
            if table.name == changed.name {
                *table = changed.clone();
            }
        }
        tables
    }

    fn unchanged() -> Vec<Placed> {
        by_key_but(&placed("of others", LOCAL, None))
    }

    #[test]
    fn the_layouts_of_growing_md_are_known() {
        assert_eq!(Layout::of(&[]), Layout::Local);
        assert_eq!(Layout::of(&all(LOCAL)), Layout::Local);
        assert_eq!(Layout::of(&all(IN_METADATA)), Layout::Local);
        assert_eq!(Layout::of(&all(ONE_PIECE)), Layout::OneServer);
        assert_eq!(Layout::of(&unchanged()), Layout::ByKey);
    }

    #[test]
    fn every_other_layout_names_the_tables_that_are_elsewhere() {
        let other = |tables: &[Placed]| match Layout::of(tables) {
            Layout::Other(tables) => tables.join(", "),
            known => panic!("{known:?}"),
        };
        for (changed, named) in [
            (placed("users", HASHED, Some("id")), "users: distributed by id"),
            (placed("users", LOCAL, None), "users: local to this server"),
            (
                placed("refresh_tokens", HASHED, Some("user_id")),
                "refresh_tokens: distributed by user_id",
            ),
            (placed("verification_codes", HASHED, None), "verification_codes: distributed"),
            (placed("api_tokens", HASHED, Some("token")), "api_tokens: distributed by token"),
            (
                placed("api_token_owners", ONE_PIECE, None),
                "api_token_owners: in one piece on a server",
            ),
            (placed("admin_audit_log", LOCAL, None), "admin_audit_log: local to this server"),
            (placed("admin_audit_log", REFERENCE, None), "admin_audit_log: a reference table"),
        ] {
            assert_eq!(other(&by_key_but(&changed)), named);
        }
        let mut apart = all(ONE_PIECE);
        apart[1].colocation = Some(10);
        assert!(other(&apart).contains("users: in one piece"), "pieces on several servers");
        let mut local = all(LOCAL);
        local[0] = placed("users", REFERENCE, None);
        assert!(other(&local).contains("verification_codes: local"), "{}", other(&local));
    }

    #[test]
    fn on_a_worker_nothing_is_made_and_nothing_changed_that_is_its_own() {
        let refused = |is_worker, tables: &[Placed], ddl| {
            Citus { is_worker, layout: Layout::of(tables) }
                .refusal(ddl)
                .map(|error| error.exit_code())
        };
        assert_eq!(refused(true, &[], false), Some(5));
        assert_eq!(refused(true, &all(LOCAL), false), Some(5));
        for tables in [all(ONE_PIECE), unchanged()] {
            assert_eq!(refused(true, &tables, true), Some(5));
            assert_eq!(refused(true, &tables, false), None);
            assert_eq!(refused(false, &tables, true), None);
        }
        assert_eq!(refused(false, &all(HASHED), false), Some(5));
        assert_eq!(refused(false, &all(LOCAL), false), None);
    }
}
