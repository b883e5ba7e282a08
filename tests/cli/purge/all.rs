//! `iamctl purge`: everything that has expired, in one command.

use diesel::connection::SimpleConnection as _;
use serde_json::Value;

use super::{
    AUTHORIZATION, VERIFICATION, Walk, codes, count, deleted_and_remaining, expired,
    over_both_walks, two_users,
};
use crate::support::Db;
use crate::support::shapes::{difference, in_five_formats};

over_both_walks!(
    a_purge_deletes_only_expired_rows_from_all_tables,
    each_retention_has_a_default_and_an_option,
    the_timezone_of_the_server_has_no_effect,
    limits_apply_to_all_tables_together,
    batches_committed_before_a_failure_are_reported,
    a_batch_whose_audit_row_fails_is_rolled_back,
);

const SESSIONS: &str = "refresh_tokens";
const TOKENS: &str = "api_tokens";
const TABLES: [&str; 4] = [VERIFICATION, AUTHORIZATION, SESSIONS, TOKENS];

/// Inserts `count` sessions and tokens of alice. `expires_at` is SQL over their number `n`.
fn sessions_and_tokens(db: &Db, count: usize, expires_at: &str) {
    let secret = "encode(sha256(convert_to(gen_random_uuid()::text, 'utf8')), 'base64')";
    let from = format!("from users, generate_series(1, {count}) n where username = 'alice'");
    db.sql(&format!(
        "insert into refresh_tokens
         select id, '2019-01-01', ({expires_at}) at time zone 'utc', {secret} {from};
         insert into api_tokens (owner_id, created_at, expires_at, name, token)
         select id, '2019-01-01', {expires_at}, 'ci', {secret} {from}"
    ));
}

/// Inserts three rows that expired long ago and two live rows into every table.
pub fn three_of_each(db: &Db) {
    let live = "now() + '1h'::interval";
    for table in [VERIFICATION, AUTHORIZATION] {
        expired(db, table, 3);
        codes(db, table, 2, live);
    }
    sessions_and_tokens(db, 3, "'2020-01-01 00:00:00+00'::timestamptz + n * '1s'::interval");
    sessions_and_tokens(db, 2, live);
}

/// The number of rows in each table.
fn counts(db: &Db) -> [usize; 4] {
    TABLES.map(|table| count(db, table))
}

/// The batches in the audit log: table and number of rows.
fn audited(db: &Db) -> Vec<String> {
    let rows = db.sql(
        "select details->>'table', details->>'deleted' from admin_audit_log
         where action = 'purge' order by id",
    );
    rows.lines().map(str::to_owned).collect()
}

fn a_purge_deletes_only_expired_rows_from_all_tables(walk: Walk) {
    let db = walk.two_users();
    db.iamctl("token issue --user bob --name ci").ok();
    db.iamctl("code issue authorization --user bob").ok();
    let bystanders = db.rows();
    three_of_each(&db);
    let before = db.rows();
    let reports = db.iamctl("purge --reason nightly").json();
    let tables: Vec<_> =
        reports.as_array().unwrap().iter().map(|report| &report["table"]).collect();
    assert_eq!(tables, TABLES, "one object for each table");
    assert_eq!(deleted_and_remaining(&reports), [(3, 0); 4]);
    for report in reports.as_array().unwrap() {
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
        assert_eq!((&report["complete"], &report["oldest"]), (&true.into(), &Value::Null));
    }
    assert_eq!(counts(&db), [2, 3, 2, 3], "live rows are kept");
    let (gone, new) = difference(&before, &db.rows());
    assert_eq!((gone.len(), new.len()), (12, 0));
    assert_eq!(difference(&bystanders, &db.rows()).0, [""; 0], "other rows are unchanged");
    assert_eq!(
        audited(&db),
        TABLES.map(|table| format!("{table}|3")),
        "one audit row for each batch"
    );
    assert_eq!(db.audit()[..4], ["purge||nightly"; 4]);

    let after = (db.rows(), db.audit());
    let again = db.iamctl("purge").json();
    assert_eq!(
        deleted_and_remaining(&again),
        [(0, 0); 4],
        "a purge with nothing to delete succeeds"
    );
    assert_eq!((db.rows(), db.audit()), after, "no change, no audit row");
}

