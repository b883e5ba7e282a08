//! `iamctl db grants`: its output, and the commands that a role with exactly these rights can run.

mod role;
mod service;

use role::{Role, alice_and_bob, expire};

use crate::support::Db;

const SECRET_QUERIES: [&str; 4] = [
    "select code from verification_codes",
    "select code from authorization_codes",
    "select token from refresh_tokens",
    "select token from api_tokens",
];

const SCHEMA_CHANGES: [&str; 2] =
    ["create table public.mine (id int)", "alter table users add column mine int"];

const LOG_CHANGES: [&str; 3] = [
    "update admin_audit_log set reason = 'x'",
    "delete from admin_audit_log",
    "truncate admin_audit_log",
];

#[test]
fn an_operator_can_do_everything_but_migrate() {
    let db = alice_and_bob();
    let role = Role::new(&db, "operator");
    let id = |line: &str| {
        role.runs(line).arg("-o").arg("id").ok().stdout.lines().next().unwrap().to_owned()
    };
    for line in [
        "user create carol --email carol@x.org --if-not-exists",
        "user list --status any",
        "user show carol",
        "user block carol --yes --revoke-sessions --revoke-tokens",
        "user unblock carol",
        "user rename carol Caroline",
        "user set-email Caroline c@x.org --yes",
        "user verify-email Caroline",
        "user unverify-email Caroline",
        "token list",
        "token list --orphaned",
        "token rotate --user alice --name ci --yes",
        "token block --user bob --name ci --yes",
        "token unblock --user bob --name ci",
        "owner list",
        "session list",
        "session revoke --all --user alice --yes",
        "session revoke --everyone --yes",
        "code issue verification --user Caroline",
        "code list",
        "code stats",
        "code revoke --all --user Caroline --yes",
        "user offboard bob --yes",
        "user delete bob --yes",
        "user restore bob",
        "user delete bob --yes",
        "user erase bob --yes",
        "token revoke --user alice --all --yes",
        "code purge",
        "session purge",
        "token purge",
        "purge",
        "audit list",
        "db status",
        "db check",
        "db migrate",
        "db adopt",
        "doctor",
    ] {
        role.runs(line).ok();
    }
    let users = "username,email\ndora,dora@x.org\n";
    role.runs("user import - --format csv").input(users).ok();
    assert!(role.runs("user export -o csv").ok().stdout.contains("dora@x.org"));
    let owner = id("owner create --user alice");
    role.runs(&format!("token issue --owner {owner} --name deploy")).ok();
    role.runs(&format!("owner show {owner}")).ok();
    role.runs(&format!("owner add {owner} Caroline")).ok();
    role.runs(&format!("owner remove {owner} Caroline --yes")).ok();
    role.runs(&format!("owner delete {owner} --revoke-tokens --yes")).ok();
    let doctor = role.runs("doctor -o json").ok().json();
    assert!(doctor.as_array().unwrap().iter().all(|check| check["status"] == "ok"), "{doctor:#}");

    role.runs("db revert --discard-audit --yes").run();
    assert_eq!(db.sql("select to_regclass('admin_audit_log') is null"), "f");
    for sql in SCHEMA_CHANGES.iter().chain(&LOG_CHANGES) {
        assert!(!role.may(sql), "{sql}");
    }
    assert!(
        SECRET_QUERIES.iter().all(|sql| role.may(sql)),
        "an operator can read secrets, as `db grants` says"
    );
}

#[test]
fn an_operator_needs_each_of_its_rights() {
    let db = alice_and_bob();
    db.user("carol");
    let owner = db.iamctl("owner create --user alice -o id").ok().line();
    Role::new(&db, "operator").needs_every_right(
        "operator",
        &[
            "user create dora --email d@x.org --dry-run",
            "user block alice --dry-run",
            "user erase alice --force --dry-run",
            "token issue --user carol --name new --dry-run",
            "token revoke --user alice --all --dry-run",
            "code issue authorization --user alice --dry-run",
            "code issue verification --user alice --force --dry-run",
            "code revoke --all --user alice --dry-run",
            &format!("owner remove {owner} alice --dry-run"),
            "session revoke --everyone --dry-run",
            "code purge",
            "session purge",
            "token purge",
            "audit list",
        ],
    );
}

