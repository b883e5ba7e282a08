//! What others put on our tables that can hide, keep or change rows: row security, rules, triggers.

use std::fmt;

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::expected_schema::{AUDIT_LOG, all_tables, service_tables};
use super::finding::Finding;
use super::references;
use crate::domain::StoredText;

/// Row security or a rule on one of our tables, or a trigger on it or one of its partitions.
#[derive(Debug)]
pub struct Interceptor {
    pub table: StoredText,
    /// Of row security, the names of its policies.
    name: StoredText,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    RowSecurity {
        /// It applies to this role.
        active: bool,
    },
    Rule {
        /// It replaces the change, in place of adding to it.
        instead: bool,
    },
    Trigger {
        /// It runs before each row, and can keep or change it.
        before_rows: bool,
    },
}

/// An interceptor, as the catalogue has it.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table: StoredText,
    /// `row security`, `rule` or `trigger`.
    #[diesel(sql_type = Text)]
    kind: StoredText,
    #[diesel(sql_type = Text)]
    name: StoredText,
    /// Of a rule, else false; likewise the next two of row security and of a trigger.
    #[diesel(sql_type = Bool)]
    instead: bool,
    #[diesel(sql_type = Bool)]
    active: bool,
    #[diesel(sql_type = Bool)]
    before_rows: bool,
}

impl From<Row> for Interceptor {
    fn from(row: Row) -> Self {
        let kind = match row.kind.as_str() {
            "row security" => Kind::RowSecurity { active: row.active },
            "rule" => Kind::Rule { instead: row.instead },
            _ => Kind::Trigger { before_rows: row.before_rows },
        };
        Self { table: row.table, name: row.name, kind }
    }
}

impl fmt::Display for Interceptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::RowSecurity { .. } => "row security",
            Kind::Rule { .. } => "rule",
            Kind::Trigger { .. } => "trigger",
        };
        write!(f, "the {kind} `{}` on `{}`", self.name, self.table)
    }
}

impl Interceptor {
    pub fn is_rule(&self) -> bool {
        matches!(self.kind, Kind::Rule { .. })
    }

    /// Whether iamctl cannot work with it: rows are hidden, or changes replaced.
    pub fn stops_iamctl(&self) -> bool {
        matches!(self.kind, Kind::RowSecurity { active: true } | Kind::Rule { instead: true, .. })
    }

    /// A finding where it may keep rows from this role or another, or make changes fail.
    fn finding(&self) -> Option<Finding> {
        let (problem, advice) = match self.kind {
            Kind::RowSecurity { .. } => (
                "row security hides or keeps rows from roles that it applies to",
                "disable it, or run iamctl as a role with BYPASSRLS",
            ),
            Kind::Rule { instead: true, .. } => {
                ("a rule replaces changes of rows", "drop the rule")
            }
            Kind::Rule { instead: false, .. } => (
                "a rule adds to changes of rows, and PostgreSQL refuses some statements beside it",
                "drop the rule; a trigger that runs after each row can take its place",
            ),
            Kind::Trigger { before_rows: true } => (
                "a trigger runs before each row, and can keep or change it",
                "make sure that it returns the row as it gets it, or drop it",
            ),
            Kind::Trigger { before_rows: false } => return None,
        };
        Some(Finding {
            table: all_tables().into_iter().find(|table| *table == self.table)?,
            object: self.name.to_string(),
            problem: problem.to_owned(),
            advice: advice.to_owned(),
        })
    }
}

/// All row security, rules and triggers on our tables.
pub fn read(conn: &mut PgConnection) -> QueryResult<Vec<Interceptor>> {
    // Raw: the catalogue. Enabled are `O`, which is the usual, and `A`, ALWAYS; `R` fires only where
    // changes are replicated. Of `ev_type`, 2 to 4 are changes. Of `tgtype`, bit 0 is "for each row", bit 1
    // is "before". Of a partition, only the triggers for each row fire for a statement on our table. Those
    // that it has from our table are the same row here, which UNION leaves out.
    let rows: Vec<Row> = diesel::sql_query(
        "with ours as (
             select named.name as \"table\", c.oid, c.relrowsecurity
             from pg_catalog.unnest($1) as named (name)
                  join pg_catalog.pg_class c
                    on c.oid = pg_catalog.to_regclass(
                                   pg_catalog.quote_ident(named.name))::pg_catalog.oid)
         select \"table\", 'row security' as kind,
                coalesce((select pg_catalog.string_agg(
                                     p.polname::pg_catalog.text, ', ' order by p.polname)
                          from pg_catalog.pg_policy p where p.polrelid = ours.oid),
                         'no policy') as name,
                false as instead,
                pg_catalog.row_security_active(ours.oid) as active, false as before_rows
         from ours where relrowsecurity
         union
         select \"table\", 'rule', r.rulename::pg_catalog.text,
                r.is_instead, false, false
         from ours join pg_catalog.pg_rewrite r on r.ev_class = ours.oid
         where r.ev_type in ('2', '3', '4') and r.ev_enabled in ('O', 'A')
         union
         select \"table\", 'trigger', t.tgname::pg_catalog.text,
                false, false, t.tgtype::pg_catalog.int4 & 3 = 3
         from ours
              left join lateral pg_catalog.pg_partition_tree(ours.oid) part on true
              join pg_catalog.pg_trigger t
                on t.tgrelid = coalesce(part.relid::pg_catalog.oid, ours.oid)
         where not t.tgisinternal and t.tgenabled in ('O', 'A')
           and (t.tgrelid = ours.oid or t.tgtype::pg_catalog.int4 & 1 = 1)
           and not (\"table\" = 'admin_audit_log'
                    and t.tgname in ('admin_audit_log_refuse', 'admin_audit_log_refuse_truncate'))
         order by 1, 2, 3",
    )
    .bind::<Array<Text>, _>(all_tables())
    .load(conn)?;
    Ok(rows.into_iter().map(Interceptor::from).collect())
}

