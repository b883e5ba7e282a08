//! `iamctl owner add` and `remove`.

use serde_json::json;

use super::{UNKNOWN, live, team, token_id, user_id, users};
use crate::support::running::at_once;
use crate::support::without_change_id;

#[test]
fn add_makes_users_share_the_tokens() {
    let (db, owner) = team();
    let [bob, carol] = ["bob", "carol"].map(|name| user_id(&db, name));
    let before = db.state();
    let run = || db.iamctl(&format!("owner add {owner} carol bob --reason joined")).json();
    let added = run();
    for (row, (name, id, changed)) in
        [("carol", &carol, true), ("bob", &bob, false)].into_iter().enumerate()
    {
        assert_eq!(added[row]["owner_id"], owner.as_str());
        assert_eq!(added[row]["user_id"], id.as_str());
        assert_eq!(added[row]["username"], name, "in the order given");
        assert_eq!(added[row]["email"], format!("{name}@example.org"));
        assert_eq!(added[row]["changed"], changed);
    }
    assert_eq!(db.changes(&before, &[&owner]), ["+api_token_owners"]);
    assert_eq!(users(&db, &owner), "alice bob carol");
    assert_eq!(live(&db, &owner), "cd ci");
    assert_eq!(db.audited(&before), [format!("owner.add|{owner}|joined")]);
    assert_eq!(db.details(), json!({ "user_id": carol }));

    let before = db.state();
    assert_eq!(run()[0]["changed"], false);
    assert_eq!(db.state(), before, "no change, no audit row");
}

#[test]
fn add_takes_several_users_together_or_none() {
    let (db, owner) = team();
    db.user("dave");
    db.refuses(3, &format!("owner add {owner} carol nobody dave"), "nobody");
    db.refuses(3, &format!("owner add {UNKNOWN} carol"), UNKNOWN);
    db.refuses(2, "owner add alice carol", "UUID");
    db.refuses(2, &format!("owner add {owner}"), "USER");
    let shown = db.dry_run(&format!("owner add id:{owner} dave carol"));
    assert_eq!((&shown[0]["username"], &shown[1]["username"]), (&json!("dave"), &json!("carol")));

    let add = |input: &str| db.iamctl(&format!("owner add {owner} - carol")).input(input);
    add("dave\nid:x\n").fails(2).says("line 2");
    let added = add("dave\n\ncarol\n").json();
    assert_eq!(added.as_array().unwrap().len(), 2, "a user named twice is added once: {added}");
    assert_eq!(users(&db, &owner), "alice bob carol dave");
    let none = db.iamctl(&format!("owner add {owner} -")).input("").json();
    assert_eq!(none, json!([]), "an empty input succeeds");
}

/// A statement can have 65,535 parameters. With two parameters for each row, these users need more.
#[test]
fn add_takes_any_number_of_users() {
    let (db, owner) = team();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org'
         from generate_series(1, 33000) n",
    );
    db.sql("analyze");
    let ids = db.sql("select id from users where username like 'u%'");
    let added = db.iamctl(&format!("owner add {owner} - -o id")).input(ids).ok();
    assert_eq!(added.lines().len(), 33_000);
    let users =
        db.sql(&format!("select count(*) from api_token_owners where owner_id = '{owner}'"));
    assert_eq!(users, "33002");
}

/// The order of errors is the same as if the owner was looked up before the users.
#[test]
fn an_unknown_owner_is_reported_before_an_ambiguous_user() {
    let (db, _) = team();
    db.sql(
        "update users set username = upper(username), username_fingerprint = 'x'
            where username = 'carol';
            insert into users (id, created_at, username, username_fingerprint, email)
            values (gen_random_uuid(), now(), 'CAROL', 'y', 'c2@x.org')",
    );
    db.refuses(3, &format!("owner add {UNKNOWN} CAROL"), UNKNOWN);
}

