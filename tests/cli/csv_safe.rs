//! `--csv-safe`: no cell begins as a formula does, for those who open a list in a spreadsheet.

use crate::support::{Db, Run};

#[test]
fn cells_that_begin_as_a_formula_get_an_apostrophe() {
    let db = Db::new();
    db.user("alice");
    db.user("bob");
    db.sql(
        r#"insert into users (id, created_at, username, username_fingerprint, email) values
               (gen_random_uuid(), now(), '=1+1', 'a', '+1@x.org'),
               (gen_random_uuid(), now(), '-2', 'b', '@SUM(1)'),
               (gen_random_uuid(), '-infinity', E'\t=1', 'c', E'\r=1'),
               (gen_random_uuid(), now(), E'="a",1', 'd', 'a=1@x.org')"#,
    );
    for list in ["user list --columns username,email", "user export --columns username,email"] {
        let plain = db.iamctl(&format!("{list} -o csv")).ok().stdout;
        let safe = db.iamctl(&format!("{list} -o csv --csv-safe")).ok().stdout;
        for (cell, escaped) in [
            ("\n=1+1,+1@x.org\n", "\n'=1+1,'+1@x.org\n"),
            ("\n-2,@SUM(1)\n", "\n'-2,'@SUM(1)\n"),
            ("\n\t=1,\"\r=1\"\n", "\n'\t=1,\"'\r=1\"\n"),
            ("\n\"=\"\"a\"\",1\",a=1@x.org\n", "\n\"'=\"\"a\"\",1\",a=1@x.org\n"),
            ("\nalice,alice@example.org\n", "\nalice,alice@example.org\n"),
        ] {
            assert!(plain.contains(cell), "{list}: {cell:?} in {plain:?}");
            assert!(safe.contains(escaped), "{list}: {escaped:?} in {safe:?}");
        }
    }
    let times =
        db.iamctl("user list -o csv --csv-safe --columns created_at --sort created --reverse");
    assert!(times.ok().stdout.starts_with("created_at\n'-infinity\n"));
    // An export is CSV without -o, too.
    assert!(db.iamctl("user export --csv-safe").ok().stdout.contains(",'=1+1,"));
    db.sql(
        "insert into admin_audit_log (actor, host, action, reason, details, program_version)
            values ('a', 'h', 'x', '=1', '{}', 'v')",
    );
    let reasons = db.iamctl("audit list -o csv --csv-safe --columns reason --limit 1").ok();
    assert_eq!(reasons.stdout, "reason\n'=1\n");
}

#[test]
fn it_goes_with_csv_alone() {
    let db = Db::new();
    db.user("alice");
    for line in [
        "user list --csv-safe",
        "user list --csv-safe -o json",
        "user list --csv-safe -o jsonl --count",
        "user export --csv-safe -o jsonl",
        "db grants --profile operator --role postgres --csv-safe",
        "completions bash --csv-safe",
    ] {
        db.iamctl(line).fails(2).says("--csv-safe goes with -o csv");
    }
    Run::new(&db.url(), "user list --csv-safe").env("IAMCTL_OUTPUT", "csv").ok();
}
