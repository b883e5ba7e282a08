//! Input that cannot be imported: a clear error, exit code 2, and no change.

use std::fs;

use super::csv_of;
use crate::support::{Db, directory};

/// Expects exit code 2, these words, and no change.
#[track_caller]
fn refuses(db: &Db, format: &str, input: impl Into<Vec<u8>>, words: &[&str]) {
    let before = db.state();
    let import = db.iamctl("user import - --format").arg(format).input(input);
    let refused = words.iter().fold(import.fails(2), |refused, word| refused.says(word));
    assert!(refused.stderr.len() < 1000, "the message is short: {refused:?}");
    assert_eq!(db.state(), before, "{words:?}");
}

#[test]
fn csv_needs_a_header_that_names_each_column_once() {
    let db = Db::new();
    let utf16: Vec<u8> =
        "\u{feff}username,email\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_be: Vec<u8> =
        "\u{feff}username,email\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let cases: [(&[u8], &[&str]); 13] = [
        (b"", &["empty", "name the columns"]),
        (b"\n\n", &["empty"]),
        (b"\xef\xbb\xbf", &["empty"]),
        (b"alice,a@x.org\nbob,b@x.org\n", &["line 1", "no column `alice`", "username"]),
        (b"username,email,mail\n", &["no column `mail`", "email_verified_at"]),
        (b"username;email\n", &["no column `username;email`"]),
        (b"username,email,\n", &["no column ``"]),
        (b"username,email,id,email\n", &["line 1", "`email` twice"]),
        (b"username,id\nalice,\n", &["`email` is missing"]),
        (b"email\na@x.org\n", &["`username` is missing"]),
        (b"user\xffname,email\n", &["line 1", "no column"]),
        (&utf16, &["line 1", "UTF-16", "UTF-8"]),
        (&utf16_be, &["line 1", "UTF-16", "UTF-8"]),
    ];
    for (input, words) in cases {
        refuses(&db, "csv", input, words);
    }
    refuses(&db, "jsonl", utf16, &["line 1", "UTF-16", "UTF-8"]);
    let control = refused(&db, "user\u{1b}[2Jname,email\n");
    assert!(!control.contains('\u{1b}'), "{control:?}");
}

/// The standard error of an import that fails.
fn refused(db: &Db, csv: &str) -> String {
    db.import(csv).fails(2).stderr
}

#[test]
fn a_row_that_cannot_be_used_is_named_by_line_and_column() {
    let db = Db::new();
    let cases: [(&str, &[u8], &str); 14] = [
        ("", b"bob", "line 3: it has 1 field, but the first line names 2 columns"),
        ("", b"bob,b@x.org,", "line 3: it has 3 fields"),
        ("", b"b\xffb,b@x.org", "line 3, username: it is not UTF-8"),
        ("", b"bob,\xc3@x.org", "line 3, email: it is not UTF-8"),
        ("", b",b@x.org", "line 3, username: "),
        ("", b"bob,", "line 3, email: "),
        ("", b"\"bob\n\",b@x.org", "line 3, username: "),
        (",id", b"bob,b@x.org,1234", "line 3, id: an id is a UUID"),
        (",id", b"bob,b@x.org,3f0c9d2e6c1b4c629a530d2f4f0f9a11", "line 3, id: an id is a UUID"),
        (",blocked", b"bob,b@x.org,maybe", "line 3, blocked: it must be true or false"),
        (",deleted", b"bob,b@x.org,yes", "line 3, deleted: it must be true or false"),
        (",created_at", b"bob,b@x.org,2026", "line 3, created_at: it is not a time"),
        (",deleted_at", b"bob,b@x.org,2026-01-01T00:00:00Z", "line 3, deleted_at: "),
        (",username_fingerprint", b"bob,b@x.org,bob", "line 3, username_fingerprint: "),
    ];
    for (column, row, says) in cases {
        let commas = if column.is_empty() { "" } else { "," };
        let mut csv = format!("username,email{column}\nalice,a@x.org{commas}\n").into_bytes();
        csv.extend(row);
        csv.extend(b"\n");
        refuses(&db, "csv", csv, &[says, "nothing was imported"]);
    }
}

