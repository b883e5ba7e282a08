//! Commands without their arguments on a terminal: what is asked for, and what is done.

use std::fs;
use std::io::Write as _;

use nix::sys::signal::Signal;
use rexpect::process::WaitStatus;
use rexpect::session::PtySession;

use crate::support::{Db, Run, directory};

const ENTER: &str = "\r";
const ESCAPE: &str = "\u{1b}";

fn people() -> Db {
    let db = Db::new();
    for name in ["alice", "bob", "bob-w", "carol"] {
        db.user(name);
    }
    db
}

/// Waits for the prompt, and types.
fn answer(terminal: &mut PtySession, prompt: &str, typed: &str) {
    terminal.exp_string(prompt).unwrap();
    terminal.send(typed).unwrap();
    terminal.flush().unwrap();
}

/// The rest of what it shows, and its exit code.
#[track_caller]
fn rest(terminal: &mut PtySession, code: i32) -> String {
    let shown = terminal.exp_eof().unwrap().replace('\r', "");
    match terminal.process().wait().unwrap() {
        WaitStatus::Exited(_, exited) => assert_eq!(exited, code, "{shown}"),
        other => panic!("{other:?}: {shown}"),
    }
    shown
}

/// The end of the command line that needs no questions.
fn line_without_questions(shown: &str) -> &str {
    let (_, line) = shown.split_once("the same without questions: iamctl ").unwrap();
    line.lines().next().unwrap()
}

#[test]
fn a_user_is_chosen_by_typing_a_part_of_the_name() {
    let db = people();
    let mut terminal = db.iamctl("user block --reason leaver").on_terminal();
    answer(&mut terminal, "carol", "caro");
    answer(&mut terminal, "", ENTER);
    answer(&mut terminal, "Block user `carol` in ", "y\r");
    let shown = rest(&mut terminal, 0);
    assert!(shown.contains("blocked"), "{shown}");
    assert_eq!(line_without_questions(&shown), "user block --reason leaver carol --yes");
    assert_eq!(db.sql("select username from users where blocked"), "carol");
    // What it says works.
    db.sql("update users set blocked = false");
    db.iamctl(line_without_questions(&shown)).ok();
    assert_eq!(db.sql("select username from users where blocked"), "carol");
}

#[test]
fn each_verb_for_users_asks_for_one() {
    let db = people();
    for (verb, after) in [
        ("user block", "select blocked from users where username = 'alice'"),
        ("user unblock", "select not blocked from users where username = 'alice'"),
        ("user unverify-email", "select not email_verified from users where username = 'alice'"),
        ("user verify-email", "select email_verified from users where username = 'alice'"),
        ("user offboard", "select blocked from users where username = 'alice'"),
        ("user delete", "select deleted from users where username = 'alice'"),
        // Aaron, who is not deleted, comes before alice in a choice of all.
        ("user restore", "select not deleted from users where username = 'alice'"),
    ] {
        if verb == "user restore" {
            db.user("aaron");
        }
        let mut terminal = db.iamctl(verb).on_terminal();
        answer(&mut terminal, "alice", ENTER);
        answer(&mut terminal, "user `alice`", "y\r");
        let shown = rest(&mut terminal, 0);
        assert!(line_without_questions(&shown).starts_with(&format!("{verb} alice")), "{shown}");
        assert_eq!(db.sql(after), "t", "{verb}: {shown}");
    }
}

#[test]
fn of_more_than_five_hundred_users_the_beginning_is_asked_for() {
    let db = people();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n, ('f' || n)::bytea, 'u' || n || '@x.org'
         from generate_series(1, 1000) n",
    );
    let prompt = "User (beginning of the username or email)";
    let mut terminal = db.iamctl("user block").on_terminal();
    answer(&mut terminal, prompt, "nobody\r");
    terminal.exp_string("no user begins with `nobody`").unwrap();
    answer(&mut terminal, prompt, "user\r");
    terminal.exp_string("more than 500 users begin with `user`").unwrap();
    answer(&mut terminal, prompt, "bob\r");
    // Up and down: bob, then bob-w.
    answer(&mut terminal, "bob-w", "\u{1b}[B");
    answer(&mut terminal, "> bob-w", ENTER);
    answer(&mut terminal, "Block user `bob-w`", "y\r");
    rest(&mut terminal, 0);
    assert_eq!(db.sql("select username from users where blocked"), "bob-w");
    // An email, where no username begins so.
    let mut terminal = db.iamctl("user block").on_terminal();
    answer(&mut terminal, prompt, "u77@\r");
    answer(&mut terminal, "u77@x.org", ENTER);
    answer(&mut terminal, "Block user `user77`", "y\r");
    rest(&mut terminal, 0);
    assert_eq!(db.sql("select count(*) from users where blocked"), "2");
}