const PURGES: [&str; 4] = ["code purge", "session purge", "token purge", "purge"];

#[test]
fn a_purger_can_purge() {
    let db = alice_and_bob();
    let bystanders = db.iamctl("token list --status active").json();
    let role = Role::new(&db, "purger");
    for (line, deleted) in
        [("code purge", 2), ("session purge", 1), ("token purge", 1), ("purge", 4)]
    {
        if line == "purge" {
            expire(&db);
        }
        let reports = role.runs(line).json();
        let sum: i64 =
            reports.as_array().unwrap().iter().map(|one| one["deleted"].as_i64().unwrap()).sum();
        assert_eq!(sum, deleted, "{line}");
        role.runs(line).arg("--dry-run").ok();
    }
    role.runs("db status").ok();
    assert_eq!(db.iamctl("token list --status active").json(), bystanders);
    let by = db.sql("select distinct database_role from admin_audit_log where action ~ 'purge'");
    assert_eq!(by, role.name, "the audit log has the role of the purger");
}

#[test]
fn a_purger_can_do_nothing_else() {
    let db = alice_and_bob();
    let role = Role::new(&db, "purger");
    role.is_forbidden(&[
        "user list",
        "user show alice",
        "user block alice --yes",
        "user create carol --email c@x.org",
        "user delete alice --yes",
        "token list",
        "token issue --user alice --name new",
        "token revoke --user alice --all --yes",
        "session list",
        "session revoke --everyone --yes",
        "code list",
        "code issue authorization --user alice",
        "owner list",
        "audit list",
    ]);
    for sql in SCHEMA_CHANGES.iter().chain(&LOG_CHANGES).chain(&[
        "select email from users",
        "select user_id from verification_codes",
        "select user_id from refresh_tokens",
        "select name from api_tokens",
        "select from admin_audit_log",
        "insert into verification_codes select gen_random_uuid(), now(), now(), 'x'",
        "update refresh_tokens set revoked = false",
        "update api_tokens set expires_at = 'infinity'",
    ]) {
        assert!(!role.may(sql), "{sql}");
    }
    // A purge uses the secrets as keys, so its role can read them. `db grants` says so.
    assert!(SECRET_QUERIES.iter().all(|sql| role.may(sql)));
}

#[test]
fn a_purger_needs_each_of_its_rights() {
    let db = alice_and_bob();
    Role::new(&db, "purger").needs_every_right("purger", &PURGES);
}

const AUDITOR_COMMANDS: [&str; 5] =
    ["audit list", "user list --search ali", "user show alice", "code stats", "db status"];

#[test]
fn an_auditor_can_read_users_and_the_log_but_no_secrets() {
    let db = alice_and_bob();
    let role = Role::new(&db, "auditor");
    for line in AUDITOR_COMMANDS {
        let seen = role.runs(line).json();
        assert_eq!(seen, db.iamctl(line).json(), "{line}: the same as for the owner");
    }
    for line in [
        "audit list --action user --since 1d",
        "audit list --count",
        "user list --status any --sort email",
        "user list --status blocked --count",
        "user list --email-domain example.org --created-after 1d",
        "code stats --max-age 100y",
    ] {
        role.runs(line).ok();
    }
    for sql in SECRET_QUERIES.iter().chain(&SCHEMA_CHANGES).chain(&LOG_CHANGES).chain(&[
        "select * from verification_codes",
        "select t from refresh_tokens t",
        "insert into admin_audit_log (actor, host, action, details, program_version)
         values ('x', 'x', 'x', '{}', 'x')",
        "update users set blocked = true",
        "delete from verification_codes",
    ]) {
        assert!(!role.may(sql), "{sql}");
    }
    role.is_forbidden(&[
        "user create carol --email c@x.org",
        "user block alice --yes",
        "user unblock alice",
        "user delete alice --yes",
        "user erase alice --force --yes",
        "token issue --user alice --name new",
        "token revoke --user alice --all --yes",
        "session revoke --everyone --yes",
        "code issue authorization --user alice",
        // These show ids, which are computed from the secrets.
        "token list",
        "session list",
        "code list",
    ]);
}

