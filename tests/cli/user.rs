//! `iamctl user` (contract 1 and 2).

use std::thread;

use crate::support::{Db, Run};

#[test]
fn create_writes_the_row_that_the_service_accepts() {
    let db = Db::new();
    let user = db.iamctl("user create Alice-W --email Alice@Example.ORG --verified").json();
    assert_eq!(user["username"], "Alice-W", "stored as typed");
    assert_eq!(user["email"], "alice@example.org", "lower-cased before it is stored");
    assert_eq!(user["status"], "active");
    assert_eq!(user["changed"], true);
    assert_eq!(
        db.sql("select encode(username_fingerprint, 'escape'), email_verified_at is not null from users"),
        "bb9ea6d55cb6104e7d6ad33974280ab07d514d1c7ed5cca8126baf4c41201e80|t",
        "contract 1: the 64 bytes that Alice-W and alice_w share",
    );
    let id = user["id"].as_str().unwrap();
    assert_eq!(db.audit(), [format!("user.create|{id}|")]);
}

#[test]
fn create_takes_an_id_and_leaves_the_email_unverified() {
    let db = Db::new();
    let id = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";
    let user = db.iamctl(&format!("user create bob --email b@x.org --id {id}")).json();
    assert_eq!(user["id"], id);
    assert_eq!(user["status"], "unverified");
    db.iamctl(&format!("user create eve --email e@x.org --id {id}"))
        .fails(4)
        .says(&format!("the id {id} is taken"));
}

#[test]
fn a_name_that_differs_in_punctuation_is_a_conflict_on_the_username() {
    let db = Db::new();
    db.iamctl("user create Alice_W --email a@x.org").ok();
    db.iamctl("user create alice-w --email other@x.org").fails(4).says("the username `alice-w`");
    db.iamctl("user create other --email A@X.org").fails(4).says("the email `a@x.org`");
    assert_eq!(db.sql("select count(*) from users"), "1");
}

#[test]
fn deleted_users_keep_their_name_and_email() {
    let db = Db::new();
    db.user("alice");
    db.iamctl("user delete alice --yes").ok();
    db.iamctl("user create alice --email new@x.org").fails(4).says("deleted users keep");
    db.iamctl("user create new --email alice@example.org").fails(4).says("deleted users keep");
    db.iamctl("user create alice --email alice@example.org --if-not-exists")
        .fails(4)
        .says("user restore");
}

#[test]
fn if_not_exists_accepts_the_same_user_only() {
    let db = Db::new();
    let id = db.user("alice");
    let same = db.iamctl("user create alice --email ALICE@example.org --if-not-exists").json();
    assert_eq!(same["changed"], false);
    assert_eq!(same["id"], id.as_str());
    db.iamctl("user create alice --email other@x.org --if-not-exists").fails(4);
    db.iamctl("user create Alice --email alice@example.org --if-not-exists").fails(4);
    db.iamctl("user create other --email alice@example.org --if-not-exists").fails(4);
    assert_eq!(db.audit().len(), 1, "no change, no audit row");
    let new = db.iamctl("user create bob --email b@x.org --if-not-exists").json();
    assert_eq!(new["changed"], true);
}

