//! Words that people type for a verb or an option: understood where they are harmless, else met with a tip.

use crate::support::{Db, Run};

#[test]
fn harmless_words_are_understood() {
    let db = Db::new();
    db.iamctl("user add alice --email a@x.org --verified").ok();
    db.iamctl("user new bob --email b@x.org --verified").ok();
    for word in ["get", "info"] {
        assert_eq!(db.iamctl(&format!("user {word} alice")).json()["username"], "alice");
    }
    db.iamctl("user delete bob --yes").ok();
    db.iamctl("user undelete bob").ok();
    assert_eq!(db.sql("select deleted from users where username = 'bob'"), "f");
    let mut token = String::new();
    for word in ["add", "create", "new"] {
        token = db.iamctl(&format!("token {word} --user alice --name {word} -o id")).ok().line();
    }
    db.iamctl("token validate").input(token).ok();
    for word in ["get", "info"] {
        let shown = db.iamctl(&format!("token {word} --user alice --name new")).json();
        assert_eq!(shown["name"], "new");
    }
    let owner = db.iamctl("owner new --user alice --user bob -o id").ok().line();
    assert_eq!(db.iamctl(&format!("owner get {owner}")).json()["owner_id"], owner.as_str());
    db.iamctl("code new authorization --user alice").ok();
    for noun in ["user", "token", "owner", "session", "code", "audit"] {
        let listed = db.iamctl(&format!("{noun} list -o csv")).ok().stdout;
        assert_eq!(db.iamctl(&format!("{noun} ls -o csv")).ok().stdout, listed);
    }
    for word in ["log", "show"] {
        let shown = db.iamctl(&format!("audit {word} --action user.create --count")).ok();
        assert_eq!(shown.line(), "2");
    }
    assert_eq!(db.iamctl("status -o id").ok().stdout, db.iamctl("db status -o id").ok().stdout);
    assert_eq!(
        Run::without_database("version").ok().stdout,
        Run::without_database("--version").ok().stdout
    );
}

#[test]
fn other_words_are_met_with_the_verb_that_does_it() {
    for (line, tip) in [
        ("user remove alice", "`iamctl user delete` deletes a user, and `iamctl user restore`"),
        ("user rm alice", "`iamctl user delete`"),
        ("user enable alice", "`iamctl user unblock` lets"),
        ("user disable alice", "`iamctl user block` keeps"),
        ("user validate alice", "`iamctl user verify-email` marks"),
        ("user update alice", "`iamctl user rename` and `iamctl user set-email`"),
        ("token renew x", "`iamctl token rotate` issues"),
        ("token remove x", "`iamctl token revoke` ends"),
        ("token enable x", "`iamctl token unblock` makes"),
        ("token disable x", "`iamctl token block` keeps"),
        ("session remove x", "`iamctl session revoke` ends"),
        ("code delete x", "`iamctl code revoke` ends"),
        ("migrate", "`iamctl db migrate` applies"),
        ("check", "`iamctl doctor` checks"),
        ("user ban bob", "`iamctl user block` keeps"),
        ("user unban bob", "`iamctl user unblock` lets"),
        ("user find ali", "`iamctl user list --search TEXT` lists"),
        ("session show x", "`iamctl session list --user USER` lists"),
        ("log", "`iamctl audit list` shows"),
        ("audit tail", "`iamctl audit list` shows"),
        ("show alice", "did you mean `iamctl user show alice`?"),
        ("get alice", "did you mean `iamctl user show alice`?"),
        ("block bob --yes", "did you mean `iamctl user block bob`?"),
        ("offboard bob", "did you mean `iamctl user offboard bob`?"),
        ("rotate x", "did you mean `iamctl token rotate`?"),
        ("revoke x", "`iamctl token revoke`, `iamctl session revoke` or `iamctl code revoke`?"),
        ("ls", "did you mean `iamctl user list`, `iamctl token list`, `iamctl owner list`,"),
        ("user lst", "did you mean `iamctl user list`?"),
        ("user delte x", "did you mean `iamctl user delete`?"),
        ("tokn list", "did you mean `iamctl token`?"),
        ("--database-url x user lst", "did you mean `iamctl user list`?"),
    ] {
        Run::without_database(line).fails(2).says(tip);
        let json = Run::without_database(line).arg("-o").arg("json").run();
        assert!(json.stderr.contains(tip) && json.stderr.starts_with('{'), "{line}: {json:?}");
    }
}

#[test]
fn no_tip_names_a_destructive_verb_for_a_harmless_word() {
    const DESTRUCTIVE: [&str; 8] =
        ["delete", "erase", "offboard", "revoke", "purge", "remove", "destroy", "revert"];
    const HARMLESS: [&str; 24] = [
        "undelete", "enable", "renew", "unlock", "recover", "reserve", "convoke", "unerase",
        "review", "invoke", "release", "elect", "select", "permit", "merge", "browse", "revive",
        "prove", "improve", "onboard", "board", "enroll", "register", "unrevoke",
    ];
    for noun in ["user", "token", "owner", "session", "code", "audit", "db", "local"] {
        for word in HARMLESS {
            let said = Run::without_database(&format!("{noun} {word}")).run().stderr;
            let tip = said.lines().find(|line| line.contains("tip:")).unwrap_or_default();
            for verb in DESTRUCTIVE {
                assert!(!tip.contains(&format!(" {verb}`")), "{noun} {word}: {tip}");
            }
        }
    }
}

