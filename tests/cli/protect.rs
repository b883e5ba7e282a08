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
        // Nothing is to be done.
        "db migrate",
        "user erase --deleted-for 1d",
        "user create bob --email bob@example.org",
    ] {
        db.refuses(2, &format!("{line} --yes"), &format!("pass --yes={}", db.name));
        db.refuses(2, &format!("{line} --yes=other"), &format!("this is `{}`", db.name));
        db.iamctl(&format!("{line} --yes --dry-run")).ok();
        db.refuses(2, &format!("{line} --yes=other --dry-run"), &format!("this is `{}`", db.name));
    }
    db.iamctl(&format!("user block alice --yes={}", db.name)).ok();
    db.iamctl(&format!("user unblock alice -y={}", db.name)).ok();
    // What asks nothing needs no --yes.
    db.iamctl("user create bob --email bob@example.org").ok();
    db.iamctl("token issue --user alice --name ci").ok();
    // A question names the database.
    assert_eq!(db.answer("user block alice", &[], "y"), 0);
    // A name that is not that of the database is refused everywhere.
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
    db.refuses(2, "purge --yes=other", "names another database");
    db.iamctl("purge --yes").ok();
    db.iamctl(&format!("code purge --yes={}", db.name)).ok();
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

/// A script whose variable is empty, and a name without `=`.
#[test]
fn an_empty_or_misplaced_name_is_refused() {
    let db = Db::new();
    db.user("alice");
    db.refuses(2, "user block alice --yes=", "a value is required");
    for joined in ["-yhos", "-yprod", "-yqhos", "-yvhos"] {
        db.refuses(2, &format!("user block alice {joined}"), "with `=`");
    }
    db.iamctl("user block alice -yq").ok();
    db.iamctl("user unblock alice -yojson").ok();
}

/// PostgreSQL lets only superusers set what it does not know, and from version 15 on those whom they let.
#[test]
fn an_owner_needs_the_right_to_the_setting() {
    let db = Db::new();
    let owner = db.role("owner");
    db.sql(&format!("alter database {} owner to {owner}", db.name));
    db.sql(&format!("grant all on all tables in schema public to {owner}"));
    let protect = |line: &str| crate::support::Run::new(&db.url_as(&owner), line);
    protect("db protect").fails(8).says("grant set on parameter iamctl.protected to");
    if crate::support::server().major() >= 15 {
        db.sql(&format!("grant set on parameter iamctl.protected to {owner}"));
        protect("db protect").ok();
        protect("user list --count").ok();
        protect("db protect --off --yes").fails(2);
        protect(&format!("db protect --off --yes={}", db.name)).ok();
    }
}

#[test]
fn every_value_but_off_protects() {
    let db = Db::new();
    db.user("alice");
    for (value, code) in
        [("true", 2), ("'1'", 2), ("'Yes'", 2), ("'off'", 0), ("'FALSE'", 0), ("''", 0)]
    {
        db.sql(&format!("alter database {} set iamctl.protected to {value}", db.name));
        assert_eq!(db.iamctl("user block alice --yes").run().code, code, "{value}");
    }
}

/// The tables of others are taken over in several transactions.
#[test]
fn an_adoption_needs_the_name_too() {
    let db = crate::support::console::to_be_adopted();
    db.sql(&format!("alter database {} set iamctl.protected to on", db.name));
    db.iamctl("db adopt --yes").fails(2).says(&format!("--yes={}", db.name));
    assert_eq!(db.sql("select to_regclass('admin_audit_log')"), "");
    db.iamctl("db adopt --dry-run").ok();
    db.iamctl(&format!("db adopt --yes={}", db.name)).ok();
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
