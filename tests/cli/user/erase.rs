//! `iamctl user erase USER…`.

use serde_json::json;

use super::{Holder, shared, stored};
use crate::support::Db;

/// The result of `changes` after a `Holder` is erased.
const EVERY_ROW: [&str; 6] = [
    "-api_token_owners",
    "-api_tokens",
    "-authorization_codes",
    "-refresh_tokens",
    "-users",
    "-verification_codes",
];

/// alice, who is deleted, and bob.
fn deleted_alice() -> (Db, Holder) {
    let db = Db::new();
    let alice = Holder::new(&db, "alice");
    Holder::new(&db, "bob");
    db.sql("update users set deleted = true, deleted_at = now() where username = 'alice'");
    (db, alice)
}

fn tokens(db: &Db) -> String {
    db.sql("select string_agg(name, ' ' order by name) from api_tokens")
}

#[test]
fn a_user_is_erased_with_all_rows() {
    let (db, alice) = deleted_alice();
    // Expired and revoked rows are also removed.
    db.sql(&format!(
        "insert into refresh_tokens values ('{id}', '2020-01-01', '2020-02-01', {old});
         insert into api_tokens values
             ('{owner}', '2020-01-01', '2020-02-01', 'old', {old}, true, true, '2020-01-15')",
        id = alice.id,
        owner = alice.owner,
        old = stored("old"),
    ));
    let before = db.state();
    let erased = db.iamctl("user erase alice --yes --reason").arg("her wish").json();
    let mut expected = EVERY_ROW.to_vec();
    expected.insert(1, "-api_tokens");
    expected.insert(4, "-refresh_tokens");
    assert_eq!(db.changes(&before, &alice.ids()), expected);
    assert_eq!(erased.as_array().unwrap().len(), 1);
    for (key, value) in [
        ("id", json!(alice.id)),
        ("username", json!("alice")),
        ("erased_sessions", json!(2)),
        ("erased_codes", json!(2)),
        ("erased_tokens", json!(2)),
        ("changed", json!(true)),
    ] {
        assert_eq!(erased[0][key], value, "{key}: the value before the erase");
    }
    assert_eq!(db.audited(&before), [format!("user.erase|{}|her wish", alice.id)]);
    assert_eq!(db.details(), json!({ "sessions": 2, "codes": 2, "tokens": 2 }));

    db.refuses(3, &format!("user show {}", alice.id), &alice.id);
    db.refuses(3, "user erase alice --yes", "alice");
    db.user("alice");
}

#[test]
fn a_user_who_is_not_deleted_is_refused_without_force() {
    let (db, alice) = deleted_alice();
    let bob = db.sql("select id from users where username = 'bob'");
    db.refuses(5, "user erase bob --yes", "bob");
    db.refuses(5, "user erase bob --dry-run", "--force");
    db.refuses(5, "user erase alice bob --yes", "not deleted: bob;");
    let before = db.state();
    let both = db.iamctl("user erase alice bob --force --yes").json();
    assert_eq!((&both[0]["username"], &both[1]["username"]), (&json!("alice"), &json!("bob")));
    assert_eq!(db.rows(), [""; 0]);
    let mut audited = db.audited(&before);
    audited.sort_unstable();
    let mut expected = [&alice.id, &bob].map(|id| format!("user.erase|{id}|"));
    expected.sort_unstable();
    assert_eq!(audited, expected);
}

#[test]
fn an_ambiguous_name_erases_no_user() {
    let (db, _) = deleted_alice();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, deleted, deleted_at)
         select gen_random_uuid(), now(), 'twin', convert_to(n, 'utf8'), n || '@x.org', n = 'a', now()
         from (values ('a'), ('b')) v (n)",
    );
    for options in ["--yes", "--dry-run", "--force --yes", "alice --yes", "alice nobody --yes"] {
        let says = if options.contains("nobody") { "nobody" } else { "twin" };
        let code = if options.contains("nobody") { 3 } else { 4 };
        let line = format!("user erase {options}");
        let before = db.state();
        let last = if options.contains("nobody") { "alice" } else { "twin" };
        db.iamctl(&line).arg(last).fails(code).says(says);
        assert_eq!(db.state(), before, "{line}");
    }
}

#[test]
fn owners_shared_with_other_users_are_kept() {
    let (db, alice) = deleted_alice();
    let team = shared(&db, &["alice", "bob"], "team");
    let before = db.state();
    let erased = db.iamctl("user erase alice --yes").json();
    assert_eq!(erased[0]["erased_tokens"], 1, "only the token of alice alone");
    let mut expected = EVERY_ROW.to_vec();
    expected.insert(0, "-api_token_owners");
    assert_eq!(db.changes(&before, &alice.ids()), expected);
    assert_eq!(tokens(&db), "bob-own team");
    assert_eq!(db.iamctl(&format!("owner show {team}")).json()["users"], json!(["bob"]));
}

