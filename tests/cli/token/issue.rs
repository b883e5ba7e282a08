//! `iamctl token issue`: format, lifetime, names, owners.

use std::fs::File;

use super::{digest, insert, issue, shared_owner, stored};
use crate::support::running::at_once;
use crate::support::{Db, directory};

const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// CRC32, one bit at a time.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    })
}

fn base62(mut number: u32) -> Vec<u8> {
    let mut digits = vec![b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[number as usize % 62];
        number /= 62;
    }
    digits
}

#[test]
fn a_token_has_its_documented_format() {
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926, "the check value of CRC-32");
    let db = Db::new();
    db.user("alice");
    let tokens: Vec<_> =
        (0..5).map(|number| issue(&db, &format!("--user alice --name ci{number}"))).collect();
    for token in &tokens {
        assert_eq!(token.len(), 53, "{token}");
        let digits = token.strip_prefix("iam_").unwrap().as_bytes();
        assert!(digits.iter().all(|digit| DIGITS.contains(digit)), "{token}");
        assert_eq!(base62(crc32(&digits[..43])), &digits[43..], "{token}");
        assert_eq!(tokens.iter().filter(|other| *other == token).count(), 1);
        // The stored value is the SHA-256 in 43 base64 characters, with a `.` in place of the
        // padding.
        let digest = digest(&db, token);
        assert_eq!((digest.len(), digest.find('.')), (44, Some(43)));
        assert_eq!(
            db.sql(&format!("select count(*) from api_tokens where token = '{digest}'")),
            "1"
        );
    }
}

#[test]
fn json_has_the_token_and_no_other_command_shows_it() {
    let db = Db::new();
    let alice = db.user("alice");
    let issued = db.iamctl("token issue --user alice --name ci").json();
    let token = issued["token"].as_str().unwrap();
    assert_eq!(issued["name"], "ci");
    assert_eq!(issued["status"], "active");
    assert_eq!(issued["changed"], true);
    assert_eq!(issued["users"], serde_json::json!(["alice"]));
    let id = digest(&db, token)[..12].replace('+', "-").replace('/', "_");
    assert_eq!(issued["id"], id.as_str(), "the first 12 characters of the stored column");
    let owner = db.sql(&format!("select owner_id from api_token_owners where user_id = '{alice}'"));
    assert_eq!(issued["owner_id"], owner.as_str());
    assert!(db.iamctl("token issue --user alice --name table").ok().stdout.contains("iam_"));
    for line in ["token list", "token show --user alice --name ci", "audit list", "user show alice"]
    {
        for format in ["json", "csv", "id"] {
            let shown = db.iamctl(line).arg("-o").arg(format).ok();
            assert!(!shown.stdout.contains(token), "{line}");
            assert!(!shown.stdout.contains(&digest(&db, token)[..25]), "{line}");
        }
    }
    let shown = db.iamctl("token show --user alice --name ci").json();
    assert!(shown.get("token").is_none(), "no output has a stored secret: {shown}");
}

#[test]
fn a_token_lives_90_days_by_default() {
    let db = Db::new();
    db.user("alice");
    for (name, options, expires_at) in [
        ("default", "", "created_at + '90 days'::interval"),
        ("half", "--expires-in 12h", "created_at + '12 hours'::interval"),
        ("short", "--expires-in 250ms", "created_at + '250 ms'::interval"),
        ("months", "--expires-in 6mo", "created_at + '6 months'::interval"),
        ("years", "--expires-in 1y", "created_at + '1 year'::interval"),
        ("date", "--expires-at 2999-01-31", "'2999-01-31 00:00:00+00'"),
        ("time", "--expires-at 2999-01-31T12:00:00+01:00", "'2999-01-31 11:00:00+00'"),
        // Each option accepts a time and a duration.
        ("either", "--expires-in 2999-01-31", "'2999-01-31 00:00:00+00'"),
        ("other", "--expires-at 2w", "created_at + '14 days'::interval"),
    ] {
        issue(&db, &format!("--user alice --name {name} {options}"));
        let right = format!(
            "set timezone = 'UTC'; select expires_at = {expires_at} from api_tokens where name = '{name}'"
        );
        assert_eq!(db.sql(&right), "t", "{name} {options}");
    }
    let shown = db.iamctl("token show --user alice --name time").json();
    assert_eq!(shown["expires_at"], "2999-01-31T11:00:00Z", "the resolved UTC time is shown");
}

