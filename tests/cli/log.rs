//! Notices and errors for programs: a JSON object a line, or lines with the priorities of systemd's journal.

use std::fs::File;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use chrono::DateTime;
use serde_json::Value;

use crate::support::{Db, Outcome, Run, directory};

/// The lines of standard error, each of which is an entry.
#[track_caller]
fn entries(outcome: &Outcome) -> Vec<Value> {
    let entry = |line: &str| {
        let entry: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{outcome:#?}"));
        DateTime::parse_from_rfc3339(entry["time"].as_str().unwrap()).unwrap();
        entry
    };
    outcome.stderr.lines().map(entry).collect()
}

/// Two codes that expired two days ago.
fn expired_codes() -> Db {
    let db = Db::new();
    db.user("alice");
    db.sql(
        "insert into verification_codes
         select id, now() - interval '2 days', now() - interval '2 days', rpad(x::text, 43, 'a') || '='
         from users, generate_series(1, 2) x",
    );
    db
}

#[test]
fn a_log_of_json_has_an_object_a_line() {
    let db = expired_codes();
    let run = |line: &str| db.iamctl(line).arg("--log-format=json");

    let created = run("user create erin --email erin@example.org -o json").ok();
    assert_eq!(created.json()["username"], "erin");
    let [notice] = entries(&created).try_into().unwrap();
    assert_eq!(notice["level"], "notice");
    assert!(notice["message"].as_str().unwrap().contains("the email is not verified"), "{notice}");
    assert_eq!(notice.get("kind"), None);

    let failed = run("user show nobody").ends_with(3);
    let [error] = entries(&failed).try_into().unwrap();
    assert_eq!((&error["level"], &error["kind"]), (&"error".into(), &"not_found".into()));
    assert_eq!(error["exit_code"], 3);

    // What the next run may mend.
    let left = run("purge --max-rows 1").ends_with(9);
    let [left] = entries(&left).try_into().unwrap();
    assert_eq!((&left["level"], &left["kind"]), (&"warning".into(), &"incomplete".into()));

    let details = entries(&run("user list -v").ok());
    assert!(details.iter().all(|entry| entry["level"] == "info") && !details.is_empty());
    assert_eq!(run("user create fay --email fay@example.org --quiet").ok().stderr, "");
}

/// Also where the command line cannot be used otherwise.
#[test]
fn a_command_line_that_cannot_be_used_is_one_object() {
    for line in ["user lst --log-format json", "--log-format=json user list --nonsense"] {
        let failed = Run::without_database(line).ends_with(2);
        let [error] = entries(&failed).try_into().unwrap();
        assert_eq!(error["kind"], "usage", "{line}");
    }
}

/// Runs it with standard error in the file, which JOURNAL_STREAM names.
fn into_journal(run: Run, file: &Path, code: i32) -> String {
    let stderr = File::create(file).unwrap();
    let metadata = stderr.metadata().unwrap();
    let stream = format!("{}:{}", metadata.dev(), metadata.ino());
    let mut command = run.env("JOURNAL_STREAM", stream).command();
    assert_eq!(command.stderr(stderr).output().unwrap().status.code(), Some(code));
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn lines_for_the_journal_of_systemd_carry_a_priority() {
    let db = expired_codes();
    let directory = directory();
    let file = directory.path().join("journal");
    let created = db.iamctl("user create erin --email erin@example.org");
    let notice = into_journal(created, &file, 0);
    assert!(notice.starts_with("<5>user `erin` cannot log in"), "{notice}");
    let error = into_journal(db.iamctl("user show nobody"), &file, 3);
    assert!(error.starts_with("<3>error: "), "{error}");
    let error = into_journal(db.iamctl("user show nobody -o json"), &file, 3);
    assert!(error.starts_with("<3>{\"error\":"), "{error}");
    let left = into_journal(db.iamctl("purge --max-rows 1"), &file, 9);
    assert!(left.starts_with("<4>error: "), "{left}");
    let unusable = into_journal(db.iamctl("user lst"), &file, 2);
    assert!(unusable.lines().all(|line| line.starts_with("<3>")), "{unusable}");
    // An option overrides it.
    let error = into_journal(db.iamctl("user show nobody --log-format text"), &file, 3);
    assert!(error.starts_with("error: "), "{error}");
    // Standard error that is not the one that systemd opened.
    let other = db.iamctl("user show nobody").env("JOURNAL_STREAM", "1:2").ends_with(3);
    assert!(other.stderr.starts_with("error: "), "{other:?}");
    let chosen = db.iamctl("user show nobody --log-format journal").ends_with(3);
    assert!(chosen.stderr.starts_with("<3>error: "), "{chosen:?}");
}
