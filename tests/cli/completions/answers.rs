//! What is offered where, without rows of the database.

use super::{answer, offers, values};
use crate::support::{Db, Run};

fn nowhere() -> Run {
    Run::without_database("")
}

#[test]
fn commands_come_before_options() {
    for words in [&[""][..], &["user", ""], &["help", ""], &["db", ""]] {
        let offered = offers(nowhere(), words);
        let first_option = offered.iter().position(|(value, _)| value.starts_with('-'));
        let last_command = offered.iter().rposition(|(value, _)| !value.starts_with('-'));
        assert!(last_command.is_some(), "{words:?}: {offered:?}");
        assert!(first_option.is_none_or(|it| it > last_command.unwrap()), "{words:?}: {offered:?}");
    }
    let offered = offers(nowhere(), &["user", "bl"]);
    assert_eq!(offered.len(), 1, "{offered:?}");
    assert_eq!(offered[0].0, "block");
    assert!(!offered[0].1.is_empty(), "commands have their summary");
}

#[test]
fn words_after_help_and_man_are_commands() {
    for command in ["help", "man"] {
        let nouns = values(nowhere(), &[command, ""]);
        assert!(nouns.contains(&"user".to_owned()), "{command}: {nouns:?}");
        let verbs = values(nowhere(), &[command, "user", ""]);
        assert!(verbs.contains(&"set-email".to_owned()), "{command}: {verbs:?}");
        assert!(!verbs.contains(&"user".to_owned()), "{command}: {verbs:?}");
        assert_eq!(values(nowhere(), &[command, "user", "cre"]), ["create"]);
        assert_eq!(values(nowhere(), &[command, "us"]), ["user"]);
        assert!(values(nowhere(), &[command, "nothing", ""]).is_empty());
    }
}

/// The value of an option of every command may be the name of a command.
#[test]
fn options_before_a_command_change_nothing() {
    for before in [
        &["--wait", "db"][..],
        &["--database-url", "user"],
        &["--database-url=x", "-q", "-o", "json"],
        &["--local", "--no-headers", "--color", "never"],
    ] {
        let words = [before, &["token", "rot"]].concat();
        assert_eq!(values(nowhere(), &words), ["rotate"], "{before:?}");
    }
    assert_eq!(
        values(nowhere(), &["-o", "jsonl", "user", "list", "-o", "jsonl", "--sort", "u"]),
        ["username"]
    );
}

#[test]
fn fixed_values_are_offered() {
    assert_eq!(values(nowhere(), &["user", "list", "--status", "bl"]), ["blocked"]);
    let formats = values(nowhere(), &["user", "list", "-o", "j"]);
    assert_eq!(formats, ["json", "jsonl"]);
    let with_option = offers(nowhere(), &["user", "list", "--output=js"]);
    let with_option: Vec<_> = with_option.iter().map(|(value, _)| value.as_str()).collect();
    assert_eq!(with_option, ["--output=json", "--output=jsonl"]);
    assert_eq!(values(nowhere(), &["completions", "z"]), ["zsh"]);
}

/// The columns are those that the command prints.
#[test]
fn columns_of_the_command_are_offered() {
    let db = Db::new();
    db.user("alice");
    for line in [
        "user list",
        "user show alice",
        "user export",
        "user block alice --dry-run",
        "token list",
        "token issue --user alice --name ci --dry-run",
        "owner list",
        "owner create --user alice --dry-run",
        "session list",
        "session revoke --everyone --dry-run",
        "code list",
        "code stats",
        "code purge --dry-run",
        "audit list",
        "db status",
        "db check",
        "db grants --profile operator --role postgres",
        "doctor",
        "purge --dry-run",
    ] {
        let csv = db.iamctl(line).arg("-o").arg("csv").run();
        let header = csv.stdout.lines().next().unwrap_or_else(|| panic!("{line}: {csv:?}"));
        let words: Vec<_> = line.split(' ').chain(["--columns", ""]).collect();
        let offered = values(nowhere(), &words);
        assert!(!offered.is_empty(), "{line}");
        if line.starts_with("session revoke") {
            // Without `--everyone` it prints others, which are offered before.
            let of_all: Vec<_> = header.split(',').collect();
            assert!(of_all.iter().all(|it| offered.contains(&(*it).to_owned())), "{offered:?}");
            continue;
        }
        assert_eq!(offered.join(","), header, "{line}");
    }
}

#[test]
fn a_list_of_columns_goes_on() {
    let columns = |words: &[&str]| {
        let offers = offers(nowhere(), &[&["user", "list"], words].concat());
        offers.into_iter().map(|(value, _)| value).collect::<Vec<_>>()
    };
    assert_eq!(columns(&["--columns", "us"]), ["username", "username_fingerprint"]);
    assert_eq!(columns(&["--columns", "id,email_verified_"]), ["id,email_verified_at"]);
    assert_eq!(columns(&["--columns", "username,us"]), ["username,username_fingerprint"]);
    assert_eq!(columns(&["--columns=id,creat"]), ["--columns=id,created_at"]);
}

/// Neither by an answer that names files, nor by no answer, after which a shell might do so by itself.
#[test]
fn only_files_are_completed_as_files() {
    for words in [
        &["user", "import", ""][..],
        &["user", "import", "f"],
        &["token", "issue", "--write-to", ""],
        &["token", "issue", "--write-to=f"],
        &["purge", "--metrics-file", ""],
        &["man", "--directory", "x"],
    ] {
        assert_eq!(answer(nowhere(), words), "files\n", "{words:?}");
    }
    for words in [
        &["token", "list", "--user", ""][..],
        &["token", "list", "--user=e"],
        &["audit", "list", "--action", ""],
        &["user", "show", "e"],
        &["user", "list", "--columns", "no"],
        &["user", "list", "--limit", ""],
    ] {
        assert_eq!(answer(nowhere(), words), "", "{words:?}");
    }
}

#[test]
fn the_variable_alone_completes_nothing() {
    for shell in ["bash", "zsh", "fish", "", "0", "tcsh"] {
        let version = nowhere().env("IAMCTL_COMPLETE", shell).arg("--version").ok();
        assert!(version.stdout.starts_with("iamctl "), "{shell}: {version:?}");
    }
    for shell in ["", "0", "tcsh", "BASH"] {
        nowhere().env("IAMCTL_COMPLETE", shell).arg("--").arg("user").fails(2);
    }
    nowhere().env("COMPLETE", "bash").fails(2);
}
