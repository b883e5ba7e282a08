//! Rows whose id, username or email is taken by an existing user or by an earlier row.

use std::fs;

use super::csv_of;
use crate::support::running::at_once;
use crate::support::{Db, Run, directory};

const ALICE: &str = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";
const OTHER: &str = "aaaaaaaa-6c1b-4c62-9a53-0d2f4f0f9a11";

/// Adds alice. Rows below have the same id, username or email.
fn with_alice(db: Db) -> Db {
    db.iamctl(&format!("user create Alice-W --email alice@x.org --id {ALICE}")).ok();
    db
}

/// Rows with one conflict, and the message about it.
const CONFLICTS: [(&str, &str); 9] = [
    (",alice_w,new@x.org", "line 3: the username `alice_w` is that of an existing user"),
    (",new,ALICE@x.org", "line 3: the email `alice@x.org` is that of an existing user"),
    (
        "3F0C9D2E-6C1B-4C62-9A53-0D2F4F0F9A11,new,new@x.org",
        "line 3: the id 3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11 is that of an existing user",
    ),
    (",BOB,new@x.org", "line 3: the username `BOB` is that of line 2"),
    (",new,B@X.org", "line 3: the email `b@x.org` is that of line 2"),
    (
        "aaaaaaaa-6c1b-4c62-9a53-0d2f4f0f9a11,new,new@x.org",
        "line 3: the id aaaaaaaa-6c1b-4c62-9a53-0d2f4f0f9a11 is that of line 2",
    ),
    (",ok,ok@x.org\n,Ok,new@x.org", "line 4: the username `Ok` is that of line 3"),
    (",ok,ok@x.org\n,new,new@x.org\n,a-b,alice@x.org", "line 5: the email `alice@x.org`"),
    (
        ",ok,ok@x.org\n,new,new@x.org\n,new,new@x.org",
        "line 5: the username `new` is that of line 4",
    ),
];

fn check_fail(db: &Db) {
    let before = db.state();
    for (rows, says) in CONFLICTS {
        let csv = format!("id,username,email\n{OTHER},bob,b@x.org\n{rows}\n");
        for options in ["", "--on-conflict fail", "--as-is", "--dry-run"] {
            // With `--as-is`, emails that differ in case are different.
            if options == "--as-is" && (rows.contains("ALICE") || rows.contains("B@X")) {
                continue;
            }
            let failed = db.import(csv.as_str()).with(options).fails(4);
            failed.says(says).says("nothing was imported").says("--on-conflict skip");
            assert_eq!(db.state(), before, "{options}");
        }
    }
}

#[test]
fn a_conflict_names_the_line_the_column_and_the_value() {
    check_fail(&with_alice(Db::new()));
}

#[test]
fn a_conflict_is_named_on_a_german_server() {
    if let Some(db) = Db::german() {
        check_fail(&with_alice(db));
    }
}

#[test]
fn deleted_users_keep_their_name_and_email() {
    let db = with_alice(Db::new());
    db.iamctl("user delete Alice-W --yes").ok();
    let import = |row: &str| db.import(format!("username,email\n{row}\n"));
    import("alice_w,new@x.org").fails(4).says("line 2: the username `alice_w`");
    import("new,alice@x.org").fails(4).says("line 2: the email `alice@x.org`");
    let skipped = import("alice_w,new@x.org").with("--on-conflict skip").json();
    assert_eq!(skipped["skipped"], 1);
}

#[test]
fn a_conflict_of_unusual_values_is_named_without_control_characters() {
    let db = Db::new();
    let odd = [
        ("one", "1)=(2@x.org"),
        ("two", "(already) exists."),
        ("three", "a\u{1b}[2Jb"),
        ("four", "\u{bb}stra\u{df}e\u{ab}"),
        ("five", ""),
        ("six", "\"quoted\", \\x41"),
    ];
    let lines = |prefix: &str| {
        odd.iter().fold(String::new(), |lines, (username, email)| {
            let row =
                serde_json::json!({"username": format!("{prefix}{username}"), "email": email});
            format!("{lines}{row}\n")
        })
    };
    db.import_jsonl(lines("")).arg("--as-is").ok();
    let before = db.state();
    for (number, line) in lines("new").lines().enumerate() {
        let conflicting = db.import_jsonl(line).arg("--as-is").fails(4);
        assert!(!conflicting.stderr.contains('\u{1b}'), "{conflicting:?}");
        let email = odd[number].1.replace('\u{1b}', "\\u{1b}");
        conflicting.says(&format!("line 1: the email `{email}` is that of an existing user"));
    }
    let skipped = db.import_jsonl(lines("\u{1b}new")).with("--as-is --on-conflict skip").ok();
    assert!(!skipped.stderr.contains('\u{1b}'), "{skipped:?}");
    assert_eq!(db.state(), before);
}

