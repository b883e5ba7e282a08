//! What is wrong with the tables or the rows in them.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};

use crate::db::codes::CodeKind;
use crate::db::maintenance::expected_schema::{
    Actual, ActualConstraint, CONSTRAINTS, Constraint, ConstraintKind, INDEXES, Index, TABLES,
};
use crate::db::quoted;
use crate::db::row_ids::{CODE_ID, token_id};
use crate::error::Result;

/// Something that is not as it should be, and what to do about it.
#[derive(Debug, Clone)]
pub struct Finding {
    pub table: &'static str,
    /// The column, constraint, index or kind of row.
    pub object: String,
    pub problem: String,
    pub advice: String,
}

/// Tables and columns that differ from the seed's. Additional columns are the service's own affair,
/// as long as a row can be written without them.
pub fn columns(actual: &Actual) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in TABLES {
        if !actual.columns.iter().any(|column| column.table == table.name) {
            findings.push(Finding {
                table: table.name,
                object: table.name.to_owned(),
                problem: "the table is missing".to_owned(),
                advice: "create it as the service's own scripts do".to_owned(),
            });
            continue;
        }
        for (name, wanted) in table.columns {
            let (problem, advice) = match actual.column(table.name, name) {
                // A default of the service's own harms nobody.
                Some(found)
                    if found.definition == *wanted
                        || found.definition.split(" default ").next() == Some(*wanted) =>
                {
                    continue;
                }
                Some(found) => (
                    format!("the column is `{}` and should be `{wanted}`", found.definition),
                    "alter the column",
                ),
                None => (format!("the column is missing: `{wanted}`"), "add the column"),
            };
            findings.push(Finding {
                table: table.name,
                object: (*name).to_owned(),
                problem,
                advice: advice.to_owned(),
            });
        }
        let more = actual.columns.iter().filter(|column| {
            column.table == table.name
                && !table.columns.iter().any(|(name, _)| *name == column.name)
                && column.definition.ends_with(" not null")
        });
        findings.extend(more.map(|column| Finding {
            table: table.name,
            object: column.name.clone(),
            problem:
                "a column that iamctl does not know wants a value and has no default".to_owned(),
            advice: "give it a default".to_owned(),
        }));
    }
    findings
}

/// The tables and columns that are not there, as a message names them.
pub fn missing(actual: &Actual) -> Vec<String> {
    let mut missing = Vec::new();
    for table in TABLES {
        if !actual.columns.iter().any(|column| column.table == table.name) {
            missing.push(format!("the table {} is missing", table.name));
            continue;
        }
        let absent =
            table.columns.iter().filter(|(name, _)| actual.column(table.name, name).is_none());
        missing
            .extend(absent.map(|(name, _)| format!("the column {}.{name} is missing", table.name)));
    }
    missing
}

/// Constraints and indexes that are missing, not valid, or under a name that the service does not
/// know.
pub fn keys(actual: &Actual) -> Vec<Finding> {
    let mut findings = Vec::new();
    for wanted in &CONSTRAINTS {
        let (problem, advice) = match actual.constraint(wanted) {
            None => (
                format!("the constraint is missing: {}", wanted.definition()),
                add_constraint(wanted),
            ),
            Some(found) if !found.validated => (
                "the constraint was never validated".to_owned(),
                format!("alter table {} validate constraint {}", wanted.table, found.name),
            ),
            Some(found) if wanted.named_by_service && found.name != wanted.name => (
                format!(
                    "the constraint is called `{}`, which the service does not know",
                    found.name
                ),
                format!(
                    "alter table {} rename constraint {} to {}",
                    wanted.table, found.name, wanted.name
                ),
            ),
            Some(_) => continue,
        };
        findings.push(Finding {
            table: wanted.table,
            object: wanted.name.to_owned(),
            problem,
            advice,
        });
    }
    let cascades = |wanted: &&Constraint| {
        wanted.kind == ConstraintKind::ForeignKey && actual.constraint(wanted).is_some()
    };
    for wanted in CONSTRAINTS.iter().filter(cascades) {
        findings.extend(other_foreign_keys(actual, wanted).map(|other| Finding {
            table: wanted.table,
            object: other.name.clone(),
            problem: format!("keeps users from being erased: {}", other.definition),
            advice: format!("alter table {} drop constraint {}", wanted.table, quoted(&other.name)),
        }));
    }
    for wanted in &INDEXES {
        if actual.index(wanted.table, wanted.definition).is_none() {
            findings.push(Finding {
                table: wanted.table,
                object: wanted.name.to_owned(),
                problem: format!("no valid index {}", wanted.definition),
                advice: create_index(actual, wanted),
            });
        }
    }
    findings
}

