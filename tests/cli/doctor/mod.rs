//! `iamctl doctor`: one line for each check. Exit code 5 if a check fails, 6 without a connection.

mod tls;

use serde_json::Value;

use crate::support::pooler::Pooler;
use crate::support::{Db, Outcome, Run};

const CHECKS: [&str; 13] = [
    "connection",
    "tls",
    "server",
    "pooler",
    "encoding",
    "migrations",
    "rights",
    "tables",
    "triggers",
    "constraints",
    "schema",
    "clock",
    "backlog",
];

/// Runs doctor and expects this exit code. Returns the checks whose status is not `ok`, each as
/// `check: status`, and their details.
#[track_caller]
fn not_ok(run: Run, code: i32) -> (Vec<String>, String) {
    let outcome = run.arg("-o").arg("json").ends_with(code);
    let checks = outcome.json();
    let (mut not_ok, mut details) = (Vec::new(), String::new());
    for check in checks.as_array().unwrap() {
        let word = |key: &str| check[key].as_str().unwrap().to_owned();
        if word("status") != "ok" {
            not_ok.push(format!("{}: {}", word("check"), word("status")));
            details.push_str(&word("detail"));
        }
    }
    assert_eq!(code == 0, not_ok.iter().all(|one| one.ends_with("warning")), "{outcome:?}");
    assert_error_names_failed_checks(&outcome, &not_ok);
    (not_ok, details)
}

/// Expects an error that names the failed checks, and no check that is only a warning.
#[track_caller]
fn assert_error_names_failed_checks(outcome: &Outcome, not_ok: &[String]) {
    if outcome.code != 5 {
        return;
    }
    let error: Value = serde_json::from_str(&outcome.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "refused");
    for check in not_ok {
        let (name, status) = check.split_once(": ").unwrap();
        let named = error["error"]["message"].as_str().unwrap().contains(name);
        assert_eq!(named, status == "failed", "{check} in {error}");
    }
}

fn names(checks: &Value) -> Vec<&str> {
    checks.as_array().unwrap().iter().map(|check| check["check"].as_str().unwrap()).collect()
}

#[test]
fn every_check_of_a_migrated_database_is_ok() {
    let db = Db::new();
    db.user("alice");
    let before = db.state();
    let checks = db.in_every_format("doctor");
    assert_eq!(names(&checks), CHECKS);
    for check in checks.as_array().unwrap() {
        let keys: Vec<_> = check.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["check", "status", "detail"]);
        assert_eq!(check["status"], "ok", "{checks:#}");
    }
    let detail = |name: &str| {
        let check = checks.as_array().unwrap().iter().find(|check| check["check"] == name);
        check.unwrap()["detail"].as_str().unwrap().to_owned()
    };
    assert_eq!(detail("connection"), format!("database `{}` as `postgres`", db.name));
    let version = db.sql("select current_setting('server_version')");
    assert_eq!(detail("server"), format!("PostgreSQL {version}"));
    assert!(detail("pooler").contains("none"), "{checks:#}");
    assert!(detail("clock").contains(" ms "), "{checks:#}");
    let table = db.iamctl("doctor").ok();
    assert_eq!((table.lines().len(), table.stderr.as_str()), (1 + CHECKS.len(), ""));
    assert_eq!(db.state(), before, "doctor changes nothing");
}

#[test]
fn pending_newer_or_unknown_migrations_fail_a_check() {
    let bare = Db::bare();
    let (failed, details) = not_ok(bare.iamctl("doctor"), 5);
    assert_eq!(failed, ["migrations: failed"]);
    assert!(details.contains("iamctl db migrate"), "{details}");
    let tables = "select count(*) from pg_class where relnamespace = 'public'::regnamespace";
    assert_eq!(bare.sql(tables), "0");
    let checks = bare.iamctl("doctor -o json").ends_with(5).json();
    assert_eq!(names(&checks), CHECKS[..6], "the other checks need the tables");

    bare.sql("create table users (id uuid)");
    let (failed, details) = not_ok(bare.iamctl("doctor"), 5);
    assert_eq!(failed, ["migrations: failed"]);
    assert!(details.contains("iamctl db adopt"), "{details}");

    let db = Db::new();
    db.sql("insert into __diesel_schema_migrations (version) values ('29990101000000')");
    let (failed, details) = not_ok(db.iamctl("doctor"), 5);
    assert_eq!(failed, ["migrations: failed"]);
    assert!(details.contains("newer than this iamctl"), "{details}");
}

