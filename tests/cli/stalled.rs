//! A server or a pooler that accepts and does not answer: every command ends (docs/behaviour.md,
//! Database).

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::pooler::Pooler;
use crate::support::proxy::Proxy;
use crate::support::running::Running;
use crate::support::server::{Server, THROW_AWAY};
use crate::support::{Db, Outcome, Run, server};

/// A statement has the timeout and five seconds, connecting to a host has two.
const LIMITS: &str = "--statement-timeout 1s --connect-timeout 2s";

/// The limits of one request and of the pooler's check, and some for a busy machine.
const LONGEST: Duration = Duration::from_secs(15);

/// Bulk work: six seconds of a request, once or, where the second follows it, twice, and two attempts to connect.
/// That takes 10 s on an idle machine, and took 39 s on one that compiled and ran other servers.
const LONGEST_BULK: Duration = Duration::from_secs(90);

/// alice with a token and expired codes, in a database of its own.
fn alice() -> Db {
    let db = Db::new();
    db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db.sql(EXPIRED_CODES);
    db
}

const EXPIRED_CODES: &str = "insert into verification_codes
    select id, now() - interval '2 days', now() - interval '2 days',
           encode(sha256(n::text::bytea), 'base64')
    from users, generate_series(1, 100) n";

/// Of the times that a command sends something, the first ones: a purge commits its first batch at the 28th, and
/// somewhat later where others change rows.
const MOST: usize = 40;

/// A run that got no answer any more.
struct Stalled<T> {
    db: Db,
    before: T,
    outcome: Outcome,
}

