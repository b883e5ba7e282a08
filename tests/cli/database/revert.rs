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

/// The six migrations after a revert, as `shown` returns them.
const NUMBERS_REVERTED: &str = r#""20261128000001" "pending" true"#;
const IDS_REVERTED: &str = r#""20261127000003" "pending" true"#;
const PRIVILEGES_REVERTED: &str = r#""20261127000002" "pending" true"#;
const TRIGGER_REVERTED: &str = r#""20261127000001" "pending" true"#;
const AUDIT_REVERTED: &str = r#""20261124000002" "pending" true"#;
const TABLES_REVERTED: &str = r#""20261124000001" "pending" true"#;

/// The program would believe a migration that is gone.
#[test]
fn a_note_that_a_trigger_or_rule_keeps_fails_the_revert() {
    for (keep, says) in [
        (
            "create function keep() returns trigger language plpgsql as 'begin return null; end';
             create trigger keep before delete on __diesel_schema_migrations
             for each row execute function keep()",
            "a trigger, a rule or a policy",
        ),
        (
            "create table diverted (version text);
             create rule keep as on delete to __diesel_schema_migrations
             do instead insert into diverted values (old.version)",
            "the rule `keep` on `__diesel_schema_migrations`",
        ),
    ] {
        let db = with_rows();
        db.sql(keep);
        let before = dump(&db);
        db.iamctl("db revert --discard-audit --yes").fails(5).says(says);
        assert_eq!(dump(&db), before, "{keep}");
    }
}

#[test]
fn objects_of_others_that_depend_on_a_table_are_named() {
    Db::english_and_german().for_each(|db| names_dependents(&db));
}

fn names_dependents(db: &Db) {
    db.sql(
        "create view active as select username from users where not blocked;
         create table orders (buyer uuid constraint orders_buyer references users)",
    );
    let before = dump(db);
    let refused = db.iamctl("db revert --steps 6 --discard-audit --yes").fails(5);
    refused.says("active").says("orders_buyer").says("drop these first");
    assert_eq!(dump(db), before);
}

#[test]
fn reverting_everything_and_migrating_again_leaves_the_schema_identical() {
    let db = with_rows();
    let before = dump(&db);
    let reverted = db.iamctl("db revert --steps 6 --discard-audit --yes").json();
    assert_eq!(
        shown(&reverted),
        [
            NUMBERS_REVERTED,
            IDS_REVERTED,
            PRIVILEGES_REVERTED,
            TRIGGER_REVERTED,
            AUDIT_REVERTED,
            TABLES_REVERTED
        ],
        "newest first"
    );
    assert_eq!(left_over(&db), "");
    db.iamctl("db status").ends_with(7).says("iamctl db migrate");
    db.iamctl("user list").fails(7).says("iamctl db migrate");
    db.iamctl("db migrate").ok();
    assert_eq!(dump(&db), before);
    assert_eq!(db.rows(), [""; 0]);
    db.iamctl("db check").ok();
}

#[test]
fn revert_without_steps_reverts_the_newest_migration() {
    let db = with_rows();
    let (schema, rows) = everything(&db);
    assert_eq!(shown(&db.iamctl("db revert --yes").json()), [NUMBERS_REVERTED]);
    for line in ["user list", "db adopt --yes", "db adopt --dry-run"] {
        db.iamctl(line).fails(7).says("pending migrations: 1 of 6; run `iamctl db migrate`");
    }
    assert_eq!(shown(&db.iamctl("db revert --yes").json()), [IDS_REVERTED]);
    assert_eq!(shown(&db.iamctl("db revert --yes").json()), [PRIVILEGES_REVERTED]);
    assert_eq!(shown(&db.iamctl("db revert --yes").json()), [TRIGGER_REVERTED]);
    assert_eq!(shown(&db.iamctl("db revert --discard-audit --yes").json()), [AUDIT_REVERTED]);
    assert_eq!(db.sql("select to_regclass('admin_audit_log'), to_regclass('users')"), "|users");
    assert_eq!(db.rows(), rows, "the rows of the other tables are kept");
    db.iamctl("db status").ends_with(7);
    db.iamctl("user list").fails(7).says("pending migrations: 5 of 6");
    db.iamctl("db migrate").ok();
    assert_eq!(dump(&db), schema);
    assert_eq!(db.iamctl("user show alice").json()["live_tokens"], 1);
}

