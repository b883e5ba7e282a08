//! The connection is lost at each message of each changing command, in every way: the change is made with its audit
//! rows or is not made, and the exit code says which.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::proxy::{Loss, Proxy};
use crate::support::{Db, Outcome, Run, directory, server};

/// What the message says where only the audit log knows.
const UNKNOWN: &str = "look whether the change was made before you repeat it";

/// A command, and the exit codes of its repetition, which may find the change made.
struct Case {
    line: &'static str,
    input: &'static str,
    again: &'static [i32],
}

const fn case(line: &'static str, again: &'static [i32]) -> Case {
    Case { line, input: "", again }
}

const CASES: [Case; 17] = [
    case("user create zoe --email zoe@example.org", &[0, 4]),
    case("token issue --user alice --name new --write-to {dir}/new", &[0, 2, 4, 5]),
    case("user block alice --revoke-sessions --revoke-tokens --yes", &[0]),
    case("user rename bob bobby --yes", &[0, 3]),
    case("user offboard alice --hand-over-to bob --yes", &[0]),
    case("user offboard alice --rotate-into {dir} --hand-over-to bob --yes", &[0]),
    case("user erase alice --force --yes", &[0, 3]),
    case("user erase --deleted-for 1d --yes", &[0]),
    Case {
        line: "user import - --format csv --yes",
        input: "username,email\nyuri,yuri@example.org\nxena,xena@example.org\n",
        again: &[0, 4],
    },
    case("token rotate --user alice --name ci --write-to {dir}/ci --yes", &[0, 2, 5]),
    case("token revoke --user alice --name ci --yes", &[0]),
    case("owner add 00000000-0000-4000-8000-00000000000a carol --yes", &[0]),
    case("owner delete 00000000-0000-4000-8000-00000000000b --yes", &[0, 3]),
    case("code issue authorization --user bob", &[0]),
    case("session revoke --all --user alice --yes", &[0]),
    case("purge", &[0]),
    case("db revert --yes", &[0]),
];

/// A database with something for each of the commands.
fn filled() -> Db {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    db.iamctl("token issue --user alice --name ci").ok();
    db.iamctl("token issue --user bob --name deploy").ok();
    db.iamctl("user create gone --email gone@example.org").ok();
    db.iamctl("user delete gone --yes").ok();
    db.sql(
        "update users set deleted_at = now() - interval '2 days' where deleted;
         insert into api_token_owners
         select ('00000000-0000-4000-8000-00000000000' || letter)::uuid, id
         from users, unnest('{a,b}'::text[]) letter where username <> 'carol' and not deleted;
         insert into refresh_tokens
         select id, now() at time zone 'utc', (now() + age) at time zone 'utc', rpad(age::text, 44, 'x')
         from users, unnest('{1 day, -9 days}'::interval[]) age where username = 'alice';
         insert into verification_codes
         select id, now(), now() + age, rpad(age::text, 44, 'x')
         from users, unnest('{1 day, -9 days}'::interval[]) age where username = 'alice'",
    );
    db
}

/// Loses the connection once at each message that the command sends. Returns how often.
fn lose_each(base: &Db, case: &Case, losses: &[Loss]) -> usize {
    let (db, files) = (base.copy(), directory());
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    run(case, &proxy.url(&db.name), &files).ok();
    // How many messages there are differs a little from run to run.
    let messages = proxy.sent() + 2;
    for nth in 1..=messages {
        for loss in losses {
            lose(base, case, nth, *loss);
        }
    }
    messages * losses.len()
}

fn run(case: &Case, url: &str, files: &tempfile::TempDir) -> Run {
    let line = case.line.replace("{dir}", files.path().to_str().unwrap());
    let limits = "--statement-timeout 1s --connect-timeout 3s";
    Run::new(url, &format!("{line} {limits}")).input(case.input)
}