#[test]
fn json_lines_must_be_objects_of_known_columns() {
    let db = Db::new();
    let good = r#"{"username":"alice","email":"a@x.org"}"#;
    for (line, words) in [
        (r#"["bob","b@x.org"]"#, ["line 3", "one JSON object a line"]),
        (r#""bob""#, ["line 3", "one JSON object a line"]),
        ("bob,b@x.org", ["line 3", "expected value"]),
        (r#"{"username":"bob","email":"b@x.org""#, ["line 3", "EOF"]),
        (r#"{"username":"bob","email":"b@x.org"} {}"#, ["line 3", "trailing"]),
        (r#"{"username":"bob","email":"b@x.org","mail":"x"}"#, ["line 3", "no column `mail`"]),
        (r#"{"username":"bob","email":"b@x.org","email":"c@x.org"}"#, ["line 3, email", "twice"]),
        (r#"{"username":"bob","email":{"a":"b@x.org"}}"#, ["line 3", "a string, true, false"]),
        (r#"{"username":17,"email":"b@x.org"}"#, ["line 3", "a string, true, false"]),
        (r#"{"username":"bob"}"#, ["line 3, email", "one bare email"]),
        (r#"{"email":"b@x.org"}"#, ["line 3, username", "2 to 40"]),
        (r#"{"username":"bob","email":null}"#, ["line 3, email", "one bare email"]),
        (r#"{"username":"bob","email":"b@x.org","blocked":"no"}"#, ["line 3, blocked", "true"]),
        (r#"{"username":"\ud800x","email":"b@x.org"}"#, ["line 3", "hex escape"]),
    ] {
        refuses(&db, "jsonl", format!("{good}\n\n{line}\n"), &words);
    }
    let mut bytes = format!("{good}\n\n").into_bytes();
    bytes.extend(b"{\"username\":\"b\xffb\",\"email\":\"b@x.org\"}\n");
    refuses(&db, "jsonl", bytes, &["line 3", "not UTF-8"]);
}

#[test]
fn names_and_emails_are_checked_as_user_create_checks_them() {
    let db = Db::new();
    let (long, long_email) = ("x".repeat(41), format!("{}@example.org", "x".repeat(89)));
    let token = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP@x.org";
    for (column, value) in [
        ("username", "a"),
        ("username", &long),
        ("username", "ab_"),
        ("username", "Zo\u{eb}"),
        ("username", "a\u{7}b"),
        ("username", " bob"),
        ("email", "Alice <a@x.org>"),
        ("email", &long_email),
        ("email", "nobody"),
        ("email", "a b@x.org"),
        ("email", token),
    ] {
        let (name, email) =
            if column == "username" { (value, "a@x.org") } else { ("alice", value) };
        let create =
            db.iamctl("user create").arg("--email").arg(email).arg("--").arg(name).fails(2);
        let import = db.import(format!("username,email\n{name},{email}\n")).fails(2);
        let reason = import.stderr.strip_prefix(&format!("error: line 2, {column}: ")).unwrap();
        let (reason, _) = reason.split_once("; nothing was imported").unwrap();
        // `user create` refuses a secret before it reads what the argument is.
        let same = if value == token { "holds a token or a code" } else { reason };
        assert!(create.stderr.contains(same), "{create:?} {import:?}");
        assert!(!import.stderr.contains("aUlTJC7tjlCTQj2"), "no message repeats a secret");
    }
    assert_eq!(db.users(), [""; 0]);
}

#[test]
fn as_is_has_the_limits_of_the_columns() {
    let db = Db::new();
    for (row, says) in [
        (format!("{},b@x.org,", "x".repeat(51)), "line 2, username: the column holds 50"),
        (format!("bob,{},", "\u{1f600}".repeat(101)), "line 2, email: the column holds 100"),
        ("b\0b,b@x.org,".to_owned(), "line 2, username: PostgreSQL cannot store a zero byte"),
        ("bob,b\0@x.org,".to_owned(), "line 2, email: PostgreSQL cannot store a zero byte"),
        (
            "bob,b@x.org,\\xabc".to_owned(),
            "line 2, username_fingerprint: only pairs of hexadecimal digits",
        ),
        (
            "bob,b@x.org,\\xzz".to_owned(),
            "line 2, username_fingerprint: only pairs of hexadecimal digits",
        ),
    ] {
        let csv = format!("username,email,username_fingerprint\n{row}\n");
        db.import(csv).arg("--as-is").fails(2).says(says);
    }
    db.import_jsonl(r#"{"username":"bob"}"#).arg("--as-is").fails(2).says("line 1, email: ");
    assert_eq!(db.users(), [""; 0]);
    // The limits are 50 and 100 characters, not bytes.
    let (name, email) = ("\u{1f600}".repeat(50), "\u{1f600}".repeat(100));
    db.import(format!("username,email\n{name},{email}\n")).arg("--as-is").ok();
    assert_eq!(db.users(), [format!("{name}|{email}")]);
}

/// Three rows that cannot be imported, and two that can.
const MIXED: &str = "username,email,blocked\nx,b@x.org,\nbob,b@x.org,\ncarol\ndave,\"d,\"\"\n\",\n\
                     eve,e@x.org,";

#[test]
fn the_errors_file_lists_unusable_rows_and_nothing_is_imported() {
    let db = Db::new();
    let directory = directory();
    let errors = directory.path().join("errors.csv");
    fs::write(&errors, "of another run\n").unwrap();
    let before = db.state();
    for options in ["", "--on-conflict skip", "--dry-run"] {
        let import = db.import(MIXED).with(options).arg("--errors").arg(&errors);
        import.fails(2).says("3 of 5 rows cannot be used").says("nothing was imported");
        assert_eq!(db.state(), before);
        let text = fs::read_to_string(&errors).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), ["line", "column", "reason"].as_slice());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        let places: Vec<_> = rows.iter().map(|row| (&row[0], &row[1])).collect();
        assert_eq!(places, [("2", "username"), ("4", ""), ("5", "email")], "{text}");
        assert!(rows[0][2].contains("2 to 40 characters"), "{text}");
        assert!(rows[1][2].contains("it has 1 field,"), "{text}");
        assert!(rows[2][2].contains("one bare email"), "{text}");
    }
    // Without such rows the import succeeds, and the file only has a header.
    db.import(csv_of(1..=2)).arg("--errors").arg(&errors).ok();
    assert_eq!(fs::read_to_string(&errors).unwrap(), "line,column,reason\n");
    assert_eq!(db.users().len(), 2);
}

#[test]
fn max_errors_limits_the_rows_in_the_errors_file() {
    let db = Db::new();
    let directory = directory();
    let errors = directory.path().join("errors.csv");
    let bad = csv_of(1..=50).replace("@example.org", "");
    let import = |most: &str| {
        let import = db.import(bad.as_str()).arg("--errors").arg(&errors);
        let ended = import.arg(format!("--max-errors={most}")).fails(2);
        (fs::read_to_string(&errors).unwrap().lines().count() - 1, ended)
    };
    for (most, listed) in [("1", 1), ("7", 7), ("50", 50), ("51", 50)] {
        let (lines, ended) = import(most);
        assert_eq!(lines, listed, "--max-errors {most}");
        ended.says(&format!("{listed} of {listed} row")).says("nothing was imported");
    }
    db.import(bad.as_str()).with("--max-errors 7").fails(2).says("--errors");
    db.import(bad.as_str()).with("--max-errors 0 --errors").arg(&errors).fails(2);
    assert_eq!((db.users().len(), db.audit().len()), (0, 0));
}

#[test]
fn a_file_that_cannot_be_read_or_written_is_named() {
    let db = Db::new();
    let directory = directory();
    let before = db.state();
    db.refuses(2, "user import /no/such/file.csv", "cannot read `/no/such/file.csv`");
    let line = format!("user import {} --format csv", directory.path().display());
    db.refuses(2, &line, "is a directory");
    db.refuses(2, "user import users.csv --format xml", "--format");
    db.import(csv_of(1..=1)).with("--errors /no/such/errors.csv").fails(2).says("/no/such/errors");
    assert_eq!(db.state(), before);
}

#[test]
fn the_input_is_not_overwritten_with_its_errors() {
    let db = Db::new();
    let directory = directory();
    let path = directory.path().join("users.csv");
    fs::write(&path, MIXED).unwrap();
    let link = directory.path().join("link.csv");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for errors in [&path, &link] {
        db.import_file(&path).arg("--errors").arg(errors).fails(2);
        assert_eq!(fs::read_to_string(&path).unwrap(), MIXED);
    }
}

#[test]
fn an_import_fails_if_its_errors_file_cannot_be_written() {
    let db = Db::new();
    db.import(csv_of(1..=2)).ok();
    let before = db.state();
    db.import(MIXED).with("--errors /dev/full").fails(1).says("/dev/full");
    db.import(csv_of(1..=3)).with("--on-conflict skip --errors /dev/full").fails(1);
    assert_eq!(db.state(), before, "no rows are left out without a list of them");
}

#[test]
fn lines_are_counted_with_every_line_end() {
    let db = Db::new();
    for csv in [
        "username,email\r\nbob,b@x.org\r\ncarol,c@x.org\r\nx,x@x.org\r\n",
        "username,email\rbob,b@x.org\rcarol,c@x.org\rx,x@x.org\r",
        "username,email\n\n\nx,x@x.org\n",
        "username,email\r\n\r\n\r\nx,x@x.org\r\n",
        "\n\nusername,email\nx,x@x.org\n",
    ] {
        refuses(&db, "csv", csv, &["line 4, username"]);
    }
}

#[test]
fn messages_about_long_lines_are_short() {
    let db = Db::new();
    let long = "x".repeat(100_000);
    refuses(&db, "csv", format!("{long},email\n"), &["no column `xxx"]);
    refuses(&db, "jsonl", format!("{{\"{long}\":null}}"), &["no column `xxx"]);
    refuses(&db, "jsonl", format!("\"{long}\"\n"), &["one JSON object a line"]);
}

#[test]
fn no_message_repeats_a_secret() {
    let db = Db::new();
    let token = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    let header = db.import(format!("{token},a@x.org\n")).fails(2);
    let name = db.import_jsonl(format!("{{\"{token}\":null}}\n")).fails(2);
    let line = db.import_jsonl(format!("\"{token}\"\n")).fails(2);
    for refused in [header, name, line] {
        assert!(!refused.stderr.contains(&token[4..20]), "{refused:?}");
    }
}

#[test]
fn a_quote_must_be_closed() {
    let db = Db::new();
    let before = db.state();
    // The file ends in the middle of the last row.
    db.import("username,email\nbob,\"b@x.org").fails(2).says("line 2");
    // After a stray quote, all following rows are part of one field.
    let stray = "username,email\nbob,\"b@x.org\ncarol,c@x.org\n";
    db.import(stray).arg("--as-is").fails(2).says("line 2");
    assert_eq!(db.state(), before);
}

#[test]
fn a_fingerprint_that_is_too_long_is_named_by_its_line() {
    let db = Db::new();
    let random = db.sql(
        "select string_agg(encode(sha256(n::text::bytea), 'hex'), '') from generate_series(1, 120) n",
    );
    let csv = format!("username,email,username_fingerprint\nbob,b@x.org,\\x{random}\n");
    db.import(csv).arg("--as-is").fails(2).says("line 2, username_fingerprint");
}

#[test]
fn a_quote_must_enclose_a_field_or_be_doubled() {
    let db = Db::new();
    for line in ["\"bob\"x,b@x.org", "b\"ob\",b@x.org", "\"bob\" ,b@x.org", "bob\",b@x.org,\""] {
        let csv = format!("username,email\n{line}\n");
        refuses(&db, "csv", csv, &["line 2"]);
    }
    db.import("\"username\",\"email\"\n\"b\"\"ob\",\"b@x.org\"\n").arg("--as-is").ok();
    assert_eq!(db.sql("select username from users"), "b\"ob");
}

#[test]
fn a_temporary_directory_that_cannot_be_used_is_named() {
    let db = Db::new();
    let import = db.iamctl("user import - --format csv").env("TMPDIR", "/nonexistent/tmp");
    let failed = import.input("username,email\nann,ann@x.org\n").fails(1);
    failed.says("`/nonexistent/tmp` (TMPDIR)");
}

#[test]
fn a_file_of_errors_that_is_a_fifo_needs_a_reader() {
    let db = Db::new();
    let directory = directory();
    let fifo = directory.path().join("errors");
    nix::unistd::mkfifo(&fifo, nix::sys::stat::Mode::from_bits_truncate(0o600)).unwrap();
    let import = || db.iamctl("user import - --format csv --errors").arg(&fifo);
    import().input("username,email\n").fails(2).says("it has no reader");

    let reader = std::thread::spawn({
        let fifo = fifo.clone();
        move || fs::read_to_string(fifo).unwrap()
    });
    // The reader may not be there yet.
    let imported = loop {
        let outcome = import().input("username,email\nann,ann@x.org\n,none\n").run();
        if !outcome.stderr.contains("no reader") {
            break outcome;
        }
    };
    assert_eq!(imported.code, 2, "{imported:?}");
    assert!(reader.join().unwrap().contains("3,username"));
}
