//! Only one run at a time; signals, lost connections and locks that stop a run.

use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::{
    AUTHORIZATION, VERIFICATION, Walk, audited, codes, count, deleted_and_remaining, expired,
    over_both_walks, two_users,
};
use crate::support::proxy::Proxy;
use crate::support::running::Running;
use crate::support::{Db, Run, server};

over_both_walks!(
    a_second_run_is_busy_and_can_be_skipped,
    a_command_that_locks_the_whole_table_goes_first,
    a_run_that_has_ended_holds_no_lock,
    a_signal_while_a_batch_waits_rolls_that_batch_back,
    a_run_whose_lock_is_lost_stops,
    a_run_whose_connection_is_lost_between_batches_goes_on,
    connections_that_are_lost_together_are_made_again,
    a_run_whose_connection_is_lost_within_a_batch_stops,
    locked_rows_are_exit_code_10_and_stay,
    the_service_keeps_working_while_a_purge_runs,
);

const NO_RUN_LOCK: &str =
    "not exists (select from pg_locks where locktype = 'advisory' and database =
     (select oid from pg_database where datname = current_database()))";

/// A run that has deleted 5 expired verification codes, and is pausing.
fn pausing(db: &Db, options: &str) -> Running {
    let before = count(db, VERIFICATION);
    let run = db.iamctl(&format!("code purge --batch-size 5 --pause 1m -o json {options}")).start();
    db.wait_until(&format!("count(*) = {before} - 5 from verification_codes"));
    run
}

fn a_second_run_is_busy_and_can_be_skipped(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 20);
    expired(&db, AUTHORIZATION, 20);
    let pausing = pausing(&db, "");
    let before = db.rows();
    db.iamctl("code purge").fails(10).says("another purge is at work");
    db.iamctl("code purge --kind authorization").fails(10);
    let skipped = db.iamctl("code purge --skip-if-busy -o json").ok();
    assert_eq!(skipped.json(), serde_json::json!([]));
    assert_eq!(db.rows(), before);
    // A dry run takes no lock, and each database has its own lock.
    let reports = db.iamctl("code purge --dry-run").json();
    assert_eq!(deleted_and_remaining(&reports), [(0, 15), (0, 20)]);
    Db::new().iamctl("code purge").ok();
    // The connection that holds the lock is idle without a snapshot, so it does not hold back
    // vacuum.
    let snapshots = "select count(*) from pg_stat_activity
                     where datname = current_database() and application_name = 'iamctl'
                     and (backend_xmin is not null or backend_xid is not null)";
    assert_eq!(db.sql(snapshots), "0");

    pausing.signal(Signal::SIGKILL);
    db.wait_until(NO_RUN_LOCK);
    let reports = db.iamctl("code purge --skip-if-busy").json();
    assert_eq!(deleted_and_remaining(&reports), [(15, 0), (20, 0)], "a killed run holds no lock");
}

/// Also where the role may have one connection, which a purge cannot do with.
#[test]
fn what_is_refused_is_refused_before_the_run_lock_is_missed() {
    let db = two_users();
    expired(&db, VERIFICATION, 20);
    let role = db.operator();
    db.sql(&format!("alter role {role} connection limit 1"));
    let url = db.url_as(&role);
    let refused = |line: &str, says: &str| {
        let begun = Instant::now();
        Run::new(&url, line).arg("--wait").arg("30s").fails(5).says(says);
        db.iamctl(line).fails(5).says(says);
        assert!(begun.elapsed() < Duration::from_secs(10), "{line}: {:?}", begun.elapsed());
    };
    refused("code purge --max-changes 10", "10");
    let pausing = pausing(&db, "");
    refused("code purge --max-changes 10", "10");
    db.sql("create rule kept as on delete to verification_codes do instead nothing");
    refused("code purge", "kept");
    pausing.signal(Signal::SIGKILL);
    refused("code purge", "kept");

    db.sql("drop rule kept on verification_codes");
    db.wait_until(NO_RUN_LOCK);
    let own = "the run lock takes a connection of its own";
    Run::new(&url, "code purge --wait 1s").fails(6).says(own);
    db.sql(&format!("alter role {role} connection limit 3"));
    let before = db.rows();
    Run::new(&url, "code purge --jobs 4").fails(6).says("pass a smaller --jobs");
    assert_eq!(db.rows(), before);
    // The server may not have ended those connections yet.
    Run::new(&url, "code purge --jobs 2 --wait 30s").ok();
    assert_eq!(count(&db, VERIFICATION), 0);
}

