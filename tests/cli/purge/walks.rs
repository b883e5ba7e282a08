//! Which order a purge takes, what others move meanwhile, and how it rests beside them.

use std::thread;
use std::time::Duration;

use super::{VERIFICATION, codes, count, deleted_and_remaining, expired, two_users};
use crate::support::Db;

/// A table of more than a thousand pages, with statistics. `expires_at` is SQL over the rows' number.
fn large(expires_at: &str) -> Db {
    let db = two_users();
    codes(&db, VERIFICATION, 80_000, expires_at);
    codes(&db, VERIFICATION, 20_000, "now() + '1d'::interval");
    db.sql("analyze verification_codes");
    db
}

/// The walk of a purge of verification codes, and what `-v` says of it.
fn walk(db: &Db, options: &str) -> (String, String) {
    let line = format!("code purge --kind verification -v -o json {options}");
    let outcome = db.iamctl(&line).ok();
    let said = outcome.stderr.lines().find(|line| line.starts_with(VERIFICATION));
    (outcome.json()[0]["walk"].as_str().unwrap().to_owned(), said.unwrap().to_owned())
}

const IN_ORDER: &str = "'2020-01-01'::timestamptz + n * '1s'::interval";
const IN_NO_ORDER: &str = "'2020-01-01'::timestamptz + hashint4(n) % 1000000 * '1s'::interval";
const AT_ONCE: &str = "'2020-01-01'::timestamptz";

#[test]
fn the_order_of_the_rows_decides() {
    for (expires_at, expected, why) in [
        (IN_ORDER, "expiry", " 0 % share an instant or lie scattered"),
        (IN_NO_ORDER, "pages", " % share an instant or lie scattered"),
        (AT_ONCE, "pages", "100 % share an instant or lie scattered"),
    ] {
        let db = large(expires_at);
        let (walk, said) = walk(&db, "");
        assert_eq!(walk, expected, "{said}");
        assert!(said.contains(&format!("by {expected}")) && said.contains(why), "{said}");
        assert_eq!(count(&db, VERIFICATION), 20_000);
    }
}

/// As DELETE does with a bitmap: what expired together, such as by a mass revocation, lies at one place.
#[test]
fn pages_without_expired_rows_are_not_read() {
    let db = two_users();
    for (count, expires_at) in
        [(40_000, "now() + '1d'::interval"), (8000, AT_ONCE), (52_000, "now() + '1d'::interval")]
    {
        codes(&db, VERIFICATION, count, expires_at);
    }
    db.sql("vacuum (freeze, analyze) verification_codes");
    let read = || statistic(&db, "seq_tup_read", "pg_stat_user_tables");
    let before = read();
    assert_eq!(walk(&db, "--batch-size 2000").0, "pages");
    let rows = read() - before;
    // Each batch is found and then deleted, without regard to the rows on the page of its end.
    assert!((16_000..18_000).contains(&rows), "{rows} rows were read");

    // The statistics still know of rows; the table is not read for them.
    let outcome = db.iamctl("code purge --kind verification -o json").ok();
    assert_eq!(deleted_and_remaining(&outcome.json()), [(0, 0)]);
    assert_eq!(read() - before, rows);
    assert_eq!(count(&db, VERIFICATION), 92_000);
}

/// Where a bound is among the least percent of an index, the planner looks for the least value, over what batches
/// before deleted.
#[test]
fn planning_a_batch_does_not_step_over_the_rows_of_batches_before() {
    let db = two_users();
    codes(&db, VERIFICATION, 99_000, "now() + n * '1min'::interval + '1d'::interval");
    expired(&db, VERIFICATION, 1000);
    db.sql("vacuum (freeze, analyze) verification_codes");
    let read = || statistic(&db, "idx_tup_read", "pg_stat_user_indexes");
    let before = read();
    db.iamctl("code purge --kind verification --batch-size 50 --walk expiry --pause 0").ok();
    let entries = read() - before;
    // Each row is found once for the end of its batch, and once to delete it.
    assert!((2000..4000).contains(&entries), "{entries} entries were read");
    assert_eq!(count(&db, VERIFICATION), 99_000);
}

