//! `iamctl user create`.

use std::thread;

use crate::support::{Db, Run};

#[test]
fn create_writes_the_row_that_the_service_accepts() {
    let db = Db::new();
    let user = db.iamctl("user create Alice-W --email Alice@Example.ORG --verified").json();
    assert_eq!(user["username"], "Alice-W", "stored as typed");
    assert_eq!(user["email"], "alice@example.org", "lower-cased before it is stored");
    assert_eq!(user["status"], "active");
    assert_eq!(user["changed"], true);
    assert_eq!(
        db.sql("select encode(username_fingerprint, 'escape'), email_verified_at is not null from users"),
        "bb9ea6d55cb6104e7d6ad33974280ab07d514d1c7ed5cca8126baf4c41201e80|t",
        "the fingerprint that Alice-W and alice_w share",
    );
    let id = user["id"].as_str().unwrap();
    assert_eq!(db.audit(), [format!("user.create|{id}|")]);
}

#[test]
fn create_takes_an_id_and_leaves_the_email_unverified() {
    let db = Db::new();
    let id = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";
    let user = db.iamctl(&format!("user create bob --email b@x.org --id {id}")).json();
    assert_eq!(user["id"], id);
    assert_eq!(user["status"], "unverified");
    db.iamctl(&format!("user create eve --email e@x.org --id {id}"))
        .fails(4)
        .says(&format!("the id {id} is taken"));
}

#[test]
fn a_name_that_differs_in_punctuation_is_a_conflict_on_the_username() {
    let db = Db::new();
    db.iamctl("user create Alice_W --email a@x.org").ok();
    db.iamctl("user create alice-w --email other@x.org").fails(4).says("the username `alice-w`");
    db.iamctl("user create other --email A@X.org").fails(4).says("the email `a@x.org`");
    assert_eq!(db.sql("select count(*) from users"), "1");
}

#[test]
fn deleted_users_keep_their_name_and_email() {
    let db = Db::new();
    db.user("alice");
    db.iamctl("user delete alice --yes").ok();
    db.iamctl("user create alice --email new@x.org").fails(4).says("deleted users keep");
    db.iamctl("user create new --email alice@example.org").fails(4).says("deleted users keep");
    db.iamctl("user create alice --email alice@example.org --if-not-exists")
        .fails(4)
        .says("user restore");
}

#[test]
fn if_not_exists_accepts_the_same_user_only() {
    let db = Db::new();
    let id = db.user("alice");
    let same = db.iamctl("user create alice --email ALICE@example.org --if-not-exists").json();
    assert_eq!(same["changed"], false);
    assert_eq!(same["id"], id.as_str());
    db.iamctl("user create alice --email other@x.org --if-not-exists").fails(4);
    db.iamctl("user create Alice --email alice@example.org --if-not-exists").fails(4);
    db.iamctl("user create other --email alice@example.org --if-not-exists").fails(4);
    assert_eq!(db.audit().len(), 1, "no change, no audit row");
    let new = db.iamctl("user create bob --email b@x.org --if-not-exists").json();
    assert_eq!(new["changed"], true);
}

