//! The columns and their defaults.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use super::finding::{Difference, altered, finding};
use super::sequence::AFTER_THE_LAST_ID;
use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::identifier::quoted;
use crate::domain::StoredText;

struct Column {
    name: &'static str,
    /// A type of `pg_catalog`.
    kind: &'static str,
    not_null: bool,
    /// As PostgreSQL prints it.
    default: Option<&'static str>,
    /// As SQL that means the same whatever the search path is. PostgreSQL prints it, too, where the path
    /// finds another function of that name.
    default_sql: Option<&'static str>,
}

const fn required(name: &'static str, kind: &'static str) -> Column {
    Column { name, kind, not_null: true, default: None, default_sql: None }
}

const fn optional(name: &'static str) -> Column {
    Column { not_null: false, ..required(name, "text") }
}

impl Column {
    const fn with_default(self, default: &'static str, default_sql: &'static str) -> Self {
        Self { default: Some(default), default_sql: Some(default_sql), ..self }
    }
}

/// PostgreSQL 18 has such columns. They take no DROP EXPRESSION.
const VIRTUAL: &str = "v";

/// GENERATED ALWAYS AS IDENTITY.
const ID: &str = "id";

const COLUMNS: [Column; 13] = [
    required(ID, "int8"),
    required("at", "timestamptz").with_default("now()", "pg_catalog.now()"),
    required("database_role", "text").with_default("SESSION_USER", "session_user"),
    required("actor", "text"),
    optional("sudo_actor"),
    required("host", "text"),
    required("action", "text"),
    optional("target"),
    optional("reason"),
    required("details", "jsonb"),
    required("program_version", "text"),
    Column { kind: "uuid", ..optional("change_id") }.with_default(
        "((string_to_array(current_setting('iamctl.change'::text, true), '/'::text))[1])::uuid",
        "((pg_catalog.string_to_array(pg_catalog.current_setting('iamctl.change'::text, true), '/'::text))[1])::uuid",
    ),
    Column { kind: "int4", ..optional("change_step") }.with_default(
        "((string_to_array(current_setting('iamctl.change'::text, true), '/'::text))[2])::integer",
        "((pg_catalog.string_to_array(pg_catalog.current_setting('iamctl.change'::text, true), '/'::text))[2])::integer",
    ),
];

#[derive(QueryableByName)]
struct Actual {
    #[diesel(sql_type = Text)]
    name: StoredText,
    /// With its schema unless that is `pg_catalog`, its precision, and a collation other than its own.
    #[diesel(sql_type = Text)]
    kind: StoredText,
    #[diesel(sql_type = Bool)]
    domain: bool,
    #[diesel(sql_type = Bool)]
    not_null: bool,
    /// `a` is ALWAYS, `d` is BY DEFAULT; else empty.
    #[diesel(sql_type = Text)]
    identity: StoredText,
    /// `s` is computed from other columns when it is written, `v` when it is read; else empty.
    #[diesel(sql_type = Text)]
    generated: StoredText,
    #[diesel(sql_type = Nullable<Text>)]
    default: Option<StoredText>,
    /// The default uses a function, type or sequence that is not PostgreSQL's own.
    #[diesel(sql_type = Bool)]
    default_of_others: bool,
}

fn read(conn: &mut PgConnection) -> QueryResult<Vec<Actual>> {
    // Raw: the catalogue. An expression has no dependency on what is built in, and the dependency `a`
    // on its own column.
    diesel::sql_query(
        "select a.attname::pg_catalog.text as name,
                pg_catalog.concat(
                    case when n.nspname <> 'pg_catalog'::pg_catalog.name
                         then n.nspname::pg_catalog.text || '.'::pg_catalog.text end,
                    t.typname::pg_catalog.text,
                    case when a.atttypmod <> -1
                         then pg_catalog.format('(%s)'::pg_catalog.text, a.atttypmod) end,
                    ' collate '::pg_catalog.text || o.collname::pg_catalog.text) as kind,
                t.typtype = 'd' as domain,
                a.attnotnull as not_null, a.attidentity::pg_catalog.text as identity,
                a.attgenerated::pg_catalog.text as generated,
                pg_catalog.pg_get_expr(d.adbin, d.adrelid) as \"default\",
                exists (select from pg_catalog.pg_depend p
                        where p.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid
                          and p.objid = d.oid and p.deptype = 'n') as default_of_others
         from pg_catalog.pg_attribute a
              join pg_catalog.pg_type t on t.oid = a.atttypid
              join pg_catalog.pg_namespace n on n.oid = t.typnamespace
              left join pg_catalog.pg_collation o
                on o.oid = a.attcollation and a.attcollation <> t.typcollation
              left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = pg_catalog.to_regclass($1)::pg_catalog.oid
           and a.attnum > 0 and not a.attisdropped
         order by a.attnum",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .load(conn)
}

pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let actual = read(conn)?;
    let mut found = Vec::new();
    for wanted in &COLUMNS {
        match actual.iter().find(|column| column.name == wanted.name) {
            Some(column) => found.extend(wanted.difference(column)),
            None => found.push(finding(wanted.name, "the column is missing", wanted.add())),
        }
    }
    let others = actual.iter().filter(|it| COLUMNS.iter().all(|wanted| it.name != wanted.name));
    found.extend(others.filter_map(Actual::addition));
    Ok(found)
}

