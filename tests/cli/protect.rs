//! `db protect`: in a protected database, `--yes` has to name it.

use crate::support::Db;

fn protected() -> Db {
    let db = Db::new();
    db.user("alice");
    db.iamctl("db protect").ok();
    db
}

#[test]
fn yes_has_to_name_a_protected_database() {
    let db = protected();
    for line in [
        "user block alice",
        "user block alice --revoke-sessions --revoke-tokens",
        "user erase alice --force",
        "user offboard alice",
        "session revoke --everyone",
        "db revert",
        "db protect --off",
        "user create bob --email bob@example.org",
    ] {
        db.refuses(2, &format!("{line} --yes"), &format!("pass --yes={}", db.name));
        db.refuses(2, &format!("{line} --yes=other"), &format!("this is `{}`", db.name));
        db.iamctl(&format!("{line} --yes --dry-run")).ok();
    }
    db.iamctl(&format!("user block alice --yes={}", db.name)).ok();
    db.iamctl(&format!("user unblock alice -y={}", db.name)).ok();
    // What asks nothing needs no --yes.
    db.iamctl("user create bob --email bob@example.org").ok();
    db.iamctl("token issue --user alice --name ci").ok();
    // A question names the database.
    assert_eq!(db.answer("user block alice", &[], "y"), 0);
    // A name that is not that of the database is refused everywhere.
    Db::new().iamctl("db migrate --yes=other").ok();
    let other = Db::new();
    other.user("alice");
    other.refuses(2, "user block alice --yes=iam_prod", "--yes=iam_prod names another database");
}

#[test]
fn purges_go_on_in_a_protected_database() {
    let db = protected();
    db.sql(
        "insert into verification_codes
         select id, now(), now() - interval '9 days', rpad('x', 44, 'x') from users",
    );
    db.iamctl("purge --yes").ok();
    assert_eq!(db.sql("select count(*) from verification_codes"), "0");
}

/// A pooler keeps sessions that are older than the protection; a role can set a setting to what it likes.
#[test]
fn no_setting_of_a_session_ends_the_protection() {
    let db = protected();
    db.iamctl("user block alice --yes").env("PGOPTIONS", "-c iamctl.protected=off").fails(2);
    db.iamctl("user block alice --yes").env("PGOPTIONS", "-c iamctl.protected=").fails(2);
    db.iamctl("demo --yes").fails(5);
}

#[test]
fn protecting_is_audited_and_is_for_the_owner() {
    let db = protected();
    assert_eq!(db.details(), serde_json::json!({"protected": true}));
    let before = db.state();
    let again = db.iamctl("db protect").json();
    assert_eq!((&again["changed"], &again["protected"]), (&false.into(), &true.into()));
    assert_eq!(again["database"], db.name);
    assert_eq!(db.state(), before);
    db.iamctl(&format!("db protect --off --yes={}", db.name)).ok();
    assert_eq!(db.details(), serde_json::json!({"protected": false}));
    db.iamctl("user block alice --yes").ok();

    crate::support::Run::new(&db.url_as(&db.operator()), "db protect").fails(8);
    assert_eq!(db.iamctl("db protect --dry-run").json()["changed"], true);
    db.iamctl("user unblock alice --yes").ok();
}

/// The line that asks nothing is one that works.
#[test]
fn the_command_line_without_questions_names_the_database() {
    let db = protected();
    let mut terminal = db.iamctl("user block").on_terminal();
    terminal.exp_string("User").unwrap();
    terminal.send_line("alice").unwrap();
    terminal.exp_string("[y/N]").unwrap();
    terminal.send_line("y").unwrap();
    terminal.exp_string(&format!("iamctl user block alice --yes={}", db.name)).unwrap();
    terminal.exp_eof().unwrap();
}
