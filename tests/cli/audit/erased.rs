//! Erasing a user removes the username from `audit list` without changing the log: its rows hold
//! ids, and `audit list` looks up the usernames.

use serde_json::Value;

use super::count;
use crate::support::Db;

/// Zaphod-Bee, the user to erase, and bob. The log has several entries about each.
fn two_users_with_entries() -> (Db, String, String) {
    let db = Db::new();
    let ids = ["Zaphod-Bee", "bob"].map(|name| {
        let id = db.user(name);
        db.iamctl(&format!("token issue --user {name} --name of-{name}")).ok();
        db.iamctl(&format!("code issue authorization --user {name}")).ok();
        db.iamctl(&format!("user set-email {name} {name}@heartofgold.example -y --verified")).ok();
        db.iamctl(&format!("user unverify-email {name}")).ok();
        db.iamctl(&format!("user verify-email {name}")).ok();
        id
    });
    db.iamctl("user rename zaphod-bee Beeblebrox").ok();
    db.iamctl("owner create --user beeblebrox --user bob").ok();
    let [zaphod, bob] = ids;
    (db, zaphod, bob)
}

fn entries(db: &Db, options: &str) -> Vec<Value> {
    db.iamctl(&format!("audit list {options}")).json().as_array().unwrap().clone()
}

#[test]
fn erasing_removes_the_username_and_keeps_the_id() {
    let (db, zaphod, bob) = two_users_with_entries();
    let log = || db.sql("select l from admin_audit_log l order by id");
    let (listed, stored) = (entries(&db, ""), log());
    let of_zaphod = count(&db, &format!("--target {zaphod}"));
    assert!(of_zaphod >= 5, "{listed:#?}");
    for entry in listed.iter().filter(|entry| entry["target"] == zaphod.as_str()) {
        assert_eq!(entry["username"], "Beeblebrox", "the current username of the target");
    }

    db.iamctl("user delete beeblebrox --yes").ok();
    db.iamctl("user erase beeblebrox --yes").ok();
    assert!(log().starts_with(&stored), "erasing changes no row of the log");
    let after = entries(&db, "");
    assert_eq!(after.len(), listed.len() + 2, "one entry for the delete and one for the erase");
    assert_eq!(
        (&after[0]["action"], &after[0]["target"]),
        (&"user.erase".into(), &zaphod.clone().into())
    );
    for (mut then, now) in listed.into_iter().zip(&after[2..]) {
        if [&then["target"], &then["details"]["user_id"]].contains(&&Value::from(zaphod.as_str())) {
            then["username"] = Value::Null;
        }
        assert_eq!(&then, now, "only the username of the erased user changes");
    }
    assert_eq!(count(&db, &format!("--target {zaphod}")), of_zaphod + 2);
    assert!(
        entries(&db, &format!("--target {bob}")).iter().all(|entry| entry["username"] == "bob")
    );
}

#[test]
fn no_output_names_an_erased_user() {
    let (db, ..) = two_users_with_entries();
    db.iamctl("user erase beeblebrox --force --yes").ok();
    let mut shown = db.sql("select l from admin_audit_log l");
    for format in ["table --all", "json", "jsonl", "csv", "id"] {
        shown += &db.iamctl(&format!("audit list -o {format}")).ok().stdout;
    }
    let shown = shown.to_lowercase();
    for word in ["zaphod", "beeblebrox", "heartofgold", "example.org", "of-bob"] {
        assert!(!shown.contains(word), "`{word}` is in the log: {shown}");
    }
    let everything = db.rows().concat().to_lowercase();
    assert!(!everything.contains("zaphod") && !everything.contains("beeblebrox"), "{everything}");
}

#[test]
fn a_user_with_a_reused_name_has_separate_entries() {
    let (db, zaphod, _) = two_users_with_entries();
    db.iamctl("user erase beeblebrox --force --yes").ok();
    let next = db.user("Beeblebrox");
    assert_eq!(count(&db, &format!("--target {next}")), 1);
    for entry in entries(&db, &format!("--target {zaphod}")) {
        assert_eq!(entry["username"], Value::Null);
    }
}
