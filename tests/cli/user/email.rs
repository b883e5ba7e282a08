//! `iamctl user set-email`, `verify-email` and `unverify-email`.

use serde_json::json;

use super::{Holder, shared};
use crate::support::Db;

/// The email of alice: address, verified, and whether the time of verification is set.
fn email(db: &Db) -> String {
    db.sql(
        "select email, email_verified, email_verified_at is not null
         from users where username = 'alice'",
    )
}

/// alice and bob, with rows in every table except that alice has no codes. They also share an
/// owner.
fn without_codes() -> (Db, Holder) {
    let db = Db::new();
    let alice = Holder::new(&db, "alice");
    Holder::new(&db, "bob");
    shared(&db, &["alice", "bob"], "team");
    for table in ["verification_codes", "authorization_codes"] {
        db.sql(&format!("delete from {table} where user_id = '{}'", alice.id));
    }
    (db, alice)
}

#[test]
fn a_new_address_is_not_verified() {
    let (db, alice) = without_codes();
    let before = db.state();
    let user =
        db.iamctl("user set-email alice New@Example.COM --yes").arg("--reason=asked for").json();
    assert_eq!((&user["email"], &user["changed"]), (&"new@example.com".into(), &true.into()));
    assert_eq!(user["status"], "unverified");
    assert_eq!(db.changes(&before, &[&alice.id]), ["-users", "+users"]);
    assert_eq!(email(&db), "new@example.com|f|f", "lower-cased before it is stored");
    assert_eq!(db.audited(&before), [format!("user.set-email|{}|asked for", alice.id)]);
    let log = db.sql("select lower(l::text) from admin_audit_log l");
    assert!(!log.contains("@example"), "the log has ids, not emails: {log}");
    assert_eq!(db.iamctl("user show NEW@example.com").json()["id"], alice.id.as_str());
    db.iamctl("user show alice@example.org").fails(3);
}

#[test]
fn the_verified_option_marks_the_address_as_verified() {
    let (db, alice) = without_codes();
    db.sql("update users set email_verified_at = '2020-01-01'");
    let before = db.state();
    let user = db.iamctl("user set-email alice new@x.org --verified --yes").json();
    assert_eq!((&user["status"], &user["changed"]), (&"active".into(), &true.into()));
    assert_eq!(db.changes(&before, &[&alice.id]), ["-users", "+users"]);
    assert_eq!(email(&db), "new@x.org|t|t");
    let recent = "select email_verified_at > now() - '1m'::interval from users
                  where username = 'alice'";
    assert_eq!(db.sql(recent), "t", "the time of verification is that of the new address");
}

#[test]
fn the_same_address_keeps_its_verification() {
    let (db, alice) = without_codes();
    let before = db.state();
    for line in ["alice alice@example.org", "alice ALICE@EXAMPLE.ORG --verified"] {
        let user = db.iamctl(&format!("user set-email {line} --yes")).json();
        assert_eq!((&user["status"], &user["changed"]), (&"active".into(), &false.into()));
    }
    assert_eq!(db.state(), before, "no change, no audit row");

    db.iamctl("user unverify-email alice").ok();
    let set = |more: &str| db.iamctl(&format!("user set-email alice alice@example.org -y {more}"));
    assert_eq!(set("").json()["changed"], false);
    assert_eq!(set("--verified").json()["changed"], true);
    assert_eq!(email(&db), "alice@example.org|t|t");
    assert_eq!(db.audit()[0], format!("user.set-email|{}|", alice.id));
}

#[test]
fn live_codes_for_the_old_address_are_removed() {
    let db = Db::new();
    let alice = Holder::new(&db, "alice");
    Holder::new(&db, "bob");
    let before = db.state();
    db.iamctl("user set-email alice new@x.org --yes").ok();
    assert_eq!(
        db.changes(&before, &[&alice.id]),
        ["-authorization_codes", "-users", "+users", "-verification_codes"],
        "sessions, tokens and the rows of bob are kept",
    );
    assert_eq!(db.audited(&before).len(), 1);
}

#[test]
fn a_taken_address_is_a_conflict() {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    db.iamctl("user delete carol --yes").ok();
    for (address, says) in [
        ("bob@example.org", "the email `bob@example.org` is taken"),
        ("BOB@Example.org", "the email `bob@example.org` is taken"),
        ("carol@example.org", "deleted users keep theirs"),
    ] {
        db.refuses(4, &format!("user set-email alice {address} --yes"), says);
        db.refuses(4, &format!("user set-email alice {address} --dry-run"), says);
    }
}

