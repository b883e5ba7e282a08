//! `iamctl token issue --write-to`.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{digest, issue};
use crate::support::unprivileged::Unprivileged;
use crate::support::{Db, IAMCTL, Outcome, Run, directory};

fn to(db: &Db, name: &str, path: &Path) -> Run {
    db.iamctl("token issue --user alice --name").arg(name).arg("--write-to").arg(path)
}

#[test]
fn write_to_creates_a_new_file_of_mode_0600_with_the_token() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let path = directory.path().join(format);
        let outcome = to(&db, format, &path).arg("-o").arg(format).ok();
        assert!(!outcome.stdout.contains("iam_"), "standard output has no secret: {outcome:?}");
        assert!(!outcome.stderr.contains("iam_"), "{outcome:?}");
        let text = fs::read_to_string(&path).unwrap();
        let token = text.strip_suffix('\n').unwrap();
        let stored = db.sql(&format!("select token from api_tokens where name = '{format}'"));
        assert_eq!(digest(&db, token), stored);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        let id = stored[..12].replace('+', "-").replace('/', "_");
        match format {
            "id" => assert_eq!(outcome.line(), id, "-o id then prints the id"),
            "json" => {
                assert_eq!(outcome.json()["id"], id.as_str());
                assert!(outcome.json()["token"].is_null(), "{outcome:?}");
            }
            _ => {}
        }
    }
    // A file name without a directory.
    db.iamctl("token issue --user alice --name here --write-to token")
        .directory(directory.path())
        .ok();
    assert!(directory.path().join("token").exists());
}

/// A umask that takes all rights would leave a file that its owner cannot read.
#[test]
fn the_mode_of_the_file_does_not_depend_on_the_umask() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    for umask in ["777", "000", "077"] {
        let path = directory.path().join(umask);
        let script = format!(
            "umask {umask}; exec {IAMCTL} token issue --user alice --name t{umask} --write-to {}",
            path.display()
        );
        let output =
            Command::new("sh").args(["-c", &script]).env("DATABASE_URL", db.url()).output();
        let outcome = Outcome::of(script, &output.unwrap());
        assert_eq!(outcome.code, 0, "{outcome:#?}");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600, "{umask}");
    }
}

#[test]
fn write_to_never_overwrites_and_issues_no_token_without_its_file() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    let at = |name: &str| directory.path().join(name);
    fs::write(at("there"), "mine").unwrap();
    symlink(at("nowhere"), at("link")).unwrap();
    symlink("/dev/full", at("full")).unwrap();
    let before = (db.rows(), db.audit());
    for (path, says) in [
        (at("there"), "never overwrites"),
        (at("link"), "never overwrites"),
        (at("no/such/directory"), "cannot create"),
        (at("there/below"), "cannot create"),
        (at(""), ""),
        (at("full"), "never overwrites"),
        ("".into(), ""),
    ] {
        to(&db, "ci", &path).fails(2).says(says);
        to(&db, "ci", &path).arg("--dry-run").fails(2);
    }
    assert_eq!((db.rows(), db.audit()), before);
    assert_eq!(fs::read_to_string(at("there")).unwrap(), "mine");
    assert!(!at("nowhere").exists());
}

#[test]
fn a_file_that_cannot_be_completed_is_removed_and_no_token_is_issued() {
    let db = Db::new();
    db.user("alice");
    let before = (db.rows(), db.audit());
    let directory = directory();
    let path = directory.path().join("token");
    // The shell limits the size of files to zero, which has the effect of a full disk.
    let script = format!(
        "trap '' XFSZ; ulimit -f 0; exec {IAMCTL} token issue --user alice --name ci \
         --write-to {}",
        path.display()
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("DATABASE_URL", db.url())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let outcome = Outcome::of(script, &output);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{outcome:#?}");
    assert!(outcome.stderr.contains(&path.display().to_string()), "{outcome:#?}");
    assert_eq!((db.rows(), db.audit()), before);
    assert!(!path.exists());
}

#[test]
fn a_token_that_is_not_committed_leaves_no_file() {
    let db = Db::new();
    db.user("alice");
    db.sql(
        "create function refuse() returns trigger language plpgsql as
         $$ begin raise exception 'not today'; end $$;
         create constraint trigger refuse after insert on api_tokens
         deferrable initially deferred for each row execute function refuse()",
    );
    let directory = directory();
    let path = directory.path().join("token");
    to(&db, "ci", &path).fails(1).says("not today");
    assert!(!path.exists());
    assert_eq!(db.sql("select count(*) from api_tokens"), "0");
}

#[test]
fn a_dry_run_and_an_existing_token_write_no_file() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    let path = directory.path().join("token");
    to(&db, "ci", &path).arg("--dry-run").ok();
    assert!(!path.exists());
    issue(&db, "--user alice --name ci");
    to(&db, "ci", &path).arg("--if-not-exists").fails(5).says("does not exist");
    assert!(!path.exists());
    to(&db, "ci", &path).fails(4);
    assert!(!path.exists());
}

#[test]
fn the_file_is_written_even_if_standard_output_has_no_reader() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    let path = directory.path().join("token");
    let outcome = to(&db, "ci", &path).unread();
    assert_eq!(outcome.code, 0, "{outcome:#?}");
    let token = fs::read_to_string(&path).unwrap();
    assert_eq!(digest(&db, token.trim_end()), db.sql("select token from api_tokens"));
}

/// As into the drop box of another user. Its entries cannot be flushed then.
#[test]
fn a_directory_that_may_be_written_and_not_read_is_enough() {
    let Some(user) = Unprivileged::new() else { return };
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o733)).unwrap();
    let path = directory.path().join("token");
    user.iamctl(&db, "token issue --user alice --name ci --write-to", 100).arg(&path).ok();
    let token = fs::read_to_string(&path).unwrap();
    db.iamctl("token verify").input(token).ok();
}
