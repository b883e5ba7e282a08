//! The triggers that refuse to change or remove entries, their function, and triggers of others.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Text};

use super::finding::finding;
use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::identifier::quoted;
use crate::domain::StoredText;

/// The body is what is compared, between the `$$`.
const FUNCTION: &str = "create or replace function admin_audit_log_refuse() returns trigger \
     language plpgsql as $$ begin raise exception \
     'admin_audit_log refuses %: its rows are never changed or removed', tg_op \
     using errcode = 'insufficient_privilege'; end $$";

/// Name, `pg_trigger.tgtype`, and what that means: BEFORE is 2, DELETE 8, UPDATE 16, TRUNCATE 32; FOR
/// EACH ROW would be 1.
const TRIGGERS: [(&str, i32, &str); 2] = [
    ("admin_audit_log_refuse", 2 + 8 + 16, "before update or delete"),
    ("admin_audit_log_refuse_truncate", 2 + 32, "before truncate"),
];

#[derive(QueryableByName)]
struct Actual {
    #[diesel(sql_type = Text)]
    name: StoredText,
    #[diesel(sql_type = Integer)]
    events: i32,
    /// `A` is ALWAYS.
    #[diesel(sql_type = Text)]
    enabled: StoredText,
    /// It fires under a condition, for some columns, or at the end of the transaction.
    #[diesel(sql_type = Bool)]
    conditional: bool,
    #[diesel(sql_type = Bool)]
    has_arguments: bool,
    /// It calls `admin_audit_log_refuse()` in the schema of the table.
    #[diesel(sql_type = Bool)]
    calls_ours: bool,
    #[diesel(embed)]
    function: Function,
}

/// The function that a trigger calls.
#[derive(QueryableByName)]
struct Function {
    #[diesel(sql_type = Text)]
    body: StoredText,
    #[diesel(sql_type = Text)]
    language: StoredText,
    #[diesel(sql_type = Bool)]
    security_definer: bool,
    #[diesel(sql_type = Bool)]
    has_settings: bool,
    /// The owner of the table or a superuser owns the function.
    #[diesel(sql_type = Bool)]
    same_owner: bool,
    /// As SQL takes it.
    #[diesel(sql_type = Text)]
    table_owner: StoredText,
}

fn read(conn: &mut PgConnection) -> QueryResult<Vec<Actual>> {
    // Raw: the catalogue.
    diesel::sql_query(
        "select t.tgname::pg_catalog.text as name, t.tgtype::pg_catalog.int4 as events,
                t.tgenabled::pg_catalog.text as enabled,
                t.tgqual is not null or t.tgdeferrable
                    or pg_catalog.cardinality(t.tgattr::pg_catalog.int2[]) > 0 as conditional,
                t.tgnargs > 0 as has_arguments,
                p.proname = 'admin_audit_log_refuse'::pg_catalog.name
                    and p.pronamespace = c.relnamespace and p.pronargs = 0 as calls_ours,
                p.prosrc as body, l.lanname::pg_catalog.text as language,
                p.prosecdef as security_definer, p.proconfig is not null as has_settings,
                p.proowner = c.relowner or r.rolsuper as same_owner,
                c.relowner::pg_catalog.regrole::pg_catalog.text as table_owner
         from pg_catalog.pg_trigger t
              join pg_catalog.pg_class c on c.oid = t.tgrelid
              join pg_catalog.pg_proc p on p.oid = t.tgfoid
              join pg_catalog.pg_language l on l.oid = p.prolang
              join pg_catalog.pg_roles r on r.oid = p.proowner
         where t.tgrelid = pg_catalog.to_regclass($1)::pg_catalog.oid and not t.tgisinternal
         order by 1",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .load(conn)
}

pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let actual = read(conn)?;
    let mut found = Vec::new();
    let mut ours = Vec::new();
    for (name, events, meaning) in TRIGGERS {
        // A trigger that does the same under another name will do.
        let alike = actual.iter().find(|it| it.differences(events).is_empty());
        match alike.or_else(|| actual.iter().find(|it| it.name == name)) {
            Some(trigger) => {
                found.extend(trigger.difference(name, events, meaning));
                ours.push(&trigger.name);
            }
            None => found.push(missing(name, meaning)),
        }
    }
    found.extend(actual.iter().find(|it| it.calls_ours).and_then(|it| it.function.difference()));
    found.extend(actual.iter().filter(|it| !ours.contains(&&it.name)).map(Actual::addition));
    Ok(found)
}

/// The SQL that makes a trigger of ours and its function.
fn create(name: &str, meaning: &str) -> String {
    format!(
        "{FUNCTION}; create trigger {name} {meaning} on {AUDIT_LOG} for each statement execute \
         function admin_audit_log_refuse(); {}",
        enable(name)
    )
}

fn enable(name: &str) -> String {
    format!("alter table {AUDIT_LOG} enable always trigger {}", quoted(name))
}

fn missing(name: &str, meaning: &str) -> Finding {
    let problem = format!("entries can be changed or removed: no trigger {meaning}");
    finding(name, problem, create(name, meaning))
}

impl Actual {
    /// How it differs from a trigger of ours, in words.
    fn differences(&self, events: i32) -> Vec<&'static str> {
        let differs = [
            (self.events != events, "it fires at another time or for other changes"),
            (self.enabled != "A", "it is not ENABLE ALWAYS"),
            (self.conditional, "it fires under a condition, for some columns, or later"),
            (self.has_arguments, "it has arguments"),
            (!self.calls_ours, "it calls another function"),
        ];
        differs.into_iter().filter(|(differs, _)| *differs).map(|(_, words)| words).collect()
    }

    fn difference(&self, name: &str, events: i32, meaning: &str) -> Option<Finding> {
        let differences = self.differences(events);
        if differences.is_empty() {
            return None;
        }
        let advice = if differences == ["it is not ENABLE ALWAYS"] {
            enable(&self.name)
        } else {
            format!("drop trigger {name} on {AUDIT_LOG}; {}", create(name, meaning))
        };
        let problem = format!(
            "entries can be changed or removed: of the trigger {meaning}, {}",
            differences.join("; ")
        );
        Some(finding(name, problem, advice))
    }

    fn addition(&self) -> Finding {
        finding(
            &self.name,
            "a trigger of others can keep or change entries, or refuse every change",
            format!("drop trigger {} on {AUDIT_LOG}", quoted(&self.name)),
        )
    }
}

impl Function {
    fn difference(&self) -> Option<Finding> {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let body = FUNCTION.split("$$").nth(1).unwrap_or_default();
        let differs = [
            (words(&self.body) != words(body), "it does something else"),
            (self.language != "plpgsql", "its language is not plpgsql"),
            (self.security_definer, "it is SECURITY DEFINER"),
            (self.has_settings, "it has settings of its own"),
            (!self.same_owner, "its owner is not that of the table"),
        ];
        let problems: Vec<_> =
            differs.into_iter().filter(|(differs, _)| *differs).map(|(_, words)| words).collect();
        (!problems.is_empty()).then(|| {
            finding(
                "admin_audit_log_refuse()",
                format!("entries can be changed or removed: {}", problems.join("; ")),
                format!(
                    "{FUNCTION}; alter function admin_audit_log_refuse() owner to {}",
                    self.table_owner
                ),
            )
        })
    }
}
