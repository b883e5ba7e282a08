//! `iamctl user export`, and reading its output with `user import --as-is`.

use std::io::{BufRead as _, Read as _};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Db, IAMCTL, Outcome, Run};

/// Four users with four states, each created a day apart.
fn four_states() -> Db {
    let db = Db::new();
    for (days, name) in (1..).zip(["active", "blocked", "deleted", "unverified"]) {
        let id = db.user(name);
        db.sql(&format!(
            "update users set created_at = now() - '{days}d'::interval where id = '{id}'"
        ));
    }
    db.iamctl("user block blocked --yes").ok();
    db.iamctl("user delete deleted --yes").ok();
    db.sql(
        "update users set email_verified = false, email_verified_at = null,
                          email = 'u_n@other.org' where username = 'unverified'",
    );
    db
}

fn sorted(outcome: &Outcome) -> Vec<String> {
    let mut lines: Vec<_> = outcome.stdout.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn export_has_every_filter_of_user_list() {
    let db = four_states();
    for (options, expected) in [
        ("", ["active", "blocked", "unverified"].as_slice()),
        ("--status any", &["active", "blocked", "deleted", "unverified"]),
        ("--status active", &["active"]),
        ("--status blocked", &["blocked"]),
        ("--status deleted", &["deleted"]),
        ("--status unverified", &["unverified"]),
        ("--created-after 36h", &["active"]),
        ("--created-before 36h", &["blocked", "unverified"]),
        ("--created-after 84h --created-before 36h --status any", &["blocked", "deleted"]),
        ("--created-before 2020-01-01", &[]),
        ("--email-domain OTHER.org", &["unverified"]),
        ("--search LOCK", &["blocked"]),
        ("--search u_n", &["unverified"]),
        ("--search %", &[]),
    ] {
        let names = format!("--columns username --no-headers {options}");
        let exported = db.iamctl(&format!("user export {names}")).ok();
        assert_eq!(sorted(&exported), expected, "{options}");
        let listed = db.iamctl(&format!("user list -o csv {names}")).ok();
        assert_eq!(sorted(&exported), sorted(&listed), "{options}");
    }
    db.iamctl("user export --status nonsense").fails(2).says("unverified");
    db.iamctl("user export --created-after yesterday").fails(2);
}

#[test]
fn export_writes_csv_or_json_lines_with_the_columns_of_the_table() {
    let db = four_states();
    let csv = db.iamctl("user export").ok();
    assert_eq!(csv.stderr, "");
    let columns = db.sql(
        "select string_agg(column_name, ',' order by ordinal_position)
         from information_schema.columns where table_name = 'users'",
    );
    assert_eq!(csv.lines()[0], columns);
    assert_eq!(sorted(&db.iamctl("user export -o csv").ok()), sorted(&csv), "CSV is the default");
    let jsonl = db.iamctl("user export -o jsonl").ok();
    let by_variable = db.iamctl("user export").env("IAMCTL_OUTPUT", "jsonl").ok();
    assert_eq!(sorted(&by_variable), sorted(&jsonl));

    // Both formats have the same values.
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let objects: Vec<Value> =
        jsonl.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((rows.len(), objects.len()), (3, 3));
    for object in objects {
        let row = rows.iter().find(|row| row[0] == object["id"]).unwrap();
        assert_eq!(header.len(), object.as_object().unwrap().len());
        for (name, field) in header.iter().zip(row) {
            let value = match &object[name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(value, field, "{name}");
        }
    }
    for format in ["json", "table", "id"] {
        let other = db.iamctl("user export -o").arg(format).fails(2);
        other.says("csv").says("jsonl").says("user list");
    }
}

#[test]
fn columns_can_be_chosen_and_ordered() {
    let db = Db::new();
    db.user("alice");
    let export = |options: &str| db.iamctl(&format!("user export {options}")).ok().stdout;
    assert_eq!(export("--columns email,username"), "email,username\nalice@example.org,alice\n");
    assert_eq!(export("--columns username --no-headers"), "alice\n");
    assert_eq!(
        export("-ojsonl --columns username,blocked"),
        "{\"username\":\"alice\",\"blocked\":false}\n"
    );
    db.iamctl("user export --columns status").fails(2).says("choose from id,created_at");
    let chosen = export("--columns email,username");
    let second = Db::new();
    second.iamctl("user import - --format csv").input(chosen).ok();
    assert_eq!(second.sql("select username, email from users"), "alice|alice@example.org");
}

#[test]
fn without_users_csv_has_a_header_and_json_lines_are_empty() {
    let db = Db::new();
    let csv = db.iamctl("user export").ok();
    assert!(csv.line().starts_with("id,created_at,"));
    assert_eq!(db.iamctl("user export -o jsonl").ok().stdout, "");
    db.iamctl("user import - --as-is --format csv").input(csv.stdout).ok();
    assert_eq!(db.sql("select count(*) from users"), "0");
}

/// Rows that iamctl would not write today, but that the database accepts.
const ODD: &str = r#"
    insert into users values
    (gen_random_uuid(), 'infinity', repeat('x', 50), 'text', 'Odd@Case.ORG', true, '-infinity', true, true, 'infinity'),
    (gen_random_uuid(), '-infinity', repeat(U&'\+01F600', 50), '\x00ff10', repeat(U&'\00E9', 100), true, null, false, true, null),
    (gen_random_uuid(), '0044-03-15 12:00:00 BC', '', '\x5c78616263', '', false, '2020-01-01', false, false, '2020-01-01'),
    (gen_random_uuid(), '4714-11-24 00:00:00+00 BC', E'line\nend\r\n\r', '\xff', E'\r', false, null, false, false, null),
    (gen_random_uuid(), '12026-01-02 03:04:05.000006+00', E'a,b\x22c\x22''\\\t', '\xc3', ' blank ', true, now(), false, false, null),
    (gen_random_uuid(), '1969-12-31 23:59:59.999999+00', E'\x1b[2J\x7f', '\x7f1b0a22', 'null', true, now(), false, false, null),
    (gen_random_uuid(), '0001-01-01 00:00:00.1+00', U&'\FEFF\0085\202E', 'NULL', '\N', true, now(), false, false, null),
    (gen_random_uuid(), '1582-10-10 00:00:00.12+00', 'NULL', '\xefbbbf', U&'\FEFF', false, null, true, false, null),
    ('00000000-0000-0000-0000-000000000000', now(), '-ab_', ' text, ""', 'a@b', false, null, true, false, null),
    ('ffffffff-ffff-ffff-ffff-ffffffffffff', now(), 'true', E'\n', 'false', false, null, true, false, null)"#;

/// The table as text.
fn table(db: &Db) -> String {
    db.sql("select * from users order by id")
}

/// Exports all users, imports them into a second database, and compares the tables.
#[track_caller]
fn round_trip(db: &Db, format: &str) {
    let exported = db.iamctl("user export --status any -o").arg(format).ok().stdout;
    let second = Db::new();
    let import = second.iamctl("user import - --as-is --format").arg(format);
    let report = import.input(exported.as_str()).json();
    assert_eq!(report["imported"].to_string(), db.sql("select count(*) from users"));
    assert_eq!(table(&second), table(db), "{format}");
    let again = second.iamctl("user export --status any -o").arg(format).ok();
    assert_eq!(sorted(&again).join("\n"), {
        let mut lines: Vec<_> = exported.lines().collect();
        lines.sort_unstable();
        lines.join("\n")
    });
}

#[test]
fn import_as_is_restores_an_identical_table() {
    let db = four_states();
    db.sql(ODD);
    for format in ["csv", "jsonl"] {
        round_trip(&db, format);
    }
    // The same with other settings of the server.
    db.sql(&format!(
        "alter database {name} set timezone = 'Asia/Kolkata';
         alter database {name} set datestyle = 'German';
         alter database {name} set bytea_output = 'escape'",
        name = db.name
    ));
    let exported = db.iamctl("user export --status any").ok().stdout;
    let before = table(&db);
    db.sql("delete from users");
    db.iamctl("user import - --as-is --format csv").input(exported).ok();
    assert_eq!(table(&db), before);
}

#[test]
fn import_as_is_restores_an_empty_fingerprint() {
    let db = Db::new();
    db.sql("insert into users values (gen_random_uuid(), now(), 'alice', '', 'a@x.org')");
    for format in ["jsonl", "csv"] {
        round_trip(&db, format);
    }
}

#[test]
fn control_characters_are_replaced_on_a_terminal_only() {
    let db = Db::new();
    db.sql(ODD);
    let raw = db.iamctl("user export --status any").ok().stdout;
    assert!(raw.contains("\u{1b}[2J"), "a file has the unchanged value");
    for format in ["csv", "jsonl"] {
        let run = db.iamctl("user export --status any -o").arg(format);
        let shown = run.on_terminal().exp_eof().unwrap();
        // Each char is one byte of the output.
        let bytes = shown.chars().map(|byte| u8::try_from(byte).unwrap());
        let shown = String::from_utf8(bytes.collect()).unwrap();
        assert!(!shown.contains(['\u{1b}', '\u{85}', '\u{202e}', '\u{7f}']), "{format}: {shown:?}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_export_quietly_with_0() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n, n::text::bytea, n || '@x.org'
         from generate_series(1, 20000) n",
    );
    for format in ["csv", "jsonl"] {
        let pipe = format!("{IAMCTL} user export -o {format} | head -1; echo ${{PIPESTATUS[0]}}");
        let mut bash = Command::new("bash");
        let output = bash.args(["-c", &pipe]).env("DATABASE_URL", db.url()).output().unwrap();
        let outcome = Outcome::of(pipe, &output);
        assert_eq!(outcome.lines().len(), 2, "{outcome:?}");
        assert_eq!((outcome.lines()[1], outcome.stderr.as_str()), ("0", ""), "{outcome:?}");
        let unread = db.iamctl("user export -o").arg(format).unread();
        assert_eq!((unread.code, unread.stderr.as_str()), (0, ""));
        let whole = db.iamctl("user export -o").arg(format).ok();
        assert_eq!(whole.lines().len(), 20_000 + usize::from(format == "csv"));
    }
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let status = db.iamctl("user export").command().stdout(full).stderr(Stdio::null()).status();
    assert_eq!(status.unwrap().code(), Some(1), "a full disk is an error");
}

#[test]
fn a_connection_that_is_lost_during_the_export_is_exit_code_6() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n, n::text::bytea, n || '@x.org'
         from generate_series(1, 40000) n",
    );
    let mut command = db.iamctl("user export").command();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut some = [0; 1000];
    child.stdout.as_mut().unwrap().read_exact(&mut some).unwrap();
    db.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()",
    );
    let outcome = Outcome::of(String::new(), &child.wait_with_output().unwrap());
    assert_eq!(outcome.code, 6, "an incomplete export is an error: {}", outcome.stderr);
}

