//! `iamctl token revoke`.

use super::{digest, insert, issue, names, shared_owner, stored};
use crate::support::running::at_once;
use crate::support::{Db, Outcome, Run};

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
    let shown = db.iamctl(&format!("token show --user {user} --name {name}")).json();
    shown["id"].as_str().unwrap().to_owned()
}

/// The rows of all tokens except alice's.
fn others(db: &Db) -> String {
    db.sql(
        "select t from api_tokens t
         where owner_id in (select owner_id from api_token_owners o join users u on u.id = o.user_id
                            where username <> 'alice')
         order by token",
    )
}

#[track_caller]
fn assert_changed(outcome: &Outcome, expected: &[bool]) {
    let list = outcome.json();
    let changed: Vec<_> = list.as_array().unwrap().iter().map(|one| &one["changed"]).collect();
    assert_eq!(changed, expected, "{outcome:#?}");
    assert!(list.as_array().unwrap().iter().all(|one| one["status"] == "revoked"), "{list}");
}

#[test]
fn an_id_revokes_its_token_and_can_be_repeated() {
    let db = two_users();
    let id = id(&db, "alice", "ci");
    let bystanders = others(&db);
    let revoke =
        || db.iamctl("token revoke -o json --yes --reason leaked").arg(format!("id:{id}")).ok();
    assert_changed(&revoke(), &[true]);
    let row =
        "select revoked, revoked_at between now() - '1m'::interval and now(), expires_at > now()
               from api_tokens where revoked";
    assert_eq!(db.sql(row), "t|t|t");
    assert_eq!(db.audit()[0], format!("token.revoke|{id}|leaked"));
    let after = (db.rows(), db.audit());
    assert_changed(&revoke(), &[false]);
    assert_eq!((db.rows(), db.audit()), after, "no change, no audit row");
    assert_eq!(others(&db), bystanders);
    assert_eq!(db.iamctl("token list --user alice --status active -o id").ok().lines().len(), 1);
}

#[test]
fn several_tokens_are_revoked_together_or_none() {
    let db = two_users();
    let before = db.rows();
    let [ci, cd] = ["ci", "cd"].map(|name| id(&db, "alice", name));
    db.iamctl(&format!("token revoke id:{ci} AAAAAAAAAAAA --yes")).fails(3).says("AAAAAAAAAAAA");
    assert_eq!(db.rows(), before, "all change in one transaction, or none does");

    let both = db.iamctl(&format!("token revoke id:{cd} id:{ci} id:{cd} --yes -o json")).ok();
    assert_changed(&both, &[true, true]);
    assert_eq!(names(&both), ["cd", "ci"], "in the order given, each once");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'token.revoke'"), "2");
}

#[test]
fn standard_input_has_one_id_on_each_line() {
    let db = two_users();
    let owner = shared_owner(&db, &["alice", "bob"]);
    insert(&db, &owner, "hyphen", &stored("+h"));
    let ids = db.iamctl("token list -o id").ok().stdout;
    let revoked = db.iamctl("token revoke - --yes -o json").input(ids).ok();
    assert_changed(&revoked, &[true; 5]);
    for none in ["", "\n \n"] {
        let outcome = db.iamctl("token revoke - -o json").input(none).ok();
        assert_eq!(
            outcome.json(),
            serde_json::json!([]),
            "an empty input succeeds without a question"
        );
    }
    db.iamctl("token revoke - --yes").input("AAAAAAAAAAAA\n").fails(3);
    db.iamctl("token revoke - --yes").input("-hAAAAAAAAAA\nnonsense\n").fails(2).says("line 2");
}

#[test]
fn ids_that_begin_with_a_hyphen_are_accepted() {
    let db = two_users();
    let owner = shared_owner(&db, &["alice"]);
    for (name, start) in [("one", "+h"), ("two", "++"), ("three", "+V")] {
        insert(&db, &owner, name, &stored(start));
    }
    let revoked =
        db.iamctl("token revoke -hAAAAAAAAAA --yes -VAAAAAAAAAA id:--AAAAAAAAAA -o json").ok();
    assert_changed(&revoked, &[true, true, true]);
    assert_eq!(names(&revoked), ["one", "three", "two"]);
}