#[test]
fn expiry_depends_on_the_clock_of_the_database_in_any_timezone() {
    let db = Db::new();
    db.user("alice");
    for zone in ["Asia/Tokyo", "America/New_York"] {
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        let issued = db.iamctl("token issue --user alice --expires-in 1h --name").arg(zone).json();
        assert_eq!(issued["status"], "active");
        let expires_at = db.sql(&format!(
            "select to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')
             from api_tokens where name = '{zone}'"
        ));
        assert!(issued["expires_at"].as_str().unwrap().starts_with(&expires_at), "{issued}");
    }
}

#[test]
fn bad_input_is_refused_with_advice_and_changes_nothing() {
    let db = Db::new();
    db.user("alice");
    let before = db.rows();
    for (options, says) in [
        ("--expires-in -1", "90s 30m 12h"),
        ("--expires-in -1d", "90s 30m 12h"),
        ("--expires-in 99999y", "up to 100y"),
        ("--expires-in 0s", "expire at once"),
        ("--expires-at 2020-01-01", "expire at once"),
        ("--expires-at yesterday", "2027-01-31"),
        ("--expires-in 1d --expires-at 2999-01-01", "cannot be used with"),
        ("--owner alice", ""),
    ] {
        db.iamctl(&format!("token issue --user alice --name ci {options}")).fails(2).says(says);
    }
    let long = "x".repeat(101);
    for name in ["", " ci", "a\u{7}b", long.as_str()] {
        db.iamctl("token issue --user alice --name").arg(name).fails(2).says("1 to 100 characters");
    }
    db.iamctl("token issue --name ci").fails(2).says("--user");
    db.iamctl("token issue --user alice").fails(2).says("--name");
    db.iamctl("token issue --owner alice --name ci").fails(2).says("UUID");
    db.iamctl("token issue --user nobody --name ci").fails(3).says("nobody");
    let unknown = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";
    db.iamctl(&format!("token issue --owner {unknown} --name ci")).fails(3).says(unknown);
    assert_eq!(db.rows(), before);
    assert_eq!(db.audit().len(), 1);
    db.iamctl("token issue --user alice --name").arg("x".repeat(100)).ok();
}

#[test]
fn the_name_of_a_live_token_of_the_owner_is_a_conflict() {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
        issue(&db, &format!("--user {name} --name ci"));
    }
    let again = || db.iamctl("token issue --user alice --name ci");
    again().fails(4).says("`ci`");
    db.sql("update api_tokens set blocked = true");
    again().fails(4);
    assert_eq!(db.sql("select count(*) from api_tokens"), "2");

    // Revocation and expiry free the name.
    db.iamctl("token revoke --user alice --name ci --yes").ok();
    again().ok();
    db.sql("update api_tokens set expires_at = now() where not revoked");
    again().ok();
    again().fails(4);
    assert_eq!(db.sql("select count(*) from api_tokens where name = 'ci'"), "4");
}

#[test]
fn eight_concurrent_issues_of_one_name_make_one_token() {
    let db = Db::new();
    db.user("alice");
    let runs = (0..8).map(|_| db.iamctl("token issue --user alice --name ci"));
    let mut codes: Vec<_> = at_once(runs).iter().map(|outcome| outcome.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 4, 4, 4, 4, 4, 4, 4]);
    assert_eq!(db.sql("select count(*) from api_tokens"), "1");
}

