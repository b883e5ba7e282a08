//! Results, notices and errors: their streams and formats, and the secrets that they must not show.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Db, IAMCTL, Outcome};

/// A database with rows in every table, and the secrets in it.
struct Filled {
    db: Db,
    secrets: Vec<String>,
}

impl Filled {
    fn new() -> Self {
        let db = Db::new();
        for name in ["alice", "bob"] {
            db.user(name);
        }
        db.iamctl("user create carol --email carol@example.org").ok();
        let mut secrets = Vec::new();
        for line in [
            "token issue --user alice --name ci -o id",
            "code issue verification --user carol -o id",
            "code issue authorization --user bob -o id",
        ] {
            secrets.push(db.iamctl(line).ok().line());
        }
        let stored = "select trim(token, '.=') from api_tokens
                      union select trim(code, '=') from verification_codes
                      union select trim(code, '=') from authorization_codes";
        secrets.extend(db.sql(stored).lines().map(str::to_owned));
        Self { db, secrets }
    }
}

/// Whether the JSON output is one object, as for a command about one thing, or an array.
const ONE: bool = true;
const MANY: bool = false;

const COMMANDS: [(&str, bool); 24] = [
    ("user list", MANY),
    ("user list --search nobody", MANY),
    ("user show alice", ONE),
    ("user create dave --email dave@example.org --dry-run", ONE),
    ("user create alice --email alice@example.org --if-not-exists", ONE),
    ("user block alice bob --dry-run", MANY),
    ("user unblock alice --yes", MANY),
    ("user delete bob --dry-run", MANY),
    ("user restore bob --yes", MANY),
    ("token list", MANY),
    ("token list --user bob", MANY),
    ("token show --user alice --name ci", ONE),
    ("token issue --user bob --name dry --dry-run", ONE),
    ("token issue --user alice --name new --if-not-exists --dry-run", ONE),
    ("token revoke --all --user alice --dry-run", MANY),
    ("code list", MANY),
    ("code issue authorization --user alice --dry-run", ONE),
    ("code purge --dry-run", MANY),
    ("code purge", MANY),
    ("audit list", MANY),
    ("db status", MANY),
    ("db migrate", MANY),
    ("user list --count", ONE),
    ("completions bash", ONE),
];

#[test]
fn every_command_has_every_format() {
    let Filled { db, secrets } = Filled::new();
    for (line, one) in COMMANDS {
        let run = |format: &str| db.iamctl(line).arg("-o").arg(format).ok();

        let json = run("json").json();
        assert_eq!(
            json.is_object(),
            one,
            "{line}: an object for one thing, otherwise an array: {json}"
        );
        let records = if one { vec![json] } else { json.as_array().unwrap().clone() };
        for record in &records {
            for (key, value) in record.as_object().unwrap() {
                let snake = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                assert!(snake, "{line}: keys are in snake case: {key}");
                if key.ends_with("_at") && !value.is_null() {
                    let time = value.as_str().unwrap();
                    assert!(time.ends_with('Z') && time.contains('T'), "{line}: {key} {time}");
                }
            }
        }

        let jsonl = run("jsonl");
        let lines: Vec<Value> =
            jsonl.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), records.len(), "{line}: one object on each line: {jsonl:?}");

        let csv = run("csv");
        if !line.starts_with("completions") && !line.ends_with("--count") {
            let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
            let header = reader.headers().unwrap().clone();
            assert_eq!(reader.records().count(), records.len(), "{line}: {csv:?}");
            for record in &records {
                let keys: Vec<_> = record.as_object().unwrap().keys().map(String::as_str).collect();
                assert_eq!(header.iter().collect::<Vec<_>>(), keys, "{line}: the same columns");
            }
            for id in run("id").lines() {
                assert!(!id.contains([' ', '\t']), "{line}: one identifier on each line: {id}");
            }
        }

        for format in ["table", "json", "jsonl", "csv", "id"] {
            let outcome = run(format);
            for secret in &secrets {
                assert!(!outcome.stdout.contains(secret), "{line} -o {format} shows a secret");
                assert!(!outcome.stderr.contains(secret), "{line} -o {format} shows a secret");
            }
        }
    }
}

