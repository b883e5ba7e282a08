//! `iamctl token list`: filters, states, pages.

use super::{insert, issue, names, shared_owner, stored};
use crate::support::Db;
use crate::support::shapes::in_five_formats;

fn list(db: &Db, options: &str) -> Vec<String> {
    let mut names = names(&db.iamctl(&format!("token list {options} -o json")).ok());
    names.sort_unstable();
    names
}

/// A database with a token in every state.
fn every_state() -> Db {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    for name in ["active", "blocked", "expired", "revoked"] {
        issue(&db, &format!("--user alice --name {name}"));
    }
    for name in ["bob", "carol"] {
        issue(&db, &format!("--user {name} --name owner-{name}"));
    }
    let shared = shared_owner(&db, &["alice", "bob", "carol"]);
    issue(&db, &format!("--owner {shared} --name shared"));
    db.sql("update api_tokens set blocked = true where name = 'blocked'");
    db.sql("update api_tokens set expires_at = now() where name = 'expired'");
    db.iamctl("token revoke --user alice --name revoked --yes").ok();
    db.iamctl("user block bob --yes").ok();
    db.iamctl("user delete carol --yes").ok();
    db
}

#[test]
fn list_filters_tokens_by_status() {
    let db = every_state();
    let tokens = db.iamctl("token list").json();
    let tokens = tokens.as_array().unwrap();
    for (name, status) in [
        ("active", "active"),
        ("blocked", "blocked"),
        ("expired", "expired"),
        ("revoked", "revoked"),
        ("owner-bob", "owner-blocked"),
        ("owner-carol", "owner-blocked"),
        // One of its three users is neither blocked nor deleted.
        ("shared", "active"),
    ] {
        let token = tokens.iter().find(|token| token["name"] == name).unwrap();
        assert_eq!(token["status"], status, "{name}");
        assert!(list(&db, &format!("--status {status}")).contains(&name.to_owned()), "{name}");
    }
    let statuses = ["active", "blocked", "expired", "revoked", "owner-blocked"];
    let counts = statuses.map(|status| db.iamctl(&format!("token list --count --status {status}")));
    let counts = counts.map(|count| count.ok().line());
    assert_eq!(counts, ["2", "1", "1", "1", "2"], "every token has one status");

    // An unverified email prevents a login, but does not affect tokens.
    db.sql("update users set email_verified = false where username = 'alice'");
    assert_eq!(list(&db, "--status active"), ["active", "shared"]);
    // A token of an owner without users has the same status as one whose users are all blocked or
    // deleted.
    insert(&db, &shared_owner(&db, &[]), "unowned", &stored("n"));
    assert_eq!(list(&db, "--status owner-blocked"), ["owner-bob", "owner-carol", "unowned"]);
}

#[test]
fn list_filters_tokens_by_user_and_owner() {
    let db = every_state();
    assert_eq!(list(&db, "--user alice"), ["active", "blocked", "expired", "revoked", "shared"]);
    assert_eq!(list(&db, "--user alice --status revoked"), ["revoked"]);
    assert_eq!(list(&db, "--user carol@example.org"), ["owner-carol", "shared"]);
    for token in db.iamctl("token list --user alice").json().as_array().unwrap() {
        assert_eq!(token["shared"], token["name"] == "shared", "{token}");
    }
    let table = db.iamctl("token list --user alice --columns name,shared --no-headers").ok();
    let marked: Vec<_> = table.lines().into_iter().filter(|line| line.ends_with("yes")).collect();
    assert_eq!(marked.len(), 1, "{table:?}");
    assert_eq!(list(&db, "--user alice --status live"), list(&db, "--user alice --status active"));
    let shared = db.sql("select owner_id from api_tokens where name = 'shared'");
    assert_eq!(list(&db, &format!("--owner {shared}")), ["shared"]);
    db.user("dave");
    assert_eq!(list(&db, "--user dave"), [""; 0], "dave has no token");
    assert_eq!(db.iamctl("token list --user dave --count").ok().line(), "0");
    assert_eq!(db.sql("select count(*) from api_token_owners"), "6", "a list creates no owner");

    db.iamctl("token list --user nobody").fails(3).says("nobody");
    db.iamctl("token list --owner 3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11").fails(3);
    db.iamctl("token list --owner nonsense").fails(2);
    db.iamctl(&format!("token list --user alice --owner {shared}")).fails(2);
    db.iamctl("token list --status nonsense").fails(2).says("owner-blocked");
    assert_eq!(db.iamctl("token list --count").ok().line(), "7");
    assert_eq!(db.iamctl("token list --count").json()["count"], 7);
}

