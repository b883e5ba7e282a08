//! The connection is lost at each message of each changing command, in every way: the change is made with its audit
//! rows or is not made, and the exit code says which.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::{CASES, Case, Point, filled, on_two_threads, run, wait_until_free};
use crate::support::proxy::{Loss, NEXT_COMMIT, Proxy};
use crate::support::{Db, Run, server};

/// What the message says where only the audit log knows.
const UNKNOWN: &str = "it is not known whether the change was made";

/// Loses the connection once at each message that the command sends. Returns how often.
fn lose_each(base: &Db, case: &Case, losses: &[Loss]) -> usize {
    let messages = messages(base, case);
    for nth in 1..=messages {
        for loss in losses {
            lose(base, case, nth, *loss, end_sessions);
        }
    }
    messages * losses.len()
}

/// Locked while the server restarts, for which the program does not wait.
static RESTARTING: Mutex<()> = Mutex::new(());

/// Restarts the server once at each message. Returns how often.
fn restart_at_each(base: &Db, case: &Case, mode: &'static str) -> usize {
    let messages = messages(base, case);
    for nth in 1..=messages {
        lose(base, case, nth, Loss::Ended, |_| {
            move || {
                let _restarting = RESTARTING.lock().unwrap();
                server().restart(mode);
            }
        });
    }
    messages
}

/// How many messages the command sends, and some more: that differs a little from run to run.
fn messages(base: &Db, case: &Case) -> usize {
    let point = Point::new(base, case);
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    run(case, &proxy.url(&point.db.name), &point.files).ok();
    proxy.sent() + 2
}

/// Ends the sessions of the program.
fn end_sessions(db: &Db) -> impl Fn() + Send + use<> {
    let sql = format!(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where application_name = 'iamctl' and datname = '{}'",
        db.name
    );
    move || _ = server().sql("postgres", &sql)
}

/// `end` makes what ends the session of the program, where the loss is `Ended`.
fn lose<E: Fn() + Send + 'static>(
    base: &Db,
    case: &Case,
    nth: usize,
    loss: Loss,
    end: impl Fn(&Db) -> E,
) {
    let point = Point::new(base, case);
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.lose_at(nth, loss, end(&point.db));
    let begun = Instant::now();
    let outcome = run(case, &proxy.url(&point.db.name), &point.files).run();
    let took = begun.elapsed();
    drop(proxy);
    drop(RESTARTING.lock().unwrap());
    let seen = format!("{} message {nth} {loss:?} in {took:?}: {outcome:#?}", case.line);
    assert!(took < Duration::from_secs(15), "{seen}");
    let is_changed = point.is_changed(case, &seen);
    match outcome.code {
        0 => assert!(is_changed, "{seen}"),
        6 if outcome.stderr.contains("nothing was changed") => assert!(!is_changed, "{seen}"),
        // A purge does not look, and a migration may change the log itself.
        6 if outcome.stderr.contains(UNKNOWN) => {
            let unknown = ["purge", "db migrate", "db revert"];
            assert!(unknown.iter().any(|command| case.line.starts_with(command)), "{seen}");
        }
        6 => assert!(!is_changed || outcome.stderr.contains("committed"), "{seen}"),
        code => panic!("{code}: {seen}"),
    }
    if case.line.contains("{dir}") {
        // A secret's file is there if and only if the secret is, or the message says that it may be.
        if outcome.stderr.contains(UNKNOWN) {
            assert!(outcome.stderr.contains("the new secret"), "{seen}");
        } else {
            assert_eq!(!point.files().is_empty(), is_changed, "{seen}");
        }
    }
    point.again(case, &seen);
}

#[test]
fn a_change_is_made_or_not_wherever_its_connection_is_lost() {
    on_two_threads(&CASES[..3], |base, case| lose_each(base, case, &[Loss::Before, Loss::After]));
}

#[test]
#[ignore = "takes ten minutes; see CONTRIBUTING.md"]
fn every_change_is_made_or_not_wherever_its_connection_is_lost() {
    on_two_threads(&CASES, |base, case| lose_each(base, case, &Loss::SOON));
}

#[test]
#[ignore = "takes half an hour; see CONTRIBUTING.md"]
fn every_change_is_made_or_not_wherever_its_connection_stalls() {
    on_two_threads(&CASES, |base, case| lose_each(base, case, &Loss::STALLS));
}

#[test]
#[expect(clippy::print_stderr, reason = "the figures of a run that takes minutes")]
#[ignore = "takes ten minutes, and restarts the server of all tests; see CONTRIBUTING.md"]
fn every_change_is_made_or_not_wherever_its_server_restarts() {
    // The server of the tests loses what it has just committed.
    for setting in ["alter system set synchronous_commit = on", "select pg_reload_conf()"] {
        server().sql("postgres", setting);
    }
    let base = filled();
    for case in &CASES {
        for mode in ["fast", "immediate"] {
            let points = restart_at_each(&base, case, mode);
            eprintln!("{points} of {points} points, {mode}: {}", case.line);
        }
    }
}

