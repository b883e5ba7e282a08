//! A busy error names who holds the lock (docs/behaviour.md, Locks).

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Instant;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use crate::support::server::{Server, THROW_AWAY};
use crate::support::{Db, Run};

/// The keys of the run locks.
const MIGRATE: i64 = 0x69_61_6d_63_74_6c_01;
const PURGE: i64 = 0x69_61_6d_63_74_6c_02;

/// alice with a token, and an owner without users that has a token.
fn alice() -> (Db, String) {
    let db = Db::new();
    db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    let orphan = db.iamctl("owner create --user alice -o id").ok().line();
    db.iamctl(&format!("token issue --owner {orphan} --name lost")).ok();
    db.sql(&format!("delete from api_token_owners where owner_id = '{orphan}'"));
    (db, orphan)
}

/// A session of this role that runs `sql` and stays open, and its pid.
fn session(db: &Db, role: &str, sql: &str) -> (PgConnection, String) {
    let url = format!("{}&application_name=holder", db.url_as(role));
    let mut session = PgConnection::establish(&url).unwrap();
    session.batch_execute(sql).unwrap();
    let pid = db.sql(
        "select pid from pg_stat_activity
         where datname = current_database() and application_name = 'holder'",
    );
    (session, pid)
}

#[test]
fn a_role_without_rights_that_takes_a_run_lock_is_named() {
    let (db, _) = alice();
    let role = db.role("powerless");
    for (key, line) in [
        (PURGE, "purge"),
        (PURGE, "code purge"),
        (PURGE, "token purge"),
        (MIGRATE, "db revert --discard-audit --yes"),
    ] {
        for lock in ["pg_advisory_lock", "pg_advisory_lock_shared"] {
            let (_holder, pid) = session(&db, &role, &format!("select {lock}({key})"));
            let before = db.state();
            let named = format!(
                "the lock is held by pid {pid}, role `{role}`, application `holder`, connected for "
            );
            db.iamctl(line).fails(10).says(&named);
            assert_eq!(db.state(), before);
        }
    }
    let both = format!("begin; select pg_advisory_lock({PURGE}), pg_advisory_lock_shared({PURGE})");
    let begun = Instant::now();
    let (_holder, pid) = session(&db, &role, &both);
    db.sql("select pg_sleep(1)");
    let busy = db.iamctl("purge").fails(10).says("--skip-if-busy");
    assert_eq!(busy.stderr.matches("pid ").count(), 1, "one session: {busy:#?}");
    let (_, age) = busy.stderr.split_once("in a transaction for ").unwrap();
    let age: u64 = age.split_once('s').unwrap().0.parse().unwrap();
    assert!((1..=begun.elapsed().as_secs()).contains(&age), "{busy:#?}");
    db.iamctl("purge --skip-if-busy").ok().says(&format!("pid {pid}, role `{role}`"));
    let json = db.iamctl("purge -o json").fails(10).stderr;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["error"]["kind"], "busy");
    assert!(json["error"]["message"].as_str().unwrap().contains(&pid), "{json}");
}

#[test]
fn a_migration_says_for_whom_it_waits() {
    let db = Db::bare();
    let role = db.role("powerless");
    let (holder, pid) = session(&db, &role, &format!("select pg_advisory_lock({MIGRATE})"));
    let mut migrating = db
        .iamctl("db migrate")
        .command()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut notice = String::new();
    let mut stderr = BufReader::new(migrating.stderr.take().unwrap());
    stderr.read_line(&mut notice).unwrap();
    drop(holder);
    assert!(migrating.wait().unwrap().success());
    assert!(notice.contains(&format!("the lock is held by pid {pid}, role `{role}`")), "{notice}");
}

