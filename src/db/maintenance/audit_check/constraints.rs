//! The primary key, which is the only constraint.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::finding::finding;
use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::identifier::quoted;
use crate::domain::StoredText;

#[derive(QueryableByName)]
struct Actual {
    #[diesel(sql_type = Text)]
    name: StoredText,
    /// As `pg_constraint.contype` has it.
    #[diesel(sql_type = Text)]
    kind: StoredText,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<StoredText>,
    #[diesel(sql_type = Bool)]
    deferrable: bool,
    /// `None` where it has no index.
    #[diesel(sql_type = Nullable<Bool>)]
    valid_index: Option<bool>,
}

/// Without NOT NULL, which PostgreSQL 18 lists here, and constraint triggers.
fn read(conn: &mut PgConnection) -> QueryResult<Vec<Actual>> {
    // Raw: the catalogue.
    diesel::sql_query(
        "select k.conname::pg_catalog.text as name, k.contype::pg_catalog.text as kind,
                array(select a.attname::pg_catalog.text
                      from pg_catalog.unnest(k.conkey) with ordinality as key (number, place)
                           join pg_catalog.pg_attribute a
                             on a.attrelid = k.conrelid and a.attnum = key.number
                      order by key.place) as columns,
                k.condeferrable as deferrable, i.indisvalid as valid_index
         from pg_catalog.pg_constraint k
              left join pg_catalog.pg_index i on i.indexrelid = k.conindid
         where k.conrelid = pg_catalog.to_regclass($1)::pg_catalog.oid
           and k.contype not in ('n', 't')
         order by 1",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .load(conn)
}

pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let (keys, others): (Vec<_>, Vec<_>) =
        read(conn)?.into_iter().partition(|constraint| constraint.kind == "p");
    let mut found: Vec<_> = others.iter().map(Actual::addition).collect();
    match keys.first() {
        Some(key) => found.extend(key.difference()),
        None => found.push(finding(
            "admin_audit_log_pkey",
            "the primary key is missing",
            format!("alter table {AUDIT_LOG} {ADD_KEY}"),
        )),
    }
    Ok(found)
}

const ADD_KEY: &str = "add constraint admin_audit_log_pkey primary key (id)";

impl Actual {
    /// Of the primary key.
    fn difference(&self) -> Option<Finding> {
        let name = quoted(&self.name);
        if self.columns != ["id"] || self.deferrable {
            let deferrable = if self.deferrable { " deferrable" } else { "" };
            let columns = StoredText::list(&self.columns);
            let problem = format!("the primary key is ({columns}){deferrable}, not (id)");
            let advice = format!("alter table {AUDIT_LOG} drop constraint {name}, {ADD_KEY}");
            return Some(finding(&self.name, problem, advice));
        }
        (self.valid_index != Some(true)).then(|| {
            let advice = format!("reindex index concurrently {name}");
            finding(&self.name, "the index of the primary key is not valid", advice)
        })
    }

    fn addition(&self) -> Finding {
        let kind = match self.kind.as_str() {
            "c" => "CHECK",
            "f" => "foreign key",
            "u" => "UNIQUE",
            "x" => "EXCLUDE",
            other => other,
        };
        finding(
            &self.name,
            format!("a constraint of others ({kind}) can refuse entries, and so every change"),
            format!("alter table {AUDIT_LOG} drop constraint {}", quoted(&self.name)),
        )
    }
}
