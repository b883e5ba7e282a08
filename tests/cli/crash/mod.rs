//! Every changing command, cut off at each point: the change is made with its audit rows, or is not made, and nothing
//! says otherwise. A part runs with the other tests; CONTRIBUTING.md says how to run all of it.

mod connections;
mod kills;

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Db, Outcome, Run, directory};

/// A changing command, and the exit codes of its repetition, which may find the change made.
struct Case {
    /// What is run before it, with success.
    first: Option<&'static str>,
    line: &'static str,
    input: &'static str,
    again: &'static [i32],
}

const fn case(line: &'static str, again: &'static [i32]) -> Case {
    Case { first: None, line, input: "", again }
}

/// `db adopt` is cut off in `database/cut_off.rs`.
const CASES: [Case; 19] = [
    case("user create zoe --email zoe@example.org", &[0, 4]),
    case("token issue --user alice --name new --write-to {dir}/new", &[0, 2, 4, 5]),
    case("user block alice --revoke-sessions --revoke-tokens --yes", &[0]),
    case("user rename bob bobby --yes", &[0, 3]),
    case("user offboard alice --hand-over-to bob --yes", &[0]),
    case("user offboard alice --rotate-into {dir} --hand-over-to bob --yes", &[0]),
    case("user erase alice --force --yes", &[0, 3]),
    case("user erase --deleted-for 1d --yes", &[0]),
    Case {
        first: None,
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
    case("purge --walk pages", &[0]),
    case("db revert --yes", &[0]),
    Case { first: Some("db revert --yes"), ..case("db migrate", &[0]) },
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

fn run(case: &Case, url: &str, files: &tempfile::TempDir) -> Run {
    let line = case.line.replace("{dir}", files.path().to_str().unwrap());
    let limits = "--statement-timeout 1s --connect-timeout 3s";
    Run::new(url, &format!("{line} {limits}")).input(case.input)
}

/// The number of audit rows.
fn changes(db: &Db) -> String {
    db.sql("select count(*) from admin_audit_log")
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

/// Runs the cases on two threads. `each` returns how many points there were.
#[expect(clippy::print_stderr, reason = "the figures of a run that takes minutes")]
fn on_two_threads(cases: &'static [Case], each: impl Fn(&Db, &Case) -> usize + Copy + Send) {
    let base = &filled();
    thread::scope(|scope| {
        for half in [0, 1] {
            scope.spawn(move || {
                for case in cases.iter().skip(half).step_by(2) {
                    let points = each(base, case);
                    eprintln!("{points} of {points} points: {}", case.line);
                }
            });
        }
    });
}

/// The database of one point, and what it has before.
struct Point {
    db: Db,
    files: tempfile::TempDir,
    before: (Vec<String>, String),
}

impl Point {
    fn new(base: &Db, case: &Case) -> Self {
        let db = base.copy();
        if let Some(first) = case.first {
            db.iamctl(first).ok();
        }
        let before = (db.rows(), changes(&db));
        Self { db, files: directory(), before }
    }

    /// Whether the change was made. The rows and their audit rows are, or neither.
    fn is_changed(&self, case: &Case, seen: &str) -> bool {
        wait_until_free(&self.db, seen);
        let after = (self.db.rows(), changes(&self.db));
        let has_audit = after.1 != self.before.1;
        // Migrations change none of these rows.
        if !case.line.starts_with("db") {
            assert_eq!(
                after.0 != self.before.0,
                has_audit,
                "the rows and the audit log differ: {seen}"
            );
        }
        has_audit
    }

    /// The names of the files.
    fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.files.path()).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Runs the command once more.
    fn again(&self, case: &Case, seen: &str) -> Outcome {
        let again = run(case, &self.db.url(), &self.files).run();
        assert!(case.again.contains(&again.code), "then {again:#?} after {seen}");
        again
    }
}
