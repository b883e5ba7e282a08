//! `iamctl owner create`.

use serde_json::json;

use super::{team, user_id, users};
use crate::support::Db;
use crate::support::running::at_once;

#[test]
fn create_makes_an_owner_that_its_users_share() {
    let (db, other) = team();
    let before = db.state();
    let owner = db
        .iamctl("owner create --user carol --user ALICE@example.org --user carol --reason robots")
        .json();
    let id = owner["owner_id"].as_str().unwrap();
    assert_ne!(id, other);
    assert_eq!(owner["users"], json!(["alice", "carol"]), "each user is listed once");
    assert_eq!((&owner["live_tokens"], &owner["tokens"]), (&json!(0), &json!(0)));
    assert_eq!(owner["changed"], true);
    assert_eq!(db.changes(&before, &[id]), ["+api_token_owners", "+api_token_owners"]);
    assert_eq!(users(&db, id), "alice carol");
    // One audit row for each user of the owner.
    assert_eq!(db.audited(&before), [(); 2].map(|()| format!("owner.create|{id}|robots")));
    let members = format!(
        "select string_agg(details->>'user_id', ' ' order by details->>'user_id')
         = (select string_agg(id::text, ' ' order by id) from users where username <> 'bob')
         from admin_audit_log where target = '{id}'"
    );
    assert_eq!(db.sql(&members), "t");

    db.iamctl(&format!("token issue --owner {id} --name robot")).ok();
    assert_eq!(db.iamctl(&format!("owner show {id}")).json()["live_tokens"], 1);
}

#[test]
fn a_user_with_two_personal_owners_is_a_conflict() {
    let (db, _) = team();
    let first = db.iamctl("token show --user alice --name alice-own").json()["owner_id"].clone();
    let second = db.iamctl("owner create --user alice -o id").ok().line();
    let refused = db.iamctl("token issue --user alice --name new").fails(4);
    for owner in [first.as_str().unwrap(), &second] {
        assert!(refused.stderr.contains(owner), "the message lists both owners: {refused:?}");
    }
}

#[test]
fn a_dry_run_shows_the_owner() {
    let (db, _) = team();
    let owner = db.dry_run("owner create --user alice --user carol");
    assert_eq!(owner["users"], json!(["alice", "carol"]));
    assert_eq!(owner["changed"], true);
}

#[test]
fn an_unknown_user_or_bad_input_creates_no_owner() {
    let (db, _) = team();
    db.refuses(3, "owner create --user alice --user nobody --user bob", "nobody");
    db.refuses(2, "owner create", "--user");
    db.refuses(2, "owner create alice", "alice");
    db.refuses(2, "owner create --user id:alice", "UUID");
    db.iamctl("owner create --user").arg("").fails(2);
}

#[test]
fn six_concurrent_creates_make_six_owners() {
    let db = Db::new();
    let alice = db.user("alice");
    assert_eq!(user_id(&db, "alice"), alice);
    for outcome in at_once((0..6).map(|_| db.iamctl("owner create --user alice"))) {
        assert_eq!(outcome.code, 0, "{outcome:?}");
    }
    assert_eq!(db.sql("select count(distinct owner_id) from api_token_owners"), "6");
}