#[test]
fn columns_can_be_chosen_and_ordered() {
    let db = Db::new();
    db.user("alice");
    let list = |options: &str| db.iamctl(&format!("user list {options}")).ok().stdout;
    assert_eq!(
        list("--columns email,username,blocked"),
        "EMAIL              USERNAME  BLOCKED\nalice@example.org  alice     no\n"
    );
    assert_eq!(list("--columns username --no-headers"), "alice\n");
    assert_eq!(
        list("--columns username,email -o csv"),
        "username,email\nalice,alice@example.org\n"
    );
    assert_eq!(list("--columns username -o csv --no-headers"), "alice\n");
    assert_eq!(list("--columns username -o json"), "[\n  {\"username\":\"alice\"}\n]\n");
    assert_eq!(list("--columns username -o jsonl"), "{\"username\":\"alice\"}\n");
    db.iamctl("user list --columns id,id").fails(2).says("twice");
    db.iamctl("user list --columns username,token").fails(2).says("choose from id,username,email");
}

#[test]
fn a_table_shows_100_rows_and_says_that_there_are_more() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now() - n * interval '1s', 'user' || n, n::text::bytea, n || '@x.org'
         from generate_series(1, 150) n",
    );
    let table = db.iamctl("user list").ok();
    assert_eq!(table.lines().len(), 101);
    let last = db.sql("select id from users where username = 'user100'");
    let table = table.says("there are more").says(&format!("--after {last}"));
    assert!(table.stderr.contains("--all"), "{table:?}");
    assert_eq!(db.iamctl("user list -q").ok().stderr, "", "-q suppresses notices");
    assert_eq!(db.iamctl(&format!("user list --after {last}")).ok().lines().len(), 51);
    assert_eq!(db.iamctl("user list --all").ok().lines().len(), 151);
    assert_eq!(db.iamctl("user list --limit 120").ok().lines().len(), 121);
    // Machine formats have no default limit.
    assert_eq!(db.iamctl("user list").json().as_array().unwrap().len(), 150);
    for (format, lines) in [("jsonl", 150), ("csv", 151), ("id", 150)] {
        let list = db.iamctl("user list -o").arg(format).ok();
        assert_eq!(list.lines().len(), lines, "{format}");
        assert_eq!(list.stderr, "");
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_command_quietly_with_0() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n, n::text::bytea, n || '@x.org'
         from generate_series(1, 20000) n",
    );
    for format in ["table --all", "json", "jsonl", "csv", "id"] {
        let pipe = format!("{IAMCTL} user list -o {format} | head -1; echo ${{PIPESTATUS[0]}}");
        let mut command = db.iamctl("").command();
        let arguments = std::process::Command::new("bash")
            .args(["-c", &pipe])
            .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .output();
        let outcome = Outcome::of(pipe, &arguments.unwrap());
        assert_eq!(outcome.lines().len(), 2, "{outcome:?}");
        assert_eq!(outcome.lines()[1], "0", "{outcome:?}");
        assert_eq!(outcome.stderr, "", "{outcome:?}");
        // The pipe has no reader from the start.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command.args(["user", "list"]).stdout(writer).stderr(Stdio::piped()).output();
        let outcome = Outcome::of(String::new(), &output.unwrap());
        assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{format}");
    }
}

