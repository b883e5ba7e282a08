//! Nothing but candidates is printed, soon, and a variable that is inherited ends no other work.

use std::fs;
use std::time::{Duration, Instant};

use super::{answer_in_time, values};
use crate::support::proxy::Proxy;
use crate::support::{Db, Run, directory, server};

/// 300 ms on an idle machine; tests run side by side.
const LIMIT: Duration = Duration::from_secs(1);

#[test]
fn a_purge_purges_whatever_completion_its_variables_ask_for() {
    for (name, shell) in [
        ("COMPLETE", "bash"),
        ("COMPLETE", "zsh"),
        ("IAMCTL_COMPLETE", "bash"),
        ("IAMCTL_COMPLETE", "zsh"),
        ("IAMCTL_COMPLETE", "fish"),
        ("_IAMCTL_COMPLETE", "bash"),
    ] {
        let db = Db::new();
        db.user("alice");
        db.sql(
            "insert into verification_codes
             select id, now() - interval '3 days', now() - interval '3 days', repeat('a', 43) || '='
             from users",
        );
        let report = db.iamctl("purge").env(name, shell).json();
        assert!(report.to_string().contains("\"deleted\":1"), "{name}={shell}: {report}");
        assert_eq!(db.sql("select count(*) from verification_codes").trim(), "0", "{name}={shell}");
    }
}

/// From each message on that connecting and asking send.
#[test]
fn a_server_that_does_not_answer_is_not_waited_for() {
    let db = Db::new();
    db.user("alice");
    let mut answered = false;
    for nth in 1..20 {
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.stall_at(nth);
        let run = Run::new(&proxy.url(&db.name), "");
        let begun = Instant::now();
        answer_in_time(run, &["user", "show", "al"]);
        assert!(begun.elapsed() < LIMIT, "{nth}: {:?}", begun.elapsed());
        if !proxy.is_stalled() {
            answered = true;
            break;
        }
    }
    assert!(answered);
}

#[test]
fn a_database_that_is_far_away_is_waited_for_on_demand() {
    let db = Db::new();
    db.user("alice");
    let proxy = Proxy::start(server().directory(), Duration::from_millis(60));
    let run = || Run::new(&proxy.url(&db.name), "");
    for wait in ["", "250ms", "soon", "-1s"] {
        let run = run().env("IAMCTL_COMPLETE_WAIT", wait);
        assert_eq!(answer_in_time(run, &["user", "show", "al"]), "", "{wait}");
    }
    assert_eq!(values(run(), &["user", "show", "al"]), ["alice"]);
}

#[test]
fn a_lock_is_not_waited_for() {
    let db = Db::new();
    db.user("alice");
    let _locked = db.session("begin; lock table users");
    let begun = Instant::now();
    assert_eq!(answer_in_time(db.iamctl(""), &["user", "show", "al"]), "");
    assert!(begun.elapsed() < LIMIT, "{:?}", begun.elapsed());
}

#[test]
fn a_database_that_cannot_be_used_leaves_commands_and_options() {
    let bare = Db::bare();
    let role = Db::new().role("nothing");
    let unusable = [
        Run::without_database(""),
        Run::new("postgresql://127.0.0.1:1/x", ""),
        Run::new("postgresql://name.invalid/x", ""),
        Run::new("not a url", ""),
        Run::without_database("").env("DATABASE_URL_FILE", "/nonexistent"),
        bare.iamctl(""),
        Run::new(&bare.url_as("no_such_role"), ""),
        Run::new(&Db::new().url_as(&role), ""),
    ];
    for run in unusable {
        let begun = Instant::now();
        let answer = answer_in_time(run, &["user", "show", ""]);
        assert!(begun.elapsed() < LIMIT, "{:?}", begun.elapsed());
        assert!(answer.starts_with("values\n--"), "{answer}");
    }
}

/// What libpq and the server write to standard error, too.
#[test]
fn a_warning_of_the_server_is_not_shown() {
    let db = Db::new();
    db.user("alice");
    db.sql(&format!(
        "alter database {name} set client_min_messages = 'debug5';
         alter database {name} set log_statement = 'all'",
        name = db.name
    ));
    assert_eq!(values(db.iamctl(""), &["user", "show", "al"]), ["alice"]);
}

#[test]
fn the_database_is_that_of_the_line() {
    let (here, there) = (Db::new(), Db::new());
    here.user("alice-here");
    there.user("alice-there");
    let url = there.url();
    let with_sign = format!("--database-url={url}");
    for (words, name) in [
        (&["user", "show", "al"][..], "alice-here"),
        (&["--database-url", &url, "user", "show", "al"], "alice-there"),
        (&["user", "show", &with_sign, "al"], "alice-there"),
        (&["--database-url", "$THERE", "user", "show", "al"], "alice-there"),
        (&["--database-url=${THERE}", "user", "show", "al"], "alice-there"),
    ] {
        assert_eq!(values(here.iamctl("").env("THERE", &url), words), [name], "{words:?}");
    }
    // A variable that only the shell knows is no reason to look elsewhere.
    for url in ["$ELSEWHERE", "$(cat url)", ""] {
        let words = ["--database-url", url, "user", "show", "al"];
        assert!(values(here.iamctl(""), &words).is_empty(), "{url}");
    }
}

#[test]
fn the_private_server_is_not_started() {
    let home = directory();
    let run = || Run::without_database("").env("XDG_DATA_HOME", home.path());
    assert!(values(run(), &["--local", "user", "show", ""]).is_empty());
    assert!(values(run().env("DATABASE_URL", "local:"), &["user", "show", ""]).is_empty());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
