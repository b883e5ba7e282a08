//! Every exit code, each from a real cause, and its kind in JSON. The tests run on a server with
//! English messages and on one with German messages.

use std::fs::File;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::support::{Db, Outcome, Run};

#[test]
fn every_exit_code_has_its_kind_on_an_english_server() {
    check(&Db::new());
}

#[test]
fn every_exit_code_has_its_kind_on_a_german_server() {
    if let Some(db) = Db::german() {
        check(&db);
    }
}

fn check(db: &Db) {
    db.user("alice");
    db.user("bob");
    let unchanged = db.rows();
    let command = |line: &str| db.iamctl(line);

    expect(0, "", || command("user show alice"));
    expect(2, "usage", || command("user show"));
    expect(2, "usage", || command("user nonsense alice"));
    expect(2, "usage", || command("user create -x"));
    expect(2, "usage", || command("user block alice"));
    expect(2, "usage", || command("user list --created-after -1"));
    expect(2, "usage", || command("user list --created-after 99999y"));
    expect(2, "usage", || command("user list --columns nonsense"));
    expect(2, "usage", || command("user list").without_env("DATABASE_URL"));
    expect(3, "not_found", || command("user show nobody"));
    expect(3, "not_found", || command("token show AAAAAAAAAAAA"));
    expect(4, "conflict", || command("user create ALICE --email new@x.org"));
    expect(4, "conflict", || command("user create new --email ALICE@example.org"));
    expect(5, "refused", || command("code issue verification --user alice"));
    expect(6, "unreachable", || Run::new("host=/nonexistent user=u dbname=d", "user list"));
    expect(6, "unreachable", || {
        Run::new(&db.url().replace(&db.name, "no_such_database"), "user list")
    });
    let bare = Db::bare();
    expect(7, "schema", || bare.iamctl("user list"));

    let role = db.role("reader");
    db.sql(&format!("grant select on all tables in schema public to {role}"));
    let reader = db.url_as(&role);
    expect(0, "", || Run::new(&reader, "user list"));
    expect(8, "forbidden", || Run::new(&reader, "user block alice --yes"));
    expect(8, "forbidden", || Run::new(&reader, "user create new --email new@x.org"));
    expect(8, "forbidden", || Run::new(&reader, "user delete alice --yes"));
    expect(8, "forbidden", || Run::new(&reader, "token issue --user alice --name ci"));
    let stranger = db.url_as(&db.role("stranger"));
    expect(8, "forbidden", || Run::new(&stranger, "user list"));
    expect(8, "forbidden", || {
        command("user block alice --yes").env("PGOPTIONS", "-c default_transaction_read_only=on")
    });
    // If the audit row cannot be written, the change does not happen.
    db.sql(&format!("grant all on all tables in schema public to {role}"));
    db.sql(&format!("revoke insert on admin_audit_log from {role}"));
    expect(8, "forbidden", || Run::new(&reader, "user block alice --yes"));

    {
        let _holder = db.session("begin; update users set blocked = blocked");
        expect(10, "busy", || command("user block alice --yes --lock-timeout 200ms"));
        expect(10, "busy", || {
            command("user block alice --yes --lock-timeout 0s --statement-timeout 300ms")
        });
    }
    assert_eq!(db.rows(), unchanged, "a failure changes nothing");
    assert_eq!(db.audit().len(), 2, "a failure writes no audit row");

    internal(db);
    incomplete(db);
    interrupted(db);
}

