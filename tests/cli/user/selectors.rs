//! How users are selected, and rows that other programs wrote.

use crate::support::Db;

#[test]
fn users_are_selected_by_id_username_or_email() {
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
fn an_exact_spelling_takes_precedence_and_ambiguous_matches_are_listed() {
    let db = Db::new();
    // Other programs may write the same username twice, with different fingerprints.
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