/// The shell's `>&-` closes standard output, `>/dev/null` opens it for writing, and other programs open
/// /dev/null for reading and writing.
#[test]
fn a_secret_is_not_issued_into_nothing() {
    let db = Db::new();
    db.user("alice");
    db.iamctl("token issue --user alice --name old").ok();
    let before = (db.rows(), db.audit());
    let run = |line: &str, to: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("exec {IAMCTL} {line} {to}")]).env("DATABASE_URL", db.url());
        Outcome::of(line.to_owned(), &shell.output().unwrap())
    };
    // As in a container with a /dev of its own.
    let directory = crate::support::directory();
    let null = directory.path().join("null");
    let is_made = nix::sys::stat::mknod(
        &null,
        nix::sys::stat::SFlag::S_IFCHR,
        nix::sys::stat::Mode::S_IRUSR | nix::sys::stat::Mode::S_IWUSR,
        nix::sys::stat::makedev(1, 3),
    );
    let elsewhere = format!(">{}", null.display());
    let closed = [">&-", ">/dev/null", "1<>/dev/null"];
    let of_another_name = is_made.is_ok().then_some(elsewhere.as_str());
    for to in closed.into_iter().chain(of_another_name) {
        for line in [
            "token issue --user alice --name ci -o id",
            "token rotate --user alice --name old --yes",
            "code issue authorization --user alice",
        ] {
            let outcome = run(line, to).says("the secret would be lost");
            assert_eq!(outcome.code, 1, "{to}: {outcome:?}");
            let instead =
                if line.starts_with("token") { "--write-to FILE" } else { "standard output" };
            assert!(outcome.stderr.contains(instead), "{outcome:?}");
        }
        for line in [
            "token issue --user alice --name ci --dry-run",
            "user list",
            "user list --count",
            "db grants --profile auditor --role postgres",
        ] {
            assert_eq!(run(line, to).code, 0, "{line} {to}");
        }
        assert_eq!((db.rows(), db.audit()), before);
    }
    for to in closed {
        assert_eq!(run("user block alice --yes", to).code, 0);
        assert_eq!(db.sql("select blocked from users"), "t", "other commands need no reader");
        db.iamctl("user unblock alice").ok();
    }
}

#[test]
fn a_secret_that_would_not_be_printed_is_not_issued() {
    let db = Db::new();
    db.user("alice");
    let before = db.rows();
    for line in ["token issue --user alice --name ci", "code issue authorization --user alice"] {
        for format in ["table", "json", "jsonl", "csv"] {
            let run = db.iamctl(line).arg("--columns").arg("id").arg("-o").arg(format);
            run.fails(2).says("would be lost");
        }
    }
    assert_eq!(db.rows(), before);
}

#[test]
fn the_format_option_accepts_every_spelling() {
    let db = Db::new();
    let starts =
        |outcome: Outcome, with: char| assert!(outcome.stdout.starts_with(with), "{outcome:?}");
    starts(db.iamctl("user list").env("IAMCTL_OUTPUT", "json").ok(), '[');
    starts(db.iamctl("user list -o table").env("IAMCTL_OUTPUT", "json").ok(), 'I');
    db.iamctl("user list").env("IAMCTL_OUTPUT", "yaml").fails(2).says("IAMCTL_OUTPUT");
    for spelling in ["-o json", "-ojson", "-qojson", "-o=json", "--output json", "--output=json"] {
        starts(db.iamctl(&format!("user list {spelling}")).ok(), '[');
        starts(db.iamctl(&format!("{spelling} user list")).ok(), '[');
        // The format also applies if the command line is unusable.
        let failed = db.iamctl(&format!("user list --nonsense {spelling}")).fails(2);
        assert!(failed.stderr.starts_with("{\"error\""), "{spelling}: {failed:?}");
    }
}

#[test]
fn control_characters_never_reach_a_terminal() {
    let db = Db::new();
    db.sql(
        r"insert into users (id, created_at, username, username_fingerprint, email)
          values (gen_random_uuid(), now(), E'a\x1b[2J\u009bb', 'x', E'b\u202e@x.org\x07')",
    );
    let table = db.iamctl("user list").ok().stdout;
    assert!(table.contains("a\\u{1b}[2J\\u{9b}b"), "{table:?}");
    let refused = db.iamctl("user show").arg("\u{1b}[2J").fails(2);
    assert!(!refused.stderr.contains('\u{1b}'), "{refused:?}");
    for format in ["table", "csv", "jsonl", "id"] {
        let mut terminal = db.iamctl("user list -o").arg(format).on_terminal();
        // Each char is one byte of the output.
        let shown = terminal.exp_eof().unwrap();
        let bytes = shown.chars().map(|byte| u8::try_from(byte).unwrap());
        let shown = String::from_utf8(bytes.collect()).unwrap();
        assert!(!shown.contains(['\u{9b}', '\u{202e}', '\u{7}']), "{format}: {shown:?}");
        assert!(!shown.contains("\u{1b}[2J"), "{format}: {shown:?}");
    }
    // Off a terminal the value is printed unchanged.
    assert_eq!(db.iamctl("user list").json()[0]["username"], "a\u{1b}[2J\u{9b}b");
}