/// An entry that the audit log does not take is no conflict: the name is not taken.
#[test]
fn an_audit_log_that_refuses_the_entry_is_a_fault_of_the_schema() {
    for db in Db::english_and_german() {
        db.user("alice");
        let unchanged = db.rows();
        for (damage, repair) in [
            (
                "alter sequence admin_audit_log_id_seq increment 5 maxvalue 2 cycle restart",
                "alter sequence admin_audit_log_id_seq increment 1 no maxvalue no cycle restart 9",
            ),
            (
                "create unique index once on admin_audit_log (action) where target is not null",
                "drop index once",
            ),
            (
                "alter table admin_audit_log
                     add constraint more exclude (action with =) where (target is not null)",
                "alter table admin_audit_log drop constraint more",
            ),
            (
                "alter table admin_audit_log add constraint more check (actor = 'x') not valid",
                "alter table admin_audit_log drop constraint more",
            ),
            (
                "alter table admin_audit_log add more text not null default 'x';
                 alter table admin_audit_log alter more drop default",
                "alter table admin_audit_log drop more",
            ),
            (
                "create table actions (name text primary key);
                 alter table admin_audit_log add foreign key (action) references actions not valid",
                "drop table actions cascade",
            ),
        ] {
            db.sql(damage);
            expect(7, "schema", || db.iamctl("user create new --email new@x.org"));
            db.iamctl("user create new --email new@x.org").fails(7).says("see `iamctl db check`");
            assert_eq!(db.iamctl("db check").run().code, 5, "{damage}");
            db.sql(repair);
        }
        assert_eq!(db.rows(), unchanged);
        assert_eq!(db.audit().len(), 1);
        db.iamctl("user create new --email new@x.org").ok();
    }
}

/// Commands of all kinds, among them those that work without tables.
const LINES: [&str; 10] = [
    "user list",
    "user create new --email new@x.org",
    "audit list",
    "purge",
    "db status",
    "db check",
    "db adopt --yes",
    "db migrate",
    "db revert --discard-audit --yes",
    "db grants --profile auditor --role postgres",
];

/// Whatever its name is, and wherever it is in the search path.
#[test]
fn a_schema_that_the_role_may_not_use_is_named() {
    for schema in ["public", "iam", "a b\"C,d", "'$1 \\", "Ünï"] {
        let german = if schema == "public" { Db::german() } else { None };
        let db = german.unwrap_or_else(Db::new);
        let stranger = db.role("stranger");
        let quoted = format!("\"{}\"", schema.replace('"', "\"\""));
        if schema != "public" {
            db.sql(&format!("alter schema public rename to {quoted}"));
        }
        db.sql(&format!(
            "revoke usage on schema {quoted} from public; create schema empty;
             grant usage on schema empty to public"
        ));
        let message = format!("the role `{stranger}` lacks USAGE on the schema `{schema}`");
        for path in [
            quoted.clone(),
            format!("nowhere, empty,{quoted}"),
            format!("\"$user\", {quoted}, pg_catalog"),
        ] {
            db.sql(&format!("alter database {} set search_path = {path}", db.name));
            for line in LINES {
                Run::new(&db.url_as(&stranger), line).fails(8).says(&message);
            }
            let doctor = Run::new(&db.url_as(&stranger), "doctor").ends_with(5);
            assert!(doctor.stdout.contains(&message), "{path}: {doctor:#?}");
            assert!(!doctor.stdout.contains("db migrate"), "{path}: {doctor:#?}");
        }
        // The rights that the message advises.
        let grants = db.iamctl(&format!("db grants --profile auditor --role {stranger}")).ok();
        db.sql(&grants.stdout);
        Run::new(&db.url_as(&stranger), "user list").ok();
        Run::new(&db.url_as(&stranger), "db status").ok();
    }
}

/// Schemas that PostgreSQL finds without quotes, and the one with the role's name.
#[test]
fn a_schema_of_the_connection_string_that_the_role_may_not_use_is_named() {
    let db = Db::new();
    let stranger = db.role("stranger");
    db.sql("revoke usage on schema public from public");
    let line = |path: &str| {
        let options = format!("-c search_path={path}");
        Run::new(&db.url_as(&stranger), "db status").env("PGOPTIONS", options)
    };
    for path in ["PUBLIC", "nowhere,Public", "$user,public", "\"$user\",public"] {
        line(path).fails(8).says("lacks USAGE on the schema `public`");
    }
    db.sql(&format!("alter schema public rename to {stranger}"));
    for path in ["$user", "\"$user\"", "nowhere,$user"] {
        line(path).fails(8).says(&format!("lacks USAGE on the schema `{stranger}`"));
    }
    // Tables in other schemas belong to other programs.
    line("pg_catalog").ends_with(7).says("run `iamctl db migrate`");
}