#[test]
fn reverting_the_audit_log_needs_discard_audit() {
    let db = with_rows();
    for line in
        ["db revert --steps 5 --yes", "db revert --steps 6 --yes", "db revert --steps 5 --dry-run"]
    {
        let before = everything(&db);
        db.refuses(5, line, "--discard-audit");
        assert_eq!(everything(&db), before);
    }
    db.iamctl("db revert --steps 5 --discard-audit --yes").ok();
    // The other tables need no such flag.
    assert_eq!(shown(&db.iamctl("db revert --yes").json()), [TABLES_REVERTED]);
}

#[test]
fn the_question_names_the_tables_and_rows_to_lose() {
    let db = with_rows();
    let before = everything(&db);
    db.refuses(2, "db revert --steps 5 --discard-audit", "--yes");
    assert_eq!(everything(&db), before);
    let words = ["admin_audit_log (7 rows)", "as `postgres`"];
    assert_eq!(db.answer("db revert --steps 5 --discard-audit", &words, "n"), 5);
    assert_eq!(everything(&db), before);
    let words = ["admin_audit_log (7 rows)", "users (1 row)", "api_tokens (1 row)"];
    assert_eq!(db.answer("db revert --steps 6 --discard-audit", &words, "y"), 0);
    assert_eq!(db.sql("select to_regclass('users')"), "");
}

#[test]
fn the_last_revert_also_asks_and_names_the_tables() {
    let db = with_rows();
    db.iamctl("db revert --steps 5 --discard-audit --yes").ok();
    assert_eq!(db.answer("db revert", &["users (1 row)"], "n"), 5);
    assert_eq!(db.answer("db revert", &["users (1 row)"], "y"), 0);
    assert_eq!(db.sql("select to_regclass('users')"), "");
}

#[test]
fn a_dry_run_changes_nothing() {
    let db = with_rows();
    let before = everything(&db);
    let planned = db.dry_run("db revert --steps 6 --discard-audit");
    assert_eq!(
        shown(&planned),
        [
            NUMBERS_REVERTED,
            IDS_REVERTED,
            PRIVILEGES_REVERTED,
            TRIGGER_REVERTED,
            AUDIT_REVERTED,
            TABLES_REVERTED
        ]
    );
    assert_eq!(everything(&db), before);
    db.iamctl("db status").ok();
}

#[test]
fn revert_has_every_format_and_succeeds_with_nothing_to_revert() {
    let db = with_rows();
    for format in ["table", "jsonl", "csv", "id", "json"] {
        let line = format!("db revert --steps 9 --discard-audit --yes -o {format}");
        let outcome = db.iamctl(&line).ok();
        assert!(
            outcome.stdout.contains("20261124000001"),
            "`--steps` may exceed the migrations: {outcome:?}"
        );
        db.iamctl("db migrate").ok();
    }
    let bare = Db::bare();
    assert_eq!(
        bare.iamctl("db revert").json(),
        json!([]),
        "no question if there is nothing to revert"
    );
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
    let failed = db.iamctl("db revert --steps 6 --discard-audit --yes").run();
    assert_ne!(failed.code, 0);
    assert!(failed.stderr.contains("users"), "{failed:?}");
    assert_eq!(everything(&db), before, "the audit log is not reverted either");
    db.iamctl("db status").ok();
}

#[test]
fn only_one_revert_runs_at_a_time_and_none_on_a_newer_database() {
    let db = with_rows();
    let before = everything(&db);
    let line = "db revert --steps 6 --discard-audit --yes";
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
fn missing_rights_are_exit_code_8_and_locks_are_exit_code_10() {
    let db = with_rows();
    let role = db.role("operator");
    db.sql(&format!("grant all on all tables in schema public to {role}"));
    let before = everything(&db);
    let line = "db revert --steps 6 --discard-audit --yes";
    Run::new(&db.url_as(&role), line).fails(8).says(&role);
    {
        let _reader = db.session("begin; select from users");
        db.iamctl(line).arg("--lock-timeout=200ms").fails(10).says("--lock-timeout");
    }
    assert_eq!(everything(&db), before);
}
