//! `iamctl session purge` and `token purge`: retention counts from expiry or revocation, whichever
//! came first.

use serde_json::Value;

use super::{Walk, count, deleted_and_remaining, over_both_walks, two_users};
use crate::support::Db;
use crate::support::shapes::{difference, in_five_formats};

over_both_walks!(
    retention_counts_from_expiry_or_revocation,
    batches_and_limits_apply_to_expired_and_revoked_rows_together,
    a_dry_run_only_counts_and_a_purge_never_asks,
    a_batch_whose_audit_row_fails_is_rolled_back,
);

/// Rows that can be revoked: the command, its table, its default retention in days.
const REVOCABLE: [(&str, &str, i32); 2] =
    [("session purge", "refresh_tokens", 7), ("token purge", "api_tokens", 30)];

/// Inserts a row of alice with this label. Times are SQL; `revoked_at` is `null` if not revoked.
fn row(db: &Db, table: &str, label: &str, expires_at: &str, revoked_at: &str) {
    let revoked = revoked_at != "null";
    // The given times have a zone. The columns of sessions are UTC without a zone.
    let (columns, values, zone) = if table == "api_tokens" {
        ("owner_id, name, blocked", format!("id, '{label}', false"), "")
    } else {
        ("user_id", "id".to_owned(), " at time zone 'utc'")
    };
    db.sql(&format!(
        "insert into {table} ({columns}, created_at, expires_at, token, revoked, revoked_at)
         select {values}, '2019-01-01', ({expires_at}){zone}, rpad('{label}', 43, 'A') || '=',
                {revoked}, (({revoked_at})::timestamptz){zone}
         from users where username = 'alice'"
    ));
}

/// Inserts `count` rows that expired in the first seconds of 2020, and as many that were revoked
/// then but expire later.
fn ended_rows(db: &Db, table: &str, count: usize) {
    for number in 1..=count {
        let then = format!("'2020-01-01 00:00:{number:02}+00'::timestamptz");
        row(db, table, &format!("e{number}"), &then, "null");
        row(db, table, &format!("r{number}"), "now() + '1y'::interval", &then);
    }
}

/// The labels of the remaining rows, sorted.
fn left(db: &Db, table: &str) -> Vec<String> {
    let labels = db.sql(&format!("select rtrim(token, 'A=') from {table} order by 1"));
    labels.lines().map(str::to_owned).collect()
}

/// The number of rows that each batch deleted, from the audit log.
fn audited(db: &Db, verb: &str) -> Vec<usize> {
    let action = verb.replace(' ', ".");
    let rows = db.sql(&format!(
        "select details->'deleted' from admin_audit_log where action = '{action}' order by id"
    ));
    rows.lines().map(|deleted| deleted.parse().unwrap()).collect()
}

fn retention_counts_from_expiry_or_revocation(walk: Walk) {
    for zone in ["UTC", "Asia/Kolkata", "America/New_York"] {
        for (verb, table, days) in REVOCABLE {
            let db = walk.two_users();
            db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
            for other in ["verification_codes", "authorization_codes"] {
                super::expired(&db, other, 3);
            }
            // One minute more and one minute less than the retention. A wrong time zone would shift
            // the times by more than that. The retention is in hours, because a day can have 25
            // hours in some zones.
            let hours = days * 24;
            let long = format!("now() - '{hours}h 1m'::interval");
            let short = format!("now() - '{hours}h'::interval + '1m'::interval");
            let (soon, just) = ("now() + '1m'::interval", "now() - '1m'::interval");
            let before = db.rows();
            for (label, expires_at, revoked_at) in [
                ("keep/expired/lately", short.as_str(), "null"),
                ("keep/expired/just", just, "null"),
                ("keep/revoked/lately", soon, &short),
                ("keep/revoked/and/expired/lately", &short, just),
                ("keep/live", soon, "null"),
            ] {
                row(&db, table, label, expires_at, revoked_at);
            }
            // Rows of other programs: revoked without a time, and a time without revoked.
            row(&db, table, "keep/marked", soon, "null");
            row(&db, table, "keep/unmarked", soon, &long);
            db.sql(&format!(
                "update {table} set revoked = not revoked where token like 'keep/%marked%'"
            ));
            let kept = db.rows();
            for (label, expires_at, revoked_at) in [
                ("go/expired", long.as_str(), "null"),
                ("go/revoked", soon, long.as_str()),
                ("go/expired/first", &long, &short),
                ("go/revoked/first", &short, &long),
                ("go/both", &long, &long),
            ] {
                row(&db, table, label, expires_at, revoked_at);
            }
            let report = db.iamctl(verb).json();
            assert_eq!(deleted_and_remaining(&report), [(5, 0)], "{zone}: {:?}", left(&db, table));
            assert_eq!(report[0]["table"], table);
            assert_eq!(report[0]["complete"], true);
            assert_eq!(db.rows(), kept, "{verb} in {zone}: other rows are unchanged");
            assert_eq!(difference(&before, &kept).0, [""; 0]);
            let cutoff = report[0]["cutoff"].as_str().unwrap();
            let kept_for =
                format!("select now() - '{cutoff}' between '{hours}h' and '{hours}h 1m'");
            assert_eq!(db.sql(&kept_for), "t", "the resolved UTC time is shown: {cutoff}");
            let again = db.iamctl(verb).json();
            assert_eq!(
                deleted_and_remaining(&again),
                [(0, 0)],
                "a purge with nothing to delete succeeds"
            );
            assert_eq!(audited(&db, verb).iter().sum::<usize>(), 5, "no change, no audit row");
        }
    }
}