#[test]
fn if_not_exists_prints_no_secret() {
    let db = Db::new();
    db.user("alice");
    let line = "token issue --user alice --name ci --if-not-exists";
    let first = db.iamctl(line).json();
    assert_eq!(first["changed"], true);
    assert!(first["token"].as_str().unwrap().starts_with("iam_"));
    let before = (db.rows(), db.audit());
    let again = db.iamctl(line).json();
    assert_eq!(again["changed"], false);
    assert_eq!(again["id"], first["id"]);
    assert!(again["token"].is_null(), "the token cannot be shown again: {again}");
    assert!(!db.iamctl(line).ok().stdout.contains("iam_"));
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn on_a_terminal_a_notice_says_that_the_token_is_shown_only_once() {
    let db = Db::new();
    db.user("alice");
    let shown = db.iamctl("token issue --user alice --name ci").on_terminal().exp_eof().unwrap();
    assert!(shown.contains("this token is shown only once"), "{shown}");
    let quiet = db.iamctl("token issue --user alice --name cd -q").on_terminal().exp_eof().unwrap();
    assert!(!quiet.contains("only once"), "{quiet}");
    assert_eq!(db.iamctl("token issue --user alice --name ce").ok().stderr, "");
}

#[test]
fn an_owner_without_a_user_who_may_log_in_is_refused_without_force() {
    let db = Db::new();
    for name in ["blocked", "deleted", "good"] {
        db.user(name);
    }
    db.iamctl("user create unverified --email u@example.org").ok();
    db.iamctl("user block blocked --yes").ok();
    db.iamctl("user delete deleted --yes").ok();
    let before = db.rows();
    for (name, why) in [
        (
            "unverified",
            "cannot log in yet: the email is not verified. Run `iamctl user verify-email unverified`",
        ),
        ("blocked", "cannot log in: the account is blocked. Run `iamctl user unblock blocked`"),
        ("deleted", "cannot log in: the account is deleted. Run `iamctl user restore deleted`"),
    ] {
        let line = format!("token issue --user {name} --name ci");
        db.iamctl(&line).fails(5).says(&format!("user `{name}` {why}, or pass --force"));
    }
    assert_eq!(db.rows(), before, "no owner is created");
    for name in ["unverified", "blocked", "deleted"] {
        issue(&db, &format!("--user {name} --name ci --force"));
    }
    let owner = shared_owner(&db, &["unverified", "blocked", "deleted"]);
    let refused = db.iamctl(&format!("token issue --owner {owner} --name ci")).fails(5);
    let refused = refused.says(&format!(
        "no user of owner `{owner}` can log in: `blocked` (the account is blocked)"
    ));
    refused.says(
        "`unverified` (the email is not verified). Run `iamctl user unblock blocked`, or pass",
    );
    let nobodys = shared_owner(&db, &[]);
    insert(&db, &nobodys, "old", &stored("n"));
    db.iamctl(&format!("token issue --owner {nobodys} --name ci"))
        .fails(5)
        .says(&format!("has no users. Run `iamctl owner add {nobodys} USER`"));
    db.sql(&format!(
        "insert into api_token_owners select '{owner}', id from users where username = 'good'"
    ));
    issue(&db, &format!("--owner {owner} --name ci"));
}

#[test]
fn twenty_concurrent_issues_for_one_user_make_one_owner() {
    let db = Db::new();
    let alice = db.user("alice");
    let runs = (0..20).map(|number| {
        db.iamctl(&format!("token issue --user alice --name ci{number} --lock-timeout 30s"))
    });
    let outcomes = at_once(runs);
    assert!(outcomes.iter().all(|outcome| outcome.code == 0), "{outcomes:#?}");
    assert_eq!(db.sql("select user_id from api_token_owners"), alice);
    assert_eq!(db.sql("select count(*), count(distinct owner_id) from api_tokens"), "20|1");
}

#[test]
fn the_user_option_means_the_owner_of_this_user_alone() {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
    }
    let shared = shared_owner(&db, &["alice", "bob"]);
    let own = db.iamctl("token issue --user alice --name ci").json();
    assert_ne!(own["owner_id"], shared.as_str(), "a shared owner does not belong to alice alone");
    assert_eq!(own["users"], serde_json::json!(["alice"]));
    let again = db.iamctl("token issue --user ALICE@example.org --name cd").json();
    assert_eq!(again["owner_id"], own["owner_id"], "the owner is created once, on first use");
    let of_both = db.iamctl(&format!("token issue --owner {shared} --name ci")).json();
    assert_eq!(of_both["owner_id"], shared.as_str());
    assert_eq!(of_both["users"], serde_json::json!(["alice", "bob"]));

    // Two owners with alice alone are a conflict, and the error lists both.
    let second = shared_owner(&db, &["alice"]);
    for line in [
        "token issue --user alice --name third",
        "token show --user alice --name ci",
        "token revoke --user alice --name ci --yes",
    ] {
        let both = db.iamctl(line).fails(4);
        assert!(both.stderr.contains(own["owner_id"].as_str().unwrap()), "{both:?}");
        assert!(both.stderr.contains(&second) && !both.stderr.contains(&shared), "{both:?}");
    }
    issue(&db, &format!("--owner {second} --name third"));
    // A list has no need to choose.
    let tokens = db.iamctl("token list --user alice").json();
    assert_eq!(tokens.as_array().unwrap().len(), 4, "{tokens}");
}