/// Everybody else would wait behind it.
fn a_command_that_locks_the_whole_table_goes_first(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 20);
    let run = db.iamctl("code purge --batch-size 5 --pause 2s -o json").start();
    db.wait_until("count(*) = 15 from verification_codes");
    for change in [
        "alter table verification_codes add column note text",
        "cluster verification_codes using verification_codes_pkey",
    ] {
        db.sql(&format!("set lock_timeout = '1s'; {change}"));
    }
    let reports = run.ends_with(0).json();
    assert_eq!(deleted_and_remaining(&reports), [(20, 0), (0, 0)]);
    assert_eq!(count(&db, VERIFICATION), 0);
    assert_eq!(audited(&db).iter().sum::<usize>(), 20);
    // By the order of random keys, CLUSTER moves some rows behind a walk by pages, which a second one deletes.
    if walk == Walk::Expiry {
        assert_eq!(audited(&db), [5, 5, 5, 5]);
    }
}

fn a_run_that_has_ended_holds_no_lock(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 5);
    // The proxy delays the last messages of the first run, so that the next run begins before they
    // arrive.
    let proxy = Proxy::start(server().directory(), Duration::from_millis(60));
    Run::new(&proxy.url(&db.name), "code purge --kind verification").ok();
    db.iamctl("code purge").ok();
}

#[test]
fn a_signal_in_a_pause_reports_the_committed_batches() {
    let db = two_users();
    expired(&db, VERIFICATION, 30);
    for (signal, code, left) in [(Signal::SIGINT, 130, 25), (Signal::SIGTERM, 143, 20)] {
        let run = pausing(&db, "");
        let begun = Instant::now();
        run.signal(signal);
        let outcome = run.ends_with(code);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert_eq!(outcome.json()[0]["deleted"], 5);
        assert_eq!(outcome.json()[0]["complete"], false);
        let error: serde_json::Value = serde_json::from_str(&outcome.stderr).unwrap();
        assert_eq!(error["error"]["kind"], "interrupted");
        assert!(error["error"]["message"].as_str().unwrap().contains("5 expired rows"), "{error}");
        assert_eq!(count(&db, VERIFICATION), left, "committed batches are kept");
    }
    assert_eq!(audited(&db), [5, 5]);
}

fn a_signal_while_a_batch_waits_rolls_that_batch_back(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 15);
    let _holder = db.session(
        "begin; select from verification_codes where expires_at > '2020-01-01 00:00:10Z' for update",
    );
    let line = "code purge --batch-size 5 --lock-timeout 0s";
    let run = db.iamctl(line).start();
    db.wait_until(
        "exists (select from pg_stat_activity where datname = current_database()
                 and wait_event_type = 'Lock')",
    );
    run.signal(Signal::SIGINT);
    let outcome = run.ends_with(130);
    assert!(
        outcome.stderr.contains("the deletion of 10 expired rows is committed"),
        "{outcome:#?}"
    );
    assert_eq!(count(&db, VERIFICATION), 5);
    assert_eq!(audited(&db), [5, 5]);
}

fn a_run_whose_lock_is_lost_stops(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 20);
    let run = db.iamctl("code purge --batch-size 5 --pause 1s -o json").start();
    db.wait_until("count(*) = 15 from verification_codes");
    let killed = db.sql(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database =
         (select oid from pg_database where datname = current_database())",
    );
    assert_eq!(killed, "t", "one connection holds the lock");
    let outcome = run.ends_with(6);
    assert_eq!(outcome.json()[0]["deleted"], 5);
    assert!(outcome.stderr.contains("\"unreachable\""), "{outcome:#?}");
    assert!(outcome.stderr.contains("lock"), "{outcome:#?}");
    assert_eq!(count(&db, VERIFICATION), 15, "the run deletes nothing without its lock");
}

