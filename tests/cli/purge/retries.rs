//! `--retry`: a purge that loses the server connects anew and goes on.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use nix::sys::signal::Signal;

use super::{
    VERIFICATION, Walk, audited, count, deleted_and_remaining, expired, over_both_walks, two_users,
};
use crate::support::running::Running;
use crate::support::{Db, Run, server};

over_both_walks!(
    a_run_that_loses_its_connection_within_a_batch_goes_on,
    a_run_that_loses_its_lock_goes_on,
    limits_are_those_of_all_attempts_together,
);

/// A run with pauses, which has deleted the first 5 of 20 expired codes.
fn begun(db: &Db, options: &str) -> Running {
    begun_at(&db.url(), db, options)
}

fn begun_at(url: &str, db: &Db, options: &str) -> Running {
    expired(db, VERIFICATION, 20);
    let line = format!("code purge --kind verification --batch-size 5 -o json {options}");
    let run = Run::new(url, &line).start();
    db.wait_until("count(*) = 15 from verification_codes");
    run
}

/// A run as `begun`, which has lost its lock and cannot connect any more.
fn kept_out(db: &Db, options: &str) -> Running {
    let role = db.operator();
    let run = begun_at(&db.url_as(&role), db, options);
    db.sql(&format!("alter role {role} nologin"));
    kill_lock(db);
    run
}

fn options(walk: Walk, others: &str) -> String {
    format!("--walk {} {others}", walk.name())
}

/// Ends the session that holds the run lock.
fn kill_lock(db: &Db) {
    let killed = db.sql(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())",
    );
    assert_eq!(killed, "t");
}

fn a_run_that_loses_its_connection_within_a_batch_goes_on(walk: Walk) {
    let db = two_users();
    let mut holder = db.session("begin");
    expired(&db, VERIFICATION, 20);
    holder
        .batch_execute(
            "select from verification_codes where expires_at > '2020-01-01 00:00:15Z' for update",
        )
        .unwrap();
    let line = "code purge --kind verification --batch-size 5 --pause 0 --retry 3 -o json";
    let run = db.iamctl(&format!("{line} {}", options(walk, ""))).start();
    let waits = "from pg_stat_activity where datname = current_database()
                 and application_name = 'iamctl' and wait_event_type = 'Lock'";
    db.wait_until(&format!("exists (select {waits})"));
    db.sql(&format!("select pg_terminate_backend(pid) {waits}"));
    holder.batch_execute("rollback").unwrap();
    let outcome = run.ends_with(0).says("trying again in 1 s (1 of 3)");
    assert_eq!(deleted_and_remaining(&outcome.json()), [(20, 0)]);
    assert_eq!(audited(&db).iter().sum::<usize>(), 20);
    let changes =
        "select count(distinct change_id) from admin_audit_log where action = 'code.purge'";
    assert_eq!(db.sql(changes), "1", "it is one change");
}

fn a_run_that_loses_its_lock_goes_on(walk: Walk) {
    let db = two_users();
    let run = begun(&db, &options(walk, "--pause 1s --retry 1"));
    kill_lock(&db);
    let outcome = run.ends_with(0).says("trying again in 1 s (1 of 1)");
    assert_eq!(deleted_and_remaining(&outcome.json()), [(20, 0)]);
    assert_eq!(audited(&db), [5, 5, 5, 5]);
}

fn limits_are_those_of_all_attempts_together(walk: Walk) {
    let db = two_users();
    let run = begun(&db, &options(walk, "--pause 1s --retry 2 --max-rows 12"));
    kill_lock(&db);
    assert_eq!(deleted_and_remaining(&run.ends_with(9).json()), [(12, 8)]);
    assert_eq!(audited(&db), [5, 5, 2]);
    // The pause before the next attempt would go beyond the limit.
    let run = db
        .iamctl("code purge --kind verification --batch-size 2 --pause 10s -o json --retry 9")
        .arg("--max-duration=10500ms")
        .start();
    db.wait_until("count(*) = 6 from verification_codes");
    kill_lock(&db);
    let ended = run.ends_with(6);
    assert!(!ended.stderr.contains("trying again"), "{ended:#?}");
}

/// What it deleted before may be all that it was to delete.
#[test]
fn another_purge_between_two_attempts_is_waited_for_and_not_skipped() {
    let db = two_users();
    let run = begun(&db, "--pause 1s --retry 9 --skip-if-busy");
    // The key of purges.
    let key = "29661995002522626";
    let mut other = db.session("set lock_timeout = '60s'");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            other.batch_execute(&format!("select pg_advisory_lock({key})")).unwrap();
            other
        });
        db.wait_until(
            "exists (select from pg_locks where locktype = 'advisory' and not granted and database =
             (select oid from pg_database where datname = current_database()))",
        );
        kill_lock(&db);
        let mut other = waiting.join().unwrap();
        std::thread::sleep(Duration::from_secs(2));
        assert_eq!(count(&db, VERIFICATION), 15);
        other.batch_execute(&format!("select pg_advisory_unlock({key})")).unwrap();
    });
    let outcome = run.ends_with(0).says("another purge is at work");
    assert!(!outcome.stderr.contains("skipped"), "{outcome:#?}");
    assert_eq!(deleted_and_remaining(&outcome.json()), [(20, 0)]);
}

#[test]
fn a_server_that_stays_away_ends_a_run_with_what_is_committed() {
    let db = two_users();
    let run = kept_out(&db, "--pause 1s --retry 2");
    let begun = Instant::now();
    let outcome = run.ends_with(6).says("the deletion of 5 expired rows is committed");
    let outcome = outcome.says("cannot connect");
    // After 1 s and 2 s.
    assert!((3..10).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(outcome.json()[0]["deleted"], 5);
    assert_eq!(outcome.json()[0]["complete"], false);
}

#[test]
fn a_signal_ends_the_pause_before_an_attempt() {
    let db = two_users();
    let run = kept_out(&db, "--pause 1s --retry 9");
    // Those after 1 s, 2 s and 4 s.
    std::thread::sleep(Duration::from_secs(5));
    let begun = Instant::now();
    run.signal(Signal::SIGINT);
    let outcome = run.ends_with(130).says("the deletion of 5 expired rows is committed");
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert_eq!(outcome.json()[0]["deleted"], 5);
}

#[test]
fn without_the_right_to_read_the_audit_log_a_run_says_what_its_count_lacks() {
    let db = two_users();
    let role = db.role("purger");
    db.sql(&db.iamctl(&format!("db grants --profile purger --role {role}")).ok().stdout);
    let run = begun_at(&db.url_as(&role), &db, "--pause 1s --retry 2");
    kill_lock(&db);
    let outcome = run.ends_with(0).says("may not read the audit log");
    assert_eq!(deleted_and_remaining(&outcome.json()), [(20, 0)]);
}

#[test]
fn a_purge_that_never_reached_the_server_fails_at_once() {
    let begun = Instant::now();
    let url = server().url("no_such_database");
    Run::new(&url, "code purge --retry 9").fails(6);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    Run::new(&url, "code purge --retry 101").fails(2);
}

/// After a lost connection as before: only the run lock is waited for.
#[test]
fn an_attempt_that_is_busy_with_rows_is_the_last() {
    let db = two_users();
    let run = begun(&db, "--pause 1s --retry 9 --lock-timeout 100ms");
    let _holder = db.session(
        "begin; select from verification_codes where expires_at > '2020-01-01 00:00:12Z' for update",
    );
    kill_lock(&db);
    let begun = Instant::now();
    let outcome = run.ends_with(10);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    assert_eq!(outcome.json()[0]["deleted"], 10);
}