/// A rule that replaces the deletion of rows of one of the tables; `None` where there is none.
pub fn replaced_deletion(
    conn: &mut PgConnection,
    tables: &[&str],
) -> QueryResult<Option<Interceptor>> {
    // Raw: the catalogue. Of `ev_type`, 4 is DELETE; for `ev_enabled`, see `read`.
    let rule: Option<Row> = diesel::sql_query(
        "select named.name as \"table\", 'rule' as kind, r.rulename::pg_catalog.text as name,
                true as instead, false as active, false as before_rows
         from pg_catalog.unnest($1) as named (name)
              join pg_catalog.pg_rewrite r
                on r.ev_class = pg_catalog.to_regclass(
                                    pg_catalog.quote_ident(named.name))::pg_catalog.oid
         where r.ev_type = '4' and r.is_instead and r.ev_enabled in ('O', 'A')
         order by 1, 3
         limit 1",
    )
    .bind::<Array<Text>, _>(tables)
    .get_result(conn)
    .optional()?;
    Ok(rule.map(Interceptor::from))
}

/// Those of the tables whose deletions run a trigger: one of others, or that of a foreign key to the table.
pub fn watched_deletions(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<Vec<StoredText>> {
    #[derive(QueryableByName)]
    struct Watched {
        #[diesel(sql_type = Text)]
        name: StoredText,
    }
    // Raw: the catalogue. Of `tgtype`, bit 3 is "on delete".
    let watched: Vec<Watched> = diesel::sql_query(
        "select named.name
         from pg_catalog.unnest($1) as named (name)
         cross join lateral (select pg_catalog.to_regclass(pg_catalog.quote_ident(named.name))) t (relation)
         where exists (
             select from pg_catalog.pg_trigger g
             where g.tgtype::pg_catalog.int4 & 8 = 8 and g.tgenabled in ('O', 'A')
               and (g.tgrelid = t.relation::pg_catalog.oid
                    or g.tgrelid in (select p.relid::pg_catalog.oid
                                     from pg_catalog.pg_partition_tree(t.relation) p)))",
    )
    .bind::<Array<Text>, _>(tables)
    .load(conn)?;
    Ok(watched.into_iter().map(|it| it.name).collect())
}

/// Whether triggers of others run for each row that is deleted, or foreign keys of others refer to our tables.
pub fn watch_deleted_rows(conn: &mut PgConnection) -> QueryResult<bool> {
    // Raw: the catalogue. Of `tgtype`, bit 0 is "for each row", bit 3 is "on delete".
    let has_trigger = sql::<Bool>(
        "exists (
             select from pg_catalog.unnest(",
    )
    .bind::<Array<Text>, _>(service_tables())
    .sql(
        ") as named (name)
             cross join lateral (select pg_catalog.to_regclass(pg_catalog.quote_ident(named.name))) t (relation)
             left join lateral pg_catalog.pg_partition_tree(t.relation) part on true
             join pg_catalog.pg_trigger g
               on g.tgrelid = coalesce(part.relid::pg_catalog.oid, t.relation::pg_catalog.oid)
             where not g.tgisinternal and g.tgenabled in ('O', 'A')
               and g.tgtype::pg_catalog.int4 & 9 = 9)",
    );
    let has_trigger: bool = diesel::select(has_trigger).get_result(conn)?;
    Ok(has_trigger || !references::read(conn)?.is_empty())
}

/// What may keep rows of the service's tables, as findings. `audit_check` has those of the audit log.
pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let mut found = read(conn)?;
    found.retain(|interceptor| interceptor.table != AUDIT_LOG);
    Ok(found.iter().filter_map(Interceptor::finding).collect())
}