#[test]
fn tokens_of_owners_without_users_are_orphaned() {
    let db = every_state();
    assert_eq!(list(&db, "--orphaned"), [""; 0], "blocked and deleted users still count");
    db.iamctl("token list --orphaned --fail-if-any").ok();
    let [one, two] = ["one", "two"].map(|name| {
        let owner = shared_owner(&db, &[]);
        insert(&db, &owner, name, &stored(name));
        owner
    });
    db.sql("delete from users where username = 'carol'");
    db.sql("update api_tokens set revoked = true, revoked_at = now() where name = 'two'");
    let before = db.rows();
    assert_eq!(
        list(&db, "--orphaned"),
        ["one", "owner-carol", "two"],
        "the owner of `shared` has two users left"
    );
    assert_eq!(list(&db, "--orphaned --status revoked"), ["two"]);
    assert_eq!(list(&db, "--orphaned --status owner-blocked"), ["one", "owner-carol"]);
    assert_eq!(db.iamctl("token list --orphaned --count").ok().line(), "3");
    let shown = db.iamctl("token list --orphaned").json();
    for token in shown.as_array().unwrap() {
        assert_eq!(token["users"], serde_json::json!([]), "{token}");
    }
    assert!(shown[0]["owner_id"] == two.as_str() || shown[0]["owner_id"] == one.as_str());
    assert_eq!(in_five_formats(|| db.iamctl("token list --orphaned")), 3);
    let owner = format!("--orphaned --owner {}", one.as_str());
    assert_eq!(list(&db, &owner), ["one"]);
    assert_eq!(list(&db, "--orphaned --user alice"), [""; 0]);
    db.iamctl("token list --orphaned --fail-if-any").ends_with(5);
    assert_eq!(db.rows(), before);
}

#[test]
fn fail_if_any_is_exit_code_5_for_tokens_that_expire_soon() {
    let db = every_state();
    issue(&db, "--user alice --name soon --expires-in 10d");
    issue(&db, "--user alice --name sooner --expires-in 1h");
    issue(&db, "--user alice --name ended --expires-in 1h");
    db.iamctl("token revoke --user alice --name ended --yes").ok();
    assert_eq!(list(&db, "--expiring-within 14d"), ["soon", "sooner"], "only live tokens");
    assert_eq!(list(&db, "--expiring-within 2h"), ["sooner"]);
    assert_eq!(list(&db, "--expiring-within 2999-01-01 --user bob"), ["owner-bob", "shared"]);

    let alarm = "token list --expiring-within 14d --fail-if-any";
    let found = db.iamctl(alarm).arg("-o").arg("json").ends_with(5);
    assert_eq!(names(&found), ["sooner", "soon"], "the tokens are printed, too, newest first");
    let error: serde_json::Value = serde_json::from_str(&found.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "refused");
    assert_eq!(db.iamctl(alarm).arg("--count").ends_with(5).line(), "2");
    db.iamctl(alarm).ends_with(5).says("2 tokens expire within 14d");
    let one = db.iamctl("token list --expiring-within 2h --fail-if-any").ends_with(5);
    one.says("1 token expires within 2h");
    db.iamctl("token list --status revoked --user bob --fail-if-any").ok();
    db.iamctl("token list --expiring-within 1m --fail-if-any").ok();
    assert_eq!(db.iamctl("token list --expiring-within 1m --fail-if-any --count").ok().line(), "0");
    db.user("dave");
    db.iamctl("token list --user dave --fail-if-any").ok();
    for bad in ["-1", "99999y", "soon"] {
        db.iamctl("token list --expiring-within").arg(bad).fails(2).says("90s 30m 12h");
    }
}