#[test]
fn set_email_asks_first() {
    let db = Db::new();
    db.user("alice");
    let line = "user set-email alice new@x.org";
    db.refuses(2, line, "--yes");
    let user = db.dry_run(line);
    assert!(user.is_object(), "a single object: {user}");
    assert_eq!((&user["email"], &user["changed"]), (&"new@x.org".into(), &true.into()));

    let words = ["`alice`", "`new@x.org`", "`postgres`"];
    assert_eq!(db.answer(line, &words, "n"), 5);
    assert_eq!(db.answer(line, &words, ""), 5);
    assert_eq!(email(&db), "alice@example.org|t|t");
    assert_eq!(db.answer(line, &words, "y"), 0);
    assert_eq!(email(&db), "new@x.org|f|f");
}

#[test]
fn a_bad_address_changes_nothing() {
    let db = Db::new();
    db.user("alice");
    let long = format!("{}@example.org", "x".repeat(89));
    for (address, says) in [
        ("Alice <a@x.org>", "without a display name"),
        (long.as_str(), "at most 100 bytes"),
        ("nobody", "one bare email address"),
        ("", "one bare email address"),
    ] {
        db.iamctl("user set-email alice --yes").arg(address).fails(2).says(says);
    }
    db.refuses(2, "user set-email alice --yes", "EMAIL");
    db.refuses(3, "user set-email nobody new@x.org --yes", "nobody");
    assert_eq!(email(&db), "alice@example.org|t|t");
}

#[test]
fn verify_email_and_unverify_email_change_only_the_verification() {
    let db = Db::new();
    let alice = Holder::new(&db, "alice");
    Holder::new(&db, "bob");
    db.sql("update users set email_verified_at = '2020-01-01'");
    for (verb, status, stored) in
        [("unverify-email", "unverified", "f|f"), ("verify-email", "active", "t|t")]
    {
        let before = db.state();
        // Neither command asks.
        let run = || db.iamctl(&format!("user {verb} alice --reason why"));
        let first = run().json();
        assert_eq!((&first[0]["status"], &first[0]["changed"]), (&status.into(), &true.into()));
        assert_eq!(db.changes(&before, &[&alice.id]), ["-users", "+users"], "{verb}");
        assert_eq!(email(&db), format!("alice@example.org|{stored}"));
        let again = run().json();
        assert_eq!((&again[0]["status"], &again[0]["changed"]), (&status.into(), &false.into()));
        assert_eq!(db.audited(&before), [format!("user.{verb}|{}|why", alice.id)]);
    }
    let recent = "select email_verified_at > now() - '1m'::interval from users
                  where username = 'alice'";
    assert_eq!(db.sql(recent), "t");
}

#[test]
fn several_users_change_together_or_none() {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    for (verb, verified) in [("unverify-email", "f"), ("verify-email", "t")] {
        db.refuses(3, &format!("user {verb} alice nobody bob"), "nobody");
        let shown = db.dry_run(&format!("user {verb} bob alice@example.org"));
        assert_eq!(
            (&shown[0]["username"], &shown[1]["username"]),
            (&json!("bob"), &json!("alice"))
        );
        assert_eq!((&shown[0]["changed"], &shown[1]["changed"]), (&json!(true), &json!(true)));

        let carol = db.sql("select u from users u where username = 'carol'");
        let some = db.iamctl(&format!("user {verb} - alice")).input("BOB\n\nalice\n").json();
        assert_eq!(some.as_array().unwrap().len(), 2, "a user named twice changes once: {some}");
        assert_eq!(
            db.sql("select email_verified from users where username <> 'carol'"),
            format!("{verified}\n{verified}")
        );
        assert_eq!(db.sql("select u from users u where username = 'carol'"), carol);
        db.iamctl(&format!("user {verb} carol")).ok();

        assert_eq!(db.iamctl(&format!("user {verb} -")).input("\n").json(), json!([]));
        db.iamctl(&format!("user {verb} -")).input("alice\nid:x\n").fails(2).says("line 2");
        db.refuses(2, &format!("user {verb}"), "USER");
    }
}