/// A list of migrations that another program has in a later schema of the path is not taken for ours; nor
/// is a table of it that has a name of ours.
#[test]
fn a_hidden_schema_is_named_also_beside_the_list_of_another_program() {
    for other in ["", "create table public.users (id int)"] {
        let db = Db::new();
        let stranger = db.role("stranger");
        db.sql(&format!(
            "alter schema public rename to iam; create schema public;
             revoke usage on schema iam from public; grant all on schema public to public;
             create table public.__diesel_schema_migrations (
                 version varchar(50) primary key, run_on timestamp not null default now());
             insert into public.__diesel_schema_migrations values ('20200101000001');
             {other};
             grant all on all tables in schema public to public;
             alter database {} set search_path = iam, public",
            db.name
        ));
        let message = format!("the role `{stranger}` lacks USAGE on the schema `iam`");
        for line in LINES {
            Run::new(&db.url_as(&stranger), line).fails(8).says(&message);
        }
        let doctor = Run::new(&db.url_as(&stranger), "doctor").ends_with(5);
        assert!(doctor.stdout.contains(&message), "{doctor:#?}");
        assert!(!doctor.stdout.contains("newer than this iamctl"), "{doctor:#?}");
    }
}

#[test]
fn an_empty_search_path_is_named_with_what_to_set() {
    let db = Db::new();
    for path in ["''", "nowhere", "\"PUBLIC\""] {
        db.sql(&format!("alter database {} set search_path = {path}", db.name));
        for line in LINES {
            let code = if line == "db migrate" { 8 } else { 7 };
            let outcome = db.iamctl(line).ends_with(code);
            assert!(!outcome.stderr.contains("iamctl db migrate"), "{line}: {outcome:#?}");
            outcome
                .says("the search_path of the role `postgres` names no schema that is there")
                .says("`alter role \"postgres\" set search_path = public`");
        }
        db.iamctl("db migrate --dry-run").fails(7).says("names no schema");
        let doctor = db.iamctl("doctor").ends_with(5);
        assert!(doctor.stdout.contains("names no schema that is there"), "{doctor:#?}");
    }
    // The advice works.
    let operator = db.role("operator");
    let database = format!("alter database {} set search_path = ", db.name);
    db.sql(&format!("{database} public"));
    db.sql(&db.iamctl(&format!("db grants --profile operator --role {operator}")).ok().stdout);
    db.sql(&format!("{database} ''"));
    let error = Run::new(&db.url_as(&operator), "user list").fails(7).stderr;
    let advice = error.split('`').find(|part| part.starts_with("alter role")).unwrap();
    db.sql(advice);
    Run::new(&db.url_as(&operator), "user list").ok();
}

/// A role that has rights on some columns is told which.
#[test]
fn rights_on_columns_are_named() {
    let db = Db::new();
    let role = db.role("purger");
    db.sql(&db.iamctl(&format!("db grants --profile purger --role {role}")).ok().stdout);
    for (line, says) in [
        ("code list", "`verification_codes` (it may: SELECT (expires_at, code), DELETE)"),
        (
            "token list",
            "`api_tokens` (it may: SELECT (expires_at, token, revoked, revoked_at), DELETE)",
        ),
        (
            "audit list",
            "`admin_audit_log` (it may: INSERT (actor, sudo_actor, host, action, target, reason, \
             details, program_version))",
        ),
        (
            "user list",
            "`users` (it may: nothing); an operator may also DELETE, INSERT, SELECT, UPDATE. Connect",
        ),
        ("token list", "; an operator may also INSERT, SELECT, UPDATE. Connect"),
    ] {
        Run::new(&db.url_as(&role), line).fails(8).says(says);
    }
}

