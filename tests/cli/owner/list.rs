//! `iamctl owner list` and `show`.

use serde_json::json;

use super::{UNKNOWN, team};
use crate::support::Db;

fn ids(db: &Db, options: &str) -> Vec<String> {
    let listed = db.iamctl(&format!("owner list -o id {options}")).ok();
    listed.lines().into_iter().map(str::to_owned).collect()
}

#[test]
fn show_lists_the_users_and_counts_the_tokens() {
    let (db, owner) = team();
    db.iamctl(&format!("token issue --owner {owner} --name old")).ok();
    db.iamctl(&format!("token issue --owner {owner} --name gone")).ok();
    db.iamctl(&format!("token block --owner {owner} --name cd --yes")).ok();
    db.iamctl(&format!("token revoke --owner {owner} --name gone --yes")).ok();
    db.sql("update api_tokens set expires_at = now() where name = 'old'");
    let before = db.state();
    for selector in [owner.clone(), format!("id:{owner}"), owner.to_uppercase()] {
        let shown = db.in_every_format(&format!("owner show {selector}"));
        let expected =
            json!({ "owner_id": owner, "users": ["alice", "bob"], "live_tokens": 2, "tokens": 4 });
        assert_eq!(shown, expected);
    }
    assert_eq!(db.state(), before);
    let table = db.iamctl(&format!("owner show {owner}")).ok().stdout;
    assert!(table.contains("alice, bob"), "{table}");
}

#[test]
fn an_owner_without_users_can_be_shown() {
    let (db, owner) = team();
    db.sql(&format!("delete from api_token_owners where owner_id = '{owner}'"));
    let shown = db.iamctl(&format!("owner show {owner}")).json();
    assert_eq!((&shown["users"], &shown["live_tokens"]), (&json!([]), &json!(2)));
    assert!(!ids(&db, "").contains(&owner), "only `token list --orphaned` shows its tokens");
}

#[test]
fn list_has_each_owner_once() {
    let (db, owner) = team();
    let listed = db.in_every_format("owner list");
    assert_eq!(listed.as_array().unwrap().len(), 4, "three personal owners, and a shared one");
    let shared = listed.as_array().unwrap().iter().find(|one| one["owner_id"] == owner.as_str());
    assert_eq!(shared.unwrap()["users"], json!(["alice", "bob"]));
    let sorted = db.sql("select distinct owner_id from api_token_owners order by 1");
    assert_eq!(ids(&db, "").join("\n"), sorted);
    assert_eq!(db.iamctl("owner list --count").ok().line(), "4");
    assert_eq!(db.iamctl("owner list --count").json()["count"], 4);
}

#[test]
fn list_of_a_user_includes_shared_owners() {
    let (db, owner) = team();
    for (user, count) in [("alice", 2), ("bob@example.org", 2), ("carol", 1)] {
        let owners = ids(&db, &format!("--user {user}"));
        assert_eq!(owners.len(), count, "{user}");
        assert_eq!(owners.contains(&owner), count == 2, "{user}");
        let counted = db.iamctl(&format!("owner list --count --user {user}")).ok().line();
        assert_eq!(counted, count.to_string());
    }
    db.user("dave");
    assert_eq!(db.iamctl("owner list --user dave").json(), json!([]), "an empty list succeeds");
    db.iamctl("owner list --user nobody").fails(3).says("nobody");
}

#[test]
fn list_pages_with_after() {
    let (db, _) = team();
    // An owner with many users is one row of a page.
    db.iamctl("owner create --user alice --user bob --user carol").ok();
    for filter in ["", "--user alice"] {
        let all = ids(&db, filter);
        for size in 1..3 {
            let mut paged = Vec::new();
            let mut after = String::new();
            for _ in 0..=all.len() {
                let page = ids(&db, &format!("{filter} --limit {size} {after}"));
                assert!(page.len() <= size);
                let Some(last) = page.last() else { break };
                after = format!("--after {last}");
                paged.extend(page);
            }
            assert_eq!(paged, all, "pages of {size} {filter}");
        }
    }
    let all = ids(&db, "");
    db.iamctl("owner list --limit 2").ok().says(&format!("--after {}", all[1]));
    db.iamctl("owner list --after alice").fails(2).says("UUID");
    db.iamctl("owner list --limit 0").fails(2);
}

#[test]
fn a_table_shows_100_owners_and_says_that_there_are_more() {
    let db = Db::new();
    let alice = db.user("alice");
    db.sql(&format!(
        "insert into api_token_owners select gen_random_uuid(), '{alice}' from generate_series(1, 120)"
    ));
    let table =
        db.iamctl("owner list --no-headers").ok().says("printed 100 rows, and there are more");
    assert_eq!(table.lines().iter().filter(|line| line.contains("alice")).count(), 100);
    assert_eq!(ids(&db, "").len(), 120, "machine formats are complete");
}

#[test]
fn show_names_an_owner_that_does_not_exist() {
    let (db, _) = team();
    db.iamctl(&format!("owner show {UNKNOWN}")).fails(3).says(UNKNOWN);
    let error = db.iamctl(&format!("owner show {UNKNOWN} -o json")).fails(3).stderr;
    let error: serde_json::Value = serde_json::from_str(&error).unwrap();
    assert_eq!(error["error"]["kind"], "not_found");
    for bad in ["alice", "123", "id:alice", &UNKNOWN.replace('-', "")] {
        db.iamctl(&format!("owner show {bad}")).fails(2).says("UUID");
    }
    db.iamctl("owner show").fails(2).says("ID");
}
