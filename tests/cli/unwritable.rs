//! A standard output that cannot be written. What failed to print is not reported as done.

use std::process::{Command, Output};

use crate::support::{Db, IAMCTL};

/// Runs `iamctl` with the arguments in a shell, with this redirection.
fn shell(url: &str, arguments: &str, redirection: &str) -> Output {
    let script = format!("{IAMCTL} {arguments} {redirection}");
    let mut command = Command::new("sh");
    command
        .env_clear()
        .env("DATABASE_URL", url)
        .current_dir("/")
        .args(["-c", &script])
        .output()
        .unwrap()
}

#[test]
fn version_and_help_fail_where_they_cannot_be_printed() {
    for arguments in ["--version", "--help", "-h", "help", "user --help", "help user list", "-V"] {
        for redirection in [">&-", "> /dev/full", "< /etc/passwd 1<&0"] {
            let output = shell("", arguments, redirection);
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{arguments} {redirection}: {stderr}");
            assert!(stderr.contains("cannot write standard output"), "{arguments}: {stderr}");
        }
        for redirection in ["> /dev/null", "1<> /dev/null", "| true", "| head -c 1"] {
            let output = shell("", arguments, redirection);
            assert!(output.status.success() && output.stderr.is_empty(), "{arguments}: {output:?}");
        }
    }
}

#[test]
fn a_result_that_cannot_be_written_is_an_error() {
    let db = Db::new();
    db.user("alice");
    for arguments in [
        "user list",
        "user list --count",
        "user list -o json",
        "user export",
        "user show alice",
        "db grants --profile operator --role postgres",
        "completions bash",
        "man",
        "doctor",
    ] {
        let output = shell(&db.url(), arguments, "> /dev/full");
        assert_eq!(output.status.code(), Some(1), "{arguments}: {output:?}");
    }
}

#[test]
fn a_failure_whose_report_cannot_be_written_names_both() {
    let db = Db::bare();
    let both = |arguments: &str, code, says: &str| {
        let output = shell(&db.url(), arguments, "> /dev/full");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments}: {stderr}");
        assert!(stderr.contains(says), "{arguments}: {stderr}");
        assert!(stderr.contains("cannot write standard output"), "{arguments}: {stderr}");
    };
    both("db status", 7, "db migrate");
    db.iamctl("db migrate").ok();
    db.user("alice");
    db.sql(
        "insert into verification_codes
         select id, '2019-01-01', '2020-01-01', encode(sha256(n::text::bytea), 'base64')
         from users, generate_series(1, 20) n",
    );
    both("code purge --max-rows 10", 9, "stopped at the limit");
    assert_eq!(db.sql("select count(*) from verification_codes"), "10");
}

/// The standard library takes a failed write to it for success.
#[test]
fn a_secret_is_not_written_to_what_is_open_for_reading_alone() {
    let db = Db::new();
    db.user("alice");
    for redirection in [">&-", "> /dev/null", "1<> /dev/null", "1< /etc/passwd"] {
        for arguments in
            ["token issue --user alice --name ci", "code issue authorization --user alice"]
        {
            let output = shell(&db.url(), arguments, redirection);
            assert_eq!(output.status.code(), Some(1), "{arguments} {redirection}: {output:?}");
        }
    }
    assert_eq!(db.sql("select count(*) from api_tokens"), "0");
    assert_eq!(db.sql("select count(*) from authorization_codes"), "0");
}
