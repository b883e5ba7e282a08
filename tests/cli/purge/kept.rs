//! Expired rows that a trigger or a rule keeps are neither deleted nor forgotten.

use super::{VERIFICATION, codes, expired, two_users};
use crate::support::{Db, directory};

/// Keeps the codes for which `condition` holds.
fn keep(db: &Db, condition: &str) {
    db.sql(&format!(
        "create function keep() returns trigger language plpgsql as
         $$begin if {condition} then return null; end if; return old; end$$;
         create trigger keep before delete on {VERIFICATION}
         for each row execute function keep()"
    ));
}

#[test]
fn rows_that_a_trigger_keeps_are_reported_as_left() {
    for (condition, kept) in [("true", 1000), ("extract(second from old.expires_at) = 7", 17)] {
        for options in ["", "--batch-size 100", "--batch-size 100 --jobs 4", "--batch-size 7"] {
            let db = two_users();
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

#[test]
fn kept_rows_of_one_time_are_counted_once() {
    let db = two_users();
    codes(&db, VERIFICATION, 500, "'2020-01-01'");
    keep(&db, "old.code < 'a'");
    let kept = db.sql(&format!("select count(*) from {VERIFICATION} where code < 'a'"));
    let report = db.iamctl("code purge --batch-size 50 -o json").run();
    assert_eq!(report.code, 9);
    assert_eq!(report.json()[0]["remaining"].to_string(), kept);
    assert_eq!(db.sql(&format!("select count(*) from {VERIFICATION}")), kept);
}

#[test]
fn a_run_that_leaves_kept_rows_is_no_success() {
    let db = two_users();
    expired(&db, VERIFICATION, 100);
    let directory = directory();
    let file = directory.path().join("purge.prom");
    let purge = || db.iamctl("purge --metrics-file").arg(&file);
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
#[test]
fn a_rule_that_replaces_the_deletion_is_refused_and_named() {
    for action in ["nothing", "delete from refresh_tokens"] {
        let db = two_users();
        expired(&db, VERIFICATION, 10);
        db.sql(&format!("create rule swallow as on delete to {VERIFICATION} do instead {action}"));
        for line in ["code purge", "purge", "code purge --dry-run"] {
            db.iamctl(line).fails(5).says("the rule `swallow` on `verification_codes`");
        }
        assert_eq!(db.sql(&format!("select count(*) from {VERIFICATION}")), "10");
        db.iamctl("session purge").ok();
    }
}
