//! `iamctl token verify`.

use std::io::Write as _;
use std::process::Command;

use nix::sys::signal::Signal;
use rexpect::session::{PtySession, spawn_command};
use serde_json::Value;

use super::{digest, insert, issue, shared_owner, stored};
use crate::support::shapes::in_five_formats;
use crate::support::{Db, IAMCTL, Run, ignores};

fn verify(db: &Db, value: &str) -> Run {
    db.iamctl("token verify").input(value)
}

/// Verifies a token that is not valid now. Expects the record on standard output and only the error
/// on standard error.
#[track_caller]
fn refused(db: &Db, token: &str, status: &str) -> String {
    let outcome = verify(db, token).arg("-ojson").ends_with(5);
    assert_eq!(outcome.json()["status"], status);
    let error: Value = serde_json::from_str(&outcome.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "refused");
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains(status), "{message}");
    assert!(!outcome.stdout.contains(&token[4..]) && !outcome.stderr.contains(&token[4..]));
    message.to_owned()
}

#[test]
fn verify_prints_the_record_of_the_token() {
    let db = Db::new();
    let alice = db.user("alice");
    db.user("bob");
    issue(&db, "--user bob --name ci");
    let token = issue(&db, "--user alice --name ci --expires-at 2999-01-31");
    let before = (db.rows(), db.audit());
    let verified = verify(&db, &token).json();
    let owner = db.sql(&format!("select owner_id from api_token_owners where user_id = '{alice}'"));
    for (key, value) in [
        ("name", "ci".into()),
        ("status", "active".into()),
        ("users", serde_json::json!(["alice"])),
        ("expires_at", "2999-01-31T00:00:00Z".into()),
        ("owner_id", owner.into()),
    ] {
        assert_eq!(verified[key], value, "{key}");
    }
    assert!(verified.get("token").is_none(), "{verified}");
    let table = verify(&db, &token).ok();
    assert!(table.stdout.contains("alice") && table.stdout.contains("2999"), "{table:?}");
    assert!(!table.stdout.contains(&token[4..]) && !table.stderr.contains(&token[4..]));
    assert_eq!(in_five_formats(|| verify(&db, &token)), 1);
    for around in [format!("{token}\n"), format!("\n  {token} \r\n\n")] {
        verify(&db, &around).ok();
    }
    assert_eq!((db.rows(), db.audit()), before, "token verify changes nothing");
}

#[test]
fn a_token_that_is_not_valid_now_is_exit_code_5() {
    let db = Db::new();
    db.user("alice");
    let [blocked, revoked, expired] = ["blocked", "revoked", "expired"].map(|name| {
        let token = issue(&db, &format!("--user alice --name {name}"));
        verify(&db, &token).ok();
        token
    });
    db.iamctl("token block --user alice --name blocked --yes").ok();
    db.iamctl("token revoke --user alice --name revoked --yes").ok();
    db.sql(
        "update api_tokens set expires_at = '2020-01-31 12:00:00+00' where name = 'expired';
         update api_tokens set revoked_at = '2020-02-01 12:00:00+00' where name = 'revoked'",
    );
    let before = (db.rows(), db.audit());
    refused(&db, &blocked, "blocked");
    assert!(refused(&db, &expired, "expired").contains("2020-01-31T12:00:00Z"));
    assert!(refused(&db, &revoked, "revoked").contains("2020-02-01T12:00:00Z"));
    verify(&db, &blocked).ends_with(5).says("not accepted");
    assert_eq!((db.rows(), db.audit()), before);
    db.iamctl("token unblock --user alice --name blocked").ok();
    verify(&db, &blocked).ok();
}

#[test]
fn the_status_depends_on_the_users_of_the_owner() {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
    }
    let shared = shared_owner(&db, &["alice", "bob"]);
    let token = issue(&db, &format!("--owner {shared} --name ci"));
    db.iamctl("user block alice --yes").ok();
    verify(&db, &token).ok();
    db.iamctl("user delete bob --yes").ok();
    refused(&db, &token, "owner-blocked");
    db.iamctl("user unblock alice").ok();
    verify(&db, &token).ok();
    db.sql("update users set email_verified = false");
    verify(&db, &token).ok();
    db.sql("delete from api_token_owners");
    refused(&db, &token, "owner-blocked");
}

#[test]
fn expiry_depends_on_the_clock_of_the_database_in_any_timezone() {
    let db = Db::new();
    db.user("alice");
    let [soon, just] = ["soon", "just"].map(|name| {
        let token = issue(&db, &format!("--user alice --name {name}"));
        let side = if name == "soon" { "+" } else { "-" };
        db.sql(&format!(
            "update api_tokens set expires_at = now() {side} '1m'::interval where name = '{name}'"
        ));
        token
    });
    for zone in ["UTC", "Asia/Kolkata", "America/New_York"] {
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        verify(&db, &soon).ok();
        refused(&db, &just, "expired");
    }
}

