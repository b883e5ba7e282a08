//! Rows that others, or a trigger, add or change while a purge runs.

use std::time::{Duration, Instant};

use super::{
    VERIFICATION, Walk, audited, codes, count, deleted_and_remaining, expired, over_both_walks,
    two_users,
};
use crate::support::Db;
use crate::support::running::Running;

over_both_walks!(
    expired_rows_that_others_add_are_deleted,
    a_trigger_that_puts_rows_back_does_not_keep_a_run_from_its_end,
    max_changes_allows_no_rows_that_go_with_the_deleted_ones,
    where_triggers_run_the_first_batch_is_small,
);

const EARLIER: &str = "'2019-06-01'::timestamptz";

/// A run with pauses, which has deleted the first 10 of 20 expired codes.
fn begun(db: &Db) -> Running {
    expired(db, VERIFICATION, 20);
    let line = "code purge --kind verification --batch-size 10 --pause 2s -o json";
    let run = db.iamctl(line).start();
    db.wait_until("count(*) = 10 from verification_codes");
    run
}

/// Behind the place that a walk by expiry has reached, and the end that a walk by pages has.
fn expired_rows_that_others_add_are_deleted(walk: Walk) {
    let db = walk.two_users();
    let run = begun(&db);
    codes(&db, VERIFICATION, 7, EARLIER);
    assert_eq!(deleted_and_remaining(&run.ends_with(0).json()), [(27, 0)]);
    assert_eq!(count(&db, VERIFICATION), 0);
    assert_eq!(audited(&db).iter().sum::<usize>(), 27);
}

#[test]
fn rows_that_others_add_to_the_last_walk_are_no_fault_of_the_database() {
    let db = Walk::Expiry.two_users();
    let run = begun(&db);
    codes(&db, VERIFICATION, 12, EARLIER);
    db.wait_until("count(*) = 2 from verification_codes");
    codes(&db, VERIFICATION, 3, "'2018-06-01'::timestamptz");
    let outcome = run.ends_with(9);
    assert_eq!(deleted_and_remaining(&outcome.json()), [(32, 3)]);
    assert_eq!(count(&db, VERIFICATION), 3);
    let outcome =
        outcome.says("3 expired rows left, which others, or a trigger, added or changed meanwhile");
    assert!(!outcome.stderr.contains("a trigger, a rule or a policy"), "{outcome:#?}");
}

fn a_trigger_that_puts_rows_back_does_not_keep_a_run_from_its_end(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 300);
    db.sql(
        "create function put_back() returns trigger language plpgsql as
         $$ begin insert into verification_codes values (old.*); return null; end $$;
         create trigger put_back after delete on verification_codes
         for each row execute function put_back()",
    );
    let begun = Instant::now();
    let outcome = db.iamctl("code purge --kind verification --batch-size 50 -o json").ends_with(9);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let report = &outcome.json()[0];
    assert_eq!(report["remaining"], 300, "{report}");
    // Each row in the first walk and in the second one, and those that were put back on the last page.
    assert!(report["deleted"].as_u64().unwrap() < 900, "{report}");
}

fn max_changes_allows_no_rows_that_go_with_the_deleted_ones(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 20);
    db.sql(
        "create table notes (code char(44) references verification_codes on delete cascade);
         insert into notes select code from verification_codes, generate_series(1, 5)",
    );
    let before = db.rows();
    let line = "code purge --kind verification --max-changes 1000";
    db.iamctl(line).ends_with(5).says("100 further rows");
    assert_eq!(db.rows(), before);
    assert_eq!(db.sql("select count(*) from notes"), "100");
    // Also where that happens at COMMIT, and by a rule.
    db.sql(
        "alter table notes alter constraint notes_code_fkey deferrable initially deferred;
         create function note() returns trigger language plpgsql as
             $$ begin insert into notes values (null); return null; end $$;
         create constraint trigger note after delete on verification_codes
             deferrable initially deferred for each row execute function note();
         delete from notes",
    );
    db.iamctl(line).ends_with(5).says("20 further rows");
    db.sql(
        "drop trigger note on verification_codes;
         create rule note as on delete to verification_codes do also insert into notes values (null)",
    );
    db.iamctl(line).ends_with(5).says("further row");
    db.sql("drop rule note on verification_codes");
    assert_eq!(db.rows(), before);
    // A reference that only checks changes nothing.
    db.sql(
        "alter table notes drop constraint notes_code_fkey;
         delete from notes;
         alter table notes add foreign key (code) references verification_codes",
    );
    db.iamctl(line).ok();
    assert_eq!(count(&db, VERIFICATION), 0);
}

/// They may take any time for a row.
fn where_triggers_run_the_first_batch_is_small(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 4000);
    db.sql(
        "create function look() returns trigger language plpgsql as $$ begin return old; end $$;
         create trigger look before delete on verification_codes
         for each row execute function look()",
    );
    db.iamctl("code purge --target-batch-time 1m").ok();
    assert_eq!(audited(&db)[0], 500);
    assert_eq!(audited(&db).iter().sum::<usize>(), 4000);
}

/// As after a restore. What the server saw inserted tells that it is not small.
#[test]
fn a_large_table_without_statistics_is_walked_by_pages() {
    let db = two_users();
    db.sql("alter table verification_codes set (autovacuum_enabled = off)");
    codes(
        &db,
        VERIFICATION,
        50_000,
        "'2020-01-01'::timestamptz + hashint4(n) % 1000000 * '1s'::interval",
    );
    let line = "code purge --kind verification --dry-run";
    assert_eq!(db.iamctl(line).json()[0]["walk"], "pages");
    let small = two_users();
    expired(&small, VERIFICATION, 100);
    assert_eq!(small.iamctl(line).json()[0]["walk"], "expiry");
}
