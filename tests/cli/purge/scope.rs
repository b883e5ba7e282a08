//! The rows that a purge of codes deletes and keeps, and its report.

use super::{
    AUTHORIZATION, VERIFICATION, Walk, audited, codes, count, deleted_and_remaining, expired,
    over_both_walks, two_users,
};
use crate::support::Db;

over_both_walks!(
    only_expired_codes_are_deleted,
    retention_counts_from_expiry,
    the_timezone_of_the_server_has_no_effect,
);

fn only_expired_codes_are_deleted(walk: Walk) {
    let db = walk.two_users();
    for user in ["alice", "bob"] {
        let id = db.sql(&format!("select id from users where username = '{user}'"));
        db.iamctl(&format!("token issue --user {user} --name ci")).ok();
        // `code purge` keeps expired sessions and tokens.
        db.sql(&format!(
            "update api_tokens set expires_at = now();
             insert into refresh_tokens values ('{id}', '2019-01-01', '2020-01-01', lpad('{user}', 44, 's'))"
        ));
        for table in [VERIFICATION, AUTHORIZATION] {
            db.sql(&format!(
                "insert into {table} values ('{id}', now(), now() + '1m'::interval, lpad('{user}', 44, 'l'))"
            ));
        }
    }
    let before = db.rows();
    expired(&db, VERIFICATION, 30);
    codes(&db, AUTHORIZATION, 20, "now() - '1 ms'::interval");
    let reports = db.iamctl("code purge").json();
    assert_eq!(deleted_and_remaining(&reports), [(30, 0), (20, 0)]);
    assert_eq!(db.rows(), before, "live codes and other rows are unchanged");
    assert_eq!(audited(&db), [30, 20]);
    let again = db.iamctl("code purge").json();
    assert_eq!(
        deleted_and_remaining(&again),
        [(0, 0), (0, 0)],
        "a purge with nothing to delete succeeds"
    );
    assert_eq!(audited(&db), [30, 20], "no change, no audit row");
}

#[test]
fn each_table_has_one_report() {
    let db = two_users();
    expired(&db, VERIFICATION, 5);
    let reports = db.iamctl("code purge").json();
    let [first, second] = reports.as_array().unwrap().as_slice() else { panic!("{reports}") };
    assert_eq!(first["table"], VERIFICATION);
    assert_eq!(second["table"], AUTHORIZATION);
    for report in [first, second] {
        let keys: Vec<_> = report.as_object().unwrap().keys().collect();
        let expected = [
            "table",
            "deleted",
            "remaining",
            "oldest",
            "cutoff",
            "seconds",
            "complete",
            "walk",
            "rested",
            "change_id",
        ];
        assert_eq!(keys, expected);
        assert_eq!(report["complete"], true);
        assert!(report["oldest"].is_null());
        assert!(report["seconds"].as_f64().unwrap() >= 0.0);
        let recent = format!(
            "select '{}'::timestamptz between now() - '1m'::interval and now()",
            report["cutoff"].as_str().unwrap()
        );
        assert_eq!(
            db.sql(&recent),
            "t",
            "the cutoff is the current time of the database: {report}"
        );
    }
    expired(&db, VERIFICATION, 5);
    let table = db.iamctl("code purge").ok();
    assert_eq!(table.lines().len(), 3, "{table:#?}");
    assert_eq!(db.iamctl("code purge --no-headers").ok().lines().len(), 2);
}

#[test]
fn the_kind_option_purges_one_table() {
    let db = two_users();
    for (kind, table, other) in [
        ("verification", VERIFICATION, AUTHORIZATION),
        ("authorization", AUTHORIZATION, VERIFICATION),
    ] {
        db.sql("delete from verification_codes; delete from authorization_codes");
        expired(&db, VERIFICATION, 7);
        expired(&db, AUTHORIZATION, 7);
        let reports = db.iamctl(&format!("code purge --kind {kind}")).json();
        assert_eq!(deleted_and_remaining(&reports), [(7, 0)]);
        assert_eq!(reports[0]["table"], table);
        assert_eq!((count(&db, table), count(&db, other)), (0, 7));
    }
    db.iamctl("code purge --kind login").fails(2).says("authorization");
}