/// Only an owner without users is locked by an advisory lock.
#[test]
fn a_role_without_rights_that_takes_an_owners_lock_is_named() {
    let (db, orphan) = alice();
    let role = db.role("powerless");
    let token =
        db.sql("select translate(left(token, 12), '+/', '-_') from api_tokens where name = 'lost'");
    let lock = format!("select pg_advisory_lock(hashtextextended('token owner {orphan}', 0))");
    let (_holder, pid) = session(&db, &role, &lock);
    // Another advisory lock is not named.
    let _other = db.session("select pg_advisory_lock(1)");
    for line in [
        format!("token issue --owner {orphan} --name new --force"),
        format!("token rotate {token} --force --yes"),
        format!("token revoke --owner {orphan} --all --yes"),
        format!("owner add {orphan} alice"),
        format!("owner delete {orphan} --revoke-tokens --yes"),
    ] {
        let before = db.state();
        let named = format!("the lock is held by pid {pid}, role `{role}`, application `holder`");
        let busy = db.iamctl(&format!("{line} --lock-timeout 200ms")).fails(10);
        let busy = busy.says(&named).says("--lock-timeout");
        assert_eq!(busy.stderr.matches("pid ").count(), 1, "{busy:#?}");
        assert_eq!(db.state(), before, "{line}");
    }
}

#[test]
fn no_advisory_lock_of_others_stops_a_command_on_an_owner_with_users() {
    let (db, _) = alice();
    let role = db.role("powerless");
    let owner = db.sql("select owner_id from api_token_owners");
    let lock = format!("select pg_advisory_lock(hashtextextended('token owner {owner}', 0))");
    let (_holder, _) = session(&db, &role, &lock);
    db.user("bob");
    db.user("carol");
    for line in [
        "token issue --user alice --name new",
        "token rotate --user alice --name new --yes",
        "token block --user alice --name new --yes",
        "token unblock --user alice --name new",
        "token revoke --user alice --name new --yes",
        &format!("token issue --owner {owner} --name other"),
        "user offboard alice --hand-over-to bob --yes",
        &format!("owner add {owner} bob"),
        &format!("owner remove {owner} alice --yes"),
        &format!("owner delete {owner} --revoke-tokens --yes"),
        "token issue --user bob --name new",
        "user offboard bob --hand-over-to carol --yes",
    ] {
        db.iamctl(&format!("{line} --lock-timeout 200ms")).ok();
    }
}

/// The holder of a lock on a row or on a table, seen by a superuser, who sees the age of its
/// transaction, and by an operator, who does not.
#[test]
fn whoever_locks_a_row_or_a_table_is_named() {
    let (db, _) = alice();
    let (role, operator) = (db.role("holder"), db.role("operator"));
    let grants = db.iamctl(&format!("db grants --profile operator --role {operator}")).ok().stdout;
    db.sql(&grants);
    db.sql(&format!("grant all on all tables in schema public to {role}"));
    for sql in [
        "select from users for update",
        "update users set blocked = true",
        "lock table users in share mode",
        "lock table users in access exclusive mode",
        // It holds up the INSERT of the audit row.
        "lock table admin_audit_log in share mode",
    ] {
        let (_holder, pid) = session(&db, &role, &format!("begin; {sql}"));
        let before = if sql.contains("access") { None } else { Some(db.state()) };
        let named = format!("a lock may be held by pid {pid}, role `{role}`, application `holder`");
        let line = "user block alice --yes --lock-timeout 300ms";
        let busy = db.iamctl(line).fails(10).says(&format!("{named}, in a transaction for "));
        assert_eq!(busy.stderr.matches("pid ").count(), 1, "{sql}: {busy:#?}");
        let busy = Run::new(&db.url_as(&operator), line).fails(10).says(&format!("{named})"));
        assert_eq!(busy.stderr.matches("pid ").count(), 1, "{sql}: {busy:#?}");
        if let Some(before) = before {
            assert_eq!(db.state(), before, "{sql}");
        }
    }
}