impl Column {
    fn difference(&self, actual: &Actual) -> Option<Finding> {
        if actual.generated == VIRTUAL {
            let advice =
                format!("alter table {AUDIT_LOG} drop column {}; {}", self.name, self.add());
            return Some(finding(self.name, "its value is computed, and not stored", advice));
        }
        let differences = [
            self.kind(actual),
            self.nullability(actual),
            self.generation(actual),
            self.default(actual),
        ];
        let mut found = altered(self.name, differences.into_iter().flatten().collect())?;
        if self.name == ID && actual.identity.is_empty() {
            found.advice = format!("{}; {AFTER_THE_LAST_ID}", found.advice);
        }
        Some(found)
    }

    fn kind(&self, actual: &Actual) -> Option<Difference> {
        let Self { name, kind, .. } = self;
        // A cast would read times without a zone as the session's; iamctl's sessions write UTC.
        let has_no_zone = matches!(actual.kind.split('(').next(), Some("timestamp" | "date"));
        let using = if *kind == "timestamptz" && has_no_zone {
            format!("{name}::pg_catalog.timestamp at time zone 'utc'")
        } else {
            format!("{name}::pg_catalog.{kind}")
        };
        (actual.kind != *kind).then(|| Difference {
            problem: format!("its type is `{}`, not `{kind}`", actual.kind),
            clause: format!("alter column {name} type pg_catalog.{kind} using {using}"),
        })
    }

    fn nullability(&self, actual: &Actual) -> Option<Difference> {
        let (problem, change) = match (self.not_null, actual.not_null) {
            (true, false) => ("it may be NULL", "set"),
            (false, true) => ("it may not be NULL", "drop"),
            _ => return None,
        };
        let clause = format!("alter column {} {change} not null", self.name);
        Some(Difference { problem: problem.to_owned(), clause })
    }

    fn generation(&self, actual: &Actual) -> Option<Difference> {
        let (problem, change) = match (self.name == ID, actual.identity.as_str()) {
            (_, "") if !actual.generated.is_empty() => ("its value is computed", "drop expression"),
            (true, "a") | (false, "") => return None,
            (true, "d") => ("it is generated only by default", "set generated always"),
            (true, _) => ("it is not generated", "add generated always as identity"),
            (false, _) => ("it is generated as identity", "drop identity"),
        };
        let clause = format!("alter column {} {change}", self.name);
        Some(Difference { problem: problem.to_owned(), clause })
    }

    fn default(&self, actual: &Actual) -> Option<Difference> {
        // Of a computed column this is the expression.
        let found = actual.default.as_deref().filter(|_| actual.generated.is_empty());
        let of_others = found.is_some() && actual.default_of_others;
        if (found == self.default || found == self.default_sql) && !of_others {
            return None;
        }
        let words =
            |default: Option<&str>| default.map_or("none".to_owned(), |it| format!("`{it}`"));
        let of_others = if of_others { " (not PostgreSQL's own)" } else { "" };
        let change = match self.default_sql {
            Some(default) => format!("set default {default}"),
            None => "drop default".to_owned(),
        };
        Some(Difference {
            problem: format!(
                "its default is {}{of_others}, and should be {}",
                words(found),
                words(self.default)
            ),
            clause: format!("alter column {} {change}", self.name),
        })
    }

    /// The SQL that adds the column. Rows that are there get an empty value.
    fn add(&self) -> String {
        let Self { name, kind, .. } = self;
        let add = format!("alter table {AUDIT_LOG} add column {name} pg_catalog.{kind}");
        match (self.default_sql, self.not_null) {
            _ if *name == ID => format!("{add} generated always as identity"),
            (Some(default), true) => format!("{add} not null default {default}"),
            (Some(default), false) => {
                format!("{add}; alter table {AUDIT_LOG} alter column {name} set default {default}")
            }
            (None, false) => add,
            (None, true) => format!(
                "{add} not null default {}; alter table {AUDIT_LOG} alter column {name} drop default",
                if *kind == "jsonb" { "'{}'" } else { "''" }
            ),
        }
    }
}

impl Actual {
    /// A column of others that wants a value, or that something computes or checks for each entry.
    fn addition(&self) -> Option<Finding> {
        if self.generated == VIRTUAL {
            let advice = format!("alter table {AUDIT_LOG} drop column {}", quoted(&self.name));
            let problem = "a column of others: it is computed from each entry";
            return Some(finding(&self.name, problem, advice));
        }
        let computed = !self.generated.is_empty();
        let differs = [
            (computed, "it is computed for each entry", "drop expression"),
            (!self.identity.is_empty(), "it is generated as identity", "drop identity"),
            (
                !computed && self.default.is_some(),
                "its default is used for each entry",
                "drop default",
            ),
            (self.not_null, "it wants a value", "drop not null"),
            (self.domain, "its domain is checked for each entry", "type pg_catalog.text"),
        ];
        let differences = differs.into_iter().filter(|(differs, ..)| *differs);
        let differences = differences.map(|(_, problem, change)| Difference {
            problem: format!("a column of others: {problem}"),
            clause: format!("alter column {} {change}", quoted(&self.name)),
        });
        altered(&self.name, differences.collect())
    }
}
