//! SIGINT and SIGTERM: committed work stays, and is reported once.

use std::io::{Read as _, Write as _};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support::Db;

/// The result for this many users does not fit into a pipe.
const MANY: usize = 1000;

fn db_with_many() -> Db {
    let db = Db::new();
    db.sql(&format!(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n, convert_to(md5(n::text), 'utf8'),
                'user' || n || '@example.org'
         from generate_series(1, {MANY}) n"
    ));
    db
}

#[test]
fn a_committed_change_is_reported_even_if_its_result_was_not_printed() {
    let db = db_with_many();
    let ids = db.iamctl("user list --all -o id").ok().stdout;
    let mut child = db
        .iamctl("user block - --yes -o json")
        .command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(ids.as_bytes()).unwrap();
    // The test does not read the result, so iamctl blocks while it writes it.
    db.wait_until(&format!("(select count(*) from users where blocked) = {MANY}"));
    thread::sleep(Duration::from_millis(300));
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(143));
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    let error: serde_json::Value = serde_json::from_str(&stderr).unwrap_or_else(|error| {
        panic!("not one JSON object: {error}: {stderr}");
    });
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.ends_with("the change was made, and is committed"), "{message}");
}

#[test]
fn two_signals_in_a_row_count_as_one() {
    let db = db_with_many();
    db.sql(
        "insert into verification_codes (user_id, created_at, expires_at, code)
         select (select id from users limit 1), now() - interval '1 day', now() - interval '1 hour',
                encode(sha256(n::text::bytea), 'base64')
         from generate_series(1, 50) n",
    );
    let child = db.iamctl("code purge --batch-size 5 --pause 30s -o json").start();
    db.wait_until("(select count(*) from verification_codes) = 45");
    // Like GNU `timeout`, which signals both the process and its group.
    for _ in 0..2 {
        child.signal(Signal::SIGTERM);
        thread::sleep(Duration::from_millis(30));
    }
    let outcome = child.ends_with(143).says("the deletion of 5 expired rows is committed");
    assert_eq!(outcome.json()[0]["deleted"], 5, "the second signal does not cut off the report");
}

#[test]
fn an_interrupted_demo_says_that_its_changes_are_committed() {
    let db = Db::new();
    let demo = db.iamctl("demo").start();
    db.wait_until("exists (select from users)");
    demo.signal(Signal::SIGINT);
    let outcome = demo.ends_with(130).says("are committed");
    assert!(outcome.stdout.contains("$ iamctl user create"), "{outcome:#?}");
}