/// A role that may insert users but not read them.
fn writer(db: &Db) -> String {
    let role = db.role("writer");
    db.sql(&format!(
        "grant insert on users, admin_audit_log to {role};
         grant select on __diesel_schema_migrations to {role}"
    ));
    role
}

/// PostgreSQL does not tell such a role which value conflicts.
#[test]
fn a_role_that_may_not_read_users_gets_a_conflict_without_its_line() {
    let db = with_alice(Db::new());
    let url = db.url_as(&writer(&db));
    let import = |csv: String| Run::new(&url, "user import - --format csv").input(csv);
    import(csv_of(1..=2)).ok();
    let before = db.state();
    let conflicting = |row| import(format!("username,email\nbob,b@x.org\n{row}\n")).fails(4);
    conflicting("alice_w,a@x.org").says("users_unique_fingerprint");
    conflicting("eve,alice@x.org").says("users_unique_email");
    // `--on-conflict skip` needs the right to read users.
    import(csv_of(3..=4)).with("--on-conflict skip").fails(8).says("`users`");
    assert_eq!(db.state(), before);
}

#[test]
fn a_conflict_is_named_with_any_output_form_of_bytea() {
    let db = with_alice(Db::new());
    db.sql(&format!("alter database {} set bytea_output = 'escape'", db.name));
    db.import("username,email\nalice_w,new@x.org\n")
        .fails(4)
        .says("line 2: the username `alice_w`");
}

/// `db check` and `db adopt` accept a primary key of another name.
#[test]
fn a_conflict_is_named_with_any_name_of_the_primary_key() {
    let db = with_alice(Db::new());
    db.sql("alter table users rename constraint users_pkey to pk_users");
    db.iamctl("db check").ok();
    db.import(format!("id,username,email\n{ALICE},bob,b@x.org\n"))
        .fails(4)
        .says(&format!("line 2: the id {ALICE} is that of an existing user"));
}

#[test]
fn a_role_that_may_read_some_columns_gets_a_conflict() {
    let db = with_alice(Db::new());
    let role = writer(&db);
    db.sql(&format!("grant select (email) on users to {role}"));
    Run::new(&db.url_as(&role), "user import - --format csv")
        .input("username,email\nbob,alice@x.org\n")
        .fails(4);
}

#[test]
fn skip_leaves_out_and_names_rows_that_conflict() {
    let db = with_alice(Db::new());
    let before = db.state();
    let (second, third) =
        ("bbbbbbbb-6c1b-4c62-9a53-0d2f4f0f9a11", "cccccccc-6c1b-4c62-9a53-0d2f4f0f9a11");
    let csv = format!(
        "id,username,email\n\
         {OTHER},bob,b@x.org\n\
         ,alice_w,new@x.org\n\
         ,eve,alice@x.org\n\
         {ALICE},mallory,m@x.org\n\
         ,BOB,b2@x.org\n\
         ,bobby,b@x.org\n\
         {OTHER},other,o@x.org\n\
         {OTHER},bob,b@x.org\n\
         {OTHER},bob,b@x.org\n\
         {second},carol,c@x.org\n\
         {third},dave,d@x.org\n\
         {second},dave,d2@x.org\n"
    );
    let left_out = [
        (3, "alice_w", "username"),
        (4, "eve", "email"),
        (5, "mallory", "id"),
        (6, "BOB", "username"),
        (7, "bobby", "email"),
        (8, "other", "id"),
        (9, "bob", "id"),
        (10, "bob", "id"),
        (13, "dave", "id"),
    ];
    let skip = || db.import(csv.as_str()).with("--on-conflict skip");

    let dry = skip().arg("--dry-run").json();
    assert_eq!((&dry["imported"], &dry["skipped"]), (&3.into(), &9.into()));
    assert_eq!(db.state(), before, "a dry run changes nothing");

    let done = skip().arg("-ojson").ok();
    let expected: Vec<_> = left_out
        .iter()
        .map(|(line, name, column)| {
            format!("line {line} was left out: the {column} of `{name}` is taken")
        })
        .collect();
    assert_eq!(done.stderr.lines().collect::<Vec<_>>(), expected);
    let report = done.json();
    assert_eq!(
        (&report["rows"], &report["imported"], &report["skipped"]),
        (&12.into(), &3.into(), &9.into())
    );
    assert_eq!(db.users(), ["Alice-W|alice@x.org", "bob|b@x.org", "carol|c@x.org", "dave|d@x.org"]);
    assert_eq!(db.changes(&before, &[OTHER, second, third]), ["+users"; 3]);
    assert_eq!(db.audited(&before), ["user.import||"]);
    assert_eq!(db.details()["skipped"], 9);

    // The file of --errors lists all of them.
    let directory = directory();
    let errors = directory.path().join("errors.csv");
    let again = skip().arg("--errors").arg(&errors).ok().says("left out 12 rows");
    assert!(!again.stderr.contains("line 3"), "{again:?}");
    let text = fs::read_to_string(&errors).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 13, "{text}");
    assert_eq!(lines[0], "line,column,reason");
    assert!(lines[1].starts_with("2,id,"), "{text}");
    assert!(lines[2].starts_with("3,username,"), "{text}");
}