#[test]
fn add_gives_orphaned_tokens_a_user_again() {
    let (db, owner) = team();
    db.sql(&format!("delete from api_token_owners where owner_id = '{owner}'"));
    assert_eq!(db.iamctl("token list --orphaned --count").ok().line(), "2");
    db.iamctl(&format!("owner add {owner} carol")).ok();
    assert_eq!(db.iamctl("token list --orphaned --count").ok().line(), "0");
}

#[test]
fn concurrent_adds_change_the_owner_once() {
    let (db, owner) = team();
    let outcomes = at_once((0..6).map(|_| db.iamctl(&format!("owner add {owner} carol -o json"))));
    let changed = outcomes.iter().filter(|outcome| outcome.json()[0]["changed"] == true).count();
    assert_eq!(changed, 1, "{outcomes:#?}");
    let logged = "select count(*) from admin_audit_log where action = 'owner.add'";
    assert_eq!(db.sql(logged), "1");
}

#[test]
fn remove_keeps_the_tokens_for_the_other_users() {
    let (db, owner) = team();
    let bob = user_id(&db, "bob");
    let before = db.state();
    let run = || db.iamctl(&format!("owner remove {owner} bob --yes --reason left")).json();
    let removed = run();
    assert_eq!(removed.as_array().unwrap().len(), 1);
    assert_eq!((&removed[0]["user_id"], &removed[0]["changed"]), (&json!(bob), &json!(true)));
    assert_eq!(db.changes(&before, &[&owner]), ["-api_token_owners"]);
    assert_eq!(users(&db, &owner), "alice");
    assert_eq!(live(&db, &owner), "cd ci");
    assert_eq!(db.audited(&before), [format!("owner.remove|{owner}|left")]);
    assert_eq!(db.details(), json!({ "user_id": bob }));

    let before = db.state();
    assert_eq!(run()[0]["changed"], false);
    assert_eq!(db.state(), before, "no change, no audit row");
}

#[test]
fn the_last_user_of_live_tokens_is_removed_only_with_revoke_tokens() {
    let (db, owner) = team();
    db.iamctl(&format!("token block --owner {owner} --name cd --yes")).ok();
    let both = format!("owner remove {owner} alice bob --yes");
    for word in ["ci", "cd", &token_id(&db, "ci"), &token_id(&db, "cd"), "--revoke-tokens"] {
        db.refuses(5, &both, word);
    }
    db.refuses(5, &format!("{both} --dry-run"), "--revoke-tokens");
    db.iamctl(&format!("owner remove {owner} alice --yes")).ok();
    db.refuses(5, &format!("owner remove {owner} bob --yes"), "--revoke-tokens");

    let before = db.state();
    let revoking = format!("owner remove {owner} bob --revoke-tokens");
    let shown = db.dry_run(&revoking);
    let removed = db.iamctl(&format!("{revoking} --yes --reason over")).json();
    assert_eq!(without_change_id(removed), without_change_id(shown));
    assert_eq!(
        db.changes(&before, &[&owner]),
        ["-api_token_owners", "-api_tokens", "-api_tokens", "+api_tokens", "+api_tokens"],
    );
    assert_eq!((users(&db, &owner), live(&db, &owner)), (String::new(), String::new()));
    let mut audited = db.audited(&before);
    audited.sort_unstable();
    let mut expected = [owner, token_id(&db, "ci"), token_id(&db, "cd")]
        .map(|target| format!("owner.remove|{target}|over"));
    expected.sort_unstable();
    assert_eq!(audited, expected, "one audit row for each change");
}

#[test]
fn revoke_tokens_keeps_tokens_that_still_have_users() {
    let (db, owner) = team();
    db.iamctl(&format!("owner remove {owner} bob --revoke-tokens --yes")).ok();
    assert_eq!(live(&db, &owner), "cd ci", "alice still uses them");
}