#[test]
fn changed_tables_fail_a_check() {
    let db = Db::new();
    db.sql(
        "drop index refresh_tokens_expires; alter table users drop constraint users_unique_email;
         alter table api_tokens alter name type varchar(200)",
    );
    let (failed, details) = not_ok(db.iamctl("doctor"), 5);
    assert_eq!(failed, ["tables: failed"]);
    for changed in [
        "refresh_tokens.refresh_tokens_expires",
        "users.users_unique_email",
        "api_tokens.name",
        "iamctl db check",
    ] {
        assert!(details.contains(changed), "{changed} in {details}");
    }
}

#[test]
fn a_missing_table_fails_a_check_and_the_other_checks_still_run() {
    let db = Db::new();
    db.sql("drop table verification_codes");
    let (failed, details) = not_ok(db.iamctl("doctor"), 5);
    assert_eq!(failed, ["tables: failed", "backlog: failed"]);
    assert!(details.contains("verification_codes"), "{details}");
    assert_eq!(names(&db.iamctl("doctor -o json").ends_with(5).json()), CHECKS);
}

#[test]
fn a_missing_audit_log_fails_a_check() {
    let db = Db::new();
    db.sql("drop table admin_audit_log");
    let (failed, details) = not_ok(db.iamctl("doctor"), 5);
    assert_eq!(failed, ["tables: failed"]);
    assert!(details.contains("admin_audit_log"), "{details}");
}

#[test]
fn rights_are_examined_also_where_a_column_of_the_audit_log_is_missing() {
    let db = Db::new();
    let role = db.role("operator");
    db.sql(&db.iamctl(&format!("db grants --profile operator --role {role}")).ok().stdout);
    db.sql("alter table admin_audit_log drop column reason");
    let doctor = || Run::new(&db.url_as(&role), "doctor");
    for run in [doctor(), db.iamctl("doctor")] {
        assert_eq!(not_ok(run, 5).0, ["tables: failed"]);
    }
    db.sql(&format!("revoke insert (host) on admin_audit_log from {role}"));
    let (found, details) = not_ok(doctor(), 5);
    assert_eq!(found, ["rights: warning", "tables: failed"]);
    assert!(details.contains("admin_audit_log (insert)"), "{details}");
}

/// Each kind of row, and the days after which a daily purge with the default retention is overdue.
const ROWS: [(&str, &str, u32); 4] = [
    ("verification_codes", "select id, AT, AT, lpad('=', 44, 'v') from users", 3),
    ("authorization_codes", "select id, AT, AT, lpad('=', 44, 'a') from users", 3),
    (
        "refresh_tokens",
        "select id, AT at time zone 'utc', AT at time zone 'utc', lpad('=', 44, 's') from users",
        32,
    ),
    ("api_tokens", "select owner_id, AT, AT, 'ci', lpad('.', 44, 't') from api_token_owners", 32),
];

#[test]
fn rows_that_a_daily_purge_would_have_removed_are_a_backlog() {
    let db = Db::new();
    db.user("alice");
    db.iamctl("owner create --user alice").ok();
    for zone in ["UTC", "Asia/Tokyo", "America/Los_Angeles"] {
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        for (table, select, days) in ROWS {
            let insert = |ago: &str| {
                let select = select.replace("AT", &format!("(now() - interval '{ago}')"));
                db.sql(&format!("delete from {table}; insert into {table} {select}"));
            };
            insert("-1 year");
            not_ok(db.iamctl("doctor"), 0);
            insert(&format!("{} hours", days * 24 - 1));
            assert_eq!(not_ok(db.iamctl("doctor"), 0).0, [""; 0], "{table} {zone}");
            insert(&format!("{} hours", days * 24 + 1));
            let (failed, details) = not_ok(db.iamctl("doctor"), 5);
            assert_eq!(failed, ["backlog: failed"], "{table} {zone}");
            let at = format!(
                "{table} since {}",
                db.sql(&format!(
                    "select to_char(now() at time zone 'utc' - interval '{days} days 1 hour',
                                    'YYYY-MM-DD')"
                ))
            );
            assert!(details.contains(&at), "{at} in {details}");
            assert!(details.contains("iamctl purge"), "{details}");
            db.iamctl("purge").ok();
            assert_eq!(
                not_ok(db.iamctl("doctor"), 0).0,
                [""; 0],
                "the purge that doctor advises removes the backlog"
            );
        }
    }
}