#[test]
fn a_user_is_created_from_answers() {
    let db = Db::new();
    let mut terminal = db.iamctl("user create").on_terminal();
    answer(&mut terminal, "Username: ", "x\r");
    terminal.exp_string("2 to 40 characters").unwrap();
    answer(&mut terminal, "Username: ", "dave\r");
    answer(&mut terminal, "Email: ", "nonsense\r");
    terminal.exp_string("one bare email address").unwrap();
    answer(&mut terminal, "Email: ", "dave@example.org\r");
    answer(&mut terminal, "Is the email verified? [y/N] ", "y\r");
    let question = "Create user `dave` with the email `dave@example.org`, verified, in ";
    answer(&mut terminal, question, "y\r");
    let shown = rest(&mut terminal, 0);
    let line = "user create dave --email dave@example.org --verified";
    assert_eq!(line_without_questions(&shown), line);
    assert_eq!(db.sql("select username, email_verified from users"), "dave|t");
    // Nothing is done where the answer is no.
    let mut terminal = db.iamctl("user create erin").on_terminal();
    answer(&mut terminal, "Email: ", "erin@example.org\r");
    answer(&mut terminal, "Is the email verified? [y/N] ", "\r");
    answer(&mut terminal, "not verified, in ", "n\r");
    assert!(rest(&mut terminal, 5).contains("not confirmed; nothing was changed"));
    assert_eq!(db.sql("select count(*) from users"), "1");
}

/// Neither a word that is no answer nor Ctrl-D counts as no where no has a meaning.
#[test]
fn only_yes_and_no_answer_a_question() {
    let db = people();
    let mut terminal = db.iamctl("user create dave --email dave@x.org --verified").on_terminal();
    rest(&mut terminal, 0);
    let mut terminal = db.iamctl("user create erin").on_terminal();
    answer(&mut terminal, "Email: ", "erin@example.org\r");
    answer(&mut terminal, "Is the email verified? [y/N] ", "maybe\r");
    terminal.exp_string("answer y or n").unwrap();
    terminal.exp_string("Is the email verified? [y/N] ").unwrap();
    terminal.process().get_file_handle().unwrap().write_all(b"\xe9\r").unwrap();
    terminal.exp_string("what was typed is not UTF-8").unwrap();
    answer(&mut terminal, "Is the email verified? [y/N] ", "\u{4}");
    let shown = rest(&mut terminal, 5);
    assert!(shown.contains("\nerror: not confirmed; nothing was changed"), "{shown:?}");
    assert_eq!(db.sql("select count(*) from users where username = 'erin'"), "0");
}

#[test]
fn what_the_command_line_says_and_is_taken_is_told_before_a_question() {
    let db = people();
    let mut terminal = db.iamctl("user create ALICE").on_terminal();
    let shown = rest(&mut terminal, 4);
    assert!(
        shown.contains("the username `ALICE` is taken") && !shown.contains("Email:"),
        "{shown}"
    );
    let mut terminal = db.iamctl("user create --email bob@example.org").on_terminal();
    let shown = rest(&mut terminal, 4);
    assert!(shown.contains("the email `bob@example.org` is taken"), "{shown}");
    assert!(!shown.contains("Username:"), "{shown}");
}

/// Not only after all questions, where the answers would be lost.
#[test]
fn a_taken_username_or_email_is_asked_for_again_at_once() {
    let db = people();
    let mut terminal = db.iamctl("user create").on_terminal();
    answer(&mut terminal, "Username: ", "ALICE\r");
    terminal.exp_string("the username `ALICE` is taken").unwrap();
    answer(&mut terminal, "Username: ", "dave\r");
    answer(&mut terminal, "Email: ", "BOB@example.org\r");
    terminal.exp_string("the email `bob@example.org` is taken").unwrap();
    answer(&mut terminal, "Email: ", "dave@example.org\r");
    answer(&mut terminal, "Is the email verified? [y/N] ", "n\r");
    answer(&mut terminal, "not verified, in ", "y\r");
    rest(&mut terminal, 0);
    assert_eq!(db.sql("select count(*) from users where username = 'dave'"), "1");
}