fn retention_counts_from_expiry(walk: Walk) {
    let db = walk.two_users();
    codes(&db, VERIFICATION, 10, "now() - n * '1d'::interval - '1h'::interval");
    let reports = db.iamctl("code purge --kind verification --older-than 7d").json();
    assert_eq!(deleted_and_remaining(&reports), [(4, 0)], "rows that expired later are not due");
    assert_eq!(reports[0]["complete"], true);
    let cutoff = reports[0]["cutoff"].as_str().unwrap();
    let week = format!("select now() - '{cutoff}' between '7d' and '7d 1m'");
    assert_eq!(db.sql(&week), "t", "the resolved UTC time is shown: {cutoff}");
    let date = db.sql("select to_char((now() - '4d'::interval) at time zone 'UTC', 'YYYY-MM-DD')");
    db.iamctl(&format!("code purge --older-than {date}")).ok();
    let left =
        format!("select count(*) from verification_codes where expires_at < '{date} 00:00Z'");
    assert_eq!(db.sql(&left), "0");
    assert!(count(&db, VERIFICATION) >= 3);
    db.iamctl("code purge --older-than 0s").ok();
    assert_eq!(count(&db, VERIFICATION), 0);
}

#[test]
fn a_time_in_the_future_or_bad_input_deletes_nothing() {
    let db = two_users();
    codes(&db, VERIFICATION, 5, "now() + '1h'::interval");
    expired(&db, VERIFICATION, 5);
    let before = db.rows();
    for (option, says) in [
        ("--older-than 2999-01-01", "lies in the future"),
        ("--older-than -1", "90s 30m 12h"),
        ("--older-than -1d", "90s 30m 12h"),
        ("--older-than 99999y", "up to 100y"),
        ("--batch-size 0", "0"),
        ("--batch-size -1", ""),
        ("--max-rows 0", "0"),
        ("--max-duration -1s", "90s 30m 12h"),
        ("--max-duration 99999y", "up to 100y"),
        ("--pause -1s", "90s 30m 12h"),
    ] {
        db.iamctl(&format!("code purge {option}")).fails(2).says(says);
    }
    assert_eq!(db.rows(), before);
    assert_eq!(audited(&db), [0; 0]);
}

fn the_timezone_of_the_server_has_no_effect(walk: Walk) {
    for zone in ["Asia/Tokyo", "America/New_York"] {
        let db = walk.two_users();
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        // Just before and after midnight UTC, and just before and after now.
        codes(
            &db,
            VERIFICATION,
            6,
            "'2020-01-01 00:00:00+00'::timestamptz + (n - 4) * '1s'::interval",
        );
        codes(&db, AUTHORIZATION, 4, "now() + (n - 2.5) * '1m'::interval");
        let reports = db.iamctl("code purge --older-than 2020-01-01").json();
        assert_eq!(deleted_and_remaining(&reports), [(3, 0), (0, 0)], "{zone}: UTC midnight");
        assert_eq!(reports[0]["cutoff"], "2020-01-01T00:00:00Z");
        let reports = db.iamctl("code purge").json();
        assert_eq!(deleted_and_remaining(&reports), [(3, 0), (2, 0)], "{zone}");
        assert_eq!(count(&db, AUTHORIZATION), 2);
    }
}

#[test]
fn a_dry_run_counts_and_deletes_nothing() {
    let db = two_users();
    expired(&db, VERIFICATION, 8);
    codes(&db, VERIFICATION, 4, "now() + '1h'::interval");
    let before = db.rows();
    let reports = db.iamctl("code purge --dry-run").json();
    assert_eq!(deleted_and_remaining(&reports), [(0, 8), (0, 0)]);
    assert_eq!(reports[0]["oldest"], "2020-01-01T00:00:01Z");
    assert_eq!(reports[0]["complete"], false);
    let older = db.iamctl("code purge --dry-run --older-than 2020-01-01T00:00:05Z").json();
    assert_eq!(deleted_and_remaining(&older), [(0, 4), (0, 0)]);
    db.iamctl("code purge --dry-run").ok().says("dry run");
    assert_eq!(db.rows(), before);
    assert_eq!(audited(&db), [0; 0]);
}

#[test]
fn a_purge_does_not_ask_and_is_audited_with_its_reason() {
    let db = Db::new();
    db.user("alice");
    expired(&db, VERIFICATION, 2);
    let mut terminal = db.iamctl("code purge --reason nightly").on_terminal();
    let shown = terminal.exp_eof().unwrap();
    assert!(shown.contains(VERIFICATION) && !shown.contains("[y/N]"), "{shown}");
    assert_eq!(db.audit()[0], "code.purge||nightly");
    let details = db.sql(
        "select details->>'table', details->>'deleted', (details->>'cutoff')::timestamptz <= now()
         from admin_audit_log where action = 'code.purge'",
    );
    assert_eq!(details, "verification_codes|2|t");
}