/// What PostgreSQL has counted of the table of verification codes.
fn statistic(db: &Db, column: &str, view: &str) -> i64 {
    // Sessions report what they have read within a second.
    thread::sleep(Duration::from_millis(1500));
    let sum = format!("select sum({column}) from {view} where relname = '{VERIFICATION}'");
    db.sql(&sum).parse().unwrap()
}

#[test]
fn the_operator_decides_before_the_statistics() {
    let db = large(IN_NO_ORDER);
    let (by_expiry, said) = walk(&db, "--walk expiry --dry-run");
    assert_eq!(by_expiry, "expiry");
    assert!(said.contains("--walk"), "{said}");
    assert_eq!(walk(&db, "--walk pages --dry-run").0, "pages");
    assert_eq!(walk(&db, "--walk auto --dry-run").0, "pages");
    db.iamctl("code purge --walk rows").fails(2);
}

#[test]
fn what_cannot_be_walked_by_pages_is_walked_by_expiry() {
    let db = two_users();
    expired(&db, VERIFICATION, 30);
    db.sql("create table more () inherits (verification_codes)");
    let (walked, said) = walk(&db, "--walk pages");
    assert_eq!(walked, "expiry");
    assert!(said.contains("cannot be visited in turn"), "{said}");
    assert_eq!(count(&db, VERIFICATION), 0);
}

/// An UPDATE gives a row another place, which may lie behind the walk.
#[test]
fn rows_that_others_move_behind_the_walk_are_deleted() {
    let db = two_users();
    // Places at the beginning of the table are free.
    codes(&db, VERIFICATION, 2000, AT_ONCE);
    db.sql("delete from verification_codes");
    db.sql("vacuum verification_codes");
    codes(&db, VERIFICATION, 300, AT_ONCE);
    let last = "(select code from verification_codes order by ctid desc limit 1)";
    let line = "code purge --kind verification --walk pages --batch-size 100 --pause 300ms -o json";
    let run = db.iamctl(line).start();
    db.wait_until("count(*) <= 200 from verification_codes");
    db.sql("vacuum verification_codes");
    let moved = db.sql(&format!(
        "update verification_codes set created_at = '2018-01-01' where code = {last} returning ctid"
    ));
    assert!(moved.starts_with("(0,"), "it is behind the walk: {moved}");
    assert_eq!(deleted_and_remaining(&run.ends_with(0).json()), [(300, 0)]);
    assert_eq!(count(&db, VERIFICATION), 0);
}

/// The server is that of all tests, so that others change rows there, too; the loop makes sure.
#[test]
fn a_run_rests_while_others_change_rows() {
    let db = two_users();
    expired(&db, VERIFICATION, 20_000);
    let others = Db::new();
    let (over, is_over) = std::sync::mpsc::channel::<()>();
    let reports = thread::scope(|scope| {
        let others = &others;
        scope.spawn(move || {
            while is_over.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
                others.sql(
                    "do $$ begin for n in 1..300 loop
                         perform pg_catalog.pg_current_xact_id(); commit; perform pg_catalog.pg_sleep(0.001);
                     end loop; end $$",
                );
            }
        });
        thread::sleep(Duration::from_millis(100));
        // However slow the machine is: beside others batches are short all the same.
        let line = "code purge --kind verification --target-batch-time 1m";
        let gentle = db.iamctl(line).json();
        expired(&db, VERIFICATION, 20_000);
        let full = db.iamctl(&format!("{line} --pause 0")).json();
        drop(over);
        [gentle, full]
    });
    let rested = reports.each_ref().map(|report| report[0]["rested"].as_f64().unwrap());
    assert!(rested[0] > 0.0, "{reports:?}");
    assert!(rested[1] == 0.0, "{reports:?}");
    let batches = super::audited(&db);
    assert!(batches.len() > 2 + 2 && batches[0] <= 500, "{batches:?}");
    assert_eq!(batches[batches.len() - 2..], [10_000, 10_000], "--pause 0");
}
