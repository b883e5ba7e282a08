//! What a purge reports as deleted outlasts a crash of the server, though not every COMMIT waits for the
//! disk.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::{Walk, over_both_walks};
use crate::support::Run;
use crate::support::server::Server;

over_both_walks!(
    rows_that_are_reported_as_deleted_do_not_come_back,
    nor_do_those_that_an_interrupted_run_reports,
    a_run_that_loses_the_server_says_how_many_rows_may_come_back,
    a_run_that_goes_on_after_a_crash_counts_what_is_gone,
);

const CODES: u32 = 600;

struct World {
    server: Server,
}

impl World {
    fn new() -> Self {
        // The WAL writer leaves to the sessions what is to be flushed.
        let server = Server::start(&[
            ("fsync", "off"),
            ("wal_writer_delay", "10s"),
            ("wal_writer_flush_after", "1GB"),
        ]);
        server.sql("postgres", "create database iam");
        let world = Self { server };
        world.iamctl("db migrate").ok();
        world.iamctl("user create alice --email a@x.org --verified").ok();
        world
    }

    fn iamctl(&self, line: &str) -> Run {
        Run::new(&self.server.url("iam"), line)
    }

    fn purge(&self, walk: Walk, options: &str) -> Run {
        self.iamctl(&format!("code purge --walk {} {options}", walk.name()))
    }

    fn fill(&self) {
        self.server.sql(
            "iam",
            &format!(
                "truncate verification_codes;
                 insert into verification_codes
                 select id, now() - interval '2 days', now() - n * interval '1s',
                        encode(sha256(n::text::bytea), 'base64')
                 from users, generate_series(90001, 90000 + {CODES}) n"
            ),
        );
    }

    /// How many codes a purge has deleted, and how many its audit rows say.
    fn deleted(&self, audited_before: u64) -> (u64, u64) {
        let left: u64 = self.count("select count(*) from verification_codes");
        (u64::from(CODES) - left, self.audited() - audited_before)
    }

    fn wait_until_deleted(&self, enough: u64, audited_before: u64) {
        let begun = Instant::now();
        while self.deleted(audited_before).0 < enough {
            assert!(begun.elapsed() < Duration::from_secs(60), "the purge deletes nothing");
        }
    }

    fn audited(&self) -> u64 {
        self.count("select coalesce(sum((details->>'deleted')::int), 0) from admin_audit_log")
    }

    fn count(&self, query: &str) -> u64 {
        self.server.sql("iam", query).parse().unwrap()
    }
}

fn rows_that_are_reported_as_deleted_do_not_come_back(walk: Walk) {
    let world = World::new();
    for (line, code) in [
        ("--batch-size 20 -o json", 0),
        ("--batch-size 20 --jobs 4 -o json", 0),
        ("--batch-size 20 --max-rows 330 -o json", 9),
    ] {
        world.fill();
        let before = world.audited();
        let outcome = world.purge(walk, line).ends_with(code);
        let reported = outcome.json()[0]["deleted"].as_u64().unwrap();
        world.server.crash();
        assert_eq!(world.deleted(before), (reported, reported), "{line}");
    }
}

fn nor_do_those_that_an_interrupted_run_reports(walk: Walk) {
    let world = World::new();
    world.fill();
    let before = world.audited();
    let run = world.purge(walk, "--batch-size 20 --pause 200ms -o json").start();
    world.wait_until_deleted(100, before);
    run.signal(Signal::SIGTERM);
    let outcome = run.ends_with(143).says("expired rows is committed");
    let reported = outcome.json()[0]["deleted"].as_u64().unwrap();
    world.server.crash();
    assert_eq!(world.deleted(before), (reported, reported), "{outcome:?}");
}

/// Where the server crashes in the middle, nothing can be waited for: the report says what may come back.
/// A new connection to the server that was started again knows nothing of what the crash undid.
fn a_run_that_loses_the_server_says_how_many_rows_may_come_back(walk: Walk) {
    for (options, enough, stays_down) in [
        ("--pause 60ms", 200, false),
        ("--pause 4s --wait 30s", 20, false),
        ("--pause 60ms --retry 1", 200, true),
    ] {
        may_come_back(walk, options, enough, stays_down);
    }
}

fn may_come_back(walk: Walk, options: &str, enough: u64, stays_down: bool) {
    let world = World::new();
    world.fill();
    let before = world.audited();
    let run = world.purge(walk, &format!("--batch-size 20 {options} -o json")).start();
    world.wait_until_deleted(enough, before);
    world.server.stop("immediate");
    let outcome = if stays_down {
        let outcome = run.ends_with(6);
        world.server.run();
        outcome
    } else {
        world.server.run();
        run.ends_with(6)
    };
    let reported = outcome.json()[0]["deleted"].as_u64().unwrap();
    let (gone, audited) = world.deleted(before);
    assert_eq!(gone, audited);
    let unsure = outcome
        .stderr
        .split("the last ")
        .nth(1)
        .map_or(0, |rest| rest.split(' ').next().unwrap().parse().unwrap());
    assert!(gone <= reported && reported <= gone + unsure, "{gone} of {reported}: {outcome:#?}");
}

/// Rows that came back are deleted once more, and count once.
fn a_run_that_goes_on_after_a_crash_counts_what_is_gone(walk: Walk) {
    let world = World::new();
    world.fill();
    let before = world.audited();
    let line = "--batch-size 20 --pause 60ms --retry 9 -o json";
    let run = world.purge(walk, line).start();
    world.wait_until_deleted(200, before);
    world.server.crash();
    let outcome = run.ends_with(0).says("trying again in 1 s (1 of 9)");
    assert_eq!(outcome.json()[0]["deleted"], CODES, "{outcome:#?}");
    assert_eq!(outcome.json()[0]["complete"], true);
    world.server.crash();
    assert_eq!(world.deleted(before), (u64::from(CODES), u64::from(CODES)));
}