/// Foreign keys of the same column to `users` that do something else when a user is erased.
pub fn other_foreign_keys<'a>(
    actual: &'a Actual,
    wanted: &Constraint,
) -> impl Iterator<Item = &'a ActualConstraint> {
    let start = format!("FOREIGN KEY ({}) REFERENCES users(", wanted.columns);
    let wanted = *wanted;
    actual.constraints.iter().filter(move |found| {
        found.table == wanted.table
            && found.definition.starts_with(&start)
            && !found.cascades(&wanted)
    })
}

/// What is missing of the audit log, and of what keeps its rows as they are.
pub fn audit_log(conn: &mut PgConnection) -> Result<Vec<Finding>> {
    #[derive(QueryableByName)]
    struct Log {
        #[diesel(sql_type = Array<Text>)]
        columns: Vec<String>,
        /// The trigger is there and binds every session.
        #[diesel(sql_type = Bool)]
        refuses: bool,
    }
    const TABLE: &str = "admin_audit_log";
    const COLUMNS: [&str; 11] = [
        "id",
        "at",
        "database_role",
        "actor",
        "sudo_actor",
        "host",
        "action",
        "target",
        "reason",
        "details",
        "program_version",
    ];
    let log: Log = diesel::sql_query(
        "select array(select attname::text from pg_attribute
                      where attrelid = to_regclass($1) and attnum > 0 and not attisdropped) as columns,
                exists (select from pg_trigger
                        where tgrelid = to_regclass($1) and tgname = 'admin_audit_log_refuse'
                          and tgenabled = 'A') as refuses",
    )
    .bind::<Text, _>(TABLE)
    .get_result(conn)?;
    let finding = |object: &str, problem: &str, advice: &str| Finding {
        table: TABLE,
        object: object.to_owned(),
        problem: problem.to_owned(),
        advice: advice.to_owned(),
    };
    if log.columns.is_empty() {
        return Ok(vec![finding(
            TABLE,
            "the table is missing: nothing can be changed",
            "restore it from a backup, or `iamctl db revert --discard-audit` and `db migrate`",
        )]);
    }
    let missing = COLUMNS.iter().filter(|column| !log.columns.iter().any(|found| found == *column));
    let mut findings: Vec<_> =
        missing.map(|column| finding(column, "the column is missing", "add the column")).collect();
    if !log.refuses {
        findings.push(finding(
            "admin_audit_log_refuse",
            "rows can be changed and removed: the trigger is missing, or not ENABLE ALWAYS",
            "alter table admin_audit_log enable always trigger admin_audit_log_refuse",
        ));
    }
    Ok(findings)
}

/// The SQL that makes an index, without an outage where the table allows that.
pub fn create_index(actual: &Actual, wanted: &Index) -> String {
    let concurrently = if actual.is_partitioned(wanted.table) { "" } else { "concurrently " };
    format!("create index {concurrently}{} on {} {}", wanted.name, wanted.table, wanted.definition)
}

fn add_constraint(wanted: &Constraint) -> String {
    format!("alter table {} add constraint {} {}", wanted.table, wanted.name, wanted.definition())
}

#[derive(QueryableByName)]
struct Group {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
    #[diesel(sql_type = BigInt)]
    rows: i64,
    #[diesel(sql_type = Array<Text>)]
    examples: Vec<String>,
}

/// As many as a list of findings shows of a kind.
const MOST: i64 = 20;

/// Rows that a missing key or unique constraint would refuse. Reads the whole table.
pub fn duplicates(conn: &mut PgConnection, wanted: &Constraint) -> Result<Vec<Finding>> {
    // A code or token is a secret: its id stands for it.
    let token_id = token_id("token");
    let (value, example) = match (wanted.table, wanted.columns) {
        ("users", "email") => ("email", "id::text"),
        ("users", _) => ("min(username)", "id::text"),
        (_, "code") => (CODE_ID, "user_id::text"),
        (_, "token") => (token_id.as_str(), "user_id::text"),
        _ => ("concat_ws(', ', owner_id, user_id)", "user_id::text"),
    };
    let example = if wanted.table == "api_tokens" { "owner_id::text" } else { example };
    let groups: Vec<Group> = diesel::sql_query(format!(
        "select ({value})::text as value, count(*) as rows,
                (array_agg({example}))[1:10] as examples
         from {} group by {} having count(*) > 1 order by 2 desc limit {MOST}",
        wanted.table, wanted.columns
    ))
    .load(conn)?;
    let finding = |group: Group| Finding {
        table: wanted.table,
        object: wanted.name.to_owned(),
        problem: format!(
            "{} rows have the same {} ({}): {}",
            group.rows,
            wanted.columns,
            group.value.unwrap_or_default(),
            group.examples.join(", ")
        ),
        advice: "keep one of them".to_owned(),
    };
    Ok(groups.into_iter().map(finding).collect())
}