#[test]
fn a_token_is_issued_and_revoked_from_answers() {
    let db = people();
    let mut terminal = db.iamctl("token issue").on_terminal();
    answer(&mut terminal, "alice", "bob-w");
    answer(&mut terminal, "", ENTER);
    answer(&mut terminal, "Name of the token: ", "ci\r");
    answer(&mut terminal, "Issue token `ci` of user `bob-w`, valid for 90d, in ", "y\r");
    let shown = rest(&mut terminal, 0);
    assert!(shown.contains("this token is shown only once"), "{shown}");
    assert_eq!(line_without_questions(&shown), "token issue --user bob-w --name ci");

    db.iamctl("token issue --user bob-w --name old").ok();
    let mut terminal = db.iamctl("token revoke").on_terminal();
    answer(&mut terminal, "alice", "bob-w");
    answer(&mut terminal, "", ENTER);
    answer(&mut terminal, "Token (type to search)", "ci");
    answer(&mut terminal, "", ENTER);
    answer(&mut terminal, "Revoke token `", "y\r");
    let shown = rest(&mut terminal, 0);
    let id = db.sql("select translate(left(token, 12), '+/', '-_') from api_tokens where revoked");
    assert_eq!(line_without_questions(&shown), format!("token revoke {id} --yes"));
    assert_eq!(db.sql("select name from api_tokens where revoked"), "ci");
    // The one that is revoked cannot be chosen again, and who has none is said.
    let mut terminal = db.iamctl("token revoke").on_terminal();
    answer(&mut terminal, "alice", ENTER);
    assert!(rest(&mut terminal, 3).contains("user `alice` has no token to choose from"));
}

/// Where the command line says it: before the first question.
#[test]
fn what_keeps_a_token_from_being_issued_is_told_before_a_question() {
    let db = people();
    db.sql("update users set blocked = true where username = 'bob'");
    let folder = directory();
    let there = folder.path().join("there");
    fs::write(&there, "mine").unwrap();
    let there = there.display();
    for (line, code, says) in [
        ("token issue --user bob", 5, "user `bob` cannot log in: the account is blocked"),
        ("token issue --user nobody", 3, "`nobody`"),
        (&format!("token issue --write-to {there}"), 2, "never overwrites"),
        (&format!("token issue --user alice --write-to {there}"), 2, "never overwrites"),
        (&format!("token rotate --user alice --name x --write-to {there}"), 2, "never overwrites"),
        ("token issue --user alice --expires-at 2020-01-01", 2, "2020-01-01"),
        ("token issue --columns id", 2, "the token would be lost"),
    ] {
        let shown = rest(&mut db.iamctl(line).on_terminal(), code);
        assert!(shown.contains(says), "{line}: {shown}");
        assert!(!shown.contains("Name of the token") && !shown.contains("User ("), "{shown}");
        assert!(!shown.contains("[y/N]"), "{shown}");
    }
    // Each is accepted where an option says so.
    let mut terminal = db.iamctl("token issue --user bob --force").on_terminal();
    answer(&mut terminal, "Name of the token: ", "ci\r");
    answer(&mut terminal, "[y/N]", "y\r");
    rest(&mut terminal, 0);
    let mut terminal = db.iamctl("token issue --user bob --if-not-exists").on_terminal();
    answer(&mut terminal, "Name of the token: ", "ci\r");
    answer(&mut terminal, "[y/N]", "y\r");
    rest(&mut terminal, 0);
    assert_eq!(db.sql("select count(*) from api_tokens"), "1");
}

/// Not only after all questions, where the answers would be lost.
#[test]
fn a_user_who_cannot_log_in_or_a_taken_name_is_asked_for_again_at_once() {
    let db = people();
    db.sql("update users set blocked = true where username = 'bob-w'");
    db.iamctl("token issue --user alice --name ci").ok();
    let mut terminal = db.iamctl("token issue").on_terminal();
    answer(&mut terminal, "alice", "bob-w");
    answer(&mut terminal, "", ENTER);
    terminal.exp_string("user `bob-w` cannot log in: the account is blocked").unwrap();
    answer(&mut terminal, "alice", ENTER);
    answer(&mut terminal, "Name of the token: ", "ci\r");
    terminal.exp_string("user `alice` has a live token named `ci` already").unwrap();
    answer(&mut terminal, "Name of the token: ", "new\r");
    answer(&mut terminal, "Issue token `new` of user `alice`", "y\r");
    let shown = rest(&mut terminal, 0);
    assert_eq!(line_without_questions(&shown), "token issue --user alice --name new");
    // A name of the command line is no answer.
    let mut terminal = db.iamctl("token issue --name ci").on_terminal();
    answer(&mut terminal, "alice", ENTER);
    let shown = rest(&mut terminal, 4);
    assert!(shown.contains("`iamctl token rotate ") && !shown.contains("[y/N]"), "{shown}");
}

