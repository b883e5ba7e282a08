//! `iamctl token block` and `unblock`.

use serde_json::Value;

use super::{digest, insert, issue, names, stored};
use crate::support::Db;
use crate::support::running::at_once;
use crate::support::shapes::{difference, in_five_formats};

/// alice and bob, each with the tokens `ci` and `cd`.
fn two_users() -> Db {
    let db = Db::new();
    for user in ["alice", "bob"] {
        db.user(user);
        for name in ["ci", "cd"] {
            issue(&db, &format!("--user {user} --name {name}"));
        }
    }
    db
}

fn id(db: &Db, user: &str, name: &str) -> String {
    db.iamctl(&format!("token show --user {user} --name {name}")).json()["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The blocked tokens, as `user/name`.
fn blocked(db: &Db) -> Vec<String> {
    let names = db.sql(
        "select username || '/' || name from api_tokens join api_token_owners using (owner_id)
         join users u on u.id = user_id where api_tokens.blocked order by 1",
    );
    names.lines().map(str::to_owned).collect()
}

fn all(list: &Value, key: &str, value: impl Into<Value>) -> bool {
    let value = value.into();
    list.as_array().unwrap().iter().all(|one| one[key] == value)
}

#[test]
fn block_stops_a_token_until_it_is_unblocked_and_can_be_repeated() {
    let db = two_users();
    let token = issue(&db, "--user alice --name x");
    let id = id(&db, "alice", "x");
    let verify = || db.iamctl("token verify").input(token.as_str()).run().code;
    let before = db.rows();
    for (verb, status, code) in [("block", "blocked", 5), ("unblock", "active", 0)] {
        let change =
            || db.iamctl(&format!("token {verb} id:{id} --yes --reason why -o json")).ok().json();
        let audited = db.audit().len();
        let changed = change();
        assert_eq!(changed[0]["id"], id.as_str());
        assert_eq!((&changed[0]["status"], &changed[0]["changed"]), (&status.into(), &true.into()));
        assert_eq!(verify(), code);
        let after = (db.rows(), db.audit());
        assert_eq!(after.1[..after.1.len() - audited], [format!("token.{verb}|{id}|why")]);
        let again = change();
        assert_eq!((&again[0]["status"], &again[0]["changed"]), (&status.into(), &false.into()));
        assert_eq!((db.rows(), db.audit()), after, "no change, no audit row");
        let changed = usize::from(verb == "block");
        assert_eq!(difference(&before, &after.0).0.len(), changed, "other rows are unchanged");
    }
    assert_eq!(db.rows(), before, "unblocking restores the row");
}

#[test]
fn several_tokens_change_together_or_none() {
    let db = two_users();
    let [ci, cd] = ["ci", "cd"].map(|name| id(&db, "alice", name));
    for (verb, expected) in [("block", vec!["alice/cd", "alice/ci"]), ("unblock", vec![])] {
        let before = (db.rows(), db.audit());
        let line = format!("token {verb} --yes");
        db.iamctl(&format!("{line} id:{ci} AAAAAAAAAAAA")).fails(3).says("AAAAAAAAAAAA");
        db.iamctl(&format!("{line} -")).input(format!("{ci}\nAAAAAAAAAAAA\n")).fails(3);
        db.iamctl(&format!("{line} -")).input(format!("{ci}\nnonsense\n")).fails(2).says("line 2");
        assert_eq!((db.rows(), db.audit()), before);

        // Ids from standard input and from the command line. A token that is given twice changes
        // once.
        let both = db.iamctl(&format!("{line} id:{cd} - -o json")).input(format!("\n{ci}\n{cd}\n"));
        let both = both.ok();
        assert_eq!(names(&both), ["cd", "ci"], "in the order given");
        assert!(all(&both.json(), "changed", true));
        assert_eq!(blocked(&db), expected);
        assert_eq!(db.audit().len(), before.1.len() + 2);
        let none = db.iamctl(&format!("token {verb} -")).input("\n").json();
        assert_eq!(none, serde_json::json!([]), "an empty input succeeds without a question");
    }
}

#[test]
fn a_name_selects_the_newest_token_of_that_name() {
    let db = two_users();
    let owner = db.iamctl("token show --user alice --name ci").json()["owner_id"].clone();
    insert(&db, owner.as_str().unwrap(), "ci", &stored("older"));
    db.sql(&format!(
        "update api_tokens set created_at = '2020-01-01' where token = '{}'",
        stored("older")
    ));
    let older = format!("select blocked from api_tokens where token = '{}'", stored("older"));
    let block = db.iamctl("token block --user alice --name ci --yes").ok();
    assert_eq!(block.lines().len(), 2, "{block:?}");
    assert_eq!((db.sql(&older).as_str(), blocked(&db)), ("f", vec!["alice/ci".to_owned()]));
    db.sql("update api_tokens set blocked = true");
    db.iamctl(&format!("token unblock --owner {} --name ci", owner.as_str().unwrap())).ok();
    assert_eq!(db.sql(&older), "t");
    assert_eq!(db.sql("select count(*) from api_tokens where not blocked"), "1");
    db.iamctl("token block --user alice --name nonsense --yes").fails(3).says("nonsense");
    db.iamctl("token block --user nobody --name ci --yes").fails(3).says("nobody");
}

#[test]
fn all_blocks_only_the_tokens_of_the_user() {
    let db = two_users();
    let before = db.rows();
    let changed = db.iamctl("token block --all --user alice --yes").json();
    assert!(all(&changed, "status", "blocked") && all(&changed, "changed", true), "{changed}");
    assert_eq!(blocked(&db), ["alice/cd", "alice/ci"]);
    assert_eq!(difference(&before, &db.rows()).0.len(), 2);
    let again = db.iamctl("token block --all --user alice --yes").json();
    assert!(all(&again, "changed", false), "{again}");
    db.iamctl("token unblock --all --user alice").ok();
    assert_eq!(db.rows(), before);
    db.user("carol");
    let none = db.iamctl("token block --all --user carol --yes").json();
    assert_eq!(none, serde_json::json!([]), "carol has no token");
}

#[test]
fn standard_input_selects_tokens_by_value() {
    let db = two_users();
    let token = issue(&db, "--user alice --name x");
    let before = (db.rows(), db.audit());
    let block = |input: &str| db.iamctl("token block --stdin --yes -o json").input(input);
    block(&digest(&db, &token)).fails(2);
    block(&format!("{token}\n{token}x\n")).fails(2).says("line 2");
    let unknown = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    block(&format!("{token}\n{unknown}\n")).fails(3).says("token 2");
    assert_eq!((db.rows(), db.audit()), before);
    let changed = block(&token).ok();
    assert!(!changed.stdout.contains(&token[4..]) && !changed.stderr.contains(&token[4..]));
    assert_eq!(blocked(&db), ["alice/x"]);
    // Other users can read the command line.
    let failed = db.iamctl("token unblock").arg(&token).fails(2);
    assert!(!failed.stderr.contains(&token[4..]), "{failed:?}");
}

#[test]
fn expired_and_revoked_tokens_keep_their_status() {
    let db = two_users();
    db.iamctl("token revoke --user alice --name ci --yes").ok();
    db.sql("update api_tokens set expires_at = now() where name = 'cd'");
    for (name, status) in [("ci", "revoked"), ("cd", "expired")] {
        for verb in ["block", "unblock"] {
            let line = format!("token {verb} --user alice --name {name} --yes");
            assert_eq!(db.iamctl(&line).json()[0]["status"], status);
        }
    }
}

#[test]
fn blocking_asks_and_unblocking_does_not() {
    let db = two_users();
    let before = (db.rows(), db.audit());
    let id = id(&db, "alice", "ci");
    for line in [&format!("id:{id}"), "--user alice --name ci", "--all --user alice"] {
        db.iamctl(&format!("token block {line}")).fails(2).says("--yes");
        let dry = db.iamctl(&format!("token block {line} --dry-run")).json();
        assert!(all(&dry, "status", "blocked") && all(&dry, "changed", true), "{dry}");
    }
    let line = format!("token block id:{id}");
    for answer in ["n", ""] {
        assert_eq!(db.iamctl(&line).answered(&[&id, &db.name, "`postgres`"], answer), 5);
    }
    let says = ["the newest token named `ci` of user `alice`"];
    assert_eq!(db.iamctl("token block --user alice --name ci").answered(&says, "n"), 5);
    db.iamctl(&line).arg("--dry-run").ok().says("nothing was changed");
    assert_eq!((db.rows(), db.audit()), before);
    assert_eq!(db.iamctl(&line).answered(&[&id], "y"), 0);
    assert_eq!(blocked(&db), ["alice/ci"]);
    let dry = db.iamctl(&format!("token unblock id:{id} --dry-run")).json();
    assert_eq!(dry[0]["status"], "active");
    assert_eq!(blocked(&db), ["alice/ci"]);
    db.iamctl(&format!("token unblock id:{id}")).ok();
    assert_eq!(blocked(&db), [""; 0]);
}

#[test]
fn block_and_unblock_have_five_formats() {
    let db = two_users();
    for verb in ["block", "unblock"] {
        let line = format!("token {verb} --all --user alice --dry-run");
        assert_eq!(in_five_formats(|| db.iamctl(&line)), 2);
    }
}

#[test]
fn an_unclear_selection_is_refused() {
    let db = two_users();
    let before = db.rows();
    for verb in ["block", "unblock"] {
        for which in ["", "--user alice", "--name ci", "--all", "--all --user alice --name ci"] {
            db.iamctl(&format!("token {verb} --yes {which}")).fails(2);
        }
    }
    assert_eq!(db.rows(), before);
}

#[test]
fn concurrent_blocks_change_a_token_once() {
    let db = two_users();
    let runs = (0..6).map(|_| db.iamctl("token block --user alice --name ci --yes -o json"));
    let outcomes = at_once(runs);
    let changed = outcomes.iter().filter(|outcome| outcome.json()[0]["changed"] == true).count();
    assert_eq!(changed, 1, "{outcomes:#?}");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'token.block'"), "1");
}

#[test]
fn a_failed_audit_row_rolls_back_the_change() {
    let db = two_users();
    db.sql("alter table admin_audit_log add constraint no check (action <> 'token.block')");
    let before = db.rows();
    db.iamctl("token block --all --user alice --yes").fails(7);
    assert_eq!(db.rows(), before);
}