/// Rows whose user is not there. Reads the whole table.
pub fn orphans(conn: &mut PgConnection, table: &'static str) -> Result<Vec<Finding>> {
    let groups: Vec<Group> = diesel::sql_query(format!(
        "select t.user_id::text as value, count(*) as rows, array[]::text[] as examples
         from {table} t where not exists (select from users u where u.id = t.user_id)
         group by t.user_id order by 2 desc limit {MOST}"
    ))
    .load(conn)?;
    let finding = |group: Group| Finding {
        table,
        object: "user_id".to_owned(),
        problem: format!(
            "{} rows belong to user {}, who is not there",
            group.rows,
            group.value.unwrap_or_default()
        ),
        advice: "delete them".to_owned(),
    };
    Ok(groups.into_iter().map(finding).collect())
}

/// Rows that the service does not understand or cannot find. Reads whole tables.
pub fn rows(conn: &mut PgConnection, actual: &Actual) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    // What is not there cannot be looked into, and is a finding of its own.
    let has = |table: &str, columns: &[&str]| {
        columns.iter().all(|column| actual.column(table, column).is_some())
    };
    for wanted in CONSTRAINTS.iter().filter(|wanted| wanted.kind == ConstraintKind::ForeignKey) {
        // Also where the key is there: a session may have been exempt from it.
        if has("users", &["id"]) && has(wanted.table, &["user_id"]) {
            findings.extend(orphans(conn, wanted.table)?);
        }
    }
    for kind in CodeKind::ALL.into_iter().filter(|kind| has(kind.table(), &["code"])) {
        let unusual =
            format!("select count(*) from {} where code !~ '^[A-Za-z0-9+/]{{43}}=$'", kind.table());
        count(conn, &mut findings, kind.table(), "code", &unusual, |count| {
            (
                format!("{count} codes are not 32 bytes in base64, and match no link"),
                "iamctl code purge removes them once they have expired".to_owned(),
            )
        })?;
    }
    // Of names that no rule allows, two capitals have a lower case that "C" does not know.
    let fingerprints = "select count(*) from users where username !~ '[\\u0130\\u212a]'
         and username_fingerprint <> convert_to(encode(sha256(convert_to(
             regexp_replace(lower(username collate \"C\"), '[^a-z0-9]', '$', 'g'), 'utf8')), 'hex'), 'utf8')";
    if has("users", &["username", "username_fingerprint"]) {
        count(conn, &mut findings, "users", "username_fingerprint", fingerprints, |count| {
            (
                format!("{count} fingerprints are not those of the usernames: no login by name"),
                "iamctl user rename writes them anew: to the name they have, or to one that the \
                 rules allow"
                    .to_owned(),
            )
        })?;
    }
    if has("users", &["email"]) {
        let upper = "select count(*) from users where email <> lower(email)";
        count(conn, &mut findings, "users", "email", upper, |count| {
            (
                format!("{count} emails are not in lower case, as the service looks them up"),
                "iamctl user set-email, to the address they have; --verified only where it is so"
                    .to_owned(),
            )
        })?;
    }
    let orphaned = "select count(*) from api_tokens t where not t.revoked and t.expires_at > now()
         and not exists (select from api_token_owners o where o.owner_id = t.owner_id)";
    if has("api_tokens", &["owner_id", "revoked", "expires_at"])
        && has("api_token_owners", &["owner_id"])
    {
        count(conn, &mut findings, "api_tokens", "owner_id", orphaned, |count| {
            (
                format!("{count} live tokens belong to owners without users"),
                "iamctl token list --orphaned shows them".to_owned(),
            )
        })?;
    }
    Ok(findings)
}

fn count(
    conn: &mut PgConnection,
    findings: &mut Vec<Finding>,
    table: &'static str,
    object: &str,
    query: &str,
    words: impl FnOnce(i64) -> (String, String),
) -> Result<()> {
    let count = crate::db::filter::count(conn, diesel::sql_query(query).into_boxed())?;
    if count > 0 {
        let (problem, advice) = words(count);
        findings.push(Finding { table, object: object.to_owned(), problem, advice });
    }
    Ok(())
}
