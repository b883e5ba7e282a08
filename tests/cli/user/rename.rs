//! `iamctl user rename`.

use super::{Holder, shared};
use crate::support::Db;
use crate::support::running::at_once;

#[test]
fn rename_changes_only_the_username_and_its_fingerprint() {
    let db = Db::new();
    let alice = Holder::new(&db, "alice");
    Holder::new(&db, "bob");
    shared(&db, &["alice", "bob"], "team");
    let before = db.state();
    let user = db.iamctl("user rename alice Zoe_B --reason married").json();
    assert_eq!((&user["username"], &user["changed"]), (&"Zoe_B".into(), &true.into()));
    assert_eq!(user["email"], "alice@example.org");
    assert_eq!(db.changes(&before, &[&alice.id]), ["-users", "+users"]);
    assert_eq!(
        db.sql(&format!(
            "select username, encode(username_fingerprint, 'escape') = encode(sha256('zoe$b'), 'hex'),
                    email, email_verified, email_verified_at is not null, blocked, deleted
             from users where id = '{}'",
            alice.id
        )),
        "Zoe_B|t|alice@example.org|t|t|f|f",
    );
    assert_eq!(db.audited(&before), [format!("user.rename|{}|married", alice.id)]);
    assert_eq!(db.iamctl("user show zoe-b").json()["id"], alice.id.as_str());
    db.iamctl("user show alice").fails(3);
    let log = db.sql("select lower(l::text) from admin_audit_log l");
    assert!(!log.contains("zoe") && !log.contains("alice"), "the log has ids, not names: {log}");
    db.iamctl("user create alice --email other@example.org").ok();
}

#[test]
fn rename_accepts_a_change_of_only_case_and_punctuation() {
    let db = Db::new();
    let id = db.user("Alice-W");
    for name in ["alice-w", "ALICE_W", "Alice-W"] {
        let before = db.state();
        let user = db.iamctl(&format!("user rename alice_w {name}")).json();
        assert_eq!((&user["username"], &user["changed"]), (&name.into(), &true.into()));
        assert_eq!(db.changes(&before, &[&id]), ["-users", "+users"]);
        assert_eq!(db.sql("select username from users"), name, "stored as typed");
    }
}

#[test]
fn renaming_to_the_same_username_succeeds_without_a_change() {
    let db = Db::new();
    db.user("alice");
    let before = db.state();
    let user = db.iamctl("user rename alice@example.org alice").json();
    assert_eq!((&user["username"], &user["changed"]), (&"alice".into(), &false.into()));
    assert_eq!(db.state(), before, "no change, no audit row");

    // A wrong fingerprint from another program is repaired.
    db.sql("update users set username_fingerprint = 'wrong'");
    assert_eq!(db.iamctl("user rename alice alice").json()["changed"], true);
    assert_eq!(
        db.sql("select encode(username_fingerprint, 'escape') = encode(sha256('alice'), 'hex') from users"),
        "t",
    );
}

#[test]
fn a_taken_name_is_a_conflict() {
    let db = Db::new();
    for name in ["alice", "Bob-1", "carol"] {
        db.user(name);
    }
    db.iamctl("user delete carol --yes").ok();
    for (name, says) in [
        ("Bob-1", "the username `Bob-1` is taken"),
        ("bob_1", "the username `bob_1` is taken"),
        ("Carol", "deleted users keep theirs"),
    ] {
        db.refuses(4, &format!("user rename alice {name}"), says);
        db.refuses(4, &format!("user rename alice {name} --dry-run"), says);
    }
}

#[test]
fn a_dry_run_shows_the_new_name() {
    let db = Db::new();
    db.user("alice");
    let user = db.dry_run("user rename alice zoe");
    assert!(user.is_object(), "a single object: {user}");
    assert_eq!((&user["username"], &user["changed"]), (&"zoe".into(), &true.into()));
}

#[test]
fn bad_input_changes_nothing() {
    let db = Db::new();
    db.user("alice");
    let long = "x".repeat(41);
    for (name, says) in [
        ("", "2 to 40 characters"),
        ("z", "2 to 40 characters"),
        (long.as_str(), "2 to 40 characters"),
        ("zoe_", "neither begins nor ends"),
        ("-zoe", "neither begins nor ends"),
        ("z\u{7}e", "2 to 40 characters"),
    ] {
        db.iamctl("user rename alice --").arg(name).fails(2).says(says);
    }
    db.refuses(2, "user rename alice", "NEW_USERNAME");
    db.refuses(2, "user rename alice zoe zoe2", "zoe2");
    db.refuses(3, "user rename nobody zoe", "nobody");
    db.refuses(3, "user rename 00000000-0000-0000-0000-000000000000 zoe", "no user");
    assert_eq!(db.sql("select username from users"), "alice");
}

#[test]
fn only_one_of_several_concurrent_renames_to_one_name_succeeds() {
    let db = Db::new();
    let names = ["alice", "bob", "carol", "dave", "erin"];
    for name in names {
        db.user(name);
    }
    let outcomes = at_once(names.map(|name| db.iamctl(&format!("user rename {name} zoe"))));
    let mut codes: Vec<_> = outcomes.iter().map(|outcome| outcome.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 4, 4, 4, 4], "{outcomes:#?}");
    assert_eq!(db.sql("select count(*) from users where username = 'zoe'"), "1");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'user.rename'"), "1");
}