#[test]
fn twenty_at_once_make_one_user() {
    let db = Db::new();
    let codes: Vec<i32> = thread::scope(|scope| {
        let runs: Vec<_> = (0..20)
            .map(|number| {
                let run = db.iamctl(&format!("user create alice --email a{number}@x.org"));
                scope.spawn(|| run.run().code)
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|&&code| code == 0).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|&&code| code == 4).count(), 19, "{codes:?}");
    assert_eq!(db.sql("select count(*) from users"), "1");
    assert_eq!(db.audit().len(), 1);
}

#[test]
fn bad_input_says_what_to_do_and_changes_nothing() {
    let db = Db::new();
    let long = "x".repeat(41);
    for (name, email, says) in [
        ("", "a@x.org", "2 to 40 characters"),
        ("a", "a@x.org", "2 to 40 characters"),
        (long.as_str(), "a@x.org", "2 to 40 characters"),
        ("ab_", "a@x.org", "neither begins nor ends"),
        ("a\u{7}b", "a@x.org", "2 to 40 characters"),
        ("alice", "Alice <a@x.org>", "without a display name"),
        ("alice", &format!("{}@example.org", "x".repeat(89)), "at most 100 characters"),
        ("alice", "nobody", "one bare email address"),
    ] {
        db.iamctl("user create").arg("--email").arg(email).arg("--").arg(name).fails(2).says(says);
    }
    // How to write a name that begins with a hyphen: it is no option then, and no username either.
    db.iamctl("user create --email a@x.org -- -ab").fails(2).says("neither begins nor ends");
    db.iamctl("user create --email a@x.org -ab").fails(2).says("--");
    db.iamctl("user create alice --email a@x.org --id 1234").fails(2);
    assert_eq!(db.rows(), [""; 0]);
    assert_eq!(db.audit(), [""; 0]);
}

#[test]
fn one_grammar_of_selectors_everywhere() {
    let db = Db::new();
    let id = db.user("Alice-W");
    for selector in [
        id.as_str(),
        "Alice-W",
        "alice_w",
        "ALICE-W@EXAMPLE.ORG",
        "name:alice-w",
        "email:alice-w@example.org",
        &format!("id:{id}"),
    ] {
        assert_eq!(db.iamctl("user show").arg(selector).json()["id"], id.as_str(), "{selector}");
    }
    for unknown in ["bob", "b@x.org", "00000000-0000-0000-0000-000000000000", "name:a@b"] {
        db.iamctl("user show").arg(unknown).fails(3).says(unknown.trim_start_matches("name:"));
    }
    for bad in ["id:alice", "id:3f0c9d2e6c1b4c629a530d2f4f0f9a11", "email:alice", "", "a\nb"] {
        db.iamctl("user show").arg(bad).fails(2);
    }
}

#[test]
fn what_matches_two_users_lists_both_and_an_exact_spelling_comes_first() {
    let db = Db::new();
    // Other programs write what they like: the same email in two spellings.
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), name, convert_to(fingerprint, 'utf8'), email
         from (values ('a b', 'one', 'x@y.org'), ('a b', 'two', 'z@y.org')) v (name, fingerprint, email)",
    );
    let outcome = db.iamctl("user show").arg("a b").fails(4);
    assert!(
        outcome.stderr.contains("x@y.org") && outcome.stderr.contains("z@y.org"),
        "{outcome:?}"
    );

    db.iamctl("user create Bob_1 --email bob@x.org").ok();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         values (gen_random_uuid(), now(), 'bob-1', 'foreign', 'bob-1@x.org')",
    );
    assert_eq!(db.iamctl("user show Bob_1").json()["email"], "bob@x.org");
    assert_eq!(db.iamctl("user show bob-1").json()["email"], "bob-1@x.org");
}

#[test]
fn states_change_and_already_so_is_success() {
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
        assert_eq!(again[0]["changed"], false, "{verb}: already so is success");
        assert_eq!(db.audit().len(), before + 1, "{verb}: one audit row a change");
        assert_eq!(db.audit()[0], format!("user.{verb}|{alice}|why"));
    }
    assert_eq!(db.iamctl("user show bob").json()["status"], "active");
}

#[test]
fn many_targets_change_together_or_not_at_all() {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    let before = db.rows();
    db.iamctl("user block alice bob nobody --yes").fails(3).says("nobody");
    assert_eq!(db.rows(), before, "all change in one transaction, or none does");

    // `-` reads them from standard input; a user who is named twice changes once.
    let ids = db.iamctl("user list -o id").ok().stdout;
    let blocked = db.iamctl("user block - alice --yes").input(ids).json();
    assert_eq!(blocked.as_array().unwrap().len(), 3);
    assert_eq!(db.sql("select count(*) from users where blocked"), "3");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'user.block'"), "3");

    let none = db.iamctl("user block - --yes").input("\n\n").json();
    assert_eq!(none, serde_json::json!([]), "none is success");
    db.iamctl("user block - --yes").input("alice\nid:nonsense\n").fails(2).says("line 2");
}

#[test]
fn delete_ends_sessions_and_codes_of_that_user_alone() {
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
    assert_eq!(bystander(db.rows()), before, "a deleted user's bystanders keep everything");
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
        "contract 1: the service never reads `revoked`, so expires_at moves too",
    );

    db.iamctl("user restore alice").ok();
    assert_eq!(db.iamctl("user show alice").json()["live_sessions"], 0, "revives no session");
    assert_eq!(db.sql("select deleted_at is null from users where username = 'alice'"), "t");
}

#[test]
fn show_counts_what_lives() {
    let db = Db::new();
    let id = db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db.iamctl("code issue authorization --user alice").ok();
    db.sql(&format!(
        "insert into refresh_tokens
         select '{id}', now() at time zone 'utc', (now() at time zone 'utc') + make_interval(mins => 2 - n), lpad(n::text, 44, 's'), false
         from generate_series(1, 4) n"
    ));
    // The times of sessions are UTC, whatever the server's TimeZone says.
    for zone in ["UTC", "Asia/Tokyo", "America/New_York"] {
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        let shown = db.iamctl("user show alice").json();
        assert_eq!(shown["live_sessions"], 1, "{zone}");
        assert_eq!(shown["live_authorization_codes"], 1);
        assert_eq!(shown["live_verification_codes"], 0);
        assert_eq!(shown["live_tokens"], 1);
    }
}

