//! A user who may have no further thread: each command ends with an error, and says what it did.

use diesel::connection::SimpleConnection as _;
use serde_json::Value;

use crate::support::unprivileged::Unprivileged;
use crate::support::{Db, Outcome};

const TABLES: [&str; 2] = ["verification_codes", "authorization_codes"];

/// Expired codes of alice in both tables.
fn expired_codes(db: &Db, count: usize) {
    for table in TABLES {
        db.sql(&format!(
            "insert into {table}
             select id, '2019-01-01', '2020-01-01 00:00:00+00'::timestamptz + n * '1s'::interval,
                    encode(sha256(convert_to(gen_random_uuid()::text, 'utf8')), 'base64')
             from users, generate_series(1, {count}) n"
        ));
    }
}

fn left(db: &Db) -> u64 {
    let counts = TABLES.map(|table| db.sql(&format!("select count(*) from {table}")));
    counts.iter().map(|count| count.parse::<u64>().unwrap()).sum()
}

fn audited(db: &Db) -> u64 {
    let sum = "select coalesce(sum((details->>'deleted')::int), 0) from admin_audit_log
               where action = 'purge'";
    db.sql(sum).parse().unwrap()
}

/// Expects an error about a thread, in the format of the command, and returns its message.
#[track_caller]
fn fails_for_want_of_a_thread(outcome: &Outcome) -> String {
    assert_eq!(outcome.code, 1, "{outcome:#?}");
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(!text.contains("panicked") && !text.contains("this is a bug"), "{outcome:#?}");
    }
    let message = if outcome.stderr.starts_with('{') {
        let error: Value = serde_json::from_str(&outcome.stderr)
            .unwrap_or_else(|error| panic!("not one JSON object: {error}: {outcome:#?}"));
        assert_eq!(error["error"]["kind"], "internal");
        assert_eq!(error["error"]["exit_code"], 1);
        error["error"]["message"].as_str().unwrap().to_owned()
    } else {
        outcome.stderr.strip_prefix("error: ").expect("an error").to_owned()
    };
    assert!(message.starts_with("cannot start a thread"), "{outcome:#?}");
    message
}

/// The rows that the reports on standard output say were deleted.
fn reported(outcome: &Outcome) -> u64 {
    if outcome.stdout.is_empty() {
        return 0;
    }
    let reports = outcome.json();
    reports.as_array().unwrap().iter().map(|report| report["deleted"].as_u64().unwrap()).sum()
}

#[test]
fn a_purge_without_its_threads_fails_and_reports_what_it_deleted() {
    let Some(user) = Unprivileged::new() else { return };
    for (jobs, walk) in [(1, "expiry"), (2, "pages"), (16, "expiry")] {
        // Besides its workers: its own thread, the one for signals and deadlines, and the one that
        // finds batches. Those that open connections have ended by then.
        let enough = 3 + jobs;
        let db = Db::new();
        db.user("alice");
        expired_codes(&db, 200);
        let line = format!("purge --jobs {jobs} --walk {walk} --batch-size 5 -o json");
        for threads in 1..enough {
            let before = left(&db);
            let outcome = user.iamctl(&db, &line, threads).run();
            let message = fails_for_want_of_a_thread(&outcome);
            let deleted = before - left(&db);
            assert_eq!(reported(&outcome), deleted, "{threads} threads: {outcome:#?}");
            assert_eq!(audited(&db), 400 - left(&db), "{threads} threads");
            // With two, there is no room for the thread that opens a connection.
            if threads > 2 {
                assert!(message.contains("--jobs"), "{message}");
                let said = if deleted == 0 { "nothing was deleted" } else { "is committed" };
                assert!(message.ends_with(said), "{deleted}: {message}");
            }
        }
        // Threads of the table before may still be ending.
        let outcome = user.iamctl(&db, &line, 2 * enough).ends_with(0);
        assert_eq!((left(&db), audited(&db)), (0, 400), "{outcome:#?}");
    }
}

/// The limit is lowered while the first of the tables is purged: a lock keeps its last row.
#[test]
fn rows_deleted_before_a_thread_could_not_start_are_reported() {
    let Some(user) = Unprivileged::new() else { return };
    for (jobs, format) in [(2, "json"), (16, "json"), (2, "csv"), (1, "table")] {
        let db = Db::new();
        db.user("alice");
        expired_codes(&db, 100);
        let mut holder = db.session(
            "begin; select from verification_codes order by expires_at desc limit 1 for update",
        );
        let line = format!("purge --jobs {jobs} --batch-size 10 --lock-timeout 0s -o {format}");
        let purge = user.iamctl(&db, &line, 100).start();
        db.wait_until(
            "exists (select from pg_stat_activity where datname = current_database()
                     and wait_event_type = 'Lock')",
        );
        user.limit(purge.pid(), 1);
        holder.batch_execute("rollback").unwrap();
        let outcome = purge.ends_with(1);
        let message = fails_for_want_of_a_thread(&outcome);
        assert!(
            message.trim_end().ends_with("the deletion of 100 expired rows is committed"),
            "{message}"
        );
        let left = TABLES.map(|table| db.sql(&format!("select count(*) from {table}")));
        assert_eq!(left, ["0", "100"]);
        assert_eq!(audited(&db), 100);
        if format == "json" {
            assert_eq!(reported(&outcome), 100);
            let reports = outcome.json();
            assert_eq!(reports[0]["complete"], true, "{reports:#}");
            assert_eq!(reports[1]["deleted"], 0, "{reports:#}");
            assert_eq!(reports[1]["complete"], false, "{reports:#}");
        } else {
            assert!(outcome.stdout.contains("100"), "{outcome:#?}");
        }
    }
}

#[test]
fn other_commands_without_their_threads_fail_and_change_nothing() {
    let Some(user) = Unprivileged::new() else { return };
    for line in [
        "user list",
        "user show alice",
        "user block alice --yes",
        "user create bob --email bob@example.org",
        "token issue --user alice --name ci",
        "session revoke --everyone --yes",
        "audit list",
        "db status",
        "db check",
        "doctor",
    ] {
        let db = Db::new();
        db.user("alice");
        let before = (db.rows(), db.audit());
        for format in ["-o json", "-o jsonl", "-o csv", "-q"] {
            let line = format!("{line} {format}");
            // Without a thread for signals, and without one that looks up the name of a host.
            let unwatched = user.iamctl(&db, &line, 1);
            let by_name = "postgresql://postgres@localhost/postgres";
            let by_name = user.iamctl(&db, &line, 2).env("DATABASE_URL", by_name);
            for run in [unwatched, by_name] {
                fails_for_want_of_a_thread(&run.fails(1));
            }
        }
        assert_eq!((db.rows(), db.audit()), before, "{line}");
        // `doctor` and others open a second connection, still without a further thread.
        user.iamctl(&db, line, 2).ok();
    }
}