/// What a trigger writes elsewhere may be taken.
#[test]
fn a_key_of_another_table_is_a_conflict() {
    let db = Db::new();
    db.sql(
        "create table admin_audit_log_copy (action text constraint admin_audit_log_key primary key);
         create function copy() returns trigger language plpgsql as $$begin
             insert into admin_audit_log_copy values (new.action); return null; end$$;
         create trigger copy after insert on admin_audit_log for each row execute function copy()",
    );
    db.user("alice");
    expect(4, "conflict", || db.iamctl("user create new --email new@x.org"));
}

/// References of all kinds that others may put on our tables. PostgreSQL 18 reports ON DELETE RESTRICT by a
/// code of its own, as the trigger does here.
#[test]
fn a_row_that_another_row_refers_to_is_a_conflict() {
    for db in Db::english_and_german() {
        db.user("alice");
        db.sql(
            "create table badges (id uuid references users on delete restrict);
             insert into badges select id from users",
        );
        expect(4, "conflict", || db.iamctl("user erase alice --force --yes"));
        db.sql(
            "drop table badges;
             create function restrict_it() returns trigger language plpgsql as
             $$begin raise exception 'alice has a badge' using errcode = '23001'; end$$;
             create trigger restrict_it after delete on users
             for each row execute function restrict_it()",
        );
        expect(4, "conflict", || db.iamctl("user erase alice --force --yes"));
        assert_eq!(db.sql("select username from users"), "alice");
    }
}

/// An error of the database that comes late is not taken for a timeout.
#[test]
fn an_error_after_the_lock_timeout_is_no_timeout() {
    for db in Db::english_and_german() {
        slow_then_failing(&db, "", "perform pg_sleep(0.6)");
        let block = "user block alice --revoke-sessions --yes --lock-timeout 300ms";
        db.iamctl(block).fails(1).says("quota exceeded");
    }
    // Also where the statement that fails takes longer than that.
    let db = Db::new();
    slow_then_failing(&db, "perform pg_sleep(0.6);", "null");
    db.iamctl("user block alice --yes --lock-timeout 300ms").fails(1).says("quota exceeded");
}

