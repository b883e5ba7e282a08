//! SIGINT and SIGTERM: committed work stays, and is reported once.

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support::{Db, Run};

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

/// Starts it with pipes as its standard streams. The test reads them when it likes.
fn unread(run: Run) -> Child {
    let mut command = run.command();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn terminate(child: &Child) {
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
}

/// What a child that has ended has written to standard error.
fn stderr_of(child: &mut Child) -> String {
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    stderr
}

#[test]
fn a_committed_change_is_reported_even_if_its_result_was_not_printed() {
    let db = db_with_many();
    let ids = db.iamctl("user list --all -o id").ok().stdout;
    let mut child = unread(db.iamctl("user block - --yes -o json"));
    child.stdin.take().unwrap().write_all(ids.as_bytes()).unwrap();
    // The test does not read the result, so iamctl blocks while it writes it.
    db.wait_until(&format!("(select count(*) from users where blocked) = {MANY}"));
    thread::sleep(Duration::from_millis(300));
    terminate(&child);
    assert_eq!(child.wait().unwrap().code(), Some(143));
    let stderr = stderr_of(&mut child);
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
    for (walk, left) in [("expiry", 45), ("pages", 40)] {
        let line = format!("code purge --walk {walk} --batch-size 5 --pause 30s -o json");
        let child = db.iamctl(&line).start();
        db.wait_until(&format!("(select count(*) from verification_codes) = {left}"));
        // Like GNU `timeout`, which signals both the process and its group.
        for _ in 0..2 {
            child.signal(Signal::SIGTERM);
            thread::sleep(Duration::from_millis(30));
        }
        let outcome = child.ends_with(143).says("the deletion of 5 expired rows is committed");
        assert_eq!(
            outcome.json()[0]["deleted"],
            5,
            "the second signal does not cut off the report"
        );
    }
}

#[test]
fn an_interrupted_demo_says_that_its_changes_are_committed() {
    let db = Db::new();
    let demo = db.iamctl("demo --yes").start();
    db.wait_until("exists (select from users)");
    demo.signal(Signal::SIGINT);
    let outcome = demo.ends_with(130).says("are committed");
    assert!(outcome.stdout.contains("$ iamctl user create"), "{outcome:#?}");
}

/// Ctrl-D after some characters hands them out without a line break, and the command waits for the rest.
#[test]
fn a_signal_ends_a_prompt_whose_answer_has_begun() {
    let db = Db::new();
    db.user("alice");
    let mut session = db.iamctl("user block alice").on_terminal();
    session.exp_string("[y/N] ").unwrap();
    session.send("y").unwrap();
    session.send_control('d').unwrap();
    session.flush().unwrap();
    thread::sleep(Duration::from_millis(300));
    session.send_control('c').unwrap();
    let shown = session.exp_eof().unwrap();
    assert!(shown.contains("interrupted by SIGINT; nothing was changed"), "{shown:?}");
}

/// Whoever reads the notices stops reading: the command blocks inside its transaction.
#[test]
fn a_signal_ends_a_command_whose_notices_nobody_reads() {
    let db = db_with_many();
    let line = |n| format!("other{n},user{}@example.org\n", n % MANY + 1);
    let users: String = (1..=MANY * 3).map(line).collect();
    let users = format!("username,email\n{users}");
    let mut child = unread(db.iamctl("user import - --format csv --on-conflict skip"));
    child.stdin.take().unwrap().write_all(users.as_bytes()).unwrap();
    db.wait_until(
        "exists (select from pg_stat_activity
                 where application_name = 'iamctl' and datname = current_database()
                   and state = 'idle in transaction' and state_change < now() - interval '1 s')",
    );
    terminate(&child);
    let begun = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(143));
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    db.wait_until(
        "not exists (select from pg_stat_activity
                     where application_name = 'iamctl' and datname = current_database())",
    );
}

/// The error of a command that has failed waits for its reader, too.
#[test]
fn a_signal_ends_a_command_whose_error_nobody_reads() {
    let db = Db::new();
    for line in ["user show nobody", "user show nobody -o json", "user import /nonexistent"] {
        let (_reader, mut full) = std::io::pipe().unwrap();
        fcntl(&full, FcntlArg::F_SETFL(OFlag::O_NONBLOCK)).unwrap();
        while full.write(&[b'x'; 4096]).is_ok() {}
        fcntl(&full, FcntlArg::F_SETFL(OFlag::empty())).unwrap();
        let mut command = db.iamctl(line).command();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(full);
        let mut child = command.spawn().unwrap();
        thread::sleep(Duration::from_secs(1));
        assert!(child.try_wait().unwrap().is_none(), "{line}: it waits for its reader");
        terminate(&child);
        let begun = Instant::now();
        assert_eq!(child.wait().unwrap().code(), Some(143), "{line}");
        assert!(begun.elapsed() < Duration::from_secs(8), "{line}: {:?}", begun.elapsed());
    }
}

/// The terminal must not stop it (SIGTTOU) with its transaction open.
#[test]
fn a_background_job_ends_at_a_signal() {
    let db = Db::new();
    db.user("alice");
    let _lock = db.session("begin; select from users for update");
    let iamctl = db.iamctl("user unverify-email alice --yes --lock-timeout 60s").command();
    let mut shell = Command::new("bash");
    let line = r#"stty tostop; "$0" "$@" & sleep 1; kill %1; wait %1; echo "ended with $?""#;
    shell.args(["-m", "-c", line]).arg(iamctl.get_program()).args(iamctl.get_args());
    for (name, value) in iamctl.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    let mut session = rexpect::session::spawn_command(shell, Some(20_000)).unwrap();
    let shown = session.exp_eof().unwrap();
    assert!(shown.contains("ended with 143"), "{shown}");
    assert!(shown.contains("interrupted by SIGTERM; nothing was changed"), "{shown}");
}

#[test]
fn an_interrupted_dry_run_claims_no_commit() {
    let db = db_with_many();
    db.sql("update users set deleted = true, deleted_at = now() - interval '2 days'");
    let mut child = unread(db.iamctl("user erase --deleted-for 1d --dry-run --yes"));
    // The test does not read the result, so iamctl blocks while it writes it.
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0];
    stdout.read_exact(&mut first).unwrap();
    thread::sleep(Duration::from_millis(300));
    terminate(&child);
    assert_eq!(child.wait().unwrap().code(), Some(143));
    let stderr = stderr_of(&mut child);
    assert!(stderr.contains("interrupted by SIGTERM; nothing was changed"), "{stderr}");
}