#[test]
fn twenty_concurrent_creates_make_one_user() {
    let db = Db::new();
    let codes: Vec<i32> = thread::scope(|scope| {
        let runs: Vec<_> = (0..20)
            .map(|number| {
                let run = db.iamctl(&format!("user create alice --email a{number}@x.org"));
                scope.spawn(|| run.run().code)
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|&&code| code == 0).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|&&code| code == 4).count(), 19, "{codes:?}");
    assert_eq!(db.sql("select count(*) from users"), "1");
    assert_eq!(db.audit().len(), 1);
}

#[test]
fn bad_input_is_refused_with_advice_and_changes_nothing() {
    let db = Db::new();
    let long = "x".repeat(41);
    for (name, email, says) in [
        ("", "a@x.org", "2 to 40 characters"),
        ("a", "a@x.org", "2 to 40 characters"),
        (long.as_str(), "a@x.org", "2 to 40 characters"),
        ("ab_", "a@x.org", "neither begins nor ends"),
        ("a\u{7}b", "a@x.org", "2 to 40 characters"),
        ("alice", "Alice <a@x.org>", "without a display name"),
        ("alice", &format!("{}@example.org", "x".repeat(89)), "at most 100 bytes"),
        ("alice", "nobody", "one bare email address"),
    ] {
        db.iamctl("user create").arg("--email").arg(email).arg("--").arg(name).fails(2).says(says);
    }
    // A name that begins with a hyphen needs `--` before it, and is not a valid username.
    db.iamctl("user create --email a@x.org -- -ab").fails(2).says("neither begins nor ends");
    db.iamctl("user create --email a@x.org -ab").fails(2).says("--");
    db.iamctl("user create alice --email a@x.org --id 1234").fails(2);
    assert_eq!(db.rows(), [""; 0]);
    assert_eq!(db.audit(), [""; 0]);
}

#[test]
fn a_failed_audit_row_rolls_back_the_change() {
    let db = Db::new();
    db.sql("alter table admin_audit_log add constraint nothing check (action <> 'user.create')");
    let url = db.url();
    assert_ne!(Run::new(&url, "user create alice --email a@x.org").run().code, 0);
    assert_eq!(db.sql("select count(*) from users"), "0");
}

/// The flag covers the user's own username, email and id only.
#[test]
fn if_not_exists_is_refused_beside_another_unique_index() {
    let db = Db::new();
    db.user("alice");
    db.sql("create unique index one_of_a_domain on users (split_part(email, '@', 2))");
    let line = "user create bob --email bob@example.org";
    for line in [line, &format!("{line} --if-not-exists")] {
        db.refuses(7, line, "one_of_a_domain");
    }
}

#[test]
fn a_user_who_cannot_log_in_yet_is_told_so_with_the_command_that_mends_it() {
    let db = Db::new();
    let create = |options: &str| db.iamctl(&format!("user create bob --email b@x.org {options}"));
    let mend = "Run `iamctl user verify-email bob`";
    create("--dry-run").ok().says(mend);
    create("")
        .ok()
        .says("user `bob` cannot log in or get a token yet: the email is not verified. ")
        .says(mend);
    create("--if-not-exists")
        .ok()
        .says("user `bob` exists, and was left as it is: the email")
        .says(mend);
    create("--if-not-exists --verified")
        .ok()
        .says("--verified was not applied: the email")
        .says(mend);
    assert_eq!(create("--if-not-exists --verified -q").ok().stderr, "");
    db.iamctl("user block bob --yes").ok();
    create("--if-not-exists --verified")
        .ok()
        .says("the account is blocked, and the email is not verified. ")
        .says("Run `iamctl user unblock bob` and `iamctl user verify-email bob`");
    db.iamctl("user verify-email bob").ok();
    create("--if-not-exists --verified")
        .ok()
        .says("user `bob` exists, and was left as it is: the account is blocked. ");
    db.iamctl("user unblock bob").ok();
    assert_eq!(create("--if-not-exists --verified").ok().stderr, "");
    assert_eq!(db.iamctl("user create eve --email e@x.org --verified").ok().stderr, "");
}

/// Its trigger fires before PostgreSQL finds that the user exists.
#[test]
fn if_not_exists_finds_the_user_beside_a_trigger_that_refuses_new_rows() {
    let db = Db::new();
    db.user("alice");
    db.sql(
        "create function quota() returns trigger language plpgsql as
             $$ begin raise exception 'quota exceeded'; end $$;
         create trigger quota before insert on users for each row execute function quota()",
    );
    let found = db.iamctl("user create alice --email alice@example.org --if-not-exists").json();
    assert_eq!(found["changed"], false);
    db.iamctl("user create bob --email bob@example.org --if-not-exists")
        .fails(1)
        .says("quota exceeded");
}