#[test]
fn tables_fit_the_terminal_and_have_colour_only_on_a_terminal() {
    let db = Db::new();
    db.user("alice");
    let on_terminal = |options: &str, no_color: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("stty cols 60 rows 24; exec {IAMCTL} user list {options}")]);
        shell.env("DATABASE_URL", db.url()).env("NO_COLOR", no_color).env("TERM", "xterm");
        let mut session = rexpect::session::spawn_command(shell, Some(10_000)).unwrap();
        session.exp_eof().unwrap()
    };
    let plain = on_terminal("", "1");
    assert!(!plain.contains('\u{1b}'), "NO_COLOR: {plain:?}");
    assert!(plain.lines().all(|line| line.chars().count() <= 60), "{plain}");
    assert!(on_terminal("", "").contains("\u{1b}["), "colour on a terminal");
    assert!(!on_terminal("--color never", "").contains('\u{1b}'));
    assert!(!db.iamctl("user list").ok().stdout.contains('\u{1b}'), "no colour off a terminal");
    assert!(db.iamctl("user list --color always").ok().stdout.contains('\u{1b}'));
}

#[test]
fn a_secret_that_clap_refuses_is_not_repeated() {
    let db = Db::new();
    let token = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    let code = "q83vq83vq83vq83vq83vq83vq83vq83vq83vq83vq80=";
    for secret in [token, code] {
        for line in [
            "token show",
            "token revoke --yes",
            "token list --after",
            "code list --after",
            "user show",
            "user list --nonsense",
            "nonsense",
            "user block --reason x --yes",
            "user block alice --yes --reason",
            "user create alice --email a@x.org --dry-run --reason",
            "user list --columns",
            "user list --after",
            "token issue --user alice --name",
            "token issue --name ci --user",
            "token show --user alice --name",
            "code issue verification --user",
            "code list --user",
        ] {
            for (format, around) in
                [("table", "{}"), ("json", "{}"), ("table", " {}"), ("table", "x{}")]
            {
                let secret = &around.replace("{}", secret);
                let failed = db.iamctl(line).arg(secret).arg("-o").arg(format).fails(2);
                assert!(!failed.stderr.contains(&secret[4..20]), "{failed:?}");
            }
        }
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    for line in ["--version", "--help", "-h", "help user", "user create --help"] {
        let outcome = crate::support::Run::without_database(line).ok();
        assert!(!outcome.stdout.is_empty() && outcome.stderr.is_empty(), "{outcome:?}");
    }
    crate::support::Run::without_database("").fails(2).says("Usage: iamctl");
}

/// Every option of every command, from the help pages. The value of `--database-url` may be a
/// password.
#[test]
fn no_option_takes_a_secret() {
    const PAGES: &str = include_str!("snapshots/cli__help__help_of_every_command.snap");
    let token = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    let code = "q83vq83vq83vq83vq83vq83vq83vq83vq83vq83vq80=";
    let refused = |run: crate::support::Run, secret: &str| {
        let outcome = run.fails(2).says("holds a token or a code");
        assert!(!outcome.stderr.contains(&secret[4..20]), "{outcome:#?}");
    };
    let (mut command, mut options) = (String::new(), 0);
    for line in PAGES.lines() {
        if let Some(page) = line.strip_prefix("$ iamctl ") {
            command = page.trim_end_matches("--help").trim().to_owned();
        }
        let Some((option, _)) = line.trim_start().split_once(" <") else { continue };
        let Some(option) = option.split(", ").last().filter(|it| it.starts_with("--")) else {
            continue;
        };
        if option == "--database-url" {
            continue;
        }
        options += 1;
        let run = || crate::support::Run::without_database(&command);
        refused(run().arg(option).arg(token), token);
        refused(run().arg(format!("{option}={code}")), code);
    }
    assert!(options > 150, "{options} options");
    for line in ["man", "completions", "db grants --profile auditor --role x", "nonsense", "--x"] {
        for secret in [token, code] {
            refused(crate::support::Run::without_database(line).arg(secret), secret);
            let option = format!("--{secret}");
            refused(crate::support::Run::without_database(line).arg(option), secret);
        }
    }
}
