//! Adoption of a database in use, and of one where an earlier run was interrupted.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use diesel::connection::SimpleConnection as _;
use nix::sys::signal::Signal;

use super::adopt::{adopted, assert_adopted};
use super::{everything, foreign, is_as_migrated, objects};
use crate::support::running::Running;
use crate::support::{Db, Run};

/// SQL condition: an adoption waits for a lock that another session holds.
const WAITING: &str = "exists (select from pg_stat_activity where datname = current_database()
     and application_name = 'iamctl' and wait_event_type = 'Lock')";

/// Starts an adoption, and returns when it waits for a lock.
fn waiting(db: &Db) -> Running {
    let run = db.iamctl("db adopt --yes").start();
    db.wait_until(WAITING);
    run
}

#[test]
fn adoption_waits_for_locked_rows_without_blocking_others() {
    let db = foreign("");
    let rows = db.rows();
    let mut holder = db.session("begin; update users set blocked = blocked where deleted");
    let run = waiting(&db);
    let alice = db.sql("select md5('Alice')::uuid");
    db.sql(&format!(
        "set statement_timeout = '2s'; select count(*) from users;
         update refresh_tokens set revoked = false;
         insert into verification_codes values ('{alice}', now(), now(), lpad('=', 44, 'x'));
         delete from verification_codes where code = lpad('=', 44, 'x')"
    ));
    assert_eq!(db.sql(&format!("select {WAITING}")), "t", "the adoption still waits");
    holder.batch_execute("rollback").unwrap();
    run.ends_with(0);
    assert_adopted(&db, &rows);
    is_as_migrated(&db);
}

#[test]
fn the_service_can_read_and_write_during_adoption() {
    let db = foreign("");
    let (alice, before) = (db.sql("select md5('Alice')::uuid"), db.rows());
    let ended = AtomicBool::new(false);
    let written = thread::scope(|scope| {
        let service = scope.spawn(|| {
            let mut session = db.session("set statement_timeout = '2s'");
            let mut written = 0;
            while !ended.load(Ordering::SeqCst) {
                let number = format!("lpad('{written}=', 44, 's')");
                session
                    .batch_execute(&format!(
                        "insert into refresh_tokens values ('{alice}', now(), now(), {number});
                         select count(*) from users join refresh_tokens on user_id = id"
                    ))
                    .unwrap();
                written += 1;
            }
            written
        });
        db.iamctl("db adopt --yes").ok();
        ended.store(true, Ordering::SeqCst);
        service.join().unwrap()
    });
    assert!(written > 10, "{written}");
    let count = db.sql("select count(*) from refresh_tokens where token ~ 's[0-9]+=$'");
    assert_eq!(count, written.to_string());
    db.sql("delete from refresh_tokens where token ~ 's[0-9]+=$'");
    assert_adopted(&db, &before);
}

#[test]
fn a_step_gives_up_after_the_lock_timeout_and_the_next_run_continues() {
    for at_work in ["select from users for update", "select count(*) from users"] {
        let db = foreign("");
        let rows = db.rows();
        // Creating the index does not conflict with this session; adding the constraint does.
        let mut session = db.session(&format!("begin isolation level read committed; {at_work}"));
        let busy = db.iamctl("db adopt --yes --lock-timeout 300ms").fails(10);
        let so_far = "1 step committed; `iamctl db adopt` continues from there";
        busy.says("--lock-timeout").says(so_far);
        assert_eq!(db.sql("select count(*) from users"), "3", "other sessions are not blocked");
        assert_eq!(db.rows(), rows);
        db.iamctl("db status").ends_with(7).says("iamctl db adopt");
        session.batch_execute("rollback").unwrap();
        adopted(&db);
        is_as_migrated(&db);
    }
}

#[test]
fn a_signal_reports_the_finished_steps_and_the_next_run_continues() {
    for (signal, code) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
        let db = foreign("");
        let rows = db.rows();
        let mut holder = db.session("begin; update users set blocked = blocked");
        let run = waiting(&db);
        run.signal(signal);
        let outcome = run.ends_with(code);
        assert!(outcome.stderr.contains(" committed; `iamctl db adopt` continues"), "{outcome:?}");
        assert_eq!(outcome.stdout, "");
        holder.batch_execute("rollback").unwrap();
        wait_for_end_of_sessions(&db);
        db.iamctl("db status").ends_with(7).says("iamctl db adopt");
        db.iamctl("user list").fails(7).says("iamctl db adopt");
        db.iamctl("db adopt --yes").ok();
        assert_adopted(&db, &rows);
        is_as_migrated(&db);
    }
}

