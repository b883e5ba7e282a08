//! The indexes of `audit list`.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::finding::finding;
use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::identifier::quoted;
use crate::domain::StoredText;

/// Name and definition: method, columns with operator class where it is not the default, condition.
const INDEXES: [(&str, &str); 6] = [
    ("admin_audit_log_at", "btree (at, id)"),
    ("admin_audit_log_actor", "btree (actor, id)"),
    ("admin_audit_log_sudo_actor", "btree (sudo_actor, id) where (sudo_actor IS NOT NULL)"),
    ("admin_audit_log_action", "btree (action pg_catalog.text_pattern_ops, id)"),
    ("admin_audit_log_target", "btree (target, id) where (target IS NOT NULL)"),
    ("admin_audit_log_change", "btree (change_id, id) where (change_id IS NOT NULL)"),
];

#[derive(QueryableByName)]
struct Actual {
    #[diesel(sql_type = Text)]
    name: StoredText,
    #[diesel(sql_type = Text)]
    definition: StoredText,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Bool)]
    is_valid: bool,
    /// It calls a function, operator, operator class or domain that is neither PostgreSQL's own nor of
    /// an extension.
    #[diesel(sql_type = Bool)]
    of_others: bool,
}

/// Without those of constraints.
fn read(conn: &mut PgConnection) -> QueryResult<Vec<Actual>> {
    // Raw: the catalogue. The definition is put together from fields: that of `pg_get_indexdef` depends
    // on the search path. A condition of ours has no function or operator. What `initdb` made has an oid
    // below 16384, and what belongs to an extension the dependency `e`.
    diesel::sql_query(
        "select c.relname::pg_catalog.text as name, i.indisunique as is_unique,
                i.indisvalid and i.indisready as is_valid,
                exists (select from pg_catalog.pg_depend d
                             left join pg_catalog.pg_type t
                               on d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid
                                  and t.oid = d.refobjid
                        where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                          and d.objid = i.indexrelid
                          and d.refobjid >= 16384::pg_catalog.oid
                          and (t.typtype = 'd'
                               or d.refclassid = any (array[
                                      'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid,
                                      'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid,
                                      'pg_catalog.pg_opclass'::pg_catalog.regclass::pg_catalog.oid]))
                          and not exists (
                              select from pg_catalog.pg_depend e
                              where e.classid = d.refclassid and e.objid = d.refobjid
                                and e.deptype = 'e'))
                    as of_others,
                pg_catalog.concat(m.amname, ' (', (
                    select pg_catalog.string_agg(
                               pg_catalog.concat(
                                   coalesce(a.attname::pg_catalog.text, 'an expression'),
                                   case when not o.opcdefault
                                        then pg_catalog.concat(' ', n.nspname, '.', o.opcname) end,
                                   case when key.collated <> a.attcollation then ' collate' end,
                                   case when key.option <> 0
                                        then pg_catalog.concat(' option ', key.option) end,
                                   case when key.class is null then ' included' end),
                               ', '::pg_catalog.text order by key.place)
                    from rows from (
                             pg_catalog.unnest(i.indkey::pg_catalog.int2[]),
                             pg_catalog.unnest(i.indclass::pg_catalog.oid[]),
                             pg_catalog.unnest(i.indcollation::pg_catalog.oid[]),
                             pg_catalog.unnest(i.indoption::pg_catalog.int2[]))
                         with ordinality as key (number, class, collated, option, place)
                         left join pg_catalog.pg_attribute a
                           on a.attrelid = i.indrelid and a.attnum = key.number
                         left join pg_catalog.pg_opclass o on o.oid = key.class
                         left join pg_catalog.pg_namespace n on n.oid = o.opcnamespace), ')',
                    ' where '::pg_catalog.text || pg_catalog.pg_get_expr(i.indpred, i.indrelid)) as definition
         from pg_catalog.pg_index i
              join pg_catalog.pg_class c on c.oid = i.indexrelid
              join pg_catalog.pg_am m on m.oid = c.relam
         where i.indrelid = pg_catalog.to_regclass($1)::pg_catalog.oid
           and not exists (select from pg_catalog.pg_constraint k
                           where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
         order by 1",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .load(conn)
}

pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let actual = read(conn)?;
    let mut found: Vec<_> = INDEXES
        .iter()
        .filter_map(|(name, definition)| not_as_wanted(&actual, name, definition))
        .collect();
    // An index of one of our names may be one of others beside ours.
    let others = actual.iter().filter_map(Actual::addition);
    let others: Vec<_> =
        others.filter(|other| found.iter().all(|it| it.object != other.object)).collect();
    found.extend(others);
    Ok(found)
}

/// The index has another definition, is not valid, or is not there, whatever its name.
fn not_as_wanted(actual: &[Actual], name: &str, definition: &str) -> Option<Finding> {
    let same = || actual.iter().filter(|index| index.definition == definition && !index.is_unique);
    if same().any(|index| index.is_valid) {
        return None;
    }
    if let Some(Actual { name, .. }) = same().next() {
        let advice = format!("reindex index concurrently {}", quoted(name));
        return Some(finding(name, "the index is not valid, and is not used", advice));
    }
    let create = format!("create index concurrently {name} on {AUDIT_LOG} using {definition}");
    let Some(other) = actual.iter().find(|index| index.name == name) else {
        return Some(finding(name, format!("the index is missing: {definition}"), create));
    };
    let unique = if other.is_unique { "unique " } else { "" };
    Some(finding(
        name,
        format!("the index is {unique}{}, and should be {definition}", other.definition),
        format!("drop index concurrently {name}; {create}"),
    ))
}

impl Actual {
    /// An index of others that refuses entries, or runs something for each of them.
    fn addition(&self) -> Option<Finding> {
        if !(self.is_unique || self.of_others) {
            return None;
        }
        let problem = if self.is_unique {
            "a unique index of others can refuse entries, and so every change"
        } else {
            "an index of others runs a function of others for each entry"
        };
        let advice = format!("drop index concurrently {}", quoted(&self.name));
        Some(finding(&self.name, problem, advice))
    }
}
