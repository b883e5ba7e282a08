//! The report and the audit row of an import. Neither has names or emails from the file.

use std::fs;

use serde_json::json;

use super::csv_of;
use crate::support::{Db, directory, without_change_id};

fn sha256(db: &Db, text: &str) -> String {
    db.sql(&format!("select encode(sha256(convert_to('{text}', 'utf8')), 'hex')"))
}

#[test]
fn the_report_has_five_formats_and_a_dry_run_changes_nothing() {
    let db = Db::new();
    let directory = directory();
    let path = directory.path().join("users.csv");
    let csv = csv_of(1..=3);
    fs::write(&path, &csv).unwrap();
    let line = format!("user import {}", path.display());
    let shown = db.dry_run(&line);
    assert_eq!(shown["rows"], 3);
    assert_eq!(shown["imported"], 3, "a dry run shows what an import would do");
    assert_eq!(db.users().len(), 0);

    let done = db.iamctl(&line).json();
    let seconds = done["seconds"].clone();
    assert!(seconds.as_f64().unwrap() < 60.0, "{done}");
    let expected = json!({
        "rows": 3, "imported": 3, "skipped": 0, "sha256": sha256(&db, &csv), "seconds": seconds,
        "changed": true,
    });
    assert_eq!(without_change_id(done), expected);
    let skipping = format!("{line} --on-conflict skip");
    let again = db.in_every_format(&skipping);
    assert_eq!((&again["imported"], &again["skipped"]), (&json!(0), &json!(3)));
    assert_eq!(again["changed"], false);
    assert_eq!(db.iamctl(&skipping).arg("-oid").ok().line(), sha256(&db, &csv));
    // A dry run reports conflicts like an import.
    db.refuses(4, &format!("{line} --dry-run"), "line 2: the username `user1`");
}

#[test]
fn one_audit_row_has_the_number_of_rows_and_the_file_but_no_names() {
    let db = Db::new();
    db.user("user2");
    let before = db.state();
    let csv = format!("\u{feff}{}", csv_of(1..=3));
    db.import(csv.as_str()).with("--on-conflict skip --reason moved").ok();
    assert_eq!(db.audited(&before), ["user.import||moved"]);
    let expected = json!({"rows": 3, "imported": 2, "skipped": 1, "sha256": sha256(&db, &csv)});
    assert_eq!(db.details(), expected, "the SHA-256 is that of the file with its byte order mark");
    let rows = db.sql("select a::text from admin_audit_log a where action = 'user.import'");
    assert!(!rows.contains("user1") && !rows.contains('@'), "{rows}");
}

#[test]
fn an_import_of_no_rows_is_no_change_and_has_no_audit_row() {
    let db = Db::new();
    db.import(csv_of(1..=3)).ok();
    let before = db.state();
    let all_there = db.import(csv_of(1..=3)).with("--on-conflict skip").json();
    assert_eq!(all_there["changed"], false);
    let header_only = db.import("username,email\n").json();
    assert_eq!((&header_only["rows"], &header_only["changed"]), (&json!(0), &json!(false)));
    assert_eq!(db.import_jsonl("").json()["changed"], false, "an empty file has no rows");
    assert_eq!(db.state(), before);
}

#[test]
fn all_rows_are_imported_or_none() {
    let db = Db::new();
    db.user("alice");
    let before = db.state();
    let mut csv = csv_of(1..=999);
    csv.push_str("not a name,x@x.org\n");
    csv.push_str(&csv_of(1001..=1500).replace("username,email\n", ""));
    db.import(csv.as_str()).fails(2).says("line 1001, username: ");
    db.import(csv.as_str()).with("--on-conflict skip").fails(2).says("line 1001, username: ");
    assert_eq!(db.state(), before, "no row, no audit row");
    db.import(csv.replace("not a name", "alice")).fails(4).says("line 1001: the username `alice`");
    assert_eq!(db.state(), before, "no row, no audit row");

    // If the audit row cannot be written, the change does not happen.
    db.sql("alter table admin_audit_log add constraint nothing check (action <> 'user.import')");
    db.import(csv_of(1..=10)).fails(7).says("the audit log refused the entry");
    assert_eq!(db.state(), before);
    db.sql("alter table admin_audit_log drop constraint nothing");
    db.import(csv_of(1..=10)).ok();
    assert_eq!(db.users().len(), 11);
    assert_eq!(db.audited(&before), ["user.import||"]);
}

#[test]
fn quiet_suppresses_notices_but_not_errors() {
    let db = Db::new();
    let quiet = |options: &str| db.import(csv_of(1..=3)).with("-q -o json").with(options).ok();
    assert_eq!(quiet("--dry-run").stderr, "");
    assert_eq!(quiet("").stderr, "");
    let skipped = quiet("--on-conflict skip");
    assert_eq!(skipped.stderr, "");
    assert_eq!(skipped.json()["skipped"], 3);
    // `-q` does not suppress errors.
    db.import(csv_of(1..=3)).with("-q").fails(4).says("line 2");
}

#[test]
fn existing_users_are_unchanged() {
    let db = Db::new();
    let alice = super::super::Holder::new(&db, "alice");
    let before = db.state();
    let id = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";
    db.import(format!("id,username,email\n{id},bob,b@x.org\n")).ok();
    assert_eq!(db.changes(&before, &[id]), ["+users"]);
    let before = db.state();
    let taken = format!("id,username,email\n{},alice,alice@example.org\n,eve,e@x.org\n", alice.id);
    db.import(taken).with("--on-conflict skip").ok();
    let eve = db.sql("select id from users where username = 'eve'");
    assert_eq!(db.changes(&before, &[&eve]), ["+users"], "alice is unchanged");
}

#[test]
fn an_import_without_rights_tables_or_database_has_its_exit_code() {
    let db = Db::new();
    let import = || db.import(csv_of(1..=3));
    import().env("PGOPTIONS", "-c default_transaction_read_only=on").fails(8);
    let stranger = db.role("stranger");
    import().env("DATABASE_URL", db.url_as(&stranger)).fails(8);
    import().without_env("DATABASE_URL").fails(2);
    assert_eq!((db.users().len(), db.audit().len()), (0, 0));
    Db::bare().import(csv_of(1..=3)).fails(7).says("iamctl db migrate");
}

#[test]
fn a_reader_that_goes_away_does_not_undo_the_import() {
    let db = Db::new();
    let directory = directory();
    let path = directory.path().join("users.csv");
    fs::write(&path, csv_of(1..=3)).unwrap();
    let unread = db.import_file(&path).unread();
    assert_eq!((unread.code, unread.stderr.as_str()), (0, ""));
    assert_eq!((db.users().len(), db.audit().len()), (3, 1));
}