fn each_retention_has_a_default_and_an_option(walk: Walk) {
    let db = walk.two_users();
    for table in [VERIFICATION, AUTHORIZATION] {
        codes(&db, table, 4, "now() - n * '10d'::interval + '1h'::interval");
    }
    sessions_and_tokens(&db, 4, "now() - n * '10d'::interval + '1h'::interval");
    let due = |options: &str| -> Vec<i64> {
        let reports = db.iamctl(&format!("purge --dry-run {options}")).json();
        deleted_and_remaining(&reports).into_iter().map(|(_, remaining)| remaining).collect()
    };
    // The rows expired 10, 20, 30 and 40 days ago, less one hour.
    assert_eq!(
        due(""),
        [4, 4, 4, 1],
        "codes are due after one day, sessions after 7 days, tokens after 30"
    );
    codes(&db, VERIFICATION, 2, "now() - n * '1d'::interval + '1h'::interval");
    assert_eq!(due(""), [5, 4, 4, 1], "a code that expired 23 hours ago is kept");
    assert_eq!(due("--keep-codes 0s"), [6, 4, 4, 1]);
    db.sql("delete from verification_codes where expires_at > now() - '3d'::interval");
    assert_eq!(due("--keep-codes 15d"), [3, 3, 4, 1]);
    assert_eq!(due("--keep-sessions 15d"), [4, 4, 3, 1]);
    assert_eq!(due("--keep-tokens 15d"), [4, 4, 4, 3]);
    assert_eq!(due("--keep-codes 1mo --keep-sessions 25d --keep-tokens 1y"), [1, 1, 2, 0]);
    assert_eq!(due("--keep-codes 2019-01-01"), [0, 0, 4, 1], "the option accepts a time, too");
    let line = "purge --keep-codes 25d --keep-sessions 15d --keep-tokens 0s";
    let reports = db.iamctl(line).json();
    assert_eq!(deleted_and_remaining(&reports), [(2, 0), (2, 0), (3, 0), (4, 0)]);
    assert_eq!(counts(&db), [2, 2, 1, 0]);
    let days: Vec<_> = reports
        .as_array()
        .unwrap()
        .iter()
        .map(|report| {
            let cutoff = report["cutoff"].as_str().unwrap();
            db.sql(&format!("select round(extract(epoch from now() - '{cutoff}') / 86400)"))
        })
        .collect();
    assert_eq!(days, ["25", "25", "15", "0"], "the resolved UTC times are shown");
}

fn the_timezone_of_the_server_has_no_effect(walk: Walk) {
    for zone in ["Asia/Kolkata", "America/New_York"] {
        let db = walk.two_users();
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        let to_either_side = "now() + (n - 2.5) * '1m'::interval";
        codes(&db, VERIFICATION, 4, to_either_side);
        sessions_and_tokens(&db, 4, to_either_side);
        let reports = db.iamctl("purge --keep-codes 0s --keep-sessions 0s --keep-tokens 0s").json();
        assert_eq!(deleted_and_remaining(&reports), [(2, 0), (0, 0), (2, 0), (2, 0)], "{zone}");
    }
}

fn limits_apply_to_all_tables_together(walk: Walk) {
    let db = walk.two_users();
    three_of_each(&db);
    let stopped = db.iamctl("purge --batch-size 2 --max-rows 7 -o json").ends_with(9);
    assert_eq!(deleted_and_remaining(&stopped.json()), [(3, 0), (3, 0), (1, 2), (0, 3)]);
    assert_eq!(counts(&db), [2, 2, 4, 5], "committed batches stay deleted");
    let [verification, authorization] = [VERIFICATION, AUTHORIZATION]
        .map(|table| [format!("{table}|2"), format!("{table}|1")].to_vec());
    assert_eq!(audited(&db), [verification, authorization, vec![format!("{SESSIONS}|1")]].concat());
    let reports = stopped.json();
    let complete: Vec<_> =
        reports.as_array().unwrap().iter().map(|one| one["complete"] == true).collect();
    assert_eq!(complete, [true, true, false, false]);
    assert_eq!(reports[2]["oldest"], "2020-01-01T00:00:02Z", "the oldest rows are deleted first");
    let error: Value = serde_json::from_str(&stopped.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "incomplete");
    assert!(error["error"]["message"].as_str().unwrap().contains("5 expired rows left"), "{error}");
    db.iamctl("purge --max-duration 0s").ends_with(9);
    db.iamctl("purge --max-rows 5").ok();
    assert_eq!(counts(&db), [2; 4]);
}

#[test]
fn only_one_purge_of_any_kind_runs_at_a_time() {
    let db = two_users();
    three_of_each(&db);
    let verbs = ["purge", "code purge", "session purge", "token purge"];
    for running in verbs {
        let run = db.iamctl(&format!("{running} --batch-size 1 --pause 1m")).start();
        let locked = "exists (select from pg_locks where locktype = 'advisory' and granted
            and database = (select oid from pg_database where datname = current_database()))";
        db.wait_until(locked);
        for verb in verbs {
            db.iamctl(verb).fails(10).says("another purge is at work");
            let skipped = db.iamctl(verb).arg("--skip-if-busy").json();
            assert_eq!(skipped, serde_json::json!([]), "{verb} while {running}");
        }
        drop(run);
        db.wait_until(&format!("not {locked}"));
    }
    db.iamctl("purge --skip-if-busy").ok();
    assert_eq!(counts(&db), [2; 4]);
}

