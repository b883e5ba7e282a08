//! `iamctl db revert`.

use serde_json::json;

use super::{dump, everything, left_over};
use crate::support::{Db, Run};

/// A migrated database with rows that a revert would lose.
fn with_rows() -> Db {
    let db = Db::new();
    db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db
}

/// The migrations that a command shows: version, status, changed.
fn shown(list: &serde_json::Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| format!("{} {} {}", one["version"], one["status"], one["changed"])).collect()
}

const TRIGGER: &str = r#""20261127000001" "pending" true"#;
const AUDIT: &str = r#""20261124000002" "pending" true"#;
const TABLES: &str = r#""20261124000001" "pending" true"#;

#[test]
fn reverting_everything_and_migrating_again_leaves_the_schema_identical() {
    let db = with_rows();
    let before = dump(&db);
    let reverted = db.iamctl("db revert --steps 3 --discard-audit --yes").json();
    assert_eq!(shown(&reverted), [TRIGGER, AUDIT, TABLES], "the newest first");
    assert_eq!(left_over(&db), "");
    db.iamctl("db status").ends_with(7).says("iamctl db migrate");
    db.iamctl("user list").fails(7).says("iamctl db migrate");
    db.iamctl("db migrate").ok();
    assert_eq!(dump(&db), before);
    assert_eq!(db.rows(), [""; 0]);
    db.iamctl("db check").ok();
}

#[test]
fn one_step_is_the_newest_migration() {
    let db = with_rows();
    let (schema, rows) = everything(&db);
    assert_eq!(shown(&db.iamctl("db revert --yes").json()), [TRIGGER]);
    db.iamctl("user list").fails(7).says("1 of 3 migrations are pending");
    assert_eq!(shown(&db.iamctl("db revert --discard-audit --yes").json()), [AUDIT]);
    assert_eq!(db.sql("select to_regclass('admin_audit_log'), to_regclass('users')"), "|users");
    assert_eq!(db.rows(), rows, "the rows of the other tables stay");
    db.iamctl("db status").ends_with(7);
    db.iamctl("user list").fails(7).says("2 of 3 migrations are pending");
    db.iamctl("db migrate").ok();
    assert_eq!(dump(&db), schema);
    assert_eq!(db.iamctl("user show alice").json()["live_tokens"], 1);
}

#[test]
fn reverting_the_audit_log_needs_discard_audit() {
    let db = with_rows();
    for line in
        ["db revert --steps 2 --yes", "db revert --steps 3 --yes", "db revert --steps 2 --dry-run"]
    {
        let before = everything(&db);
        db.refuses(5, line, "--discard-audit");
        assert_eq!(everything(&db), before);
    }
    db.iamctl("db revert --steps 2 --discard-audit --yes").ok();
    // The other tables need no such flag.
    assert_eq!(shown(&db.iamctl("db revert --yes").json()), [TABLES]);
}

#[test]
fn it_asks_and_says_what_is_lost() {
    let db = with_rows();
    let before = everything(&db);
    db.refuses(2, "db revert --steps 2 --discard-audit", "--yes");
    assert_eq!(everything(&db), before);
    let words = ["admin_audit_log (4 rows)", "as `postgres`"];
    assert_eq!(db.answer("db revert --steps 2 --discard-audit", &words, "n"), 5);
    assert_eq!(everything(&db), before);
    let words = ["admin_audit_log (4 rows)", "users (1 row)", "api_tokens (1 row)"];
    assert_eq!(db.answer("db revert --steps 3 --discard-audit", &words, "y"), 0);
    assert_eq!(db.sql("select to_regclass('users')"), "");
}

#[test]
fn it_asks_about_the_tables_too_when_the_audit_log_is_gone() {
    let db = with_rows();
    db.iamctl("db revert --steps 2 --discard-audit --yes").ok();
    assert_eq!(db.answer("db revert", &["users (1 row)"], "n"), 5);
    assert_eq!(db.answer("db revert", &["users (1 row)"], "y"), 0);
    assert_eq!(db.sql("select to_regclass('users')"), "");
}

#[test]
fn a_dry_run_changes_nothing() {
    let db = with_rows();
    let before = everything(&db);
    let planned = db.dry_run("db revert --steps 3 --discard-audit");
    assert_eq!(shown(&planned), [TRIGGER, AUDIT, TABLES]);
    assert_eq!(everything(&db), before);
    db.iamctl("db status").ok();
}

#[test]
fn it_is_shown_in_every_format_and_nothing_to_revert_is_success() {
    let db = with_rows();
    for format in ["table", "jsonl", "csv", "id", "json"] {
        let line = format!("db revert --steps 9 --discard-audit --yes -o {format}");
        let outcome = db.iamctl(&line).ok();
        assert!(
            outcome.stdout.contains("20261124000001"),
            "more steps than there are: {outcome:?}"
        );
        db.iamctl("db migrate").ok();
    }
    let bare = Db::bare();
    assert_eq!(bare.iamctl("db revert").json(), json!([]), "there is nothing to ask about");
    for steps in ["0", "-1", "all"] {
        db.iamctl("db revert --yes --discard-audit").arg(format!("--steps={steps}")).fails(2);
    }
    db.iamctl("db status").ok();
}

#[test]
fn nothing_is_reverted_if_a_view_needs_the_tables() {
    let db = with_rows();
    db.sql("create view of_others as select id from users");
    let before = everything(&db);
    let failed = db.iamctl("db revert --steps 3 --discard-audit --yes").run();
    assert_ne!(failed.code, 0);
    assert!(failed.stderr.contains("users"), "{failed:?}");
    assert_eq!(everything(&db), before, "the audit log did not go first");
    db.iamctl("db status").ok();
}

#[test]
fn one_run_at_a_time_and_none_on_a_newer_database() {
    let db = with_rows();
    let before = everything(&db);
    let line = "db revert --steps 3 --discard-audit --yes";
    {
        let lock = 0x69_61_6d_63_74_6c_01_i64;
        let _migrating = db.session(&format!("begin; select pg_advisory_xact_lock({lock})"));
        db.iamctl(line).fails(10).says("another run is migrating");
    }
    assert_eq!(everything(&db), before);
    db.sql("insert into __diesel_schema_migrations (version) values ('29990101000000')");
    db.iamctl(line).fails(7).says("newer than this iamctl");
    assert_eq!(everything(&db), before);
}

#[test]
fn missing_rights_and_locks_have_their_exit_codes() {
    let db = with_rows();
    let role = db.role("operator");
    db.sql(&format!("grant all on all tables in schema public to {role}"));
    let before = everything(&db);
    let line = "db revert --steps 3 --discard-audit --yes";
    Run::new(&db.url_as(&role), line).fails(8).says(&role);
    {
        let _reader = db.session("begin; select from users");
        db.iamctl(line).arg("--lock-timeout=200ms").fails(10).says("--lock-timeout");
    }
    assert_eq!(everything(&db), before);
}
