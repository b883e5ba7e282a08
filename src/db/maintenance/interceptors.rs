//! What others put on our tables that can hide, keep or change rows: row security, rules, triggers.

use std::fmt;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::expected_schema::{AUDIT_LOG, all_tables};
use super::schema_check::Finding;

/// Row security, a rule or a trigger on one of our tables or its partitions.
#[derive(Debug)]
pub struct Interceptor {
    pub table: String,
    /// Of row security, the names of its policies.
    name: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    RowSecurity {
        /// It applies to this role.
        active: bool,
    },
    Rule {
        /// `INSERT`, `UPDATE` or `DELETE`.
        event: String,
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
    table: String,
    /// `row security`, `rule` or `trigger`.
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    /// Of a rule, else empty.
    #[diesel(sql_type = Text)]
    event: String,
    /// `active`, `instead` or `before_rows`.
    #[diesel(sql_type = Bool)]
    can_keep_rows: bool,
}

impl From<Row> for Interceptor {
    fn from(Row { table, kind, name, event, can_keep_rows }: Row) -> Self {
        let kind = match kind.as_str() {
            "row security" => Kind::RowSecurity { active: can_keep_rows },
            "rule" => Kind::Rule { event, instead: can_keep_rows },
            _ => Kind::Trigger { before_rows: can_keep_rows },
        };
        Self { table, name, kind }
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

    /// Whether it is a rule that replaces the deletion of rows.
    pub fn replaces_deletion(&self) -> bool {
        matches!(&self.kind, Kind::Rule { event, instead: true } if event == "DELETE")
    }

    /// Whether iamctl cannot work with it: rows are hidden, or changes replaced.
    pub fn is_fatal(&self) -> bool {
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
            object: self.name.clone(),
            problem: problem.to_owned(),
            advice: advice.to_owned(),
        })
    }
}

/// Everything of that kind on our tables.
pub fn read(conn: &mut PgConnection) -> QueryResult<Vec<Interceptor>> {
    // Raw: the catalogue. Of `tgtype`, bit 0 is "for each row", bit 1 is "before". Enabled are `O`, which is
    // the usual, and `A`, ALWAYS; `R` fires only where changes are replicated.
    let rows: Vec<Row> = diesel::sql_query(
        "with ours as (
             select named.name, c.oid, c.relrowsecurity
             from pg_catalog.unnest($1) as named (name)
                  cross join lateral (
                      select pg_catalog.to_regclass(pg_catalog.quote_ident(named.name))::oid as oid
                      union
                      select relid from pg_catalog.pg_partition_tree(
                          pg_catalog.to_regclass(pg_catalog.quote_ident(named.name)))
                  ) relation
                  join pg_class c on c.oid = relation.oid)
         select name as \"table\", 'row security' as kind,
                coalesce((select pg_catalog.string_agg(polname, ', ' order by polname)
                          from pg_policy where polrelid = ours.oid), 'no policy') as name,
                '' as event, pg_catalog.row_security_active(ours.oid) as can_keep_rows
         from ours where relrowsecurity
         union all
         select name, 'rule', rulename,
                case ev_type when '2' then 'UPDATE' when '3' then 'INSERT' else 'DELETE' end,
                is_instead
         from ours join pg_rewrite on ev_class = ours.oid
         where ev_type in ('2', '3', '4') and ev_enabled in ('O', 'A')
         union all
         select ours.name, 'trigger', tgname, '', tgtype::int & 3 = 3
         from ours join pg_trigger on tgrelid = ours.oid
         where not tgisinternal and tgenabled in ('O', 'A')
           and not (ours.name = 'admin_audit_log'
                    and tgname in ('admin_audit_log_refuse', 'admin_audit_log_refuse_truncate'))
         order by 1, 2, 3",
    )
    .bind::<Array<Text>, _>(all_tables())
    .load(conn)?;
    Ok(rows.into_iter().map(Interceptor::from).collect())
}

/// What may keep rows of the service's tables, as findings. `audit_check` has those of the audit log.
pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let mut found = read(conn)?;
    found.retain(|interceptor| interceptor.table != AUDIT_LOG);
    Ok(found.iter().filter_map(Interceptor::finding).collect())
}