#[test]
fn the_holder_of_the_whole_table_and_the_oldest_come_first() {
    let (db, _) = alice();
    db.user("bob");
    // They only read, and so block nobody.
    let _reader = db.session("begin; select from users");
    let _asking = db.session("begin; select from admin_audit_log");
    let (oldest, old) = (db.role("oldest"), db.role("old"));
    let young = ["young", "younger"].map(|name| db.role(name));
    db.sql(&format!(
        "grant all on all tables in schema public to {oldest}, {old}, {}",
        young.join(", ")
    ));
    let begin = |role: &str, sql: &str| {
        let mut session = PgConnection::establish(&db.url_as(role)).unwrap();
        session.batch_execute(&format!("begin; {sql}")).unwrap();
        session
    };
    let _holders = [
        begin(&oldest, "select from users where username = 'alice' for update"),
        begin(
            &old,
            "delete from refresh_tokens; insert into admin_audit_log \
                     (actor, host, action, details, program_version) values ('', '', '', '{}', '')",
        ),
        begin(&young[0], "update users set blocked = true where username = 'bob'"),
    ];
    let line = "user block alice --yes --lock-timeout 300ms";
    let order = |names: &[&String]| {
        let busy = db.iamctl(line).fails(10);
        let places: Vec<_> =
            names.iter().map(|name| busy.stderr.find(&format!("role `{name}`"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{busy:#?}");
        assert_eq!(busy.stderr.matches("pid ").count(), 3, "{busy:#?}");
    };
    order(&[&oldest, &old, &young[0]]);
    // This one locks the whole table that the command waits for last.
    let _whole = begin(&young[1], "lock table authorization_codes in share mode");
    order(&[&young[1], &oldest, &old]);
}

#[test]
fn migrations_name_readers_too() {
    let (db, _) = alice();
    let role = db.role("reader");
    db.sql(&format!("grant select on all tables in schema public to {role}"));
    let (_holder, pid) = session(&db, &role, "begin; select from admin_audit_log");
    let line = "db revert --discard-audit --steps 5 --yes --lock-timeout 300ms";
    db.iamctl(line).fails(10).says(&format!("pid {pid}, role `{role}`"));
}

#[test]
fn a_lock_on_a_partition_is_named() {
    let (db, _) = alice();
    db.sql(
        "alter table verification_codes rename to old;
         create table verification_codes (like old including defaults)
             partition by range (expires_at);
         create table everything partition of verification_codes default;
         insert into verification_codes
         select id, now(), now() + interval '1h', rpad('v', 43, 'A') || '=' from users",
    );
    let (_holder, pid) =
        session(&db, "postgres", "begin; lock table only everything in access exclusive mode");
    let line = "user delete alice --yes --lock-timeout 300ms";
    db.iamctl(line).fails(10).says(&format!("a lock may be held by pid {pid}, role `postgres`"));
}

#[test]
fn a_timeout_without_a_lock_names_no_session() {
    let (db, _) = alice();
    db.sql(
        "create function nap() returns trigger language plpgsql as
         $$ begin perform pg_sleep(2); return new; end $$;
         create trigger nap after update on users for each row execute function nap()",
    );
    let busy = db.iamctl("user block alice --yes --statement-timeout 500ms").fails(10);
    assert!(!busy.stderr.contains("pid "), "{busy:#?}");
}

/// It has no session, and holds its locks until someone commits it or rolls it back.
#[test]
fn a_prepared_transaction_is_named() {
    let mut settings = THROW_AWAY.to_vec();
    settings.push(("max_prepared_transactions", "2"));
    let server = Server::start(&settings);
    server.sql("postgres", "create database iam");
    server.sql("iam", "create role left_over login superuser");
    let iamctl = |line: &str| Run::new(&server.url("iam"), line);
    iamctl("db migrate").ok();
    iamctl("user create alice --email a@x.org").ok();
    let named = "the prepared transaction `forgotten`, role `left_over`, in a transaction for ";
    let prepare = |sql: &str| {
        let url = server.url("iam").replace("user=postgres", "user=left_over");
        let mut session = PgConnection::establish(&url).unwrap();
        session.batch_execute(&format!("begin; {sql}; prepare transaction 'forgotten'")).unwrap();
    };
    prepare("update users set blocked = true");
    let line = "user block alice --yes --lock-timeout 300ms";
    iamctl(line).fails(10).says(&format!("a lock may be held by {named}"));
    server.sql("iam", "rollback prepared 'forgotten'");
    prepare(&format!("select pg_advisory_xact_lock({PURGE})"));
    iamctl("purge").fails(10).says(&format!("the lock is held by {named}"));
    server.sql("iam", "rollback prepared 'forgotten'");
    iamctl("purge").ok();
}