#[test]
fn skip_names_every_row_and_with_json_the_first_hundred() {
    let db = Db::new();
    db.import(csv_of(1..=150)).ok();
    let skip = || db.import(csv_of(1..=151)).with("--on-conflict skip");
    let named = |text: &str| text.lines().filter(|line| line.starts_with("line ")).count();
    assert_eq!(named(&skip().ok().stderr), 150);
    // With JSON, notices are kept until no error can follow, because an error must be alone on
    // standard error.
    let skipped = skip().with("-o json").ok();
    assert_eq!(named(&skipped.stderr), 100);
    skipped.says("left out 151 rows").says("--errors");
    assert_eq!(db.users().len(), 151);
}

#[test]
fn a_concurrent_insert_is_a_conflict() {
    let insert = "begin; insert into users (id, created_at, username, username_fingerprint, email)
                  values (gen_random_uuid(), now(), 'x', 'x', 'user2@example.org')";
    let waits = "exists (select from pg_stat_activity
                         where datname = current_database() and wait_event_type = 'Lock')";
    for (options, code, rows) in
        [("", 4, 1), ("--on-conflict skip", 0, 3), ("--lock-timeout 100ms", 10, 0)]
    {
        let db = Db::new();
        let mut holder = db.session(insert);
        let directory = directory();
        let path = directory.path().join("users.csv");
        fs::write(&path, csv_of(1..=3)).unwrap();
        let running = db.import_file(&path).with(options).start();
        if code == 10 {
            running.ends_with(10);
            assert_eq!(db.users().len(), 0);
            continue;
        }
        db.wait_until(waits);
        diesel::connection::SimpleConnection::batch_execute(&mut holder, "commit").unwrap();
        let ended = running.ends_with(code);
        if code == 4 {
            ended.says("line 3: the email `user2@example.org` is that of an existing user");
        } else {
            ended.says("line 3 was left out: the email of `user2` is taken");
        }
        assert_eq!(db.users().len(), rows, "{options}");
    }
}

#[test]
fn concurrent_imports_of_one_file_import_it_once() {
    let db = Db::new();
    let ended = at_once((0..6).map(|_| db.import(csv_of(1..=500))));
    let codes: Vec<_> = ended.iter().map(|outcome| outcome.code).collect();
    assert_eq!(codes.iter().filter(|&&code| code == 0).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|&&code| code == 4).count(), 5, "{codes:?}");
    assert_eq!((db.users().len(), db.audit().len()), (500, 1));

    let ended =
        at_once((0..6).map(|_| db.import(csv_of(401..=900)).with("-ojson --on-conflict skip")));
    let imported: Vec<_> = ended.iter().map(|outcome| outcome.json()["imported"].clone()).collect();
    assert_eq!(imported.iter().filter(|&imported| imported == 400).count(), 1, "{imported:?}");
    assert_eq!(imported.iter().filter(|&imported| imported == 0).count(), 5, "{imported:?}");
    assert_eq!((db.users().len(), db.audit().len()), (900, 2));
}

/// Of rows with one id the one that was left out is named, whichever that is.
#[test]
fn skip_names_the_right_one_of_rows_with_one_id() {
    for key in ["select 1", "create unique index by_local on users (split_part(email, '@', 1))"] {
        for (rows, said, imported) in [
            (
                ",alice_w,a@x.org\n,carl,c@x.org",
                vec!["line 2 was left out: the username of `alice_w` is taken"],
                "carl|c@x.org",
            ),
            (
                ",carl,alice@x.org\n,carl,c@x.org\n,carl,c@x.org",
                vec![
                    "line 2 was left out: the email of `carl` is taken",
                    "line 4 was left out: the id of `carl` is taken",
                ],
                "carl|c@x.org",
            ),
            (
                ",carl,c@x.org\n,alice_w,a@x.org",
                vec!["line 3 was left out: the id of `alice_w` is taken"],
                "carl|c@x.org",
            ),
        ] {
            let db = with_alice(Db::new());
            db.sql(key);
            let rows: Vec<_> = rows.lines().map(|row| format!("{OTHER}{row}\n")).collect();
            let done = db
                .import(format!("id,username,email\n{}", rows.concat()))
                .with("--on-conflict skip -o json")
                .ok();
            let found: Vec<_> = done.stderr.lines().collect();
            assert_eq!(found, said, "{key}: {rows:?}");
            assert_eq!(done.json()["imported"], 1);
            assert_eq!(db.users(), ["Alice-W|alice@x.org", imported]);
        }
    }
}