#[test]
fn user_and_name_select_all_tokens_of_that_name() {
    let db = two_users();
    let bystanders = others(&db);
    // Old databases can have two live tokens of one name.
    let owner = db.iamctl("token show --user alice --name ci").json()["owner_id"].clone();
    insert(&db, owner.as_str().unwrap(), "ci", &stored("double"));
    let revoke = |line: &str| db.iamctl(&format!("token revoke {line} --yes -o json"));
    assert_changed(&revoke("--user alice --name ci").ok(), &[true, true]);
    assert_eq!(db.iamctl("token show --user alice --name cd").json()["status"], "active");
    let again = revoke("--user alice --name ci").ok();
    assert!(again.json().as_array().unwrap().iter().all(|one| one["changed"] == false));
    // Only the new token of this name is still live.
    issue(&db, "--user alice --name ci");
    assert_changed(
        &revoke(&format!("--owner {} --name ci", owner.as_str().unwrap())).ok(),
        &[true],
    );
    revoke("--user alice --name nonsense").fails(3).says("nonsense");
    revoke("--user nobody --name ci").fails(3);
    assert_eq!(others(&db), bystanders);
}

#[test]
fn many_revoked_tokens_of_a_name_do_not_slow_down_revoke() {
    let db = two_users();
    db.sql(
        "insert into api_tokens (owner_id, created_at, expires_at, name, token, revoked, revoked_at)
         select owner_id, created_at - n * interval '1h', expires_at, name,
                left(encode(sha256(n::text::bytea), 'base64'), 43) || '.', true, now()
         from api_tokens t, generate_series(1, 20000) n
         where token = (select token from api_tokens where name = 'ci' limit 1)",
    );
    for changed in [true, false] {
        let run = |user: &str| {
            let line = format!("token revoke --user {user} --name ci --yes --statement-timeout 2s");
            db.iamctl(&line).arg("-ojson").ok()
        };
        for user in ["alice", "bob"] {
            assert_changed(&run(user), &[changed]);
        }
    }
}

#[test]
fn all_revokes_only_the_tokens_of_the_user() {
    let db = two_users();
    let owner = shared_owner(&db, &["alice", "bob"]);
    issue(&db, &format!("--owner {owner} --name shared"));
    let bystanders = others(&db);
    assert_eq!(bystanders.lines().count(), 3);
    assert_changed(&db.iamctl("token revoke --all --user alice --yes -o json").ok(), &[true, true]);
    assert_eq!(others(&db), bystanders, "other owners keep their tokens");
    let shared = db.iamctl(&format!("token show --owner {owner} --name shared")).json();
    assert_eq!(shared["status"], "active", "--user means the owner that belongs to alice alone");
    let again = db.iamctl("token revoke --all --user alice --yes").json();
    assert!(again.as_array().unwrap().iter().all(|one| one["changed"] == false), "{again}");
    db.user("carol");
    let none = db.iamctl("token revoke --all --user carol --yes").json();
    assert_eq!(none, serde_json::json!([]), "carol has no token");
    assert_changed(
        &db.iamctl(&format!("token revoke --all --owner {owner} -yojson")).ok(),
        &[true],
    );
}

#[test]
fn standard_input_selects_tokens_by_value() {
    let db = two_users();
    let token = issue(&db, "--user alice --name leaked");
    let other = issue(&db, "--user bob --name leaked");
    let verbatim = stored("verbatim").replace('.', "=");
    insert(&db, &shared_owner(&db, &["bob"]), "verbatim", &verbatim);
    let revoke = |input: String| db.iamctl("token revoke --stdin --yes -o json").input(input);
    let before = db.rows();
    let unknown = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    revoke(format!("{token}\n{unknown}\n")).fails(3).says("token 2");
    revoke(format!("{token}\n\n{token}x\n")).fails(2).says("line 3");
    assert_eq!(db.rows(), before);

    let revoked = revoke(format!("{other}\n{token}\n{other}\n{verbatim}")).ok();
    assert_changed(&revoked, &[true, true, true]);
    let gone = format!(
        "select count(*) from api_tokens where revoked and token in ('{verbatim}', '{}', '{}')",
        digest(&db, &token),
        digest(&db, &other)
    );
    assert_eq!(db.sql(&gone), "3");
    assert_eq!(db.sql("select count(*) from api_tokens where revoked"), "3");
    assert_changed(&revoke(token.clone()).ok(), &[false]);
    for secret in [token, other, verbatim] {
        assert!(!revoked.stdout.contains(&secret[4..]) && !revoked.stderr.contains(&secret[4..]));
    }
    assert_eq!(revoke(String::new()).ok().json(), serde_json::json!([]));
}