#[test]
fn whatever_ends_a_choice_changes_nothing_and_restores_the_terminal() {
    let db = people();
    let before = db.state();
    let mut terminal = db.iamctl("user block").on_terminal();
    answer(&mut terminal, "carol", ESCAPE);
    let shown = rest(&mut terminal, 5);
    assert!(shown.contains("nothing was chosen; nothing was changed"), "{shown}");
    for (signal, code) in [(None, 130), (Some(Signal::SIGTERM), 143)] {
        let mut terminal = db.iamctl("user block").on_terminal();
        terminal.exp_string("carol").unwrap();
        let interrupted = if let Some(signal) = signal {
            terminal.process_mut().signal(signal).unwrap();
            "interrupted by SIGTERM; nothing was changed"
        } else {
            terminal.send_control('c').unwrap();
            "interrupted by SIGINT; nothing was changed"
        };
        let shown = rest(&mut terminal, code);
        assert!(shown.contains(interrupted), "{shown}");
        assert!(shown.contains("\u{1b}[?25h"), "the cursor stays hidden: {shown:?}");
    }
    assert_eq!(db.state(), before);
}

#[test]
fn nothing_is_asked_without_a_terminal_or_with_yes() {
    let db = people();
    for (line, missing) in [
        ("user create", "USERNAME"),
        ("user create dave", "--email"),
        ("user block", "USER"),
        ("user offboard", "USER"),
        ("token issue --name ci", "--user or --owner"),
        ("token issue --user alice", "--name"),
        ("token revoke", "ID"),
    ] {
        let refused = format!("{missing} is required; there is no terminal to ask on");
        db.iamctl(line).fails(2).says(&refused);
        let shown = rest(&mut db.iamctl(&format!("{line} --yes")).on_terminal(), 2);
        assert!(
            shown.contains(&format!("{missing} is required; --yes asks no")),
            "{line}: {shown}"
        );
    }
}

#[test]
fn a_terminal_that_cannot_redraw_gets_a_plain_question() {
    let db = people();
    let run = Run::new(&db.url(), "user block").env("TERM", "dumb");
    let mut terminal = run.on_terminal();
    answer(&mut terminal, "User (username, email or id): ", "alice\r");
    answer(&mut terminal, "Block user `alice`", "y\r");
    let shown = rest(&mut terminal, 0);
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    assert_eq!(db.sql("select username from users where blocked"), "alice");
}

#[test]
fn users_who_look_alike_are_told_apart() {
    let db = Db::new();
    let name = "x".repeat(45);
    for (number, end) in [(1, "aa"), (2, "bb")] {
        db.sql(&format!(
            "insert into users (id, created_at, username, username_fingerprint, email)
             values (gen_random_uuid(), now(), '{name}{end}', '{number}', '{}{number}@x.org')",
            "y".repeat(50)
        ));
    }
    let mut terminal = db.iamctl("user block").on_terminal();
    answer(&mut terminal, "2. xx", "\u{1b}[B");
    answer(&mut terminal, "> 2. xx", ENTER);
    answer(&mut terminal, &format!("Block user `{name}bb`"), "y\r");
    rest(&mut terminal, 0);
    assert_eq!(db.sql("select username from users where blocked"), format!("{name}bb"));
}

#[test]
fn machine_formats_and_dry_runs_ask_the_same() {
    let db = people();
    let mut terminal = db.iamctl("user block -o json").on_terminal();
    answer(&mut terminal, "alice", ENTER);
    answer(&mut terminal, "Block user `alice`", "y\r");
    assert!(rest(&mut terminal, 0).contains("\"blocked\""));
    // Without the question whether to go ahead.
    let mut terminal = db.iamctl("user block --dry-run -q").on_terminal();
    answer(&mut terminal, "alice", "bob-w");
    answer(&mut terminal, "", ENTER);
    let shown = rest(&mut terminal, 0);
    assert!(!shown.contains("[y/N]"), "{shown}");
    assert_eq!(db.sql("select username from users where blocked"), "alice");
}

#[test]
fn the_command_line_shows_no_password() {
    let db = people();
    let url = format!("{}&password=hunter2", db.url());
    let run = Run::without_database("user block").arg("--database-url").arg(&url);
    let mut terminal = run.on_terminal();
    answer(&mut terminal, "alice", ENTER);
    answer(&mut terminal, "[y/N]", "y\r");
    let shown = rest(&mut terminal, 0);
    let line = "user block --database-url '…' alice --yes";
    let shown = String::from_utf8(shown.chars().map(|byte| u8::try_from(byte).unwrap()).collect());
    let shown = shown.unwrap();
    assert_eq!(line_without_questions(&shown), line);
    assert!(!shown.contains("hunter2"), "{shown}");
}
