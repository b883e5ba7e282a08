//! `iamctl db grants --profile service`: what the service's own role may do.

use super::role::{Role, alice_and_bob};
use super::{LOG_CHANGES, SCHEMA_CHANGES};

/// What the service does, each statement by itself.
const STATEMENTS: [&str; 16] = [
    // Registers a user, whom it looks up by name and email.
    "select id, email_verified, blocked, deleted from users where username_fingerprint = 'x'",
    "insert into users (id, created_at, username, username_fingerprint, email, email_verified,
                        email_verified_at, blocked, deleted, deleted_at)
     values (gen_random_uuid(), now(), 'new', 'new', 'new@x.org', false, null, false, false, null)
     returning id",
    "select count(*) from verification_codes where expires_at > now()",
    "insert into verification_codes (user_id, created_at, expires_at, code)
     select id, now(), now(), lpad('=', 44, 'v') from users limit 1",
    "select user_id, expires_at from verification_codes where code = 'x'",
    "update users set email_verified = true, email_verified_at = now() where username = 'alice'",
    "delete from verification_codes where code = 'x' returning user_id",
    // A login, and the session that is made from its code.
    "insert into authorization_codes (user_id, created_at, expires_at, code)
     select id, now(), now(), lpad('=', 44, 'a') from users limit 1",
    "select user_id from authorization_codes where code = 'x'",
    "delete from authorization_codes where code = 'x' returning user_id",
    "insert into refresh_tokens (user_id, created_at, expires_at, token)
     select id, now(), now(), lpad('=', 44, 'r') from users limit 1",
    "select user_id, expires_at from refresh_tokens where token = 'x'",
    "delete from refresh_tokens where token = 'x' returning user_id",
    "update users set username = 'Alice', username_fingerprint = 'x', email = 'a@x.org'
     where username = 'alice'",
    "select owner_id, expires_at, blocked, revoked from api_tokens where token = 'x'",
    "select user_id from api_token_owners",
];

#[test]
fn the_service_can_do_its_work_and_nothing_else() {
    let db = alice_and_bob();
    let role = Role::new(&db, "service");
    let may = |sql: &str| role.may(&format!("begin; {sql}; rollback"));
    for sql in STATEMENTS {
        assert!(may(sql), "{sql}");
    }
    for sql in SCHEMA_CHANGES.iter().chain(&LOG_CHANGES).chain(&[
        "select from admin_audit_log",
        "insert into admin_audit_log (actor, host, action, details, program_version)
         values ('x', 'x', 'x', '{}', 'x')",
        "select from __diesel_schema_migrations",
        // Who may log in is the operator's to decide.
        "update users set blocked = false",
        "update users set deleted = false, deleted_at = null",
        "update users set id = gen_random_uuid()",
        "delete from users",
        "truncate users cascade",
        "truncate verification_codes",
        "update verification_codes set expires_at = 'infinity'",
        "update authorization_codes set user_id = gen_random_uuid()",
        "update refresh_tokens set revoked = false",
        "insert into api_tokens select * from api_tokens",
        "update api_tokens set revoked = false",
        "delete from api_tokens",
        "insert into api_token_owners select * from api_token_owners",
        "delete from api_token_owners",
        "create trigger mine after insert on users execute function suppress_redundant_updates_trigger()",
        "create table mine (id uuid references users)",
    ]) {
        assert!(!may(sql), "{sql}");
    }
    // A user whom an operator blocked stays blocked.
    db.iamctl("user block alice --yes").ok();
    assert_eq!(db.sql("select blocked from users where username = 'alice'"), "t");
    role.is_forbidden(&[
        "user block alice --yes",
        "user erase alice --force --yes",
        "token issue --user alice --name new",
        "audit list",
        "purge",
    ]);
}

#[test]
fn the_service_needs_each_of_its_rights() {
    let db = alice_and_bob();
    db.sql("revoke all on schema public from public");
    let role = Role::new(&db, "service");
    let grants = role.grants("service").json();
    let mut unneeded = Vec::new();
    for grant in grants.as_array().unwrap() {
        for sql in super::role::singly(grant) {
            db.sql(&sql.replacen("grant", "revoke", 1).replacen(" to ", " from ", 1));
            if STATEMENTS.iter().all(|it| role.may(&format!("begin; {it}; rollback"))) {
                unneeded.push(sql.clone());
            }
            db.sql(&sql);
        }
    }
    assert!(unneeded.is_empty(), "no statement needs these rights: {unneeded:#?}");
}

#[test]
fn the_rights_of_the_service_are_no_findings() {
    let db = alice_and_bob();
    db.iamctl("code purge").ok();
    let role = Role::new(&db, "service");
    db.iamctl("db check").ok();
    db.sql(&format!("grant delete on admin_audit_log to \"{}\"", role.name.replace('"', "\"\"")));
    let found = db.iamctl("db check -o json").ends_with(5).json();
    assert!(found[0]["problem"].as_str().unwrap().contains("DELETE"), "{found:#}");
}