#[test]
fn unknown_options_are_met_with_the_sentence_that_helps() {
    for (line, tip) in [
        ("user list --json", "`-o json` chooses"),
        ("user list --csv", "`-o csv` chooses"),
        ("user list --format json", "`-o json` chooses"),
        ("user list --format=csv", "`-o csv` chooses"),
        ("session list --format yaml", "`-o json` chooses"),
        ("user list -n 5", "`--limit 5` prints"),
        ("token list -n5", "`--limit 5` prints"),
        ("user block --user alice", "name the user without an option: `iamctl user block alice`"),
        (
            "user show --email a@x.org",
            "name the user without an option: `iamctl user show a@x.org`",
        ),
        (
            "user list --limit abc",
            "give a number of rows from 1 on, such as `--limit 20`, or --all",
        ),
        ("list user", "did you mean `iamctl user list`?"),
        ("create user bob", "did you mean `iamctl user create`?"),
        ("user alice show", "did you mean `iamctl user show alice`?"),
        ("user bob block --yes", "did you mean `iamctl user block bob`?"),
        ("user list --blocked", "`--status blocked` shows those"),
        ("token list --expired", "`--status expired` shows those"),
        ("session list alice", "a user is named by an option: `--user alice`"),
        ("code issue verification alice", "a user is named by an option: `--user alice`"),
        ("token issue alice", "a user is named by an option: `--user alice`"),
        ("token issue --user alice ci", "a name is given by an option: `--name ci`"),
        ("token verify --stdin", "`iamctl token verify` reads the token from standard input"),
        ("user list --filter ali", "`--search ali` finds a part of a name or email"),
        ("user export --query=ali", "`--search ali` finds a part of a name or email"),
        ("audit list alice", "`--target alice`"),
        ("audit list --user alice", "`--target alice` shows what was done to a user"),
        ("user list alice", "a search is an option: `--search alice`"),
        ("session revoke alice", "`iamctl session list --user alice` shows the ids of a user"),
        ("token show ci", "the name of a token goes with its user, `--user USER --name ci`;"),
        ("token revoke ci", "`iamctl token list --user ci` lists the tokens of a user `ci`"),
        ("token show a@x.org", "`iamctl token list --user a@x.org` shows the ids of a user"),
        ("token show --user alice", "add `--name NAME`; `iamctl token list --user alice` lists"),
        ("code revoke --user alice", "`iamctl code revoke --all --user alice` revokes"),
        ("token show --user alice ci", "a token of a user is named by `--user alice --name ci`"),
        ("session revoke --user alice", "`iamctl session revoke --all --user alice` revokes"),
        ("purge --older-than 7d", "`--keep-codes`, `--keep-sessions` and `--keep-tokens` say"),
        ("help exit-code", "did you mean `iamctl help exit-codes`?"),
        ("help user crate", "did you mean `iamctl help user create`?"),
        ("help user xyzzy", "see `iamctl help`"),
        ("user list --limit 0", "give a number of rows from 1 on"),
        ("user list --limit 99999999999", "give a number of rows from 1 on"),
    ] {
        Run::without_database(line).fails(2).says(tip);
    }
    // Not where the option exists, or means nothing there.
    Run::without_database("user import x --format json").fails(2).says("jsonl");
    let unknown = Run::without_database("user create --user alice").fails(2);
    assert!(!unknown.stderr.contains("without an option"), "{unknown:?}");
    for line in ["user export users.csv", "session list --user alice x"] {
        let unknown = Run::without_database(line).fails(2);
        assert!(!unknown.stderr.contains("tip:"), "{unknown:?}");
    }
    let unknown = Run::without_database("user block x -n 5").fails(2);
    assert!(!unknown.stderr.contains("--limit"), "{unknown:?}");
}

/// `user list` has no such status.
#[test]
fn a_tip_names_only_what_the_command_takes() {
    let refused = Run::without_database("user list --expired").fails(2);
    assert!(!refused.stderr.contains("--status"), "{refused:?}");
}

/// A tip repeats no secret.
#[test]
fn a_tip_repeats_no_secret() {
    let secret = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IA";
    for line in [
        format!("user {secret}"),
        format!("user block --user {secret}"),
        format!("session list {secret}"),
        format!("session revoke {secret}"),
        format!("session revoke --user {secret}"),
        format!("audit list --user {secret}"),
        format!("show {secret}"),
        secret.to_owned(),
        format!("block {secret}"),
        format!("token issue --user alice {secret}"),
        format!("user list --filter {secret}"),
        format!("user list --query={secret}"),
    ] {
        let refused = Run::without_database(&line).fails(2);
        assert!(!refused.stderr.contains(secret), "{refused:?}");
    }
    for line in [
        "help postgres://u:hunter2@h/db",
        "user list password=hunter2",
        "show postgres://u:hunter2@h/db",
        "show password=hunter2",
        "user list --filter password=hunter2",
        "token issue --user alice password=hunter2",
    ] {
        let refused = Run::without_database(line).fails(2);
        assert!(!refused.stderr.contains("hunter2"), "{refused:?}");
    }
    for words in
        ["host=db password='hunter2'", "host=db password = hunter2", "host=db password=x&hunter2"]
    {
        let refused = Run::without_database("user list").arg(words).fails(2);
        assert!(!refused.stderr.contains("hunter2"), "{refused:?}");
    }
    for line in [
        "PGPASSWORD=hunter2 user list",
        "user list --limit passwd=hunter2",
        "user show u:hunter2@h/db",
    ] {
        let refused = Run::without_database(line).fails(2);
        assert!(!refused.stderr.contains("hunter2"), "{refused:?}");
    }
    // A quote, which a tip would escape.
    let refused = Run::without_database("session list postgres://iam:pa'ss@db/iam").fails(2);
    assert!(!refused.stderr.contains("ss@db"), "{refused:?}");
}