#[test]
fn peak_memory_is_below_32_mib_for_any_size() {
    let db = Db::new();
    db.sql(
        "drop index users_username, users_email_domain, users_unverified, users_created;
         drop index if exists users_search;
         insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n, n::text::bytea, repeat('x', 90) || n
         from generate_series(1, 100000) n",
    );
    let mut child = db.iamctl("user export").command().stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    // All rows except the last ones, which wait in the pipe.
    let mut most = vec![0; 19_000_000];
    stdout.read_exact(&mut most).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    let kib: u64 = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
    stdout.read_to_end(&mut most).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(most.lines().count(), 100_001);
    assert!(kib < 32 * 1024, "{kib} KiB");
}

#[test]
fn a_role_that_can_read_users_can_export() {
    let db = four_states();
    let role = db.role("reader");
    db.sql(&format!("grant select on users, __diesel_schema_migrations to {role}"));
    let before = db.state();
    let exported = Run::new(&db.url_as(&role), "user export --status any").ok();
    assert_eq!(exported.lines().len(), 5);
    let stranger = db.url_as(&db.role("stranger"));
    Run::new(&stranger, "user export").fails(8).says("iamctl db grants");
    Db::bare().iamctl("user export").fails(7);
    assert_eq!(db.state(), before, "an export writes no audit row");
}
