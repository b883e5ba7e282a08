//! A server or a pooler that accepts and does not answer: every command ends (docs/behaviour.md,
//! Database).

use std::thread;
use std::time::{Duration, Instant};

use crate::support::proxy::Proxy;
use crate::support::{Db, Run, server};

/// With `--statement-timeout 1s`: the timeout, five seconds, and some for a busy machine.
const LONGEST: Duration = Duration::from_secs(12);

/// alice with a token, in a database of its own.
fn alice() -> Db {
    let db = Db::new();
    db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db
}

/// Runs the line once for each time that it sends something, with a server that does not answer from
/// then on: exit code 6, and nothing is changed. Returns how many times those are.
#[track_caller]
fn stalls(line: &str) -> usize {
    const MOST: usize = 20;
    let codes: Vec<i32> = thread::scope(|scope| {
        let runs: Vec<_> = (1..=MOST)
            .map(|nth| {
                scope.spawn(move || {
                    let db = alice();
                    let before = (db.rows(), db.audit());
                    let proxy = Proxy::start(server().directory(), Duration::ZERO);
                    proxy.stall_at(nth);
                    let begun = Instant::now();
                    let limits = "--statement-timeout 1s --connect-timeout 2s";
                    let outcome = Run::new(&proxy.url(&db.name), &format!("{line} {limits}")).run();
                    assert!(begun.elapsed() < LONGEST, "{nth}: {outcome:#?}");
                    drop(proxy);
                    if outcome.code != 0 {
                        assert_eq!((db.rows(), db.audit()), before, "{nth}: {outcome:#?}");
                    }
                    outcome.code
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let stalled = codes.iter().filter(|code| **code != 0).count();
    assert!(codes[..stalled].iter().all(|code| *code == 6), "{line}: {codes:?}");
    assert!(codes[stalled..].iter().all(|code| *code == 0), "{line}: {codes:?}");
    stalled
}

#[test]
fn a_change_ends_wherever_the_server_stops_answering() {
    for line in [
        "user create bob --email bob@example.org",
        "user block alice --revoke-sessions --revoke-tokens --yes",
        "token rotate --user alice --name ci --yes",
    ] {
        assert!((5..20).contains(&stalls(line)), "{line}");
    }
}

#[test]
fn reading_ends_wherever_the_server_stops_answering() {
    for line in ["user show alice", "db status", "user list", "audit list --limit 5"] {
        assert!((4..20).contains(&stalls(line)), "{line}");
    }
}

/// It asks more often than the test stalls, and opens a second connection.
#[test]
fn doctor_ends_wherever_the_server_stops_answering() {
    assert!(stalls("doctor") >= 20);
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
    assert!(outcome.stderr.contains("during COMMIT"), "{outcome:#?}");
    drop(proxy);
    assert_eq!(db.rows(), [""; 0]);
}

/// The time for connecting is that of each host.
#[test]
fn the_next_host_is_tried_where_one_does_not_answer() {
    let db = alice();
    let stalled = Proxy::start(server().directory(), Duration::ZERO);
    stalled.stall_at(1);
    let hosts = format!(
        "postgresql:///{}?host={},{}&user=postgres",
        db.name,
        stalled.directory().display(),
        server().directory().display()
    );
    let begun = Instant::now();
    Run::new(&hosts, "user show alice --connect-timeout 2s").ok();
    assert!(begun.elapsed() < LONGEST);
}