fn lose(base: &Db, case: &Case, nth: usize, loss: Loss) {
    let (db, files) = (base.copy(), directory());
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.lose_at(nth, loss, &db.name);
    let before = (db.rows(), changes(&db));
    let begun = Instant::now();
    let outcome = run(case, &proxy.url(&db.name), &files).run();
    let took = begun.elapsed();
    drop(proxy);
    let seen = format!("{} message {nth} {loss:?} in {took:?}: {outcome:#?}", case.line);
    assert!(took < Duration::from_secs(15), "{seen}");
    wait_until_free(&db, &seen);

    let after = (db.rows(), changes(&db));
    let has_audit = after.1 != before.1;
    // Reverting a migration changes none of these rows.
    if !case.line.starts_with("db") {
        assert_eq!(after.0 != before.0, has_audit, "the rows and the audit log differ: {seen}");
    }
    match outcome.code {
        0 => assert!(has_audit, "{seen}"),
        6 if outcome.stderr.contains("nothing was changed") => assert!(!has_audit, "{seen}"),
        6 => {}
        code => panic!("{code}: {seen}"),
    }
    if case.line.contains("{dir}") {
        check_files(&outcome, has_audit, &files, &seen);
    }
    let again = run(case, &db.url(), &files).run();
    assert!(case.again.contains(&again.code), "then {again:#?} after {seen}");
}

/// The number of audit rows.
fn changes(db: &Db) -> String {
    db.sql("select count(*) from admin_audit_log")
}

/// A secret's file is there if and only if the secret is, or the message says that it may be.
fn check_files(outcome: &Outcome, is_changed: bool, files: &tempfile::TempDir, seen: &str) {
    let found = fs::read_dir(files.path()).unwrap().count();
    if outcome.stderr.contains(UNKNOWN) {
        assert!(outcome.stderr.contains("the new secret"), "{seen}");
    } else {
        assert_eq!(found > 0, is_changed, "{found} files: {seen}");
    }
}

/// Five seconds after the command, it holds no lock.
fn wait_until_free(db: &Db, seen: &str) {
    let begun = Instant::now();
    let busy = "select count(*) from pg_stat_activity
                where datname = current_database() and application_name = 'iamctl'";
    while db.sql(busy) != "0" {
        assert!(begun.elapsed() < Duration::from_secs(5), "still connected: {seen}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Runs the cases on two threads. Returns how many points there were.
fn all(cases: &'static [Case], losses: &'static [Loss]) {
    let base = &filled();
    thread::scope(|scope| {
        for half in [0, 1] {
            scope.spawn(move || {
                for case in cases.iter().skip(half).step_by(2) {
                    let points = lose_each(base, case, losses);
                    eprintln!("{points} of {points} points: {}", case.line);
                }
            });
        }
    });
}

#[test]
fn a_change_is_made_or_not_wherever_its_connection_is_lost() {
    all(&CASES[..3], &[Loss::Before, Loss::After]);
}

#[test]
#[ignore = "takes ten minutes; see CONTRIBUTING.md"]
fn every_change_is_made_or_not_wherever_its_connection_is_lost() {
    all(&CASES, &Loss::SOON);
}

#[test]
#[ignore = "takes half an hour; see CONTRIBUTING.md"]
fn every_change_is_made_or_not_wherever_its_connection_stalls() {
    all(&CASES, &Loss::STALLS);
}

/// The server commits, and its answer is lost: the audit log shows that the change was made.
#[test]
fn a_lost_answer_to_commit_is_found_out() {
    let db = Db::new();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    // Startup, Diesel's two statements, BEGIN, the insert, COMMIT.
    proxy.lose_at(6, Loss::After, &db.name);
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
        proxy.lose_at(6, loss, &db.name);
        Run::new(&proxy.url(&db.name), line)
            .fails(6)
            .says("during COMMIT, and the server rolled the transaction back; nothing was changed");
        assert_eq!(db.rows(), [""; 0]);
    }
}

/// The network forgets the connection: the server waits for a client that is gone, and holds its locks.
#[test]
fn a_session_that_waits_for_a_lost_commit_is_ended() {
    let db = Db::new();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.lose_at(6, Loss::StallBefore, &db.name);
    let line = "user create bob --email bob@example.org --statement-timeout 1s";
    Run::new(&proxy.url(&db.name), line)
        .fails(6)
        .says("the server stopped answering during COMMIT, and the server rolled");
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
    proxy.lose_at(6, Loss::After, &db.name);
    let url = proxy.url(&db.name).replace("user=postgres", &format!("user={role}"));
    let outcome = Run::new(&url, "user create bob --email bob@example.org").fails(6);
    let outcome = outcome.says(UNKNOWN).says("`iamctl audit list --change ");
    assert!(!outcome.stderr.contains("nothing was changed"), "{outcome:#?}");
    assert_eq!(db.sql("select username from users"), "bob");
}
