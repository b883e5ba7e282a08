//! Time limits of the role for sessions that are idle, and connections that end while they are.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::pooler::Pooler;
use crate::support::{Db, Run};

/// Sessions of this database end once they have been idle for 300 ms.
fn that_ends_idle_sessions(db: &Db) {
    db.sql(&format!("alter database {} set idle_session_timeout = 300", db.name));
}

fn with_expired_codes(count: u32) -> Db {
    let db = Db::new();
    let user = db.user("alice");
    db.sql(&format!(
        "insert into verification_codes
         select '{user}', now() - interval '3d', now() - interval '2d' - n * interval '1s',
                encode(sha256(n::text::bytea), 'base64')
         from generate_series(1, {count}) n"
    ));
    db
}

#[test]
fn a_purge_goes_on_after_a_pause_in_which_its_session_was_ended() {
    for options in ["--jobs 1", "--jobs 2"] {
        let db = with_expired_codes(30);
        that_ends_idle_sessions(&db);
        let line = format!("code purge --batch-size 10 --pause 1s {options} -o json");
        let report = db.iamctl(&line).ok().json();
        assert_eq!((&report[0]["deleted"], &report[0]["complete"]), (&30.into(), &true.into()));
        assert_eq!(db.sql("select count(*) from verification_codes"), "0");
    }
}

/// The end of a run that a limit ends within a pause asks the server once more.
#[test]
fn a_purge_that_ends_within_a_pause_loses_no_connection() {
    let db = with_expired_codes(30);
    that_ends_idle_sessions(&db);
    db.iamctl("code purge --batch-size 10 --pause 5s --max-duration 1s").ends_with(9);
    assert_eq!(db.sql("select count(*) from verification_codes"), "20");
}

#[test]
fn a_question_may_be_answered_after_the_session_was_ended() {
    let db = Db::new();
    db.user("alice");
    db.user("bob");
    let pooler = Pooler::launch_for(&db, "client_idle_timeout = 1\n");
    that_ends_idle_sessions(&db);
    for (url, user) in [(db.url(), "alice"), (pooler.url(), "bob")] {
        let mut terminal = Run::new(&url, &format!("user block {user}")).on_terminal();
        terminal.exp_string("[y/N]").unwrap();
        thread::sleep(Duration::from_millis(2500));
        terminal.send_line("y").unwrap();
        let shown = terminal.exp_eof().unwrap();
        assert!(shown.contains("blocked"), "{shown}");
        assert_eq!(db.sql(&format!("select blocked from users where username = '{user}'")), "t");
    }
}

/// A server that is gone after the question is not waited for, and nothing is done twice.
#[test]
fn a_server_that_is_gone_after_the_question_is_unreachable() {
    let db = Db::new();
    db.user("alice");
    let pooler = Pooler::start(&db);
    let mut terminal = Run::new(&pooler.url(), "user block alice").on_terminal();
    terminal.exp_string("[y/N]").unwrap();
    drop(pooler);
    thread::sleep(Duration::from_millis(300));
    terminal.send_line("y").unwrap();
    let shown = terminal.exp_eof().unwrap();
    assert!(shown.contains("cannot connect"), "{shown}");
    assert_eq!(db.sql("select blocked from users"), "f");
}

/// A reader that pauses, such as a pager, does not end a list of several queries.
#[test]
fn an_idle_timeout_of_the_role_cuts_no_list_short() {
    let db = Db::new();
    db.user("alice");
    db.sql(
        "do $$begin execute format('alter database %I set idle_in_transaction_session_timeout = 200',
                                   current_database()); end$$;
         insert into api_token_owners
         select gen_random_uuid(), users.id from users, generate_series(1, 5000)",
    );
    let mut child =
        db.iamctl("owner list -o jsonl").command().stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    thread::sleep(Duration::from_secs(1));
    assert_eq!(lines.map(Result::unwrap).count(), 4999);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// A change holds locks. So an administrator's limit ends one that waits for the reader of its output.
#[test]
fn an_idle_timeout_of_the_role_ends_a_change_that_waits_for_its_reader() {
    const CAPACITY: usize = 65_536;
    let db = Db::new();
    db.user("alice");
    db.sql(
        "do $$begin execute format('alter database %I set idle_in_transaction_session_timeout = 2000',
                                   current_database()); end$$",
    );
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(&vec![b'.'; CAPACITY]).unwrap();
    let mut command = db.iamctl("code issue authorization --user alice --force").command();
    let child = command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    // The command holds the other end, too.
    drop(command);
    let locks = "select count(*) > 0 from pg_locks where relation = 'users'::regclass";
    for locked in ["t", "f"] {
        let begun = Instant::now();
        while db.sql(locks) != locked {
            assert!(begun.elapsed() < Duration::from_secs(20), "{locked}");
            thread::sleep(Duration::from_millis(50));
        }
    }
    let mut printed = Vec::new();
    reader.read_to_end(&mut printed).unwrap();
    let outcome = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&outcome.stderr).into_owned();
    assert_eq!(outcome.status.code(), Some(6), "{stderr}");
    assert!(printed.len() > CAPACITY);
    assert_eq!(db.sql("select count(*) from authorization_codes"), "0");
}
