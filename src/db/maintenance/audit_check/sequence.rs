//! The sequence that the ids come from. An id that is there already makes every change fail.

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;
use crate::domain::StoredText;

/// SQL that makes the next id one that no entry has.
pub const AFTER_THE_LAST_ID: &str = "select \
     pg_catalog.setval(pg_catalog.pg_get_serial_sequence('admin_audit_log', 'id'), \
     greatest(pg_catalog.max(id), 1)) from admin_audit_log";

#[derive(QueryableByName)]
struct Sequence {
    /// As SQL takes it.
    #[diesel(sql_type = Text)]
    name: StoredText,
    #[diesel(sql_type = Bool)]
    unlogged: bool,
    #[diesel(sql_type = BigInt)]
    increment: i64,
    #[diesel(sql_type = BigInt)]
    lowest: i64,
    #[diesel(sql_type = BigInt)]
    highest: i64,
    #[diesel(sql_type = Bool)]
    cycles: bool,
    /// The role may read it and the ids of the log.
    #[diesel(sql_type = Bool)]
    readable: bool,
}

/// `None` where `id` has no sequence, which is a finding of the column.
fn read(conn: &mut PgConnection) -> QueryResult<Option<Sequence>> {
    // Raw: the catalogue. The dependency `i` is that of an identity column. A standby has no rows of an
    // unlogged table or sequence, and refuses to read them.
    diesel::sql_query(
        "select c.oid::pg_catalog.regclass::pg_catalog.text as name,
                c.relpersistence <> 'p' and t.relpersistence = 'p' as unlogged,
                s.seqincrement as increment,
                s.seqmin as lowest, s.seqmax as highest, s.seqcycle as cycles,
                pg_catalog.has_sequence_privilege(c.oid, 'select')
                    and pg_catalog.has_column_privilege(t.oid, a.attnum, 'select')
                    and not pg_catalog.row_security_active(t.oid)
                    and (c.relpersistence = 'p' and t.relpersistence = 'p'
                         or not pg_catalog.pg_is_in_recovery()) as readable
         from pg_catalog.pg_depend d
              join pg_catalog.pg_attribute a
                on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
              join pg_catalog.pg_sequence s on s.seqrelid = d.objid
              join pg_catalog.pg_class c on c.oid = d.objid
              join pg_catalog.pg_class t on t.oid = d.refobjid
         where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
           and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
           and d.refobjid = pg_catalog.to_regclass($1)::pg_catalog.oid and d.deptype = 'i'
           and a.attname = 'id'::pg_catalog.name",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .get_result(conn)
    .optional()
}

/// What differs of the sequence. An unlogged table has an unlogged sequence, too.
pub fn finding(conn: &mut PgConnection) -> QueryResult<Option<Finding>> {
    let Some(sequence) = read(conn)? else { return Ok(None) };
    let is_behind = sequence.readable && sequence.is_behind(conn)?;
    Ok(sequence.difference(is_behind))
}

impl Sequence {
    /// Whether an entry has the next id, or a higher one.
    fn is_behind(&self, conn: &mut PgConnection) -> QueryResult<bool> {
        // Raw: the name of the sequence is known only while the program runs, as PostgreSQL quotes it,
        // and `id` may have another type than ours.
        diesel::select(sql::<Bool>(&format!(
            "exists (select from {} s,
                            (select pg_catalog.max(id)::pg_catalog.int8 as id
                             from only admin_audit_log) entry
                     where s.last_value < entry.id
                           or s.last_value = entry.id and not s.is_called)",
            self.name
        )))
        .get_result(conn)
    }

    /// All that differs, as one finding.
    fn difference(&self, is_behind: bool) -> Option<Finding> {
        let name = &self.name;
        let (mut problems, mut advice) = (Vec::new(), Vec::new());
        if (self.increment, self.lowest, self.highest, self.cycles) != (1, 1, i64::MAX, false) {
            problems.push("it does not count from 1 on by 1, without an end");
            // Where it may go below 1, it may be there already.
            let restart = if self.lowest < 1 { " start 1 restart" } else { "" };
            let change = "as bigint increment 1 minvalue 1 no maxvalue no cycle";
            advice.push(format!("alter sequence {name} {change}{restart}"));
        }
        if self.unlogged {
            problems.push("it is unlogged: a crash resets it");
            advice.push(format!("alter sequence {name} set logged"));
        }
        if is_behind {
            problems.push(
                "it is behind the last entry, as after logical replication or a copy of the rows: \
                 changes fail",
            );
        }
        if is_behind || self.lowest < 1 {
            advice.push(AFTER_THE_LAST_ID.to_owned());
        }
        let problem = format!("of the sequence of the ids: {}", problems.join("; "));
        (!problems.is_empty()).then(|| super::finding::finding(name, problem, advice.join("; ")))
    }
}
