//! `iamctl user block`, `unblock`, `delete` and `restore`.

use crate::support::Db;

#[test]
fn each_verb_changes_the_status_and_can_be_repeated() {
    let db = Db::new();
    let alice = db.user("alice");
    db.user("bob");
    for (verb, status) in
        [("block", "blocked"), ("unblock", "active"), ("delete", "deleted"), ("restore", "active")]
    {
        let before = db.audit().len();
        let first = db.iamctl(&format!("user {verb} alice --yes --reason why")).json();
        assert_eq!(first[0]["status"], status);
        assert_eq!(first[0]["changed"], true);
        let again = db.iamctl(&format!("user {verb} alice --yes")).json();
        assert_eq!(again[0]["status"], status);
        assert_eq!(again[0]["changed"], false, "{verb}: a repeated run succeeds");
        assert_eq!(db.audit().len(), before + 1, "{verb}: one audit row for each change");
        assert_eq!(db.audit()[0], format!("user.{verb}|{alice}|why"));
    }
    assert_eq!(db.iamctl("user show bob").json()["status"], "active");
}

#[test]
fn several_users_change_together_or_none() {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    let before = db.rows();
    db.iamctl("user block alice bob nobody --yes").fails(3).says("nobody");
    assert_eq!(db.rows(), before, "all change in one transaction, or none does");

    // `-` reads users from standard input. A user who is given twice changes once.
    let ids = db.iamctl("user list -o id").ok().stdout;
    let blocked = db.iamctl("user block - alice --yes").input(ids).json();
    assert_eq!(blocked.as_array().unwrap().len(), 3);
    assert_eq!(db.sql("select count(*) from users where blocked"), "3");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'user.block'"), "3");

    let none = db.iamctl("user block - --yes").input("\n\n").json();
    assert_eq!(none, serde_json::json!([]), "an empty input succeeds");
    db.iamctl("user block - --yes").input("alice\nid:nonsense\n").fails(2).says("line 2");
}

#[test]
fn delete_revokes_sessions_and_removes_codes_of_that_user_alone() {
    let db = Db::new();
    for name in ["alice", "bob"] {
        let id = db.user(name);
        db.iamctl(&format!("token issue --user {name} --name ci")).ok();
        db.sql(&format!(
            "insert into verification_codes select '{id}', now(), now() + '1h', lpad('{name}', 44, 'v');
             insert into authorization_codes select '{id}', now(), now() + '1h', lpad('{name}', 44, 'a');
             insert into refresh_tokens
             select '{id}', now() at time zone 'utc', now() at time zone 'utc' + '1h', lpad('{name}', 44, 's'), false"
        ));
    }
    let bystander = |rows: Vec<String>| -> Vec<String> {
        let id = db.sql("select id from users where username = 'bob'");
        let owner =
            db.sql(&format!("select owner_id from api_token_owners where user_id = '{id}'"));
        rows.into_iter().filter(|row| row.contains(&id) || row.contains(&owner)).collect()
    };
    let before = bystander(db.rows());
    assert_eq!(before.len(), 6, "{before:#?}");

    db.iamctl("user delete alice --yes").ok();
    assert_eq!(bystander(db.rows()), before, "the rows of other users are unchanged");
    let alice = db.sql("select id from users where username = 'alice'");
    let left =
        |table: &str| db.sql(&format!("select count(*) from {table} where user_id = '{alice}'"));
    assert_eq!(left("verification_codes"), "0");
    assert_eq!(left("authorization_codes"), "0");
    assert_eq!(
        db.sql(&format!(
            "select revoked, revoked_at is not null, expires_at <= now() at time zone 'utc'
             from refresh_tokens where user_id = '{alice}'"
        )),
        "t|t|t",
        "the service never reads `revoked`, so expires_at changes, too",
    );

    db.iamctl("user restore alice").ok();
    assert_eq!(
        db.iamctl("user show alice").json()["live_sessions"],
        0,
        "restore does not restore sessions"
    );
    assert_eq!(db.sql("select deleted_at is null from users where username = 'alice'"), "t");
}

#[test]
fn a_dry_run_does_the_work_and_rolls_it_back() {
    let db = Db::new();
    db.user("alice");
    let before = (db.rows(), db.audit());
    let created = db.iamctl("user create bob --email b@x.org --dry-run").json();
    assert_eq!(created["changed"], true);
    // A dry run never asks, even without --yes.
    let deleted = db.iamctl("user delete alice --dry-run").json();
    assert_eq!(deleted[0]["status"], "deleted");
    db.iamctl("user create alice --email b@x.org --dry-run").fails(4);
    assert_eq!((db.rows(), db.audit()), before);
    db.iamctl("user block alice --dry-run").ok().says("nothing was changed");
}

#[test]
fn block_and_delete_refuse_without_a_terminal_and_without_yes() {
    let db = Db::new();
    db.user("alice");
    for verb in ["block", "delete"] {
        db.iamctl(&format!("user {verb} alice")).fails(2).says("--yes");
    }
    db.iamctl("user create").fails(2).says("USERNAME");
    db.iamctl("user create bob").fails(2).says("--email");
    assert_eq!(db.iamctl("user show alice").json()["status"], "active");
}

#[test]
fn the_question_names_the_target_and_the_database() {
    let db = Db::new();
    db.user("alice");
    let ask = |answer: &str| {
        let mut terminal = db.iamctl("user block alice").on_terminal();
        let question = terminal.exp_string("[y/N]").unwrap();
        assert!(question.contains("Block user `alice`"), "{question}");
        assert!(question.contains(&format!("database `{}`", db.name)), "{question}");
        assert!(question.contains("`postgres`"), "{question}");
        terminal.send_line(answer).unwrap();
        let rest = terminal.exp_eof().unwrap();
        let status = terminal.process().wait().unwrap();
        (format!("{status:?}"), rest)
    };
    for answer in ["n", "", "no way", "not yet", "maybe", "yo"] {
        let (status, rest) = ask(answer);
        assert!(status.contains(", 5)"), "this answer is not a yes: {answer}: {status} {rest}");
    }
    let mut terminal = db.iamctl("user block alice").on_terminal();
    terminal.exp_string("[y/N]").unwrap();
    terminal.send_control('d').unwrap();
    terminal.exp_string("not confirmed").unwrap();
    assert_eq!(db.iamctl("user show alice").json()["status"], "active");
    let (status, _) = ask("y");
    assert!(status.contains(", 0)"), "{status}");
    assert_eq!(db.iamctl("user show alice").json()["status"], "blocked");
}
