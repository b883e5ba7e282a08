//! A connection that is cut: the error of `db migrate`, `db adopt` and `db revert` says what is committed, and
//! what may be.

use std::time::Duration;

use super::foreign;
use crate::support::proxy::Proxy;
use crate::support::{Db, Outcome, Run, server};

/// Runs the command with the connection cut before each of its messages in turn, from the last one on, until
/// it was cut so often. How many messages there are differs a little from run to run.
fn cut_near_the_end(line: &str, new: impl Fn() -> Db, check: impl Fn(&Db, &Outcome)) {
    const TIMES: usize = 12;
    let (whole, proxy) = (new(), Proxy::start(server().directory(), Duration::ZERO));
    Run::new(&proxy.url(&whole.name), line).ok();
    let mut cuts = 0;
    for nth in (1..=proxy.sent()).rev() {
        let (db, proxy) = (new(), Proxy::start(server().directory(), Duration::ZERO));
        proxy.cut_at(nth);
        let outcome = Run::new(&proxy.url(&db.name), line).run();
        if outcome.code == 0 {
            db.iamctl("db status").ok();
            assert_eq!(applied(&db), applied(&whole), "{nth}");
            continue;
        }
        assert_eq!(outcome.code, 6, "{nth}: {outcome:#?}");
        check(&db, &outcome);
        cuts += 1;
        if cuts == TIMES {
            return;
        }
    }
    panic!("{line} was cut {cuts} times");
}

fn applied(db: &Db) -> Vec<String> {
    if db.sql("select to_regclass('__diesel_schema_migrations') is null") == "t" {
        return Vec::new();
    }
    let versions = db.sql("select version from __diesel_schema_migrations order by 1");
    versions.lines().map(str::to_owned).collect()
}

#[test]
fn a_migration_that_is_cut_off_says_what_is_applied() {
    cut_near_the_end("db migrate", Db::bare, |db, outcome| {
        let applied = applied(db);
        let is_named = |version: &String| outcome.stderr.contains(version.as_str());
        assert!(applied.iter().all(is_named), "{applied:?}: {outcome:#?}");
        match applied.len() {
            0 => assert!(!outcome.stderr.contains("committed"), "{outcome:#?}"),
            1 => assert!(outcome.stderr.contains("is committed"), "{outcome:#?}"),
            _ => assert!(outcome.stderr.contains("are committed"), "{outcome:#?}"),
        }
        // The proxy cuts before the server sees COMMIT.
        if outcome.stderr.contains("during COMMIT") {
            assert!(outcome.stderr.contains("may be applied: `iamctl db status`"), "{outcome:#?}");
        }
    });
}

/// The server commits, and the connection is cut before its answer.
#[test]
fn a_migration_whose_commit_gets_no_answer_may_be_applied() {
    let db = Db::bare();
    db.iamctl("db migrate").ok();
    db.iamctl("db revert --yes").ok();
    // Ends the session in the middle of the last COMMIT, after it has written the note of the migration.
    db.sql(
        "create function cut() returns trigger language plpgsql as
         $$begin perform pg_terminate_backend(pg_backend_pid()); return null; end$$;
         create constraint trigger cut after insert on __diesel_schema_migrations
         deferrable initially deferred for each row execute function cut()",
    );
    let missing = "20261128000001";
    db.iamctl("db migrate")
        .fails(6)
        .says("during COMMIT")
        .says(&format!("migration {missing} may be applied: `iamctl db status` shows it"));
    assert!(!applied(&db).contains(&missing.to_owned()));
}

#[test]
fn an_adoption_that_is_cut_off_says_how_far_it_came() {
    cut_near_the_end(
        "db adopt --yes",
        || foreign(""),
        |db, outcome| {
            let steps = db.sql(
            "select case when to_regclass('admin_audit_log') is null then 'none' else 'some' end",
        );
            let is_adopted = applied(db).iter().any(|version| version == "20261124000001");
            assert_eq!(
                is_adopted,
                outcome.stderr.contains("the tables are adopted"),
                "{is_adopted}: {outcome:#?}"
            );
            if steps == "some" && !is_adopted {
                assert!(
                    outcome.stderr.contains("`iamctl db adopt` continues from there"),
                    "{outcome:#?}"
                );
            }
        },
    );
}
