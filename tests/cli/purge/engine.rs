//! Batch sizes that follow a target time, and several connections at once.

use super::{
    VERIFICATION, Walk, audited, codes, count, deleted_and_remaining, expired, over_both_walks,
};
use crate::support::{Db, server};

over_both_walks!(
    batches_become_shorter_on_a_slow_server,
    batches_never_grow_beyond_their_size,
    several_connections_delete_each_row_once,
    limits_apply_to_all_connections_together,
    a_failure_of_one_connection_stops_all_connections,
    rows_with_the_same_expiry_are_found_by_index_without_statistics,
    a_locked_table_is_exit_code_10,
);

/// Makes the server slow: each deleted code takes this long.
fn slow(db: &Db, milliseconds: u32) {
    db.sql(&format!(
        "create function slow() returns trigger language plpgsql as
         $$ begin perform pg_sleep(0.001 * {milliseconds}); return old; end $$;
         create trigger slow before delete on verification_codes
         for each row execute function slow()"
    ));
}

fn batches_become_shorter_on_a_slow_server(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 2600);
    slow(&db, 1);
    db.iamctl("code purge --batch-size 1000 --target-batch-time 200ms").ok();
    let sizes = audited(&db);
    assert_eq!(sizes.iter().sum::<usize>(), 2600);
    // The size of the second batch was chosen during the first one.
    assert_eq!(sizes[..2], [500, 500], "the first batch is small where triggers run");
    assert!(sizes[2..].iter().all(|&size| size <= 200), "{sizes:?}");
    // At least 100 rows: if the COMMIT is slow, smaller batches only make more commits.
    expired(&db, VERIFICATION, 600);
    db.iamctl("code purge --batch-size 200 --target-batch-time 1ms").ok();
    assert_eq!(audited(&db)[sizes.len()..], [200, 200, 100, 100], "a batch has at least 100 rows");
}

fn batches_never_grow_beyond_their_size(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 300);
    db.iamctl("code purge --batch-size 100 --target-batch-time 1m").ok();
    assert_eq!(audited(&db), [100, 100, 100]);
    db.iamctl("code purge --target-batch-time 0s").fails(2).says("longer than zero");
}

fn several_connections_delete_each_row_once(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 400);
    codes(&db, VERIFICATION, 5, "now() + '1h'::interval");
    slow(&db, 2);
    let run = db.iamctl("code purge --batch-size 20 --jobs 4 -o json").start();
    db.wait_until(
        "(select count(*) from pg_stat_activity where datname = current_database()
          and application_name = 'iamctl' and wait_event = 'PgSleep') >= 3",
    );
    let reports = run.ends_with(0).json();
    assert_eq!(deleted_and_remaining(&reports), [(400, 0), (0, 0)]);
    assert_eq!(audited(&db).iter().sum::<usize>(), 400);
    assert_eq!(count(&db, VERIFICATION), 5, "live codes are kept");
}

fn limits_apply_to_all_connections_together(walk: Walk) {
    let db = walk.two_users();
    codes(&db, VERIFICATION, 300, "'2020-01-01'::timestamptz");
    let line = "code purge --batch-size 20 --jobs 3 --max-rows 130 -o json";
    let stopped = db.iamctl(line).ends_with(9).json();
    assert_eq!(deleted_and_remaining(&stopped), [(130, 170), (0, 0)]);
    slow(&db, 5);
    let line = "code purge --batch-size 20 --jobs 3 --max-duration 200ms -o json";
    let stopped = db.iamctl(line).ends_with(9).json();
    let (deleted, remaining) = deleted_and_remaining(&stopped)[0];
    assert!(deleted > 0 && remaining > 0, "{stopped}");
    assert_eq!(deleted + remaining, 170, "all remaining rows are counted");
    assert_eq!(usize::try_from(remaining).unwrap(), count(&db, VERIFICATION));
}

fn a_failure_of_one_connection_stops_all_connections(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 200);
    let _holder = db.session(
        "begin; select from verification_codes where expires_at = '2020-01-01 00:00:50Z' for update",
    );
    let line = "code purge --batch-size 20 --jobs 3 --lock-timeout 200ms -o json";
    let busy = db.iamctl(line).ends_with(10).json();
    let deleted: usize = busy[0]["deleted"].as_u64().unwrap().try_into().unwrap();
    assert_eq!(deleted, 200 - count(&db, VERIFICATION), "committed batches are reported");
    assert_eq!(deleted, audited(&db).iter().sum::<usize>());
    assert_eq!(
        db.sql("select count(*) from verification_codes where expires_at = '2020-01-01 00:00:50Z'"),
        "1"
    );
}

/// Without statistics, the planner would sort all remaining rows for each batch instead of reading
/// the index.
fn rows_with_the_same_expiry_are_found_by_index_without_statistics(walk: Walk) {
    let db = walk.two_users();
    db.sql("alter table verification_codes set (autovacuum_enabled = off)");
    codes(&db, VERIFICATION, 60_000, "'2020-01-01'::timestamptz + n % 7 * '1s'::interval");
    db.sql(&format!(
        "alter database {name} set session_preload_libraries = 'auto_explain';
         alter database {name} set auto_explain.log_min_duration = 0;",
        name = db.name
    ));
    let start = std::fs::metadata(server().log()).unwrap().len();
    db.iamctl("code purge --batch-size 1000").ok();
    let log = std::fs::read(server().log()).unwrap();
    let log = String::from_utf8_lossy(&log[usize::try_from(start).unwrap()..]).into_owned();
    let sorts = log
        .split("Query Text: ")
        .filter(|plan| plan.contains("order by expires_at, code") && plan.contains("Sort"))
        .count();
    assert_eq!(sorts, 0, "no batch sorts the remaining rows");
}

fn a_locked_table_is_exit_code_10(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 10);
    let _holder = db.session("begin; lock table verification_codes");
    let begun = std::time::Instant::now();
    db.iamctl("code purge --lock-timeout 300ms --max-duration 1m").ends_with(10);
    assert!(
        begun.elapsed() < std::time::Duration::from_secs(5),
        "it waits no longer than the lock timeout"
    );
}