#[test]
fn a_dry_run_does_the_work_and_rolls_it_back() {
    let db = Db::new();
    db.user("alice");
    let before = (db.rows(), db.audit());
    let created = db.iamctl("user create bob --email b@x.org --dry-run").json();
    assert_eq!(created["changed"], true);
    // It never asks, without --yes too.
    let deleted = db.iamctl("user delete alice --dry-run").json();
    assert_eq!(deleted[0]["status"], "deleted");
    db.iamctl("user create alice --email b@x.org --dry-run").fails(4);
    assert_eq!((db.rows(), db.audit()), before);
    db.iamctl("user block alice --dry-run").ok().says("nothing was changed");
}

#[test]
fn without_a_terminal_and_without_yes_it_refuses() {
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
fn list_filters_sorts_and_pages() {
    let db = Db::new();
    let names = ["dave", "alice", "carol", "bob", "erin"];
    for (days, name) in (1..).zip(names) {
        let id = db.user(name);
        db.sql(&format!(
            "update users set created_at = now() - '{days}d'::interval where id = '{id}'"
        ));
    }
    db.iamctl("user block alice --yes").ok();
    db.iamctl("user delete bob --yes").ok();
    db.sql("update users set email_verified = false, email = 'carol@other.org' where username = 'carol'");

    let list = |options: &str| -> Vec<String> {
        let list = db.iamctl(&format!("user list {options}")).json();
        list.as_array()
            .unwrap()
            .iter()
            .map(|user| user["username"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(list(""), ["dave", "alice", "carol", "erin"], "newest first, all but deleted");
    assert_eq!(list("--status any"), names);
    assert_eq!(list("--status active"), ["dave", "erin"]);
    assert_eq!(list("--status blocked"), ["alice"]);
    assert_eq!(list("--status deleted"), ["bob"]);
    assert_eq!(list("--status unverified"), ["carol"]);
    assert_eq!(list("--created-after 60h"), ["dave", "alice"]);
    assert_eq!(list("--created-before 60h"), ["carol", "erin"]);
    assert_eq!(list("--created-before 2020-01-01"), [""; 0]);
    assert_eq!(list("--email-domain OTHER.org"), ["carol"]);
    assert_eq!(list("--search ARO"), ["carol"]);
    assert_eq!(list("--search @other"), ["carol"]);
    assert_eq!(list("--search %"), [""; 0], "a wildcard of the operator matches itself");
    assert_eq!(list("--sort username"), ["alice", "carol", "dave", "erin"]);
    assert_eq!(list("--sort email --reverse"), ["erin", "dave", "carol", "alice"]);
    assert_eq!(list("--reverse"), ["erin", "carol", "alice", "dave"]);
    for sort in ["created", "username", "email"] {
        for reverse in ["", "--reverse"] {
            let whole = list(&format!("--status any --sort {sort} {reverse}"));
            let mut paged = Vec::new();
            let mut after = String::new();
            loop {
                let page = list(&format!("--status any --sort {sort} {reverse} --limit 2 {after}"));
                let Some(last) = page.last() else { break };
                after = format!("--after {last}");
                paged.extend(page);
            }
            assert_eq!(paged, whole, "{sort} {reverse}");
        }
    }
    assert_eq!(db.iamctl("user list --count").ok().line(), "4");
    assert_eq!(db.iamctl("user list --count --status any").json()["count"], 5);
}

#[test]
fn rows_of_other_programs_are_shown_and_repaired() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         values ('3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11', now(), repeat('x', 50), '\\xff00', E'No One\\x1b[2J')",
    );
    let shown = db.iamctl("user show 3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11").json();
    assert_eq!(shown["username"], "x".repeat(50));
    let table = db.iamctl("user list").ok().stdout;
    assert!(!table.contains('\u{1b}'), "no control character reaches a terminal: {table}");
    db.iamctl("user block --yes").arg("x".repeat(50)).ok();
}

#[test]
fn a_missing_value_is_asked_for_on_a_terminal() {
    let db = Db::new();
    let mut terminal = db.iamctl("user create").on_terminal();
    terminal.exp_string("Username").unwrap();
    terminal.send_line("alice").unwrap();
    terminal.exp_string("Email").unwrap();
    terminal.send_line("nonsense").unwrap();
    // Asked again, after what is wrong with it.
    terminal.exp_string("one bare email address").unwrap();
    terminal.exp_string("Email").unwrap();
    terminal.send_line("a@x.org").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(db.sql("select username, email from users"), "alice|a@x.org");
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
        assert!(status.contains(", 5)"), "never assumes: {answer}: {status} {rest}");
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

#[test]
fn a_failed_audit_row_undoes_the_change() {
    let db = Db::new();
    db.sql("alter table admin_audit_log add constraint nothing check (action <> 'user.create')");
    let url = db.url();
    assert_ne!(Run::new(&url, "user create alice --email a@x.org").run().code, 0);
    assert_eq!(db.sql("select count(*) from users"), "0");
}