#[test]
fn a_role_that_may_only_read_is_a_warning() {
    let db = Db::new();
    let read_only = db.iamctl("doctor").env("PGOPTIONS", "-c default_transaction_read_only=on");
    let (warned, details) = not_ok(read_only, 0);
    assert_eq!(warned, ["rights: warning"]);
    assert!(details.contains("read-only"), "{details}");

    let role = db.role("reader");
    db.sql(&format!("grant select on all tables in schema public to {role}"));
    let (warned, details) = not_ok(Run::new(&db.url_as(&role), "doctor"), 0);
    assert_eq!(warned, ["rights: warning"]);
    for lacking in ["users (", "admin_audit_log (insert)", "api_tokens (", "delete"] {
        assert!(details.contains(lacking), "{lacking} in {details}");
    }
    // More than an operator needs is too much: it may change the audit log.
    db.sql(&format!("grant all on all tables in schema public to {role}"));
    let (failed, details) = not_ok(Run::new(&db.url_as(&role), "doctor"), 5);
    assert_eq!(failed, ["tables: failed"]);
    assert!(details.contains(&format!("admin_audit_log.{role}")), "{details}");
    db.sql(&format!("revoke all on all tables in schema public from {role}"));
    db.sql(&db.iamctl(&format!("db grants --profile operator --role {role}")).ok().stdout);
    assert_eq!(not_ok(Run::new(&db.url_as(&role), "doctor"), 0).0, [""; 0]);
}

#[test]
fn a_role_with_the_rights_of_one_profile_is_no_warning() {
    let db = Db::new();
    for (profile, name) in [("auditor", "an auditor"), ("purger", "a purger")] {
        let role = db.role(profile);
        let grants = format!("db grants --profile {profile} --role {role}");
        db.sql(&db.iamctl(&grants).ok().stdout);
        let shown = Run::new(&db.url_as(&role), "doctor -o json").run();
        let rights = format!("all that {name} needs, and no more");
        assert!(shown.stdout.contains(&rights), "{shown:#?}");
        // One right more is none of the profile.
        db.sql(&format!("grant insert on users to {role}"));
        let (warned, details) = not_ok(Run::new(&db.url_as(&role), "doctor"), 0);
        assert!(warned.contains(&"rights: warning".to_owned()), "{profile}: {warned:?}");
        assert!(details.contains("an operator also needs rights on"), "{details}");
    }
}

#[test]
fn a_check_that_cannot_run_does_not_stop_the_others() {
    let db = Db::new();
    let role = db.role("stranger");
    let doctor = || Run::new(&db.url_as(&role), "doctor");
    let (failed, details) = not_ok(doctor(), 5);
    assert_eq!(failed, ["migrations: failed"]);
    assert!(details.contains(&role), "{details}");

    db.sql(&format!("grant select on __diesel_schema_migrations to {role}"));
    let (failed, details) = not_ok(doctor(), 5);
    assert_eq!(failed, ["rights: warning", "backlog: failed"]);
    assert!(details.contains("iamctl db grants"), "{details}");

    let _holder = db.session("begin; lock table refresh_tokens");
    let (failed, details) = not_ok(db.iamctl("doctor --lock-timeout 200ms"), 5);
    assert!(failed.contains(&"backlog: failed".to_owned()), "{failed:?}");
    assert!(details.contains("--lock-timeout"), "{details}");
}

#[test]
fn an_unreachable_database_is_exit_code_6() {
    let db = Db::new();
    for url in [
        db.url().replace(&db.name, "no_such_database"),
        db.url_as("no_such_role"),
        "postgresql://u:s3cret@/d?host=/nonexistent".to_owned(),
    ] {
        let (failed, _) = not_ok(Run::new(&url, "doctor"), 6);
        assert_eq!(failed, ["connection: failed"]);
        for format in ["table", "json", "jsonl", "csv", "id"] {
            let outcome = Run::new(&url, "doctor -o").arg(format).ends_with(6);
            assert!(outcome.stdout.contains("connection"), "{outcome:?}");
            assert!(!format!("{outcome:?}").contains("s3cret"), "{outcome:?}");
        }
    }
    let none = Run::without_database("doctor").fails(2);
    assert!(none.stderr.contains("no database is configured"), "{none:?}");
}