#[test]
fn an_unclear_selection_names_the_one_condition_that_fails() {
    let owner = "7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10";
    for (verbs, line, says) in [
        (5, "--name ci", "error: --name does not say whose token: add --user USER or --owner ID\n"),
        (3, "--all", "error: --all does not say whose token: add --user USER or --owner ID\n"),
        (3, "--user alice", "error: --user does not say which tokens: add --name NAME, or --all"),
        (
            3,
            &format!("--owner {owner}"),
            "error: --owner does not say which tokens: add --name NAME",
        ),
        (5, "AAAAAAAAAAAA --user alice", "error: an id names a token, also without --user: leave"),
        (
            5,
            "--stdin --user alice",
            "--stdin names tokens by their value, also without --user: leave",
        ),
    ] {
        for verb in ["revoke", "block", "unblock", "show", "rotate"].into_iter().take(verbs) {
            Run::without_database(&format!("token {verb} {line}")).fails(2).says(says);
        }
    }
}

#[test]
fn an_unclear_selection_is_refused() {
    let db = two_users();
    let before = db.rows();
    let id = id(&db, "alice", "ci");
    for line in [
        "token revoke --yes",
        "token revoke --yes --user alice",
        "token revoke --yes --name ci",
        "token revoke --yes --all",
        "token revoke --yes --all --user alice --name ci",
        &format!("token revoke --yes id:{id} --user alice"),
        &format!("token revoke --yes id:{id} --stdin"),
        &format!("token revoke --yes id:{id} --all --user alice"),
        "token revoke --yes --stdin --user alice",
    ] {
        db.iamctl(line).fails(2);
    }
    assert_eq!(db.rows(), before);
}

#[test]
fn revoke_asks_first() {
    let db = two_users();
    let before = db.rows();
    let id = id(&db, "alice", "ci");
    for line in
        [format!("id:{id}"), "--user alice --name ci".to_owned(), "--all --user alice".to_owned()]
    {
        db.iamctl(&format!("token revoke {line}")).fails(2).says("--yes");
        let dry = db.iamctl(&format!("token revoke {line} --dry-run")).json();
        assert_eq!((&dry[0]["status"], &dry[0]["changed"]), (&"revoked".into(), &true.into()));
    }
    let ids = db.iamctl("token list -o id").ok().stdout;
    db.iamctl("token revoke -").input(ids).fails(2).says("--yes");
    assert_eq!(db.rows(), before);
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'token.revoke'"), "0");

    let answer = |line: &str, says: &str, answer: &str| {
        let mut terminal = db.iamctl(&format!("token revoke {line}")).on_terminal();
        let question = terminal.exp_string("[y/N]").unwrap();
        assert!(question.contains(says), "{question}");
        assert!(question.contains(&format!("database `{}`", db.name)), "{question}");
        terminal.send_line(answer).unwrap();
        terminal.exp_eof().unwrap();
    };
    answer(&format!("id:{id}"), &id, "n");
    answer("--all --user alice", "every token of user `alice`", "");
    assert_eq!(db.rows(), before);
    answer("--user alice --name ci", "`ci` of user `alice`", "y");
    assert_eq!(db.iamctl("token show --user alice --name ci").json()["status"], "revoked");
}

#[test]
fn concurrent_revokes_change_a_token_once() {
    let db = two_users();
    let runs = (0..6).map(|_| db.iamctl("token revoke --user alice --name ci --yes -o json"));
    let outcomes = at_once(runs);
    let changed = outcomes.iter().filter(|outcome| outcome.json()[0]["changed"] == true).count();
    assert_eq!(changed, 1, "{outcomes:#?}");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'token.revoke'"), "1");
}

#[test]
fn a_token_revoked_by_another_session_is_reported_as_unchanged() {
    let db = two_users();
    let mut first = db.session(
        "begin; update api_tokens set revoked = true, revoked_at = now() where name = 'ci'",
    );
    let second = db.iamctl("token revoke --user alice --name ci --yes -o json").start();
    db.wait_until(
        "exists (select from pg_stat_activity where datname = current_database()
                 and wait_event_type = 'Lock')",
    );
    diesel::connection::SimpleConnection::batch_execute(&mut first, "commit").unwrap();
    assert_changed(&second.ends_with(0), &[false]);
}