/// Runs the line once for each time that it sends something, with a server that does not answer from
/// then on. Each run ends within `longest`, with exit code 6 until one has nothing more to send. Returns
/// those that stalled.
#[track_caller]
fn stalls<T: Send>(
    line: &str,
    input: &str,
    longest: Duration,
    database: impl Fn() -> (Db, T) + Sync,
) -> Vec<Stalled<T>> {
    let run = |nth: usize| {
        let (db, before) = database();
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.stall_at(nth);
        let begun = Instant::now();
        let run = Run::new(&proxy.url(&db.name), &format!("{line} {LIMITS}")).input(input);
        let outcome = run.run();
        assert!(begun.elapsed() < longest, "{nth}: {:?} {outcome:#?}", begun.elapsed());
        Stalled { db, before, outcome }
    };
    let mut all: Vec<Stalled<T>> = thread::scope(|scope| {
        let runs: Vec<_> = (1..=MOST).map(|nth| scope.spawn(move || run(nth))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let codes: Vec<_> = all.iter().map(|run| run.outcome.code).collect();
    let stalled = codes.iter().filter(|code| **code != 0).count();
    let wrong = all.iter().find(|run| ![0, 6].contains(&run.outcome.code));
    assert!(wrong.is_none(), "{line}: {codes:?} {:#?}", wrong.map(|run| &run.outcome));
    assert!(codes[..stalled].iter().all(|code| *code == 6), "{line}: {codes:?}");
    assert!(codes[stalled..].iter().all(|code| *code == 0), "{line}: {codes:?}");
    all.truncate(stalled);
    all
}

/// Expects that the line ends wherever the server stops answering, and that nothing is changed then.
/// Returns how many times it sends something.
#[track_caller]
fn ends_unchanged(line: &str, input: &str, longest: Duration) -> usize {
    let database = || {
        let db = alice();
        let before = (db.rows(), db.audit());
        (db, before)
    };
    let stalled = stalls(line, input, longest, database);
    for Stalled { db, before, outcome } in &stalled {
        assert_eq!((db.rows(), db.audit()), *before, "{line}: {outcome:#?}");
    }
    stalled.len()
}

#[test]
fn a_change_ends_wherever_the_server_stops_answering() {
    for line in [
        "user create bob --email bob@example.org",
        "user block alice --revoke-sessions --revoke-tokens --yes",
        "token rotate --user alice --name ci --yes",
    ] {
        assert!((5..20).contains(&ends_unchanged(line, "", LONGEST)), "{line}");
    }
}

#[test]
fn reading_ends_wherever_the_server_stops_answering() {
    for line in ["user show alice", "db status", "user list", "audit list --limit 5"] {
        assert!((4..20).contains(&ends_unchanged(line, "", LONGEST)), "{line}");
    }
}

/// The server never sees COMMIT: nothing is changed, and the message says what is not known.
#[test]
fn a_commit_without_an_answer_is_reported() {
    let db = Db::new();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    // Startup, Diesel's two statements, BEGIN, the insert, COMMIT.
    proxy.stall_at(6);
    let line = "user create bob --email bob@example.org --statement-timeout 1s";
    let outcome = Run::new(&proxy.url(&db.name), line).fails(6);
    assert!(outcome.stderr.contains("stopped answering during COMMIT"), "{outcome:#?}");
    drop(proxy);
    assert_eq!(db.rows(), [""; 0]);
}

#[test]
fn bulk_work_ends_wherever_the_server_stops_answering() {
    for (line, input) in [
        ("user import - --format csv", "username,email\nbob,bob@example.org\n"),
        ("user export -o csv", ""),
        ("user list --all", ""),
        ("purge --dry-run", ""),
        ("db check", ""),
    ] {
        let sent = ends_unchanged(line, input, LONGEST_BULK);
        assert!(sent >= 4, "{line}: {sent}");
    }
}

/// Batches that are committed stay, and the message counts them. After a pause, it is looked whether the
/// connection is still there.
#[test]
fn a_purge_ends_wherever_the_server_stops_answering_and_reports_what_is_committed() {
    for line in [
        "code purge --batch-size 50 -o json",
        "code purge --batch-size 50 --pause 150ms -o json",
        "code purge --kind verification --batch-size 50 --walk pages -o json",
    ] {
        let stalled = stalls(line, "", LONGEST_BULK, || (alice(), ()));
        let mut seen = Vec::new();
        for Stalled { db, outcome, .. } in stalled {
            let left: u32 = db.sql("select count(*) from verification_codes").parse().unwrap();
            let audited = db.sql(
                "select coalesce(sum((details->>'deleted')::int), 0) from admin_audit_log
                 where action = 'code.purge'",
            );
            assert_eq!(audited, (100 - left).to_string(), "{outcome:#?}");
            if outcome.stderr.contains("of 50 rows") {
                assert_eq!(left, 50, "{outcome:#?}");
            }
            seen.push(left);
        }
        assert!(seen.contains(&100) && seen.contains(&50), "{line}: {seen:?}");
    }
}

#[test]
fn a_migration_ends_wherever_the_server_stops_answering() {
    let stalled = stalls("db migrate", "", LONGEST_BULK, || (Db::bare(), ()));
    for Stalled { db, .. } in &stalled {
        db.iamctl("db migrate").ok();
        db.iamctl("db check").ok();
    }
    assert_eq!(stalled.len(), MOST, "it sends more");
}

#[test]
fn doctor_ends_wherever_the_server_stops_answering() {
    let stalled = stalls("doctor", "", LONGEST_BULK, || (alice(), ()));
    assert!(stalled.len() > 8, "{}", stalled.len());
}

/// The time for connecting is that of each host, and covers the login and Diesel's first statements.
#[test]
fn the_next_host_is_tried_where_one_does_not_answer() {
    let db = alice();
    for nth in 1..=3 {
        let stalled = Proxy::start(server().directory(), Duration::ZERO);
        stalled.stall_at(nth);
        let (first, second) = (stalled.directory(), server().directory());
        let hosts = format!("{},{}", first.display(), second.display());
        let url = format!("postgresql:///{}?host={hosts}&user=postgres", db.name);
        for run in [
            Run::new(&url, "user show alice"),
            // The run lock and a second worker need connections of their own.
            Run::new(&url, "code purge --jobs 2"),
            Run::without_database("user show alice")
                .env("PGHOST", &hosts)
                .env("PGUSER", "postgres")
                .env("PGDATABASE", &db.name),
        ] {
            let begun = Instant::now();
            run.arg("--connect-timeout").arg("2s").ok();
            assert!(begun.elapsed() < Duration::from_secs(7), "{nth}: {:?}", begun.elapsed());
        }
    }
}

#[test]
fn the_error_names_each_host_that_did_not_answer() {
    let proxies = [1, 2].map(|nth| {
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.stall_at(nth);
        proxy
    });
    let hosts = proxies.each_ref().map(|proxy| proxy.directory().display().to_string());
    let url = format!("postgresql:///postgres?host={},/nonexistent&user=postgres", hosts.join(","));
    let begun = Instant::now();
    let failed = Run::new(&url, "user list --connect-timeout 2s").fails(6);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    for host in [&hosts[0], &hosts[1], "/nonexistent"] {
        assert!(failed.stderr.contains(host), "{host}: {failed:#?}");
    }
    assert!(failed.stderr.contains("--connect-timeout"), "{failed:#?}");
}

/// A server of its own with alice, whose table `users` or codes somebody has locked.
fn locked(table: &str) -> (Server, diesel::PgConnection) {
    use diesel::Connection as _;
    use diesel::connection::SimpleConnection as _;
    let server = Server::start(THROW_AWAY);
    let url = server.url("postgres");
    Run::new(&url, "db migrate").ok();
    Run::new(&url, "user create alice --email alice@example.org").ok();
    server.sql("postgres", EXPIRED_CODES);
    let mut holder = diesel::PgConnection::establish(&url).unwrap();
    holder.batch_execute(&format!("begin; lock table {table}")).unwrap();
    (server, holder)
}

/// Starts the line, which waits for the lock.
fn waiting(server: &Server, url: &str, line: &str) -> Running {
    let running = Run::new(url, &format!("{line} --lock-timeout 0s {LIMITS}")).start();
    let begun = Instant::now();
    let waits = "select count(*) from pg_stat_activity
                 where wait_event_type = 'Lock' and application_name = 'iamctl'";
    while server.sql("postgres", waits) != "1" {
        assert!(begun.elapsed() < Duration::from_secs(20), "{line} does not wait for the lock");
        thread::sleep(Duration::from_millis(50));
    }
    running
}

/// A file with users to import.
fn users_to_import(server: &Server) -> String {
    let file = server.directory().join("users.csv");
    fs::write(&file, "username,email\nbob,bob@example.org\n").unwrap();
    format!("user import {}", file.display())
}

#[test]
fn bulk_work_on_a_frozen_server_ends() {
    for (table, line) in [
        ("verification_codes", "code purge"),
        ("users", "user import"),
        ("users", "user export -o csv"),
        ("users", "user list --all"),
    ] {
        let (server, holder) = locked(table);
        let line = if line == "user import" { users_to_import(&server) } else { line.to_owned() };
        let running = waiting(&server, &server.url("postgres"), &line);
        let frozen = server.freeze();
        let begun = Instant::now();
        let outcome = running.ends_with(6);
        assert!(begun.elapsed() < LONGEST_BULK, "{line}: {:?}", begun.elapsed());
        assert!(outcome.stderr.contains("stopped answering"), "{line}: {outcome:#?}");
        drop((frozen, holder));
        assert_eq!(server.sql("postgres", "select count(*) from users"), "1", "{line}");
        assert_eq!(server.sql("postgres", "select count(*) from verification_codes"), "100");
    }
}

#[test]
fn bulk_work_behind_a_frozen_pooler_ends() {
    let db = alice();
    let pooler = Pooler::start(&db);
    let _holder = db.session("begin; lock table verification_codes");
    let run = Run::new(&pooler.url(), &format!("code purge --lock-timeout 0s {LIMITS}")).start();
    db.wait_until(
        "exists (select from pg_stat_activity where datname = current_database()
                           and wait_event_type = 'Lock')",
    );
    let frozen = pooler.freeze();
    let begun = Instant::now();
    run.ends_with(6).says("stopped answering");
    assert!(begun.elapsed() < LONGEST_BULK, "{:?}", begun.elapsed());
    drop(frozen);
}

/// The statement takes three times as long as the silence after which the server is probed.
#[test]
fn bulk_work_that_takes_long_goes_on_while_the_server_answers() {
    let (server, holder) = locked("verification_codes");
    let running = waiting(&server, &server.url("postgres"), "code purge");
    thread::sleep(Duration::from_secs(18));
    drop(holder);
    running.ends_with(0);
    assert_eq!(server.sql("postgres", "select count(*) from verification_codes"), "0");
}

/// A pooler that is being replaced, or a server that shuts down, goes on serving its connections.
#[test]
fn bulk_work_goes_on_where_new_connections_are_refused() {
    let (server, holder) = locked("verification_codes");
    let proxy = Proxy::start(server.directory(), Duration::ZERO);
    let running = waiting(&server, &proxy.url("postgres"), "code purge");
    fs::remove_file(proxy.directory().join(".s.PGSQL.5432")).unwrap();
    thread::sleep(Duration::from_secs(14));
    drop(holder);
    running.ends_with(0);
    assert_eq!(server.sql("postgres", "select count(*) from verification_codes"), "0");
}

/// As pgpool-II does: it answers everything but COPY in the protocol of prepared statements.
#[test]
fn an_import_ends_behind_a_pooler_that_does_not_pass_copy_on() {
    for options in ["--lock-timeout 1s", "--lock-timeout 2s --on-conflict skip"] {
        let db = Db::new();
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.swallow(b"COPY ");
        let line = format!("user import - --format csv {LIMITS} {options}");
        let begun = Instant::now();
        let failed = Run::new(&proxy.url(&db.name), &line)
            .input("username,email\nbob,bob@example.org\n")
            .fails(6)
            .says("stopped answering")
            .says("nothing was imported; some poolers, such as pgpool-II, do not pass COPY on")
            .says("pg_terminate_backend(");
        // The lock timeout and five seconds.
        assert!(begun.elapsed() < LONGEST, "{:?}: {failed:#?}", begun.elapsed());
        drop(proxy);
        db.wait_until(
            "not exists (select from pg_stat_activity where datname = current_database()
             and application_name = 'iamctl')",
        );
        assert_eq!(db.rows(), [""; 0]);
    }
}

/// A lock without a limit may be waited for as long as the server answers others.
#[test]
fn an_import_waits_for_a_lock_without_a_limit() {
    let (server, holder) = locked("users");
    let line = users_to_import(&server);
    let running = waiting(&server, &server.url("postgres"), &line);
    thread::sleep(Duration::from_secs(14));
    drop(holder);
    running.ends_with(0);
    assert_eq!(server.sql("postgres", "select count(*) from users"), "2");
}

/// Without `/proc` the sockets are not known: the process exits, and reports what it knows.
#[test]
fn a_system_without_proc_needs_a_last_resort() {
    if !Run::can_be_without_proc() {
        // Only root may hide /proc from a program, and not in every container.
        return;
    }
    let db = alice();
    for (line, longest) in [("user block alice --yes", LONGEST), ("code purge", LONGEST_BULK)] {
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        // Startup, Diesel's two statements and BEGIN are answered.
        proxy.stall_at(5);
        let begun = Instant::now();
        let outcome = Run::new(&proxy.url(&db.name), &format!("{line} {LIMITS} -o json"))
            .without_proc()
            .run();
        assert!(begun.elapsed() < longest, "{line}: {:?}", begun.elapsed());
        assert_eq!((outcome.code, outcome.stdout.as_str()), (6, ""), "{line}: {outcome:#?}");
        let error: serde_json::Value = serde_json::from_str(&outcome.stderr).unwrap();
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains("stopped answering"), "{line}: {message}");
    }
    assert_eq!(db.sql("select blocked from users"), "f");
}