#[test]
fn a_pooler_is_reported() {
    let db = Db::new();
    let pooler = Pooler::start(&db);
    let checks = Run::new(&pooler.url(), "doctor").json();
    let pooler = checks.as_array().unwrap().iter().find(|check| check["check"] == "pooler");
    assert!(
        pooler.unwrap()["detail"].as_str().unwrap().starts_with("one in between"),
        "{checks:#}"
    );
    assert_eq!(not_ok(db.iamctl("doctor"), 0).0, [""; 0]);
}

/// They can hide rows, keep them or change them without a word.
#[test]
fn row_security_rules_and_triggers_are_reported() {
    const TRIGGER: &str = "create function pass() returns trigger language plpgsql as
         'begin return new; end';
         create trigger stamp %s on users for each row execute function pass()";
    let before = TRIGGER.replace("%s", "before update");
    let after = TRIGGER.replace("%s", "after update");
    for (sql, code, verdict, name, in_check) in [
        ("create rule hide as on delete to users do instead nothing", 5, "failed", "hide", true),
        ("create rule note as on delete to users do also select 1", 0, "warning", "note", true),
        (&before, 0, "warning", "stamp", true),
        (&after, 0, "warning", "stamp", false),
        (
            "alter table users enable row level security; create policy mine on users using (true)",
            0,
            "warning",
            "mine",
            true,
        ),
    ] {
        let db = Db::new();
        db.sql(sql);
        let (checks, details) = not_ok(db.iamctl("doctor"), code);
        assert_eq!(checks, [format!("triggers: {verdict}")], "{sql}");
        assert!(details.contains(&format!("`{name}` on `users`")), "{sql}: {details}");
        let check = db.iamctl("db check").run();
        assert_eq!((check.code == 5, check.stdout.contains(name)), (in_check, in_check), "{sql}");
    }
}

/// They cannot fire: they are disabled, or enabled only for changes that are replicated.
#[test]
fn rules_and_triggers_that_do_not_fire_are_no_finding() {
    let db = Db::new();
    db.user("alice");
    db.sql("create function keep() returns trigger language plpgsql as 'begin return null; end'");
    for table in ["users", "verification_codes", "admin_audit_log"] {
        db.sql(&format!(
            "create rule hide as on delete to {table} do instead nothing;
             create rule lose as on insert to {table} do instead nothing"
        ));
        if table != "admin_audit_log" {
            db.sql(&format!(
                "create trigger keep before insert or update or delete on {table}
                 for each row execute function keep()"
            ));
        }
    }
    not_ok(db.iamctl("doctor"), 5);
    db.iamctl("user create bob --email b@x.org").fails(5);
    for state in ["disable", "enable replica"] {
        for table in ["users", "verification_codes", "admin_audit_log"] {
            db.sql(&format!("alter table {table} {state} rule hide, {state} rule lose"));
            if table != "admin_audit_log" {
                db.sql(&format!("alter table {table} {state} trigger keep"));
            }
        }
        assert_eq!(not_ok(db.iamctl("doctor"), 0).0, [""; 0], "{state}");
        db.iamctl("db check").ok();
        db.iamctl("user create bob --email b@x.org --if-not-exists").ok();
        db.iamctl("user erase bob --force --yes").ok();
    }
    for state in ["enable", "enable always"] {
        db.sql(&format!("alter table users {state} rule hide"));
        let (checks, details) = not_ok(db.iamctl("doctor"), 5);
        assert_eq!(checks, ["triggers: failed"], "{state}");
        assert!(details.contains("`hide` on `users`"), "{state}: {details}");
        assert!(!details.contains("keep"), "{state}: {details}");
    }
}

#[test]
fn row_security_that_applies_to_the_role_fails() {
    let db = Db::new();
    let role = db.role("operator");
    db.sql(&db.iamctl(&format!("db grants --profile operator --role {role}")).ok().stdout);
    db.sql("alter table api_tokens enable row level security");
    let (checks, details) = not_ok(Run::new(&db.url_as(&role), "doctor"), 5);
    assert!(checks.contains(&"triggers: failed".to_owned()), "{checks:?}");
    assert!(details.contains("no policy"), "{details}");
}