#[test]
fn an_auditor_cannot_purge() {
    let db = alice_and_bob();
    let role = Role::new(&db, "auditor");
    let before = db.state();
    for line in PURGES {
        role.runs(line).ends_with(8).says("role");
    }
    assert_eq!(db.state(), before);
}

#[test]
fn an_auditor_needs_each_of_its_rights() {
    let db = alice_and_bob();
    Role::new(&db, "auditor").needs_every_right("auditor", &AUDITOR_COMMANDS);
}

#[test]
fn every_format_has_the_same_grants_and_says_if_they_reveal_secrets() {
    let db = Db::new();
    let role = db.role("reader");
    let before = db.sql("select relname, relacl from pg_class where relacl is not null order by 1");
    for (profile, says) in [
        ("operator", "can read codes and refresh tokens"),
        ("purger", "can read codes and refresh tokens"),
        ("auditor", "cannot read codes, refresh tokens or digests of API tokens"),
        ("service", "cannot block, delete, restore or erase users"),
    ] {
        let line = format!("db grants --profile {profile} --role {role}");
        let grants = db.iamctl(&line).json();
        let count = grants.as_array().unwrap().len();
        for (format, lines) in [("jsonl", count), ("csv", 1 + count), ("id", count)] {
            let outcome = db.iamctl(&line).arg("-o").arg(format).ok().says(says);
            assert_eq!(outcome.lines().len(), lines, "{outcome:?}");
        }
        let sql = db.iamctl(&line).ok().stdout;
        let (comment, sql) = sql.split_once('\n').unwrap();
        assert!(comment.starts_with("-- ") && comment.contains(says), "{comment}");
        let listed: Vec<_> = grants.as_array().unwrap().iter().map(|one| &one["sql"]).collect();
        let printed: Vec<_> = sql.lines().map(|line| line.trim_end_matches(';')).collect();
        assert_eq!(listed, printed);
        assert!(grants.as_array().unwrap().iter().all(|grant| grant["role"] == role.as_str()));
    }
    let after = db.sql("select relname, relacl from pg_class where relacl is not null order by 1");
    assert_eq!(after, before, "db grants changes nothing");
}

#[test]
fn unknown_roles_and_profiles_are_refused() {
    let db = Db::new();
    let grants = |role: &str| db.iamctl("db grants --profile auditor --role").arg(role);
    grants("no_such_role").fails(3).says("no_such_role");
    grants("").fails(2);
    grants(&"x".repeat(64)).fails(2).says("63");
    grants("a\nb").fails(2);
    for line in ["db grants --profile auditor", "db grants --role postgres"] {
        db.iamctl(line).fails(2).says("required");
    }
    db.iamctl("db grants --profile owner --role postgres").fails(2).says("purger");
    Db::bare().iamctl("db grants --profile auditor --role postgres").fails(7);
}

#[test]
fn grants_name_the_schema_of_the_tables() {
    let db = Db::new();
    db.sql(&format!(
        "alter schema public rename to \"Iam\"; alter database {} set search_path = \"Iam\"",
        db.name
    ));
    let role = Role::new(&db, "auditor");
    role.runs("user list").ok();
    role.runs("audit list").ok();
    role.is_forbidden(&["user create carol --email c@x.org"]);
}
