//! Expired rows that a trigger or a rule keeps are neither deleted nor forgotten.

use std::time::Duration;

use super::{VERIFICATION, Walk, audited, codes, count, expired, over_both_walks};
use crate::support::proxy::Proxy;
use crate::support::{Db, Run, directory, server};

over_both_walks!(
    rows_that_a_trigger_keeps_are_reported_as_left,
    kept_rows_of_one_time_are_counted_once,
    a_run_that_leaves_kept_rows_is_no_success,
    a_rule_that_replaces_the_deletion_is_refused_and_named,
    a_rule_that_cannot_fire_does_not_stop_a_purge,
    a_panic_of_one_worker_stops_the_others,
);

/// Keeps the codes for which `condition` holds.
fn keep(db: &Db, condition: &str) {
    db.sql(&format!(
        "create function keep() returns trigger language plpgsql as
         $$begin if {condition} then return null; end if; return old; end$$;
         create trigger keep before delete on {VERIFICATION}
         for each row execute function keep()"
    ));
}

fn rows_that_a_trigger_keeps_are_reported_as_left(walk: Walk) {
    for (condition, kept) in [("true", 1000), ("extract(second from old.expires_at) = 7", 17)] {
        for options in ["", "--batch-size 100", "--batch-size 100 --jobs 4", "--batch-size 7"] {
            let db = walk.two_users();
            expired(&db, VERIFICATION, 1000);
            keep(&db, condition);
            for _ in 0..2 {
                let outcome = db.iamctl(&format!("code purge {options} -o json")).run();
                assert_eq!(outcome.code, 9, "{options}: {outcome:#?}");
                let error = &outcome.stderr;
                assert!(error.contains("trigger"), "{options}: {error}");
                let report = &outcome.json()[0];
                assert_eq!(report["remaining"], kept, "{options}: {report}");
                assert_eq!(report["complete"], false, "{options}: {report}");
                assert!(report["oldest"].as_str().unwrap().starts_with("2020-01-01"), "{report}");
            }
            let left = db.sql(&format!("select count(*) from {VERIFICATION}"));
            assert_eq!(left, kept.to_string(), "{options}");
        }
    }
}

fn kept_rows_of_one_time_are_counted_once(walk: Walk) {
    let db = walk.two_users();
    codes(&db, VERIFICATION, 500, "'2020-01-01'");
    keep(&db, "old.code < 'a'");
    let kept = db.sql(&format!("select count(*) from {VERIFICATION} where code < 'a'"));
    let report = db.iamctl("code purge --batch-size 50 -o json").run();
    assert_eq!(report.code, 9);
    assert_eq!(report.json()[0]["remaining"].to_string(), kept);
    assert_eq!(db.sql(&format!("select count(*) from {VERIFICATION}")), kept);
}

fn a_run_that_leaves_kept_rows_is_no_success(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 100);
    let directory = directory();
    let file = directory.path().join("purge.prom");
    let purge = || db.iamctl(&format!("purge --metrics-file {}", file.display()));
    let success = || {
        let text = std::fs::read_to_string(&file).unwrap();
        let line = text.lines().find(|line| line.starts_with("iamctl_purge_last_success"));
        line.map(str::to_owned)
    };
    keep(&db, "true");
    assert_eq!(purge().run().code, 9);
    assert_eq!(success(), None);
    db.sql(&format!("drop trigger keep on {VERIFICATION}"));
    purge().ok();
    assert!(success().is_some());
}

/// PostgreSQL reports the rows that such a rule touches as the rows that were deleted.
fn a_rule_that_replaces_the_deletion_is_refused_and_named(walk: Walk) {
    for action in ["nothing", "delete from refresh_tokens"] {
        let db = walk.two_users();
        expired(&db, VERIFICATION, 10);
        db.sql(&format!("create rule swallow as on delete to {VERIFICATION} do instead {action}"));
        for line in ["code purge", "purge", "code purge --dry-run"] {
            db.iamctl(line).fails(5).says("the rule `swallow` on `verification_codes`");
        }
        assert_eq!(db.sql(&format!("select count(*) from {VERIFICATION}")), "10");
        db.iamctl("session purge").ok();
    }
}

fn a_rule_that_cannot_fire_does_not_stop_a_purge(walk: Walk) {
    for state in ["disable", "enable replica"] {
        let db = walk.two_users();
        expired(&db, VERIFICATION, 10);
        db.sql(&format!(
            "create rule swallow as on delete to {VERIFICATION} do instead nothing;
             alter table {VERIFICATION} {state} rule swallow"
        ));
        assert_eq!(db.iamctl("code purge").json()[0]["deleted"], 10, "{state}");
        assert_eq!(count(&db, VERIFICATION), 0, "{state}");
    }
    let db = walk.two_users();
    expired(&db, VERIFICATION, 10);
    db.sql(&format!("create rule hold as on update to {VERIFICATION} do instead nothing"));
    assert_eq!(db.iamctl("code purge").json()[0]["deleted"], 10, "a rule for UPDATE");
}

/// A worker panics: the answer to its count of the rows that were kept has a name of a column that is no
/// UTF-8. The other workers begin no further batch, and the error says what is committed.
fn a_panic_of_one_worker_stops_the_others(walk: Walk) {
    for jobs in [1, 2, 8] {
        let db = walk.two_users();
        expired(&db, VERIFICATION, 2000);
        // In the third batch.
        keep(
            &db,
            "extract(epoch from old.expires_at) = extract(epoch from timestamptz '2020-01-01Z') + 12",
        );
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.garble(b"oldest\0");
        let line = format!("code purge --jobs {jobs} --batch-size 5 -o json");
        let outcome = Run::new(&proxy.url(&db.name), &line).ends_with(1);
        assert!(proxy.has_garbled(), "{outcome:#?}");
        let error = outcome.stderr.as_str();
        assert!(error.contains("this is a bug, please report it"), "{jobs} jobs: {error}");
        let left = count(&db, VERIFICATION);
        let deleted = 2000 - left;
        assert!(left > 1500, "{jobs} jobs went on after the panic: {left} left");
        assert!(deleted > 0, "{jobs} jobs: {error}");
        let committed = format!("the deletion of {deleted} expired rows is committed");
        assert!(error.contains(&committed), "{jobs} jobs: {error}");
        assert_eq!(outcome.json()[0]["deleted"], deleted);
        assert_eq!(audited(&db).iter().sum::<usize>(), deleted);
        // What the panic left behind is no obstacle to the next run: one row is kept.
        db.iamctl("code purge").ends_with(9);
        assert_eq!(count(&db, VERIFICATION), 1);
    }
}
