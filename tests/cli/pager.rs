//! Lists that go through a pager.

use std::fs;

use rexpect::session::PtySession;

use crate::support::{Db, Run, directory};

/// A pager that marks each line.
const MARKS: &str = "sed 's/^/paged: /'";

fn people() -> Db {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
    }
    db
}

fn rest(terminal: &mut PtySession) -> String {
    terminal.exp_eof().unwrap().replace('\r', "")
}

fn user_list(db: &Db, options: &str) -> Run {
    db.iamctl(&format!("user list {options}"))
}

#[test]
fn a_list_goes_through_the_pager_that_is_asked_for() {
    let db = people();
    let paged = |run: Run| {
        let shown = rest(&mut run.on_terminal());
        assert!(shown.contains("alice") && shown.contains("bob"), "{shown}");
        assert_eq!(shown.matches("paged: ").count(), shown.lines().count(), "{shown}");
    };
    paged(user_list(&db, "").env("IAMCTL_PAGER", MARKS));
    paged(user_list(&db, "--columns id,username").env("IAMCTL_PAGER", MARKS));
    paged(user_list(&db, "--pager").env("PAGER", MARKS));
    // It comes before PAGER.
    paged(user_list(&db, "--pager").env("PAGER", "cat").env("IAMCTL_PAGER", MARKS));
}

#[test]
fn no_other_output_goes_through_a_pager() {
    let db = people();
    for run in [
        user_list(&db, "").env("PAGER", MARKS),
        user_list(&db, "--pager -o csv").env("PAGER", MARKS),
        user_list(&db, "").env("IAMCTL_PAGER", " "),
        db.iamctl("user show alice").env("IAMCTL_PAGER", MARKS),
    ] {
        let shown = rest(&mut run.on_terminal());
        assert!(shown.contains("alice") && !shown.contains("paged"), "{shown}");
    }
    // Off a terminal.
    let shown = user_list(&db, "--pager").env("IAMCTL_PAGER", MARKS).ok().stdout;
    assert!(shown.contains("alice") && !shown.contains("paged"), "{shown}");
    // A command from a file of the current directory is not run.
    let here = directory();
    fs::write(here.path().join(".env"), format!("IAMCTL_PAGER=\"{MARKS}\"\n")).unwrap();
    let shown = rest(&mut user_list(&db, "").directory(here.path()).on_terminal());
    assert!(shown.contains("alice") && !shown.contains("paged"), "{shown}");
}

#[test]
fn notices_come_once_the_operator_has_left_the_pager() {
    let db = people();
    let run = user_list(&db, "--limit 1").env("IAMCTL_PAGER", "cat; sleep 0.3; echo end of pager");
    let shown = rest(&mut run.on_terminal());
    let (_, after) = shown.split_once("end of pager\n").unwrap();
    assert!(after.contains("printed 1 row, and there are more"), "{shown}");
}

#[test]
fn ctrl_c_is_for_the_pager() {
    let db = people();
    let pager = "trap 'echo caught' INT; cat; echo shown; read line </dev/tty; echo \"$line\" read";
    let mut terminal = user_list(&db, "").env("IAMCTL_PAGER", pager).on_terminal();
    terminal.exp_string("shown").unwrap();
    terminal.send_control('c').unwrap();
    terminal.exp_string("caught").unwrap();
    terminal.send_line("a line").unwrap();
    let shown = rest(&mut terminal);
    assert!(!shown.contains("interrupted"), "{shown}");
}

#[test]
fn a_pager_may_be_left_early_and_must_be_there() {
    let db = people();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n, ('f' || n)::bytea, 'u' || n || '@x.org'
         from generate_series(1, 5000) n",
    );
    let missing = "the list was not shown: the pager `no-such-program` cannot be run";
    for (pager, options, says, code) in [
        ("true", "--all", "", 0),
        ("head -1", "--all", "USERNAME", 0),
        ("no-such-program", "--all", missing, 1),
        ("no-such-program", "--limit 1", missing, 1),
    ] {
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", &format!("\"$IAMCTL\" user list {options}; echo ended with $?")])
            .env("IAMCTL", crate::support::IAMCTL)
            .env("IAMCTL_PAGER", pager)
            .env("DATABASE_URL", db.url());
        let mut terminal = rexpect::session::spawn_command(command, Some(20_000)).unwrap();
        let shown = rest(&mut terminal);
        assert!(shown.to_uppercase().contains(&says.to_uppercase()), "{pager}: {shown}");
        assert!(shown.ends_with(&format!("ended with {code}\n")), "{pager}: {shown}");
    }
}