fn batches_committed_before_a_failure_are_reported(walk: Walk) {
    let db = walk.two_users();
    three_of_each(&db);
    let mut holder = db.session("begin; select from refresh_tokens for update");
    let busy = db.iamctl("purge --lock-timeout 100ms -o json").ends_with(10);
    let reports = busy.json();
    let deleted: Vec<_> =
        reports.as_array().unwrap().iter().map(|report| report["deleted"].clone()).collect();
    assert_eq!(deleted[..2], [3, 3], "{reports}");
    assert_eq!((&reports[2]["deleted"], &reports[2]["complete"]), (&0.into(), &false.into()));
    assert_eq!(counts(&db), [2, 2, 5, 5]);
    holder.batch_execute("rollback").unwrap();
    assert_eq!(deleted_and_remaining(&db.iamctl("purge").json())[2..], [(3, 0), (3, 0)]);
}

fn a_batch_whose_audit_row_fails_is_rolled_back(walk: Walk) {
    let db = walk.two_users();
    three_of_each(&db);
    db.sql(&format!(
        "alter table admin_audit_log add constraint no check
         (action <> 'purge' or details->>'table' <> '{SESSIONS}')"
    ));
    let failed = db.iamctl("purge -o json").ends_with(7);
    assert_eq!(failed.json()[1]["deleted"], 3, "committed batches are reported");
    assert_eq!(counts(&db), [2, 2, 5, 5]);
}

#[test]
fn a_complete_purge_with_q_prints_nothing_as_a_table() {
    for line in ["purge", "code purge --older-than 0s", "session purge", "token purge"] {
        let db = two_users();
        three_of_each(&db);
        let quiet = db.iamctl(line).arg("-q").ok();
        assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""), "{line}");
        assert!(counts(&db).contains(&2), "{line} has deleted rows");
        assert!(!db.iamctl(line).ok().stdout.is_empty(), "{line}");
        for format in ["json", "jsonl", "csv", "id"] {
            let printed = db.iamctl(line).arg("-q").arg("-o").arg(format).ok();
            assert!(!printed.stdout.is_empty(), "{line}: machine formats are complete");
        }
    }
    // What is left is news.
    let db = two_users();
    three_of_each(&db);
    let line = "purge -q --max-rows 1 --keep-codes 0s --keep-sessions 0s --keep-tokens 0s";
    let left = db.iamctl(line).ends_with(9);
    assert!(left.stdout.contains("REMAINING"), "{left:?}");
}

#[test]
fn a_dry_run_heads_the_count_would_delete_in_tables_alone() {
    let db = two_users();
    three_of_each(&db);
    for line in ["purge --dry-run", "code purge --dry-run", "session purge --dry-run"] {
        let table = db.iamctl(line).ok().says("dry run: nothing was deleted");
        let header: Vec<_> = table.lines()[0].split_whitespace().collect();
        assert_eq!(header, ["TABLE", "WOULD_DELETE", "OLDEST", "CUTOFF", "SECONDS"], "{line}");
        let chosen = db.iamctl(line).arg("--columns").arg("table,remaining,deleted").ok();
        assert_eq!(
            chosen.lines()[0].split_whitespace().collect::<Vec<_>>(),
            ["TABLE", "WOULD_DELETE", "DELETED"]
        );
        let json = db.iamctl(line).json();
        let real = db.iamctl(line.trim_end_matches(" --dry-run")).json();
        let keys =
            |value: &Value| value[0].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&json), keys(&real), "{line}");
    }
}

#[test]
fn a_dry_run_counts_and_deletes_nothing() {
    let db = two_users();
    three_of_each(&db);
    let before = (db.rows(), db.audit());
    let reports = db.iamctl("purge --dry-run").json();
    assert_eq!(deleted_and_remaining(&reports), [(0, 3); 4]);
    for report in reports.as_array().unwrap() {
        assert_eq!(report["oldest"], "2020-01-01T00:00:01Z");
        assert_eq!(report["complete"], false);
    }
    db.iamctl("purge --dry-run").ok().says("dry run");
    assert_eq!(in_five_formats(|| db.iamctl("purge --dry-run")), 4);
    assert_eq!(db.iamctl("purge --dry-run -o id").ok().lines(), TABLES);
    assert_eq!((db.rows(), db.audit()), before);
    // A purge never asks.
    let shown = db.iamctl("purge").on_terminal().exp_eof().unwrap();
    assert!(!shown.contains("[y/N]"), "{shown}");
    assert_eq!(counts(&db), [2; 4]);
}

#[test]
fn bad_input_is_refused_with_advice_and_deletes_nothing() {
    let db = two_users();
    three_of_each(&db);
    let before = (db.rows(), db.audit());
    for option in ["--keep-codes", "--keep-sessions", "--keep-tokens"] {
        for (value, says) in
            [("2999-01-01", option), ("-1", "90s 30m 12h"), ("99999y", "up to 100y"), ("x", "7d")]
        {
            db.iamctl(&format!("purge {option} {value}")).fails(2).says(says);
        }
    }
    for option in ["--older-than 1d", "--kind verification", "--batch-size 0", "--max-rows 0"] {
        db.iamctl(&format!("purge {option}")).fails(2);
    }
    assert_eq!((db.rows(), db.audit()), before);
}