/// Waits until the server has no session of an earlier run.
#[track_caller]
fn wait_for_end_of_sessions(db: &Db) {
    db.wait_until(
        "not exists (select from pg_stat_activity where datname = current_database()
         and application_name = 'iamctl')",
    );
}

#[test]
fn the_next_run_continues_after_a_killed_one() {
    let db = foreign("");
    let rows = db.rows();
    let mut holder = db.session("begin; update users set blocked = blocked");
    let run = waiting(&db);
    run.signal(Signal::SIGKILL);
    run.ends_with(-9);
    // While the statement waits for the lock, the server checks whether the client is still
    // connected.
    wait_for_end_of_sessions(&db);
    holder.batch_execute("rollback").unwrap();
    assert_eq!(
        db.sql("select count(*) from pg_index where not indisvalid"),
        "1",
        "the killed run left an invalid index",
    );
    db.iamctl("db adopt --yes").ok();
    assert_adopted(&db, &rows);
    is_as_migrated(&db);
}

#[test]
fn the_next_run_finishes_incomplete_keys_and_indexes() {
    let db = foreign(
        "alter table users add primary key (id);
         alter table verification_codes add constraint verification_codes_user_id_fkey
             foreign key (user_id) references users (id) on delete cascade not valid;
         alter table refresh_tokens add constraint under_another_name
             foreign key (user_id) references users (id) on delete cascade not valid;
         create unique index concurrently users_unique_fingerprint on users (username_fingerprint);
         create unique index concurrently users_unique_email on users (email);
         create index concurrently users_created on users (created_at, id);
         create index concurrently users_username on users (username, id);
         update pg_index set indisvalid = false
             where indexrelid in ('users_unique_email'::regclass, 'users_created'::regclass)",
    );
    let steps = adopted(&db);
    let of = |object: &str| -> Vec<_> {
        let steps = steps.as_array().unwrap().iter();
        let of_object = steps.filter(|step| step["object"] == object);
        of_object.map(|step| step["action"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(of("verification_codes_user_id_fkey"), ["validate"]);
    assert_eq!(of("refresh_tokens_user_id_fkey"), ["validate"]);
    assert_eq!(of("users_unique_fingerprint"), ["add constraint"]);
    assert_eq!(of("users_unique_email"), ["drop invalid index", "create index", "add constraint"]);
    assert_eq!(of("users_created"), ["drop invalid index", "create index"]);
    assert_eq!(of("users_username"), ["keep"]);
    db.sql("alter table refresh_tokens rename constraint under_another_name to refresh_tokens_user_id_fkey");
    is_as_migrated(&db);
}

/// The role's path has another application's schema first: its tables and indexes have names of ours,
/// and a type and an operator class those of PostgreSQL. Some steps run outside of a transaction, where
/// that path is in force.
#[test]
fn adoption_leaves_tables_and_indexes_of_other_schemas_alone() {
    const OTHER: &str = r#"
        alter schema public rename to "I am"; create schema other;
        create table other.events (created_at timestamptz, id int, email text);
        create index users_created on other.events (created_at, id);
        create unique index users_unique_email on other.events (email);
        create index users_search on other.events (email);
        create table other.api_tokens (like "I am".api_tokens);
        create table other.verification_codes (like "I am".verification_codes);
        create domain other.text as pg_catalog.text check (value <> '@');
        create operator class other.text_pattern_ops for type pg_catalog.text using btree as
            operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >,
            function 1 bttextcmp(pg_catalog.text, pg_catalog.text);
        create function other.left(pg_catalog.text, int) returns pg_catalog.text
            language sql immutable as 'select null::pg_catalog.text';"#;
    let invalid = "
        create extension pg_trgm;
        create unique index concurrently users_unique_email on users (email);
        create index concurrently users_created on users (created_at, id);
        create index concurrently users_search on users
            using gin (username gin_trgm_ops, email gin_trgm_ops);
        update pg_index set indisvalid = false where indexrelid in
            ('users_unique_email'::regclass, 'users_created'::regclass, 'users_search'::regclass)";
    let indexes =
        "select indexname, indexdef from pg_indexes where schemaname = 'other' order by 1";
    for path in [r#"other, "I am""#, r#"other, pg_catalog, "I am""#] {
        for more in [invalid, ""] {
            let db = foreign(more);
            db.sql(OTHER);
            let path_is = |path| format!("alter database {} set search_path = {path}", db.name);
            let before = db.sql(indexes);
            db.sql(&path_is(path));
            let steps = db.iamctl("db adopt --yes").json();
            assert_eq!(db.sql(indexes), before, "{path}");
            db.sql(&path_is(r#""I am""#));
            db.iamctl("db check").ok();
            let ours = db.sql(
                "select count(*) from pg_indexes where schemaname = 'I am' and indexname in
                   ('users_unique_email', 'users_created', 'users_search', 'api_tokens_pkey')",
            );
            assert_eq!(ours, "4", "{path}: {steps:#}");
            db.iamctl("db adopt --yes").ok().says("already managed");
        }
    }
}

#[test]
fn the_next_run_finds_a_row_of_a_missing_user_inserted_meanwhile() {
    let db = foreign("");
    let holder = db.session("begin; update users set blocked = blocked");
    let run = waiting(&db);
    // The foreign key does not exist yet, so the service can insert this row.
    db.sql("insert into authorization_codes select md5('gone')::uuid, now(), now(), lpad('=', 44, 'o')");
    drop(holder);
    let failed = run.ends_with(5);
    assert!(failed.stderr.contains("authorization_codes_user_id_fkey"), "{failed:?}");
    assert!(failed.stderr.contains(" committed; `iamctl db adopt` continues"), "{failed:?}");
    let orphans = db.iamctl("db adopt --yes -o json").ends_with(5).json();
    assert_eq!(objects(&orphans), ["authorization_codes.user_id"]);
    db.sql("delete from authorization_codes where code = lpad('=', 44, 'o')");
    adopted(&db);
    is_as_migrated(&db);
}

/// The last step notes that the tables are adopted.
#[test]
fn an_adoption_whose_note_is_kept_fails_and_says_what_is_committed() {
    let db = foreign(
        "create table __diesel_schema_migrations (
             version varchar(50) primary key not null, run_on timestamp not null default current_timestamp);
         create function keep() returns trigger language plpgsql as 'begin return null; end';
         create trigger keep before insert on __diesel_schema_migrations
         for each row when (new.version = '20261124000001') execute function keep();",
    );
    let failed = db.iamctl("db adopt --yes").fails(5).says("a trigger, a rule or a policy");
    failed.says("the audit log and ").says(" steps committed; `iamctl db adopt` continues");
    db.iamctl("user list").fails(7).says("iamctl db adopt");
    // There is nothing left but the note.
    db.iamctl("db adopt --yes").fails(5).says("; 0 steps committed;");
    db.sql("drop trigger keep on __diesel_schema_migrations; drop function keep");
    db.iamctl("db adopt --yes").ok();
    is_as_migrated(&db);
}

/// The connection is lost while the first step waits. Also where that of the lock is lost, which another
/// run may then have.
#[test]
fn a_failed_adoption_says_that_the_audit_log_is_committed() {
    const AT_WORK: &str =
        "pid in (select pid from pg_stat_activity where wait_event_type = 'Lock')";
    const WITH_LOCK: &str =
        "pid in (select pid from pg_locks where locktype = 'advisory' and granted)";
    for (lost, done) in [(AT_WORK, "the audit log"), (WITH_LOCK, "the audit log and 1 step")] {
        let db = foreign("");
        let mut holder = db.session("begin; update users set blocked = blocked");
        let run = waiting(&db);
        db.sql(&format!(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and application_name = 'iamctl' and {lost}"
        ));
        holder.batch_execute("rollback").unwrap();
        let failed = run.ends_with(6);
        failed.says(&format!("; {done} committed; `iamctl db adopt` continues from there"));
        wait_for_end_of_sessions(&db);
        db.iamctl("db adopt --yes").ok();
        is_as_migrated(&db);
    }
}

#[test]
fn only_one_adoption_runs_at_a_time() {
    let db = foreign("");
    let before = everything(&db);
    let lock = 0x69_61_6d_63_74_6c_01_i64;
    let holder = db.session(&format!("begin; select pg_advisory_xact_lock({lock})"));
    db.iamctl("db adopt --yes").fails(10).says("another run");
    assert_eq!(everything(&db), before);
    db.iamctl("db adopt --dry-run").ok();
    drop(holder);
    let rows = db.rows();
    let runs = crate::support::running::at_once((0..3).map(|_| db.iamctl("db adopt --yes")));
    let mut codes: Vec<_> = runs.iter().map(|run| run.code).collect();
    codes.sort_unstable();
    assert_eq!(codes[0], 0, "{runs:#?}");
    assert!(codes.iter().all(|code| [0, 10].contains(code)), "{runs:#?}");
    assert_adopted(&db, &rows);
    is_as_migrated(&db);
}

#[test]
fn adoption_works_through_a_pooler() {
    let db = foreign("");
    let pooler = crate::support::pooler::Pooler::start(&db);
    let rows = db.rows();
    Run::new(&pooler.url(), "db adopt --yes").ok();
    assert_adopted(&db, &rows);
    is_as_migrated(&db);
}
