//! A streaming standby: commands that only read work on it, and a purge waits for it.

use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use crate::support::server::Server;
use crate::support::{Outcome, Run};

struct Pair {
    primary: Server,
    standby: Server,
}

/// One shared pair, for tests that only read from the standby.
fn pair() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(Pair::new)
}

impl Pair {
    /// A server with a migrated database `iam`, and its standby.
    fn new() -> Self {
        // Commits are synchronous, so that the standby receives each of them.
        let primary = Server::start(&[("fsync", "off")]);
        primary.sql("postgres", "create database iam");
        Run::new(&primary.url("iam"), "db migrate").ok();
        Run::new(&primary.url("iam"), "user create alice --email a@x.org --verified").ok();
        let standby = Server::standby_of(&primary);
        Self { primary, standby }
    }

    /// Waits until the standby has replayed all that the primary has flushed.
    fn catch_up(&self) {
        let written = self.primary.sql("postgres", "select pg_current_wal_flush_lsn()");
        let reached = format!("select pg_last_wal_replay_lsn() >= '{written}'");
        for _ in 0..100 {
            if self.standby.sql("postgres", &reached) == "t" {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the standby does not catch up");
    }

    /// One URL with both servers, the standby first.
    fn url(&self, attributes: &str) -> String {
        let hosts = [&self.standby, &self.primary].map(|it| it.directory().display().to_string());
        format!(
            "postgresql:///iam?host={}&user=postgres&target_session_attrs={attributes}",
            hosts.join(",")
        )
    }
}

#[test]
fn a_standby_allows_reads_and_refuses_changes() {
    let pair = pair();
    pair.catch_up();
    let on_standby = |line: &str| Run::new(&pair.standby.url("iam"), line);
    for line in [
        "user list",
        "user show alice",
        "user export -o csv",
        "token list",
        "session list",
        "code list",
        "code stats",
        "owner list",
        "audit list",
        "db status",
        "db check",
        "doctor",
        "purge --dry-run",
    ] {
        on_standby(line).ok();
    }
    for line in [
        "user create bob --email b@x.org",
        "user block alice --yes",
        "token issue --user alice --name ci",
        "code issue authorization --user alice",
        "user delete alice --dry-run",
    ] {
        on_standby(line).fails(8).says("read-only");
    }
    on_standby("code purge").ends_with(8).says("read-only");
}

#[test]
fn target_session_attrs_selects_the_host() {
    let pair = pair();
    pair.catch_up();
    let users = |outcome: Outcome| outcome.lines().len();
    assert_eq!(users(Run::new(&pair.url("standby"), "user list -o id").ok()), 1);
    Run::new(&pair.url("standby"), "user unblock alice").fails(8);
    Run::new(&pair.url("read-write"), "user unblock alice").ok();
}

#[test]
fn a_purge_waits_while_a_standby_is_too_far_behind() {
    let pair = Pair::new();
    let primary = |sql: &str| pair.primary.sql("iam", sql);
    primary(
        "insert into verification_codes
         select id, '2020-01-01', '2020-01-01', lpad(n::text, 44, 'n')
         from users, generate_series(1, 1000) n",
    );
    pair.catch_up();
    pair.standby.sql("postgres", "select pg_wal_replay_pause()");
    let line = "code purge --walk pages --batch-size 10 --pause 10ms --max-lag 200ms -o json";
    let run = Run::new(&pair.primary.url("iam"), line).start();
    let left = || primary("select count(*) from verification_codes").parse::<u32>().unwrap();
    // The purge continues until the standby is as far behind as allowed, then waits. On a slow machine, the
    // standby may be that far behind before the first batch.
    let mut before = left();
    for _ in 0..50 {
        thread::sleep(Duration::from_millis(400));
        let now = left();
        if now == before && now < 1000 {
            break;
        }
        before = now;
    }
    assert!(before > 0, "the purge does not wait: {before} rows are left");
    pair.standby.sql("postgres", "select pg_wal_replay_resume()");
    let report = run.ends_with(0).json();
    assert_eq!(report[0]["deleted"], 1000);
    assert_eq!(left(), 0);
}

#[test]
fn a_purge_does_not_begin_while_a_standby_is_behind() {
    let pair = Pair::new();
    pair.catch_up();
    pair.standby.sql("postgres", "select pg_wal_replay_pause()");
    pair.primary.sql(
        "iam",
        "insert into verification_codes
         select id, '2020-01-01', '2020-01-01', lpad(n::text, 44, 'n')
         from users, generate_series(1, 1000) n",
    );
    let url = pair.primary.url("iam");
    let purge = |options: &str| {
        Run::new(&url, &format!("code purge --batch-size 10 --max-lag 1m {options} -o json"))
    };
    pair.primary
        .sql("iam", "create role blind login; grant all on all tables in schema public to blind");
    Run::new(&url.replace("user=postgres", "user=blind"), "code purge --max-lag 1m")
        .ends_with(8)
        .says("pg_monitor");
    let report = purge("--max-duration 500ms").ends_with(9).json();
    assert_eq!((&report[0]["deleted"], &report[0]["remaining"]), (&0.into(), &1000.into()));
    pair.standby.sql("postgres", "select pg_wal_replay_resume()");
    let report = purge("--max-rows 10").ends_with(9).json();
    assert_eq!(report[0]["deleted"], 10);
}