/// A transaction that is SERIALIZABLE, READ ONLY and DEFERRABLE waits for others, as that of the session here.
#[test]
fn an_error_is_explained_whatever_the_isolation_of_the_role_is() {
    let db = Db::bare();
    db.sql(&format!(
        "create table other (id int);
         alter database {0} set default_transaction_isolation = serializable;
         alter database {0} set default_transaction_deferrable = on;
         alter database {0} set lock_timeout = '1ms'",
        db.name
    ));
    let _other = db.session("begin isolation level serializable; insert into other values (1)");
    let begun = Instant::now();
    db.iamctl("user list").fails(7).says("run `iamctl db migrate`");
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

/// alice has a session. `on_session` runs when it ends, and `on_user` when her row changes, which fails.
fn slow_then_failing(db: &Db, on_user: &str, on_session: &str) {
    db.user("alice");
    db.sql(&format!(
        "insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                rpad('s', 43, 'A') || '=', false from users;
         create function slow() returns trigger language plpgsql as
         $$begin {on_session}; return new; end$$;
         create function fail() returns trigger language plpgsql as
         $$begin {on_user} raise exception 'quota exceeded'; end$$;
         create trigger slow before update on refresh_tokens
         for each row execute function slow();
         create trigger fail before update on users for each row execute function fail()"
    ));
}

/// Runs the command with and without `-o json`. Expects the same exit code, and with JSON an error
/// object and nothing else on standard error.
#[track_caller]
fn expect(code: i32, kind: &str, run: impl Fn() -> Run) {
    let plain = run().ends_with(code);
    assert_eq!(plain.stderr.contains("error: "), code != 0, "{plain:#?}");
    for format in ["json", "jsonl"] {
        let outcome = run().arg(format!("--output={format}")).ends_with(code);
        if code != 0 {
            assert_eq!(outcome.stdout, "", "{outcome:#?}");
            assert_json_error(&outcome, code, kind);
        }
    }
}

#[track_caller]
fn assert_json_error(outcome: &Outcome, code: i32, kind: &str) {
    let error: Value = serde_json::from_str(&outcome.stderr)
        .unwrap_or_else(|error| panic!("not one JSON object: {error}: {outcome:#?}"));
    let error = error["error"].as_object().unwrap();
    assert_eq!(error["kind"], kind, "{outcome:#?}");
    assert_eq!(error["exit_code"], code, "{outcome:#?}");
    assert!(!error["message"].as_str().unwrap().is_empty(), "{outcome:#?}");
}

/// 1: the reader of a secret is gone, so the secret is not issued.
fn internal(db: &Db) {
    let before = db.rows();
    for line in
        ["token issue --user alice --name ci", "code issue authorization --user alice -o json"]
    {
        let outcome = with_reader_gone(db.iamctl(line).command());
        assert_eq!(outcome.code, 1, "{outcome:#?}");
    }
    assert_eq!(db.rows(), before, "a secret that was not printed is not stored");
    let full = File::options().write(true).open("/dev/full").unwrap();
    let listed = db.iamctl("user list").command().stdout(full).output().unwrap();
    assert_eq!(listed.status.code(), Some(1), "a full disk is an error");
}

fn with_reader_gone(mut command: Command) -> Outcome {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
    Outcome::of(String::new(), &output)
}

/// 9: a purge stopped at a limit with expired rows left.
fn incomplete(db: &Db) {
    db.sql(
        "insert into verification_codes
         select id, now() - '2h'::interval, now() - '1h'::interval, lpad(n::text, 44, 'x')
         from users, generate_series(1, 50) n where username = 'bob'",
    );
    let outcome = db.iamctl("code purge --max-rows 20 -o json").ends_with(9);
    assert_json_error(&outcome, 9, "incomplete");
    assert_eq!(outcome.json()[0]["deleted"], 20);
    assert_eq!(outcome.json()[0]["remaining"], 30);
    assert_eq!(outcome.json()[0]["complete"], false);
}

/// 130 and 143: committed work stays and is reported. 10: another run is active.
fn interrupted(db: &Db) {
    for (signal, code) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
        let before: usize = db.sql("select count(*) from verification_codes").parse().unwrap();
        let child = db
            .iamctl("code purge --batch-size 5 --pause 30s -o json")
            .command()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while db.sql("select count(*) from verification_codes").parse() == Ok(before) {
            assert!(begun.elapsed() < Duration::from_secs(10));
            thread::sleep(Duration::from_millis(20));
        }
        expect(10, "busy", || db.iamctl("code purge"));
        expect(0, "", || db.iamctl("code purge --skip-if-busy"));
        kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
        let outcome = Outcome::of(String::new(), &child.wait_with_output().unwrap());
        assert_eq!(outcome.code, code, "{outcome:#?}");
        assert_json_error(&outcome, code, "interrupted");
        assert!(
            outcome.stderr.contains("the deletion of 5 expired rows is committed"),
            "{outcome:#?}"
        );
        let report = outcome.json();
        assert_eq!(report[0]["deleted"], 5, "committed batches are reported: {report}");
        let left: usize = db.sql("select count(*) from verification_codes").parse().unwrap();
        assert_eq!(left, before - 5, "committed batches are kept");
    }
    // A signal also interrupts a wait for a lock.
    let _holder = db.session("begin; update users set blocked = blocked");
    let child = db
        .iamctl("user block alice --yes --lock-timeout 0s --statement-timeout 0s")
        .command()
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(300));
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT).unwrap();
    let begun = Instant::now();
    let outcome = Outcome::of(String::new(), &child.wait_with_output().unwrap());
    assert_eq!(outcome.code, 130, "{outcome:#?}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}