#[test]
fn if_not_exists_without_the_token_is_refused_and_names_the_rotation() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    let file = directory.path().join("two words");
    let line = "token issue --user alice --name ci --if-not-exists";
    let to_file = || db.iamctl(line).arg("--write-to").arg(&file);
    to_file().ok().says(&format!("token written to `{}`", file.display()));
    let id = db.iamctl("token list -o id").ok().line();
    let before = (db.rows(), db.audit());
    // The file is there.
    to_file().ok();
    assert_eq!(to_file().arg("-o").arg("id").ok().line(), id);
    std::fs::remove_file(&file).unwrap();
    for option in ["-otable", "-ojson", "-oid", "--dry-run"] {
        to_file().arg(option).fails(5).says(&format!(
            "a live token named `ci` exists, and nothing can show it again: `{file}` does not exist. Run \
             `iamctl token rotate {id} --write-to '{file}'` for a new one",
            file = file.display()
        ));
    }
    assert!(!file.exists());
    let to_shell = db.iamctl(line).arg("-o").arg("id").fails(5);
    assert_eq!(to_shell.stdout, "");
    to_shell
        .says(&format!("-o id has nothing to print. Run `iamctl token rotate {id}` for a new one"));
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn a_token_that_cannot_be_printed_is_not_issued() {
    let db = Db::new();
    db.user("alice");
    let before = (db.rows(), db.audit());
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let run = || db.iamctl("token issue --user alice --name ci -o").arg(format);
        let unread = run().unread();
        assert_eq!(unread.code, 1, "{format}: {unread:#?}");
        assert!(unread.stderr.contains("standard output has no reader"), "{unread:#?}");
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = run().command().stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}: {output:?}");
    }
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn a_dry_run_prints_no_secret_and_stores_nothing() {
    let db = Db::new();
    db.user("alice");
    let before = (db.rows(), db.audit());
    let line = "token issue --user alice --name ci --dry-run";
    let issued = db.iamctl(line).json();
    assert_eq!(issued["changed"], true);
    assert_eq!(issued["name"], "ci");
    assert!(issued["token"].is_null(), "{issued}");
    for format in ["table", "jsonl", "csv", "id"] {
        let shown = db.iamctl(line).arg("-o").arg(format).ok();
        assert!(!shown.stdout.contains("iam_"), "{shown:?}");
    }
    db.iamctl(line).ok().says("nothing was changed");
    assert_eq!((db.rows(), db.audit()), before);
    issue(&db, "--user alice --name ci");
    db.iamctl(line).fails(4);
}

#[test]
fn a_failed_audit_row_rolls_back_the_token() {
    let db = Db::new();
    db.user("alice");
    db.sql("alter table admin_audit_log add constraint no check (action <> 'token.issue')");
    let before = db.rows();
    db.iamctl("token issue --user alice --name ci").fails(7);
    assert_eq!(db.rows(), before);
}
