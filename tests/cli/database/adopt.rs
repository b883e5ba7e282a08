//! `iamctl db adopt`: takes over databases that the service's own scripts created.

use serde_json::{Value, json};

use super::{SEED, dump, everything, foreign, is_as_migrated, objects, script};
use crate::support::{Db, Run};

/// Adopts the database, and returns the steps. Expects unchanged rows, a database without findings,
/// and the constraint names that the service knows.
#[track_caller]
pub fn adopted(db: &Db) -> Value {
    let rows = db.rows();
    let mut steps = db.iamctl("db adopt --yes").json();
    assert_adopted(db, &rows);
    // A dry run has none.
    for step in steps.as_array_mut().unwrap() {
        assert!(step["change_id"].is_string(), "{step}");
        step["change_id"] = Value::Null;
    }
    steps
}

#[track_caller]
pub fn assert_adopted(db: &Db, rows: &[String]) {
    assert_eq!(db.rows(), rows, "rows stay as they are");
    db.iamctl("db status").ok();
    // Constraints of others may refuse rows, which is a warning.
    let found = db.iamctl("db check").json();
    let failed = found.as_array().unwrap().iter().filter(|finding| finding["status"] != "warning");
    assert_eq!(failed.count(), 0, "{found:#}");
    let constraints = db.sql(
        "select conname, convalidated from pg_constraint
         where conrelid = 'users'::regclass and conname ~ '^users_unique' order by 1",
    );
    assert_eq!(constraints, "users_unique_email|t\nusers_unique_fingerprint|t");
    db.iamctl("user create dora --email dora@example.org").ok();
    db.iamctl("user create Dora --email other@example.org").fails(4).says("the username `Dora`");
    db.iamctl("user create other --email dora@example.org").fails(4).says("the email");
    db.iamctl("user erase dora --force --yes").ok();
    assert_eq!(db.rows(), rows);
}

