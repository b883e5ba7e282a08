//! `iamctl owner delete`.

use serde_json::json;

use super::{UNKNOWN, live, team, token_id, users};
use crate::support::{Db, without_change_id};

#[test]
fn an_owner_without_tokens_is_deleted() {
    let (db, other) = team();
    let owner = db.iamctl("owner create --user alice --user carol -o id").ok().line();
    let before = db.state();
    let deleted = db.iamctl(&format!("owner delete {owner} --yes --reason over")).json();
    assert_eq!(
        without_change_id(deleted),
        json!({ "owner_id": owner, "users": [], "live_tokens": 0, "tokens": 0, "changed": true })
    );
    assert_eq!(db.changes(&before, &[&owner]), ["-api_token_owners", "-api_token_owners"]);
    assert_eq!(db.audited(&before), [(); 2].map(|()| format!("owner.delete|{owner}|over")));
    db.refuses(3, &format!("owner delete {owner} --yes"), &owner);
    assert_eq!(users(&db, &other), "alice bob");
}

#[test]
fn live_tokens_are_only_revoked_with_revoke_tokens() {
    let (db, owner) = team();
    let delete = format!("owner delete {owner}");
    for word in ["ci", "cd", &token_id(&db, "ci"), "--revoke-tokens"] {
        db.refuses(5, &format!("{delete} --yes"), word);
    }
    db.refuses(5, &format!("{delete} --dry-run"), "--revoke-tokens");
    let shown = db.dry_run(&format!("{delete} --revoke-tokens"));
    let before = db.state();
    let deleted = db.iamctl(&format!("{delete} --revoke-tokens --yes")).json();
    assert_eq!(without_change_id(deleted.clone()), without_change_id(shown));
    assert_eq!((&deleted["users"], &deleted["live_tokens"]), (&json!([]), &json!(0)));
    assert_eq!((&deleted["tokens"], &deleted["changed"]), (&json!(2), &json!(true)));
    assert_eq!(
        db.changes(&before, &[&owner]),
        [
            "-api_token_owners",
            "-api_token_owners",
            "-api_tokens",
            "-api_tokens",
            "+api_tokens",
            "+api_tokens"
        ],
        "the revoked tokens stay until a purge",
    );
    assert_eq!((users(&db, &owner), live(&db, &owner)), (String::new(), String::new()));
    assert_eq!(db.audited(&before).len(), 4, "one audit row for each change");

    let before = db.state();
    for options in ["", "--revoke-tokens"] {
        let again = db.iamctl(&format!("{delete} {options} --yes")).json();
        assert_eq!(again["changed"], false, "a repeated delete succeeds");
    }
    assert_eq!(db.state(), before);
}

#[test]
fn orphaned_tokens_are_revoked_with_their_owner() {
    let (db, owner) = team();
    db.sql(&format!("delete from api_token_owners where owner_id = '{owner}'"));
    db.refuses(5, &format!("owner delete {owner} --yes"), "--revoke-tokens");
    let before = db.state();
    let deleted = db.iamctl(&format!("owner delete {owner} --revoke-tokens --yes")).json();
    assert_eq!(deleted["changed"], true);
    assert_eq!(
        db.changes(&before, &[&owner]),
        ["-api_tokens", "-api_tokens", "+api_tokens", "+api_tokens"]
    );
}

#[test]
fn delete_asks_first() {
    let (db, _) = team();
    let owner = db.iamctl("owner create --user carol -o id").ok().line();
    let line = format!("owner delete {owner}");
    db.refuses(2, &line, "--yes");
    assert!(db.dry_run(&line).is_object(), "a single object");
    let before = db.state();
    for no in ["n", "", "carol"] {
        assert_eq!(db.answer(&line, &["Delete owner", &owner, "`postgres`"], no), 5);
    }
    assert_eq!(db.state(), before);
    assert_eq!(db.answer(&line, &[&owner], "y"), 0);
    assert_eq!(users(&db, &owner), "");
}

#[test]
fn bad_input_changes_nothing() {
    let db = Db::new();
    db.user("alice");
    db.refuses(3, &format!("owner delete {UNKNOWN} --yes"), UNKNOWN);
    db.refuses(3, &format!("owner delete {UNKNOWN} --dry-run"), UNKNOWN);
    db.refuses(2, "owner delete alice --yes", "UUID");
    db.refuses(2, "owner delete --yes", "ID");
}