#[test]
fn list_pages_with_after_even_if_an_id_begins_with_a_hyphen() {
    let db = Db::new();
    db.user("alice");
    let owner = shared_owner(&db, &["alice"]);
    // Three creation times, so that the stored value decides the order within each.
    for (number, start) in (0..).zip(["+h", "+/x", "a+", "--", "/", "+", "+hh", "z", "0"]) {
        let stored = stored(&start.replace('-', "+"));
        insert(&db, &owner, &format!("token{number}"), &stored);
        db.sql(&format!(
            "update api_tokens set created_at = '2020-01-01'::timestamptz + '{} s'::interval
             where token = '{stored}'",
            number / 3
        ));
    }
    let ids = |options: &str| -> Vec<String> {
        let listed = db.iamctl(&format!("token list {options} -o id")).ok();
        listed.lines().iter().map(|&id| id.to_owned()).collect()
    };
    let all = ids("");
    let expected = db.sql(
        "select translate(left(token, 12), '+/', '-_') from api_tokens
         order by created_at desc, token desc",
    );
    assert_eq!(all, expected.lines().collect::<Vec<_>>(), "newest first");
    assert!(all.iter().filter(|id| id.starts_with('-')).count() >= 5, "{all:?}");
    for size in [1, 2, 4] {
        let mut paged = Vec::new();
        let mut after = String::new();
        for _ in 0..=all.len() {
            let page = ids(&format!("--limit {size} {after}"));
            let Some(last) = page.last() else { break };
            after = format!("--after {last}");
            paged.extend(page);
        }
        assert_eq!(paged, all, "pages of {size}");
    }
    assert_eq!(ids(&format!("--after={}", all[0])), all[1..]);
    let table = db.iamctl("token list --limit 4").ok();
    table.says(&format!("--after {}", all[3]));
    assert_eq!(db.iamctl("token list --count --after").arg(&all[3]).ok().line(), "5");
    db.iamctl("token list --after AAAAAAAAAAAA").fails(3);
    db.iamctl("token list --after short").fails(2).says("12 to 24 characters");
}

#[test]
fn a_malformed_row_is_listed_without_an_id() {
    let db = Db::new();
    db.user("alice");
    let good = issue(&db, "--user alice --name good");
    let owner = db.sql("select owner_id from api_tokens");
    let malformed = [
        ("short", "secret".to_owned()),
        ("spaces", format!("{:44}", "looks like a token")),
        ("alphabet", format!("{:A<43}.", "Ab,c")),
        ("ending", format!("{:A<44}", "Abcd")),
        ("bits", format!("{:A<42}B=", "Abcd")),
    ];
    for (name, stored) in &malformed {
        insert(&db, &owner, name, stored);
    }
    let tokens = db.iamctl("token list").json();
    for token in tokens.as_array().unwrap() {
        assert_eq!(token["id"].is_null(), token["name"] != "good", "{token}");
    }
    assert_eq!(tokens.as_array().unwrap().len(), malformed.len() + 1);
    for format in ["table", "jsonl", "csv"] {
        let listed = db.iamctl("token list -o").arg(format).ok();
        assert!(!listed.stdout.contains("secret"), "{listed:?}");
        assert_eq!(listed.stdout.matches("alice").count(), malformed.len() + 1, "{listed:?}");
    }
    assert_eq!(db.iamctl("token list -o id").ok().lines().len(), 1);

    // Such rows can still be shown and revoked.
    for (name, _) in &malformed {
        let named = format!("--user alice --name {name}");
        assert!(db.iamctl(&format!("token show {named}")).json()["id"].is_null());
        let revoked = db.iamctl(&format!("token revoke {named} --yes")).json();
        assert_eq!(revoked[0]["changed"], true, "{name}");
    }
    assert_eq!(list(&db, "--status active"), ["good"]);
    db.iamctl("token show --stdin").input(good).ok();
}

/// More than are looked up by their owners.
#[test]
fn many_orphaned_tokens_are_all_listed() {
    let db = Db::new();
    db.user("alice");
    issue(&db, "--user alice --name ci");
    db.sql(
        "insert into api_tokens
         select gen_random_uuid(), now(), now() + '1h', 'old', lpad(n || '.', 44, 'A')
         from generate_series(1, 1100) n",
    );
    assert_eq!(db.iamctl("token list --orphaned --count").ok().line(), "1100");
    db.sql("delete from api_tokens where token > lpad('500.', 44, 'A') and name = 'old'");
    let few = db.sql("select count(*) from api_tokens where name = 'old'");
    assert_eq!(db.iamctl("token list --orphaned --count").ok().line(), few);
}