/// Expects exit code 5, these findings, and no change, with and without `--dry-run`.
#[track_caller]
pub fn refused(db: &Db, findings: &[&str]) -> Value {
    let before = everything(db);
    for line in ["db adopt --yes -o json", "db adopt -o json", "db adopt --dry-run -o json"] {
        let outcome = db.iamctl(line).ends_with(5);
        assert!(outcome.stderr.contains(r#""kind":"refused""#), "{outcome:?}");
        assert_eq!(objects(&outcome.json()), findings, "{line}");
    }
    let table = db.iamctl("db adopt --yes").ends_with(5);
    assert_eq!(table.lines().len(), 1 + findings.len(), "{table:#?}");
    assert_eq!(everything(db), before, "a refused adoption changes nothing");
    db.iamctl("db status").ends_with(7).says("iamctl db adopt");
    db.iamctl("db adopt -o json").ends_with(5).json()
}

#[test]
fn adopt_adds_keys_and_indexes_to_tables_with_rows() {
    let db = foreign("");
    let steps = adopted(&db);
    assert!(steps.as_array().unwrap().iter().all(|step| step["changed"] == true), "{steps:#}");
    is_as_migrated(&db);
}

#[test]
fn every_step_is_audited_and_shown() {
    let db = foreign("");
    let steps = db.iamctl("db adopt --yes --reason takeover").json();
    let sql = |value: &Value| value["sql"].as_str().unwrap().to_owned();
    let shown: Vec<_> = steps.as_array().unwrap().iter().map(sql).collect();
    let audited = db.sql(
        "select details->>'sql' from admin_audit_log
         where action = 'db.adopt' and details ? 'sql' order by id",
    );
    assert_eq!(audited.lines().collect::<Vec<_>>(), shown);
    assert_eq!(
        db.sql(
            "select details->'versions' from admin_audit_log
             where details ? 'versions' order by id"
        ),
        "[\"20261124000002\", \"20261127000001\", \"20261127000002\", \"20261128000001\"]\n[\"20261124000001\", \"20261127000003\"]",
    );
    assert!(db.audit().iter().all(|row| row == "db.adopt||takeover"), "{:?}", db.audit());
    let keys: Vec<_> = steps[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["table", "object", "action", "changed", "sql", "change_id"]);
}

#[test]
fn no_step_locks_a_table_for_long() {
    let db = foreign("");
    for step in db.iamctl("db adopt --dry-run").json().as_array().unwrap() {
        let sql = step["sql"].as_str().unwrap();
        let gentle = ["create index concurrently", "create unique index concurrently"]
            .iter()
            .any(|start| sql.starts_with(start))
            || sql == "create extension pg_trgm schema \"public\""
            || sql.ends_with(" not valid")
            || sql.contains(" validate constraint ")
            || sql.contains(" using index ");
        assert!(gentle, "{sql}");
    }
}

#[test]
fn adopt_adds_keys_and_indexes_to_tables_without_rows() {
    let db = Db::bare();
    db.sql(SEED);
    adopted(&db);
    is_as_migrated(&db);
}

#[test]
fn a_dry_run_prints_the_sql_of_the_adoption_and_changes_nothing() {
    let own = "create unique index mail on users (email); create index on users (lower(email))";
    let db = foreign(own);
    let before = everything(&db);
    let sql = db.iamctl("db adopt --dry-run").ok().stdout;
    let steps = db.iamctl("db adopt --dry-run").json();
    for format in ["jsonl", "csv", "id"] {
        let outcome = db.iamctl("db adopt --dry-run -o").arg(format).ok();
        outcome.says("nothing was changed");
    }
    assert_eq!(everything(&db), before);
    assert_eq!(db.sql("select to_regclass('__diesel_schema_migrations')"), "");

    let by_psql = foreign(own);
    script(&by_psql, &sql);
    assert_eq!(adopted(&db), steps, "the dry run shows the steps of the adoption");
    assert_eq!(everything(&by_psql), everything(&db));
}

#[test]
fn psql_can_run_the_sql_of_a_dry_run() {
    let db = foreign("");
    let rows = db.rows();
    script(&db, &db.iamctl("db adopt --dry-run").ok().stdout);
    assert_adopted(&db, &rows);
}

#[test]
fn a_missing_column_is_refused() {
    let db = foreign("alter table refresh_tokens drop column created_at");
    let found = refused(&db, &["refresh_tokens.created_at"]);
    assert!(found[0]["problem"].as_str().unwrap().contains("missing"), "{found}");
    // One run finds all problems.
    let db = foreign(
        "alter table users drop column id, alter column email type varchar(200);
         update users set email = repeat('x', 101) where username = 'Bob';
         alter table api_tokens add column region text not null default 'eu';
         alter table api_tokens alter column region drop default",
    );
    refused(&db, &["users.id", "api_tokens.region", "users.email"]);
}

#[test]
fn a_missing_table_is_refused() {
    let db = foreign("drop table authorization_codes");
    let before = dump(&db);
    let found = db.iamctl("db adopt --yes -o json").ends_with(5).json();
    assert_eq!(objects(&found), ["authorization_codes.authorization_codes"]);
    assert_eq!(dump(&db), before);
}

#[test]
fn duplicate_emails_are_refused_with_the_ids_of_their_users() {
    let db = foreign("update users set email = 'same@example.org' where username <> 'Carol'");
    let found = refused(&db, &["users.users_unique_email"]);
    let problem = found[0]["problem"].as_str().unwrap();
    for expected in ["2 rows", "same@example.org"] {
        assert!(problem.contains(expected), "{problem}");
    }
    for id in db.sql("select id from users where username <> 'Carol'").lines() {
        assert!(problem.contains(id), "the problem lists their ids: {problem}");
    }
    assert!(!problem.contains(&db.sql("select id from users where username = 'Carol'")));
    db.sql("update users set email = lower(username) || '@example.org'");
    adopted(&db);
}

#[test]
fn duplicate_secrets_are_refused_and_not_shown() {
    let db = foreign(
        "insert into verification_codes select * from verification_codes;
         insert into refresh_tokens select * from refresh_tokens limit 1;
         insert into api_tokens select * from api_tokens limit 1;
         insert into api_token_owners select * from api_token_owners limit 1;
         insert into users select * from users where username = 'Bob'",
    );
    let found = refused(
        &db,
        &[
            "users.users_pkey",
            "users.users_unique_fingerprint",
            "users.users_unique_email",
            "verification_codes.verification_codes_pkey",
            "verification_codes.verification_codes_pkey",
            "verification_codes.verification_codes_pkey",
            "refresh_tokens.refresh_tokens_pkey",
            "api_tokens.api_tokens_pkey",
            "api_token_owners.api_token_owners_pkey",
        ],
    );
    let secrets = "select left(code, 16) from verification_codes union select left(token, 16) from api_tokens";
    for secret in db.sql(secrets).lines() {
        assert!(!found.to_string().contains(secret), "{found:#}");
    }
}

#[test]
fn rows_of_missing_users_are_refused() {
    let db = foreign("delete from users where username = 'Bob'");
    let found = refused(
        &db,
        &[
            "verification_codes.user_id",
            "authorization_codes.user_id",
            "refresh_tokens.user_id",
            "api_token_owners.user_id",
        ],
    );
    let bob = db.sql("select md5('Bob')::uuid");
    for finding in found.as_array().unwrap() {
        assert!(finding["problem"].as_str().unwrap().contains(&bob), "{finding}");
    }
}

#[test]
fn all_findings_are_in_one_list() {
    let db = foreign(
        "update users set email = 'same@example.org';
         delete from api_token_owners where user_id in (select id from users where deleted);
         insert into api_token_owners values (gen_random_uuid(), gen_random_uuid());
         alter table api_tokens add primary key (token, name);
         create index users_created on users (email)",
    );
    refused(
        &db,
        &[
            "users.users_unique_email",
            "api_tokens.api_tokens_pkey",
            "api_tokens.api_tokens_pkey",
            "api_token_owners.user_id",
            "users.users_created",
        ],
    );
}

#[test]
fn adopting_an_adopted_database_succeeds_without_a_change() {
    let db = Db::new();
    db.user("alice");
    let before = (everything(&db), db.audit());
    let outcome = db.iamctl("db adopt -o json").ok();
    assert_eq!(outcome.json(), json!([]), "no question if there is nothing to adopt");
    outcome.says("already");
    db.iamctl("db adopt --dry-run").ok();
    assert_eq!((everything(&db), db.audit()), before);

    let foreign = foreign("");
    adopted(&foreign);
    let before = (everything(&foreign), foreign.audit());
    assert_eq!(foreign.iamctl("db adopt --yes").json(), json!([]));
    assert_eq!((everything(&foreign), foreign.audit()), before);
}

#[test]
fn an_empty_database_needs_migrate() {
    let db = Db::bare();
    for line in ["db adopt", "db adopt --yes", "db adopt --dry-run"] {
        db.iamctl(line).fails(7).says("iamctl db migrate");
    }
    assert_eq!(
        db.sql("select relname from pg_class where relnamespace = 'public'::regnamespace"),
        ""
    );
}

#[test]
fn the_refusal_without_yes_names_the_constraints_to_rename_and_drop() {
    let own = "alter table users add constraint mail unique (email);
               alter table users add primary key (id);
               alter table refresh_tokens add constraint theirs
                   foreign key (user_id) references users (id)";
    let db = foreign(own);
    let before = everything(&db);
    let refused = db.iamctl("db adopt").fails(2).says("--yes");
    for severe in
        [r#"rename constraint "mail" to users_unique_email"#, r#"drop constraint "theirs""#]
    {
        assert!(refused.stderr.contains(severe), "{refused:?}");
    }
    assert_eq!(everything(&db), before);
}

#[test]
fn adopt_asks_on_a_terminal() {
    let db = foreign("");
    let before = everything(&db);
    let words = ["Adopt the tables", "as `postgres`"];
    assert_eq!(db.answer("db adopt", &words, "n"), 5);
    assert_eq!(everything(&db), before);
    assert_eq!(db.answer("db adopt", &words, "yes"), 0);
    db.iamctl("db check").ok();
}

#[test]
fn only_the_owner_of_the_tables_can_adopt() {
    let db = foreign("");
    let role = db.role("operator");
    db.sql(&format!("grant all on all tables in schema public to {role}"));
    let before = everything(&db);
    Run::new(&db.url_as(&role), "db adopt --yes").fails(8).says(&role);
    assert_eq!(everything(&db), before);

    let owner = db.role("owner");
    db.sql(&format!("grant create, usage on schema public to {owner}"));
    for table in db.sql("select tablename from pg_tables where schemaname = 'public'").lines() {
        db.sql(&format!("alter table {table} owner to {owner}"));
    }
    let rows = db.rows();
    Run::new(&db.url_as(&owner), "db adopt --yes").ok();
    assert_adopted(&db, &rows);
}

#[test]
fn the_right_to_create_tables_is_not_enough_to_adopt() {
    let db = foreign("");
    let role = db.role("creator");
    db.sql(&format!(
        "grant all on all tables in schema public to {role}; grant create on schema public to {role}"
    ));
    let tables = "select relname, relowner from pg_class
                  where relnamespace = 'public'::regnamespace order by 1";
    let before = db.sql(tables);
    Run::new(&db.url_as(&role), "db adopt --yes").fails(8).says(&role);
    assert_eq!(db.sql(tables), before, "a refused adoption changes nothing");
}

#[test]
fn tables_in_another_schema_are_adopted_there() {
    let db = foreign("");
    db.sql(&format!(
        "alter schema public rename to iam; create schema public;
         alter database {} set search_path = public, iam",
        db.name
    ));
    let rows = db.rows();
    db.iamctl("db adopt --yes").ok();
    assert_adopted(&db, &rows);
    assert_eq!(
        db.sql("select relname from pg_class where relnamespace = 'public'::regnamespace"),
        "",
        "new tables and functions are in the schema of the tables",
    );
}

#[test]
fn migrations_of_another_program_prevent_adoption() {
    let db = foreign(
        "create table __diesel_schema_migrations
             (version varchar(50) primary key, run_on timestamp not null default now());
         insert into __diesel_schema_migrations values ('00000000000001')",
    );
    let before = everything(&db);
    db.iamctl("db adopt --yes").fails(7).says("__diesel_schema_migrations");
    assert_eq!(everything(&db), before);
}
