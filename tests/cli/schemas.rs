//! docs/schemas: what each command prints with `-o json`. The other tests compare whatever they see with it.

use std::collections::BTreeSet;
use std::fs;

use iamctl::cli::schemas;

use crate::support::schemas::file;
use crate::support::{Db, directory};

/// `UPDATE_SCHEMAS=1 cargo test the_schemas_are_those_of_the_records` writes them.
#[test]
fn the_schemas_are_those_of_the_records() {
    let mut expected = BTreeSet::new();
    for (words, schema) in schemas() {
        let schema = schema.unwrap_or_else(|| panic!("`{words}` does not say what it prints"));
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::create_dir_all(file(&words).parent().unwrap()).unwrap();
            fs::write(file(&words), &text).unwrap();
        }
        assert_eq!(fs::read_to_string(file(&words)).unwrap_or_default(), text, "{words}");
        expected.insert(file(&words));
    }
    let found = fs::read_dir(file("x").parent().unwrap()).unwrap();
    let found: BTreeSet<_> = found.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(found, expected, "each file belongs to a command");
}

/// The shared owner of alice and bob, and alice's token, of the examples.
const LINES: &[&str] = &[
    "user create eve --email eve@example.org",
    "user show alice",
    "user list --status any",
    "user list --count",
    "user list --columns username,status",
    "user block bob --yes",
    "user unblock bob",
    "user delete dora --yes",
    "user restore dora",
    "user rename eve eva --yes",
    "user set-email eva eva@example.org --yes",
    "user verify-email eva",
    "user unverify-email eva --yes",
    "user import /dev/stdin --format csv",
    "user offboard bob --hand-over-to alice --yes --dry-run",
    "user offboard bob --yes",
    "user erase carol --yes",
    "token issue --user alice --name new",
    "token issue --user alice --name new --if-not-exists",
    "token list",
    "token list --user alice",
    "token list --count",
    "token show --user alice --name ci",
    "token verify",
    "token block --user alice --name ci --yes",
    "token unblock --user alice --name ci",
    "token rotate --user alice --name ci --yes",
    "token revoke --all --user alice --yes",
    "owner create --user alice",
    "owner list",
    "owner list --count",
    "owner show 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10",
    "owner add 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10 eva --yes",
    "owner remove 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10 eva --yes",
    "owner delete 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10 --revoke-tokens --yes",
    "session list --all",
    "session list --count",
    "session revoke --all --user alice --yes",
    "session revoke --everyone --yes",
    "code issue authorization --user alice",
    "code list --all",
    "code list --count",
    "code stats",
    "code revoke --all --user alice --yes",
    "code purge --dry-run",
    "code purge",
    "session purge",
    "token purge",
    "purge --dry-run",
    "purge",
    "audit list",
    "audit list --count",
    "db status",
    "db check",
    "db grants --profile auditor --role postgres",
    "db protect --dry-run",
    "db migrate",
    "db migrate --dry-run",
    "db adopt --yes",
    "doctor",
    "completions bash",
    "man user list",
    "help times",
];

/// They change everything, need a server of their own, or have no `-o json`.
const ELSEWHERE: &[&str] = &[
    "db revert",
    "demo",
    "local start",
    "local status",
    "local url",
    "local stop",
    "local destroy",
    "user export",
];

#[test]
fn every_command_prints_what_its_schema_says() {
    let db = Db::new();
    db.sql(include_str!("examples.sql"));
    for line in LINES {
        let input = match *line {
            "token verify" => "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP",
            _ => "username,email\nfrank,frank@example.org\n",
        };
        // `run` compares.
        let outcome = db.iamctl(line).input(input).arg("-o").arg("json").run();
        assert!(serde_json::from_str::<serde_json::Value>(&outcome.stdout).is_ok(), "{outcome:#?}");
    }
    assert!(db.iamctl("user export -o jsonl").ok().lines().len() > 1);
    let bare = Db::bare();
    for line in ["demo --yes", "db revert --discard-audit --yes"] {
        bare.iamctl(line).json();
    }
    let home = directory();
    for line in ["local status", "local start", "local url", "local stop", "local destroy --yes"] {
        let run = crate::support::Run::without_database(line);
        run.env("XDG_DATA_HOME", home.path()).json();
    }

    let commands: BTreeSet<_> = schemas().into_iter().map(|(words, _)| words).collect();
    let is_run = |words: &&String| {
        let of_line = |line: &&&str| line.starts_with(words.as_str());
        ELSEWHERE.contains(&words.as_str()) || LINES.iter().any(|line| of_line(&line))
    };
    let not_run: Vec<_> = commands.iter().filter(|words| !is_run(words)).collect();
    assert_eq!(not_run, ["error", "log"]);
}
