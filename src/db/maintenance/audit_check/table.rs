//! The table itself, and what others added to it that hides, keeps or lends its rows.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::finding::{Difference, altered, finding};
use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::identifier::quoted;
use crate::domain::StoredText;

#[derive(QueryableByName)]
pub struct Table {
    /// `r` is a table.
    #[diesel(sql_type = Text)]
    kind: StoredText,
    /// `p` is permanent, `u` unlogged.
    #[diesel(sql_type = Text)]
    persistence: StoredText,
    #[diesel(sql_type = Bool)]
    row_security: bool,
    #[diesel(sql_type = Bool)]
    forced: bool,
}

/// `None` where nothing has the table's name.
pub fn read(conn: &mut PgConnection) -> QueryResult<Option<Table>> {
    // Raw: the catalogue.
    diesel::sql_query(
        "select relkind::pg_catalog.text as kind, relpersistence::pg_catalog.text as persistence,
                relrowsecurity as row_security, relforcerowsecurity as forced
         from pg_catalog.pg_class
         where oid = pg_catalog.to_regclass($1)::pg_catalog.oid",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .get_result(conn)
    .optional()
}

impl Table {
    /// What it is in place of a table.
    pub fn other_kind(&self) -> Option<&'static str> {
        match self.kind.as_str() {
            "r" => None,
            "p" => Some("a partitioned table, whose partitions refuse no change"),
            "v" | "m" => Some("a view"),
            "f" => Some("a foreign table"),
            _ => Some("another kind of relation"),
        }
    }

    pub fn difference(&self) -> Option<Finding> {
        let differs = [
            (self.persistence != "p", "the table is unlogged: a crash empties it", "set logged"),
            (
                self.row_security,
                "row security is enabled: it hides or keeps rows",
                "disable row level security",
            ),
            (self.forced, "row security also applies to the owner", "no force row level security"),
        ];
        let differences = differs.into_iter().filter(|(differs, ..)| *differs);
        let differences = differences.map(|(_, problem, clause)| Difference {
            problem: problem.to_owned(),
            clause: clause.to_owned(),
        });
        altered(AUDIT_LOG, differences.collect())
    }
}

/// Something on the table that the migrations do not make.
#[derive(QueryableByName)]
struct Other {
    #[diesel(sql_type = Text)]
    kind: StoredText,
    #[diesel(sql_type = Text)]
    name: StoredText,
}

/// Rules that are enabled, policies, and the tables that inherit from this one or the other way round.
pub fn additions(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    // Raw: the catalogue. `regclass` as text is a name that SQL takes.
    let found: Vec<Other> = diesel::sql_query(
        "select 'rule' as kind, rulename::pg_catalog.text as name from pg_catalog.pg_rewrite
         where ev_class = pg_catalog.to_regclass($1)::pg_catalog.oid and ev_enabled in ('O', 'A')
         union all
         select 'policy', polname::pg_catalog.text from pg_catalog.pg_policy
         where polrelid = pg_catalog.to_regclass($1)::pg_catalog.oid
         union all
         select 'child', inhrelid::pg_catalog.regclass::pg_catalog.text from pg_catalog.pg_inherits
         where inhparent = pg_catalog.to_regclass($1)::pg_catalog.oid
         union all
         select case when c.relispartition then 'whole' else 'parent' end,
                i.inhparent::pg_catalog.regclass::pg_catalog.text
         from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
         where i.inhrelid = pg_catalog.to_regclass($1)::pg_catalog.oid
         order by 1, 2",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .load(conn)?;
    Ok(found.iter().map(Other::addition).collect())
}

impl Other {
    fn addition(&self) -> Finding {
        let Self { kind, name } = self;
        let (problem, advice) = match kind.as_str() {
            "rule" => (
                "a rule does something else than what is asked for",
                format!("drop rule {} on {AUDIT_LOG}", quoted(name)),
            ),
            "policy" => (
                "a policy says which rows row security shows or takes",
                format!("drop policy {} on {AUDIT_LOG}", quoted(name)),
            ),
            "child" => (
                "a table inherits from the log: its rows appear as entries",
                format!("alter table {name} no inherit {AUDIT_LOG}"),
            ),
            "whole" => (
                "the log is a partition of a table, through which its rows can be removed",
                format!("alter table {name} detach partition {AUDIT_LOG}"),
            ),
            _ => (
                "the log inherits from a table, through which its rows can be removed",
                format!("alter table {AUDIT_LOG} no inherit {name}"),
            ),
        };
        finding(name, problem, advice)
    }
}
