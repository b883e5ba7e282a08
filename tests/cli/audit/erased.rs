//! Erasing a user removes the names from the log without changing its rows: rows hold ids, and
//! `audit list` joins the names.

use serde_json::Value;

use super::count;
use crate::support::Db;

/// Zaphod, whom the tests erase, and bob. The log has several entries about each.
fn two_with_a_history() -> (Db, String, String) {
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
fn erasing_removes_names_and_keeps_ids() {
    let (db, zaphod, bob) = two_with_a_history();
    let log = || db.sql("select l from admin_audit_log l order by id");
    let (listed, stored) = (entries(&db, ""), log());
    let of_zaphod = count(&db, &format!("--target {zaphod}"));
    assert!(of_zaphod >= 5, "{listed:#?}");
    for entry in listed.iter().filter(|entry| entry["target"] == zaphod.as_str()) {
        assert_eq!(entry["username"], "Beeblebrox", "the name that the target bears today");
    }

    db.iamctl("user delete beeblebrox --yes").ok();
    db.iamctl("user erase beeblebrox --yes").ok();
    assert!(log().starts_with(&stored), "its rows are never changed or removed");
    let after = entries(&db, "");
    assert_eq!(after.len(), listed.len() + 2, "the delete and the erase");
    assert_eq!(
        (&after[0]["action"], &after[0]["target"]),
        (&"user.erase".into(), &zaphod.clone().into())
    );
    for (mut then, now) in listed.into_iter().zip(&after[2..]) {
        if then["target"] == zaphod.as_str() {
            then["username"] = Value::Null;
        }
        assert_eq!(&then, now, "all but the name is as it was, bob's name too");
    }
    assert_eq!(count(&db, &format!("--target {zaphod}")), of_zaphod + 2);
    assert!(
        entries(&db, &format!("--target {bob}")).iter().all(|entry| entry["username"] == "bob")
    );
}

#[test]
fn no_output_names_an_erased_user() {
    let (db, ..) = two_with_a_history();
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
fn a_reused_name_has_its_own_history() {
    let (db, zaphod, _) = two_with_a_history();
    db.iamctl("user erase beeblebrox --force --yes").ok();
    let next = db.user("Beeblebrox");
    assert_eq!(count(&db, &format!("--target {next}")), 1);
    for entry in entries(&db, &format!("--target {zaphod}")) {
        assert_eq!(entry["username"], Value::Null);
    }
}