/// Nothing is lost with a connection that is idle.
fn a_run_whose_connection_is_lost_between_batches_goes_on(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 20);
    let run = db.iamctl("code purge --batch-size 5 --pause 1s -o json").start();
    db.wait_until("count(*) = 15 from verification_codes");
    db.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'iamctl' and state = 'idle'",
    );
    assert_eq!(run.ends_with(0).json()[0]["deleted"], 20);
    assert_eq!(count(&db, VERIFICATION), 0);
    assert_eq!(audited(&db), [5, 5, 5, 5]);
}

fn connections_that_are_lost_together_are_made_again(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 40);
    let run = db.iamctl("code purge --batch-size 5 --pause 2s --jobs 3 -o json").start();
    let idle = "from pg_stat_activity
                where datname = current_database() and application_name = 'iamctl' and state = 'idle'";
    db.wait_until(&format!(
        "(select count(*) {idle}) = 3 and count(*) < 40 from verification_codes"
    ));
    db.sql(&format!("select pg_terminate_backend(pid) {idle}"));
    assert_eq!(run.ends_with(0).json()[0]["deleted"], 40);
    assert_eq!(count(&db, VERIFICATION), 0);
    assert_eq!(audited(&db), [5; 8]);
}

fn a_run_whose_connection_is_lost_within_a_batch_stops(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 20);
    let holder = db.session(
        "begin; select from verification_codes where expires_at > '2020-01-01 00:00:15Z' for update",
    );
    let run = db.iamctl("code purge --batch-size 5 -o json").start();
    let waits = "from pg_stat_activity where datname = current_database()
                 and application_name = 'iamctl' and wait_event_type = 'Lock'";
    db.wait_until(&format!("exists (select {waits})"));
    db.sql(&format!("select pg_terminate_backend(pid) {waits}"));
    let outcome = run.ends_with(6);
    drop(holder);
    let deleted = outcome.json()[0]["deleted"].as_u64().unwrap();
    assert!((5..20).contains(&deleted), "committed batches are reported: {outcome:#?}");
    assert_eq!(count(&db, VERIFICATION), 20 - usize::try_from(deleted).unwrap());
}

fn locked_rows_are_exit_code_10_and_stay(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 30);
    let mut holder = db.session(
        "begin; select from verification_codes where expires_at > '2020-01-01 00:00:25Z' for update",
    );
    let line = "code purge --batch-size 10 --lock-timeout 200ms";
    let busy = db.iamctl(line).arg("-ojson").ends_with(10);
    assert_eq!(busy.json()[0]["deleted"], 20, "committed batches are reported");
    assert_eq!(busy.json()[0]["complete"], false);
    assert_eq!(count(&db, VERIFICATION), 10);
    assert_eq!(audited(&db), [10, 10]);
    diesel::connection::SimpleConnection::batch_execute(&mut holder, "rollback").unwrap();
    assert_eq!(deleted_and_remaining(&db.iamctl(line).json()), [(10, 0), (0, 0)]);
}

fn the_service_keeps_working_while_a_purge_runs(walk: Walk) {
    let db = walk.two_users();
    codes(&db, VERIFICATION, 2000, "'2020-01-01'::timestamptz");
    let run = db.iamctl("code purge --batch-size 50 --pause 20ms -o json").start();
    db.wait_until("count(*) < 2000 from verification_codes");
    // The service adds codes and uses an expired one, between and during the batches.
    for number in 0..20 {
        db.sql(&format!(
            "set lock_timeout = '1s';
             insert into verification_codes
             select id, now(), now() + '1h'::interval, lpad('{number}', 44, 'n') from users where username = 'bob';
             delete from verification_codes where code = (select max(code) from verification_codes
             where expires_at < now())"
        ));
        thread::sleep(Duration::from_millis(10));
    }
    let report = run.ends_with(0).json();
    let deleted = report[0]["deleted"].as_u64().unwrap();
    assert!((1980..2000).contains(&deleted), "{report}");
    assert_eq!(audited(&db).iter().sum::<usize>() as u64, deleted);
    assert_eq!(count(&db, VERIFICATION), 20, "all new codes are kept");
}
