//! Batches are committed one by one, and limits stop a run.

use std::time::{Duration, Instant};

use super::{
    AUTHORIZATION, VERIFICATION, Walk, audited, codes, count, deleted_and_remaining, expired,
    over_both_walks,
};

over_both_walks!(
    each_batch_has_an_audit_row_with_its_number_of_rows,
    rows_with_the_same_expiry_are_deleted_in_bounded_batches,
    a_run_that_stops_at_max_rows_reports_the_remaining_rows,
    max_rows_applies_to_all_tables_together,
    max_duration_also_ends_a_pause,
    a_run_does_not_pause_after_the_last_batch,
    a_batch_whose_audit_row_fails_is_rolled_back,
);

fn each_batch_has_an_audit_row_with_its_number_of_rows(walk: Walk) {
    let db = walk.two_users();
    for (rows, size, batches) in [
        (35, 10, vec![10, 10, 10, 5]),
        (30, 10, vec![10, 10, 10]),
        (5, 1, vec![1; 5]),
        (9, 100, vec![9]),
    ] {
        let before = audited(&db).len();
        expired(&db, VERIFICATION, rows);
        let reports = db.iamctl(&format!("code purge --batch-size {size}")).json();
        assert_eq!(reports[0]["deleted"], rows);
        assert_eq!(audited(&db)[before..], batches, "batches of {size}");
    }
    assert_eq!(count(&db, VERIFICATION), 0);
}

fn rows_with_the_same_expiry_are_deleted_in_bounded_batches(walk: Walk) {
    let db = walk.two_users();
    codes(&db, VERIFICATION, 1000, "'2020-01-01'::timestamptz");
    let stopped =
        db.iamctl("code purge --batch-size 100 --max-rows 250 -o json").ends_with(9).json();
    assert_eq!(deleted_and_remaining(&stopped), [(250, 750), (0, 0)]);
    assert_eq!(audited(&db), [100, 100, 50]);
    let rest = db.iamctl("code purge --batch-size 100").json();
    assert_eq!(rest[0]["deleted"], 750);
    assert_eq!(audited(&db)[3..], [100, 100, 100, 100, 100, 100, 100, 50]);
    assert_eq!(count(&db, VERIFICATION), 0);
}

fn a_run_that_stops_at_max_rows_reports_the_remaining_rows(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 60);
    codes(&db, VERIFICATION, 10, "now() + '1h'::interval");
    let stopped = db.iamctl("code purge --batch-size 10 --max-rows 25 -o json").ends_with(9);
    let reports = stopped.json();
    assert_eq!(deleted_and_remaining(&reports), [(25, 35), (0, 0)]);
    assert_eq!(reports[0]["oldest"], "2020-01-01T00:00:26Z", "the oldest rows are deleted first");
    assert_eq!((&reports[0]["complete"], &reports[1]["complete"]), (&false.into(), &true.into()));
    assert_eq!(audited(&db), [10, 10, 5]);
    assert_eq!(count(&db, VERIFICATION), 45, "committed batches stay deleted");
    stopped.says("incomplete").says("35 expired rows left");
    // A limit of exactly the remaining rows leaves none.
    let all = db.iamctl("code purge --batch-size 10 --max-rows 35").json();
    assert_eq!(deleted_and_remaining(&all), [(35, 0), (0, 0)]);
    assert_eq!(count(&db, VERIFICATION), 10);
}

fn max_rows_applies_to_all_tables_together(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 10);
    expired(&db, AUTHORIZATION, 10);
    let run = |most: u32| {
        let line = format!("code purge --batch-size 4 --max-rows {most} -o json");
        deleted_and_remaining(&db.iamctl(&line).ends_with(9).json())
    };
    assert_eq!(run(6), [(6, 4), (0, 10)]);
    assert_eq!(run(9), [(4, 0), (5, 5)]);
    db.iamctl("code purge --max-rows 5").ok();
}

fn max_duration_also_ends_a_pause(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 50);
    let begun = Instant::now();
    let line = "code purge --kind verification --batch-size 10 --pause 1m --max-duration 300ms";
    let stopped = db.iamctl(line).arg("-ojson").ends_with(9);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(deleted_and_remaining(&stopped.json()), [(10, 40)]);
    // A pause and a time limit that leave enough time for the work.
    let begun = Instant::now();
    let line = "code purge --kind verification --batch-size 10 --pause 100ms --max-duration 1m";
    assert_eq!(deleted_and_remaining(&db.iamctl(line).json()), [(40, 0)]);
    assert!(begun.elapsed() >= Duration::from_millis(300), "the run pauses between batches");
}

fn a_run_does_not_pause_after_the_last_batch(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 30);
    let begun = Instant::now();
    let line = "code purge --kind verification --batch-size 10 --max-rows 10 --pause 4s";
    db.iamctl(line).ends_with(9);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    let begun = Instant::now();
    db.iamctl("code purge --kind verification --batch-size 100 --pause 4s").ok();
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

fn a_batch_whose_audit_row_fails_is_rolled_back(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 30);
    db.sql(
        "alter table admin_audit_log add constraint no check
         (action <> 'code.purge' or details->>'deleted' <> '5')",
    );
    let failed = db.iamctl("code purge --batch-size 10 --max-rows 25 -o json").ends_with(7);
    assert_eq!(failed.json()[0]["deleted"], 20, "committed batches are reported");
    assert_eq!(count(&db, VERIFICATION), 10);
    assert_eq!(audited(&db), [10, 10]);
}