/// The server commits, and its answer is lost: the audit log shows that the change was made.
#[test]
fn a_lost_answer_to_commit_is_found_out() {
    let db = Db::new();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    // Startup, Diesel's two statements, BEGIN, the insert, COMMIT.
    proxy.lose_at(6, Loss::After, || ());
    let line = "user create bob --email bob@example.org -o json";
    let outcome = Run::new(&proxy.url(&db.name), line).ok();
    let outcome = outcome.says("the audit log shows that the change was made: `iamctl audit list");
    let change = outcome.json()["change_id"].as_str().unwrap().to_owned();
    let entries = db.iamctl(&format!("audit list --change {change}")).json();
    assert_eq!(entries[0]["action"], "user.create");
    assert_eq!(entries[0]["change_id"], change);

    // The server never sees COMMIT.
    let db = Db::new();
    for loss in [Loss::Before, Loss::Ended] {
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.lose_at(6, loss, end_sessions(&db));
        Run::new(&proxy.url(&db.name), line)
            .fails(6)
            .says("during COMMIT, and the transaction is not there: the server rolled it back")
            .says("nothing was changed");
        assert_eq!(db.rows(), [""; 0]);
    }
}

/// The network forgets the connection: the server waits for a client that is gone, and holds its locks.
#[test]
fn a_session_that_waits_for_a_lost_commit_is_ended() {
    let db = Db::new();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.lose_at(6, Loss::StallBefore, || ());
    let line = "user create bob --email bob@example.org --statement-timeout 1s";
    Run::new(&proxy.url(&db.name), line)
        .fails(6)
        .says("the server stopped answering during COMMIT, and the transaction is not there");
    wait_until_free(&db, "the session was not ended");
    assert_eq!(db.rows(), [""; 0]);
}

/// A role that may not read the log: it is not known.
#[test]
fn where_the_log_cannot_be_read_the_outcome_is_unknown() {
    let db = Db::new();
    let role = db.role("writer");
    db.sql(&format!(
        "grant select, insert on users to {role}; grant select on __diesel_schema_migrations to {role};
         grant insert (actor, sudo_actor, host, action, target, reason, details, program_version)
         on admin_audit_log to {role}"
    ));
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.lose_at(6, Loss::After, || ());
    let url = proxy.url(&db.name).replace("user=postgres", &format!("user={role}"));
    let outcome = Run::new(&url, "user create bob --email bob@example.org").fails(6);
    let outcome = outcome
        .says(UNKNOWN)
        .says("as the role may not read the audit log; `iamctl audit list --change ");
    assert!(!outcome.stderr.contains("nothing was changed"), "{outcome:#?}");
    assert_eq!(db.sql("select username from users"), "bob");
}

/// What BEGIN looks for, such as a schema in which everybody may create, is found before the change begins.
#[test]
fn a_lost_commit_is_found_out_also_where_begin_failed_first() {
    let db = Db::new();
    db.sql("grant create on schema public to public");
    let url = |proxy: &Proxy| proxy.url(&db.name);
    let line = "user create bob --email bob@example.org";
    let counted = Proxy::start(server().directory(), Duration::ZERO);
    Run::new(&url(&counted), &format!("{line} --dry-run")).ok();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.lose_at(counted.sent(), Loss::After, || ());
    Run::new(&url(&proxy), line).ok().says("the audit log shows that the change was made");
    assert_eq!(db.sql("select username from users"), "bob");
}

/// The session ends while a question is open.
#[test]
fn a_lost_commit_is_found_out_also_over_a_connection_that_was_made_anew() {
    let db = Db::new();
    db.user("alice");
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    let mut terminal = Run::new(&proxy.url(&db.name), "user block alice").on_terminal();
    terminal.exp_string("[y/N]").unwrap();
    end_sessions(&db)();
    std::thread::sleep(Duration::from_millis(200));
    proxy.lose_at(NEXT_COMMIT, Loss::After, || ());
    terminal.send_line("y").unwrap();
    terminal.exp_string("the audit log shows that the change was made").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(db.sql("select blocked from users"), "t");
}

/// Nothing was to change: nothing can be lost.
#[test]
fn a_lost_commit_of_nothing_is_success() {
    let db = Db::new();
    db.user("alice");
    db.iamctl("user block alice --yes").ok();
    let line = "user block alice --yes";
    let counted = Proxy::start(server().directory(), Duration::ZERO);
    Run::new(&counted.url(&db.name), line).ok();
    for loss in [Loss::Before, Loss::After] {
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.lose_at(counted.sent(), loss, || ());
        let outcome = Run::new(&proxy.url(&db.name), &format!("{line} -o json")).ok();
        assert_eq!(outcome.json()[0]["changed"], false);
        assert!(!outcome.stderr.contains("COMMIT"), "{outcome:#?}");
    }
}

/// A secret goes out before COMMIT.
#[test]
fn a_printed_secret_whose_commit_was_lost_is_said_to_be_void() {
    let db = Db::new();
    db.user("alice");
    for line in
        ["token issue --user alice --name ci -o id", "code issue authorization --user alice -o id"]
    {
        let copy = db.copy();
        let counted = Proxy::start(server().directory(), Duration::ZERO);
        Run::new(&counted.url(&copy.name), line).ok();
        let proxy = Proxy::start(server().directory(), Duration::ZERO);
        proxy.lose_at(counted.sent(), Loss::Before, || ());
        let copy = db.copy();
        let outcome = Run::new(&proxy.url(&copy.name), line).ends_with(6);
        outcome.says("nothing was changed; the secret that was printed is not valid");
        assert_eq!(copy.rows(), db.rows());
    }
}