#[test]
fn a_malformed_token_is_rejected_offline() {
    let db = Db::new();
    db.user("alice");
    let token = issue(&db, "--user alice --name ci");
    let unreachable = || Run::new("host=/nonexistent user=u dbname=d", "token verify");
    let swapped = |at: usize| {
        let mut typo = token.clone().into_bytes();
        typo.swap(at, at + 1);
        String::from_utf8(typo).unwrap()
    };
    let at = (10..40).find(|&at| token.as_bytes()[at] != token.as_bytes()[at + 1]).unwrap();
    for wrong in [
        swapped(at),
        token[..52].to_owned(),
        format!("{token}0"),
        token[4..].to_owned(),
        token.to_lowercase() + "x",
        format!("{} {}", &token[..20], &token[20..]),
        digest(&db, &token),
        "some-username".to_owned(),
        format!("iam_{}", "0".repeat(2000)),
    ] {
        let failed = unreachable().input(wrong.as_str()).fails(2);
        assert!(!failed.stderr.contains(&wrong[4..]), "{failed:?}");
        let json = unreachable().arg("-ojson").input(wrong.as_str()).fails(2);
        let json: Value = serde_json::from_str(&json.stderr).unwrap();
        assert_eq!(json["error"]["kind"], "usage");
    }
    unreachable().input(b"iam_\xff").fails(2).says("UTF-8");
    for none in ["", "\n\n"] {
        unreachable().input(none).fails(2).says("one token");
    }
    unreachable().input(format!("{token}\n{token}\n")).fails(2).says("one token");
    // Only a well-formed token is looked up in the database.
    unreachable().input(token.as_str()).fails(6);
    verify(&db, &token).ok();
}

#[test]
fn an_unknown_token_is_exit_code_3_and_a_digest_is_never_accepted() {
    let db = Db::new();
    db.user("alice");
    let token = issue(&db, "--user alice --name ci");
    let digest = digest(&db, &token);
    for (value, code) in [
        ("iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP", 3),
        (digest.as_str(), 2),
        (&digest.replace('.', "="), 3),
        (&digest[..43], 2),
        (&format!("iam_{}", &digest[..43]), 2),
        (&digest[..12], 2),
    ] {
        let failed = verify(&db, value).fails(code);
        assert!(!failed.stderr.contains(&value[..12]), "{failed:?}");
    }
    // A token does not match a row that stores its first 44 characters unchanged.
    let owner = db.sql("select owner_id from api_tokens");
    insert(&db, &owner, "plaintext", &token[..44]);
    db.sql("delete from api_tokens where name = 'ci'");
    verify(&db, &token).fails(3);
    insert(&db, &owner, "other", &stored("x"));
    verify(&db, &stored("x")).fails(2);
}

#[test]
fn a_token_is_not_accepted_as_an_argument() {
    let db = Db::new();
    db.user("alice");
    let token = issue(&db, "--user alice --name ci");
    for option in ["", "--token", "--stdin"] {
        let line = format!("token verify {option}");
        let failed = db.iamctl(&line).arg(&token).input(token.as_str()).fails(2);
        assert!(!failed.stderr.contains(&token[4..]), "{failed:?}");
    }
    let failed = db.iamctl("token verify").arg(format!("--token={token}")).fails(2);
    assert!(!failed.stderr.contains(&token[4..]), "{failed:?}");
}

/// Runs a line of shell on a terminal that echoes its input. `$IAMCTL` is the program.
fn on_echoing_terminal(db: &Db, line: &str) -> PtySession {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("stty echo; {line}; echo code $?; stty -a")]);
    command.env("DATABASE_URL", db.url()).env("IAMCTL", IAMCTL);
    spawn_command(command, Some(20_000)).unwrap()
}

#[test]
fn the_prompt_on_a_terminal_hides_the_value() {
    let db = Db::new();
    db.user("alice");
    let token = issue(&db, "--user alice --name ci");
    let unknown = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    for (value, code, says) in
        [(token.as_str(), 0, "active"), (unknown, 3, "token"), (&token[..50], 2, "mistyped")]
    {
        let mut terminal = on_echoing_terminal(&db, "$IAMCTL token verify");
        terminal.exp_string("Token").unwrap();
        terminal.send_line(value).unwrap();
        let rest = terminal.exp_eof().unwrap();
        assert!(rest.contains(says) && rest.contains(&format!("code {code}")), "{rest}");
        assert!(!rest.contains(&value[4..]), "the prompt shows the value: {rest}");
    }
}

#[test]
fn an_interrupted_hidden_prompt_restores_the_terminal() {
    let db = Db::new();
    for (key, signal, code) in [('c', Signal::SIGINT, 130), ('\\', Signal::SIGQUIT, 131)] {
        if ignores(signal) {
            continue;
        }
        let mut terminal = on_echoing_terminal(&db, "trap : INT QUIT; $IAMCTL token verify");
        terminal.exp_string("Token").unwrap();
        terminal.send_control(key).unwrap();
        let rest = terminal.exp_eof().unwrap();
        assert!(rest.contains(&format!("code {code}")) && rest.contains(" echo "), "{rest}");
    }
}

#[test]
fn what_is_typed_at_the_hidden_prompt_and_is_not_utf_8_is_a_usage_error() {
    let db = Db::new();
    let mut terminal = on_echoing_terminal(&db, "$IAMCTL token verify");
    terminal.exp_string("Token").unwrap();
    terminal.process().get_file_handle().unwrap().write_all(b"\xff\n").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("code 2") && rest.contains("not UTF-8"), "{rest}");
}

/// The prompt would not be seen, and whoever types the token anyhow would see it: it is not waited for.
#[test]
fn a_token_is_not_read_from_a_terminal_where_the_prompt_cannot_be_shown() {
    let db = Db::new();
    let mut terminal = on_echoing_terminal(&db, "$IAMCTL token verify 2>/dev/null");
    let rest = terminal.exp_eof().unwrap();
    assert!(rest.contains("code 2"), "{rest}");
}