#[test]
fn older_than_accepts_a_duration_or_a_time() {
    for (verb, table, _) in REVOCABLE {
        let db = two_users();
        ended_rows(&db, table, 4);
        row(&db, table, "live", "now() + '1m'::interval", "null");
        let report = db.iamctl(&format!("{verb} --older-than 2020-01-01T00:00:03Z")).json();
        assert_eq!(
            deleted_and_remaining(&report),
            [(4, 0)],
            "rows that ended before that time, not at it"
        );
        assert_eq!(left(&db, table), ["e3", "e4", "live", "r3", "r4"]);
        assert_eq!(report[0]["cutoff"], "2020-01-01T00:00:03Z");
        db.iamctl(&format!("{verb} --older-than 2020-01-01T05:30:04+05:30")).ok();
        assert_eq!(left(&db, table), ["e4", "live", "r4"]);
        row(&db, table, "now", "now() - '1 ms'::interval", "null");
        row(&db, table, "ended", "now() + '1d'::interval", "now() - '1 ms'::interval");
        db.iamctl(&format!("{verb} --older-than 0s")).ok();
        assert_eq!(left(&db, table), ["live"], "a live row is never deleted");
        let before = (db.rows(), db.audit());
        for (option, says) in [
            ("--older-than 2999-01-01", "lies in the future"),
            ("--older-than -1", "90s 30m 12h"),
            ("--older-than 99999y", "up to 100y"),
            ("--batch-size 0", "0"),
            ("--max-rows 0", "0"),
            ("--pause -1s", "90s 30m 12h"),
            ("--max-duration -1s", "90s 30m 12h"),
        ] {
            db.iamctl(&format!("{verb} {option}")).fails(2).says(says);
        }
        assert_eq!((db.rows(), db.audit()), before);
    }
}

fn batches_and_limits_apply_to_expired_and_revoked_rows_together(walk: Walk) {
    for (verb, table, _) in REVOCABLE {
        let db = walk.two_users();
        ended_rows(&db, table, 10);
        let run = |most: usize| {
            let line = format!("{verb} --batch-size 4 --max-rows {most} --reason nightly -o json");
            db.iamctl(&line).ends_with(9)
        };
        let stopped = run(6);
        assert_eq!(
            deleted_and_remaining(&stopped.json()),
            [(6, 14)],
            "all remaining rows are counted: {verb}"
        );
        // By expiry, all that expired go first. By pages, the first six rows of the table went.
        let oldest = match walk {
            Walk::Expiry => "2020-01-01T00:00:01Z",
            Walk::Pages => "2020-01-01T00:00:04Z",
        };
        assert_eq!(stopped.json()[0]["oldest"], oldest, "a revoked row is the oldest");
        assert_eq!(stopped.json()[0]["complete"], false);
        let error: Value = serde_json::from_str(&stopped.stderr).unwrap();
        assert_eq!(error["error"]["kind"], "incomplete");
        assert_eq!(deleted_and_remaining(&run(7).json()), [(7, 7)]);
        assert_eq!(count(&db, table), 7, "committed batches stay deleted");
        let rest = db.iamctl(&format!("{verb} --batch-size 4 --max-rows 7")).json();
        assert_eq!(deleted_and_remaining(&rest), [(7, 0)]);
        let batches = audited(&db, verb);
        assert_eq!(batches.iter().sum::<usize>(), 20, "one audit row for each batch: {batches:?}");
        assert!(batches.iter().all(|&rows| rows <= 4), "{batches:?}");
        let entry = format!("{}||nightly", verb.replace(' ', "."));
        assert_eq!(db.audit().iter().filter(|row| **row == entry).count(), batches.len() - 2);
        let tables = db.sql(
            "select distinct details->>'table' from admin_audit_log where action like '%.purge'",
        );
        assert_eq!(tables, table);
    }
}

fn a_dry_run_only_counts_and_a_purge_never_asks(walk: Walk) {
    for (verb, table, _) in REVOCABLE {
        let db = walk.two_users();
        ended_rows(&db, table, 3);
        row(&db, table, "live", "now() + '1m'::interval", "null");
        let before = (db.rows(), db.audit());
        let report = db.iamctl(&format!("{verb} --dry-run")).json();
        assert_eq!(deleted_and_remaining(&report), [(0, 6)]);
        assert_eq!(report[0]["oldest"], "2020-01-01T00:00:01Z");
        db.iamctl(&format!("{verb} --dry-run")).ok().says("dry run");
        assert_eq!(in_five_formats(|| db.iamctl(&format!("{verb} --dry-run"))), 1);
        assert_eq!(db.iamctl(&format!("{verb} --dry-run -o id")).ok().line(), table);
        assert_eq!((db.rows(), db.audit()), before);
        let shown = db.iamctl(verb).on_terminal().exp_eof().unwrap();
        assert!(shown.contains(table) && !shown.contains("[y/N]"), "{shown}");
        assert_eq!(left(&db, table), ["live"]);
    }
}

fn a_batch_whose_audit_row_fails_is_rolled_back(walk: Walk) {
    for (verb, table, _) in REVOCABLE {
        let db = walk.two_users();
        ended_rows(&db, table, 3);
        db.sql("alter table admin_audit_log add constraint no check (action not like '%.purge')");
        let before = db.rows();
        let failed = db.iamctl(verb).arg("-ojson").ends_with(7);
        assert_eq!(failed.json()[0]["deleted"], 0, "{failed:#?}");
        assert_eq!(db.rows(), before);
    }
}