#[test]
fn an_owner_left_without_users_loses_its_tokens() {
    let (db, _) = deleted_alice();
    Holder::new(&db, "carol");
    shared(&db, &["alice", "bob"], "two");
    shared(&db, &["alice", "bob", "carol"], "three");
    // One command erases both users of the owner of `two`.
    let erased = db.iamctl("user erase alice bob --force --yes").json();
    let counted: i64 = (0..2).map(|one| erased[one]["erased_tokens"].as_i64().unwrap()).sum();
    assert_eq!(counted, 4, "the token of both counts for both: {erased}");
    assert_eq!(tokens(&db), "carol-own three");
    db.iamctl("user erase carol --force --yes").ok();
    assert_eq!(db.rows(), [""; 0], "a token is erased with the last of its users");
}

#[test]
fn a_deleted_user_still_counts_as_a_user_of_an_owner() {
    let (db, _) = deleted_alice();
    shared(&db, &["alice", "bob"], "team");
    db.iamctl("user erase bob --force --yes").ok();
    assert_eq!(tokens(&db), "alice-own team", "alice may be restored");
}

#[test]
fn erase_asks_the_operator_to_type_the_username() {
    let (db, alice) = deleted_alice();
    let before = db.state();
    let words = ["user `alice`", "for good", "type `alice`", "`postgres`"];
    for wrong in ["y", "yes", "", "Alice", "alic", "alice bob"] {
        assert_eq!(db.answer("user erase ALICE@example.org", &words, wrong), 5, "{wrong}");
    }
    assert_eq!(db.answer("user erase alice bob --force", &["2 users", "type `2`"], "alice"), 5);
    assert_eq!(db.state(), before);
    assert_eq!(db.answer("user erase alice", &words, "alice"), 0);
    assert_eq!(db.changes(&before, &alice.ids()), EVERY_ROW);
    Holder::new(&db, "carol");
    assert_eq!(db.answer("user erase bob carol --force", &["2 users", "type `2`"], "2"), 0);
    assert_eq!(db.rows(), [""; 0]);
}

#[test]
fn the_end_of_input_counts_as_no() {
    let (db, _) = deleted_alice();
    let before = db.state();
    let mut terminal = db.iamctl("user erase alice").on_terminal();
    terminal.exp_string("to go ahead:").unwrap();
    terminal.send_control('d').unwrap();
    terminal.exp_string("not confirmed").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(db.state(), before);
}

#[test]
fn a_user_restored_during_the_question_is_not_erased() {
    let (db, _) = deleted_alice();
    let mut terminal = db.iamctl("user erase alice").on_terminal();
    terminal.exp_string("to go ahead:").unwrap();
    db.iamctl("user restore alice").ok();
    let before = db.state();
    terminal.send_line("alice").unwrap();
    terminal.exp_string("look again").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(db.state(), before);
}

#[test]
fn erase_refuses_without_a_terminal_and_without_yes() {
    let (db, _) = deleted_alice();
    db.refuses(2, "user erase alice", "--yes");
    db.refuses(2, "user erase bob --force", "--yes");
    let before = db.state();
    db.iamctl("user erase -").input("alice\n").fails(2).says("--yes");
    db.iamctl("user erase alice").input("alice\n").fails(2).says("--yes");
    assert_eq!(db.state(), before, "text from a pipe is not an answer");
}

#[test]
fn a_dry_run_shows_the_users_to_erase() {
    let (db, alice) = deleted_alice();
    let shown = db.dry_run("user erase alice");
    assert_eq!(shown.as_array().unwrap().len(), 1);
    assert_eq!((&shown[0]["id"], &shown[0]["changed"]), (&json!(alice.id), &json!(true)));
    for what in ["erased_sessions", "erased_tokens"] {
        assert_eq!(shown[0][what], 1, "{what}");
    }
    let shown = db.dry_run("user erase bob alice --force");
    assert_eq!((&shown[0]["username"], &shown[1]["username"]), (&json!("bob"), &json!("alice")));
}

#[test]
fn several_users_are_erased_together_or_none() {
    let (db, _) = deleted_alice();
    db.refuses(3, "user erase alice nobody --yes", "nobody");
    let before = db.state();
    db.iamctl("user erase - --yes").input("alice\nnobody\n").fails(3);
    db.iamctl("user erase - --yes").input("alice\nid:x\n").fails(2).says("line 2");
    assert_eq!(db.iamctl("user erase -").input("").json(), json!([]), "an empty input succeeds");
    assert_eq!(db.state(), before);

    db.iamctl("user delete bob --yes").ok();
    let ids = db.iamctl("user list --status deleted -o id").ok().stdout;
    let erased = db.iamctl("user erase - alice --yes").input(ids).json();
    assert_eq!(erased.as_array().unwrap().len(), 2, "a user named twice is erased once: {erased}");
    assert_eq!(db.rows(), [""; 0]);
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'user.erase'"), "2");
}