#[test]
fn the_last_user_can_be_removed_if_no_token_is_live() {
    let (db, owner) = team();
    db.iamctl(&format!("token revoke --owner {owner} --name ci --yes")).ok();
    db.sql("update api_tokens set expires_at = now() where name = 'cd'");
    let before = db.state();
    db.iamctl(&format!("owner remove {owner} alice bob --yes")).ok();
    assert_eq!(db.changes(&before, &[&owner]), ["-api_token_owners", "-api_token_owners"]);
}

#[test]
fn removing_a_user_who_is_not_a_member_succeeds() {
    let (db, owner) = team();
    let before = db.state();
    let removed = db.iamctl(&format!("owner remove {owner} carol --yes")).json();
    assert_eq!((&removed[0]["username"], &removed[0]["changed"]), (&json!("carol"), &json!(false)));
    assert_eq!(db.state(), before);
}

#[test]
fn removing_a_user_from_an_owner_without_users_succeeds() {
    let (db, owner) = team();
    db.sql(&format!("delete from api_token_owners where owner_id = '{owner}'"));
    let before = db.state();
    let removed = db.iamctl(&format!("owner remove {owner} carol --yes")).json();
    assert_eq!(removed[0]["changed"], false);
    assert_eq!(db.state(), before);
}

#[test]
fn remove_takes_several_users_together_or_none() {
    let (db, owner) = team();
    db.iamctl(&format!("owner add {owner} carol")).ok();
    db.refuses(3, &format!("owner remove {owner} alice nobody --yes"), "nobody");
    db.refuses(3, &format!("owner remove {UNKNOWN} alice --yes"), UNKNOWN);
    db.refuses(2, "owner remove alice bob --yes", "UUID");
    db.refuses(2, &format!("owner remove {owner} --yes"), "USER");
    let removed =
        db.iamctl(&format!("owner remove {owner} - --yes")).input("bob\nalice\nbob").json();
    assert_eq!(removed.as_array().unwrap().len(), 2);
    assert_eq!(users(&db, &owner), "carol");
    let none = db.iamctl(&format!("owner remove {owner} -")).input("\n").json();
    assert_eq!(none, json!([]), "an empty input succeeds without a question");
    assert_eq!(users(&db, &owner), "carol");
}

#[test]
fn remove_asks_first() {
    let (db, owner) = team();
    let line = format!("owner remove {owner} bob");
    db.refuses(2, &line, "--yes");
    let before = db.state();
    assert_eq!(db.answer(&line, &["`bob`", &owner, "`postgres`"], "n"), 5);
    assert_eq!(db.answer(&format!("{line} alice"), &["2 users", &owner], ""), 5);
    assert_eq!(db.state(), before);
    assert_eq!(db.answer(&line, &["`bob`", &owner], "y"), 0);
    assert_eq!(users(&db, &owner), "alice");
}

#[test]
fn concurrent_removals_of_the_last_two_users_refuse_one() {
    let (db, owner) = team();
    let runs =
        ["alice", "bob"].map(|name| db.iamctl(&format!("owner remove {owner} {name} --yes")));
    let mut codes: Vec<_> = at_once(runs).iter().map(|outcome| outcome.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 5], "only one of the last two users is removed");
    assert_eq!(live(&db, &owner), "cd ci");
}

#[test]
fn remove_revokes_tokens_that_are_issued_concurrently() {
    let (db, owner) = team();
    db.iamctl(&format!("owner remove {owner} alice --yes")).ok();
    let mut runs: Vec<_> = (0..6)
        .map(|number| db.iamctl(&format!("token issue --owner {owner} --name t{number}")))
        .collect();
    runs.insert(3, db.iamctl(&format!("owner remove {owner} bob --revoke-tokens --yes")));
    for outcome in at_once(runs) {
        assert!(
            [0, 5].contains(&outcome.code),
            "issued before the removal, or refused: {outcome:?}"
        );
    }
    assert_eq!(live(&db, &owner), "");
}
