//! How the lines of a file become rows of `users`.

use std::fs;
use std::thread;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::csv_of;
use crate::support::{Db, directory};

#[test]
fn import_creates_the_same_row_as_user_create() {
    let create = Db::new();
    create.iamctl("user create Alice-W --email Alice@Example.ORG").ok();
    let row = "select username, username_fingerprint, email, email_verified, email_verified_at,
                      blocked, deleted, deleted_at,
                      created_at between now() - '1m'::interval and now(),
                      substr(id::text, 15, 1) from users";
    let csv = Db::new();
    csv.import("username,email\nAlice-W,Alice@Example.ORG\n").ok();
    assert_eq!(csv.sql(row), create.sql(row), "CSV");
    let jsonl = Db::new();
    jsonl.import_jsonl(r#"{"email":"Alice@Example.ORG","username":"Alice-W"}"#).ok();
    assert_eq!(jsonl.sql(row), create.sql(row), "JSONL");
}

#[test]
fn the_file_extension_selects_the_format_unless_format_is_given() {
    let db = Db::new();
    let directory = directory();
    let (csv, jsonl) =
        ("email,username\n{}@x.org,{}\n", "{\"username\":\"{}\",\"email\":\"{}@x.org\"}\n");
    let mut users = Vec::new();
    for (number, (name, text, options)) in [
        ("users.csv", csv, ""),
        ("users.CSV", csv, ""),
        ("users.jsonl", jsonl, ""),
        ("users.ndjson", jsonl, ""),
        ("users", csv, "--format csv"),
        ("users.txt", jsonl, "--format jsonl"),
        ("is-csv.jsonl", csv, "--format csv"),
        ("is-jsonl.csv", jsonl, "--format jsonl"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = directory.path().join(name);
        fs::write(&path, text.replace("{}", &format!("user{number}"))).unwrap();
        db.import_file(&path).with(options).ok();
        users.push(format!("user{number}|user{number}@x.org"));
        assert_eq!(db.users(), users, "{name}");
    }
    let before = db.state();
    for name in ["users", "users.txt", "-"] {
        let import = db.iamctl("user import").directory(directory.path()).arg(name);
        import.input(csv_of(1..=1)).fails(2).says("--format csv");
    }
    assert_eq!(db.state(), before);
}

#[test]
fn optional_columns_are_read_and_have_defaults() {
    let db = Db::new();
    let csv = "\
email,deleted_at,deleted,blocked,email_verified_at,email_verified,created_at,id,username
a@x.org,2026-02-01T00:00:00Z,true,true,2026-01-02T03:04:05.123456+02:00,true,2026-01-01 00:00:00.5+00,3F0C9D2E-6C1B-4C62-9A53-0D2F4F0F9A11,alice
b@x.org,,1,t,,1,,,bob
c@x.org,,false,f,,0,,,carol
";
    let jsonl = r#"
        {"email":"a@x.org","deleted_at":"2026-02-01T00:00:00Z","deleted":true,"blocked":true,"email_verified_at":"2026-01-02T03:04:05.123456+02:00","email_verified":true,"created_at":"2026-01-01 00:00:00.5+00","id":"3F0C9D2E-6C1B-4C62-9A53-0D2F4F0F9A11","username":"alice"}
        {"email":"b@x.org","deleted_at":null,"deleted":true,"blocked":true,"email_verified_at":null,"email_verified":"true","created_at":null,"id":null,"username":"bob"}
        {"email":"c@x.org","deleted":false,"blocked":false,"email_verified":false,"username":"carol"}
    "#;
    for (format, text) in [("csv", csv), ("jsonl", jsonl)] {
        db.sql("delete from users");
        db.iamctl("user import - --format").arg(format).input(text).ok();
        assert_eq!(
            db.sql(
                "select id, created_at at time zone 'utc', email_verified_at at time zone 'utc',
                           deleted_at at time zone 'utc', blocked, deleted
                    from users where username = 'alice'"
            ),
            "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11|2026-01-01 00:00:00.5|\
             2026-01-02 01:04:05.123456|2026-02-01 00:00:00|t|t",
            "{format}: the given values",
        );
        // A flag without a time gets the current time, as with `user create --verified`.
        let recent = "between now() - '1m'::interval and now()";
        assert_eq!(
            db.sql(&format!(
                "select username, created_at {recent}, email_verified, email_verified_at {recent},
                        blocked, deleted, deleted_at {recent}
                 from users where username <> 'alice' order by username"
            )),
            "bob|t|t|t|t|t|t\ncarol|t|f||f|f|",
            "{format}: the default values",
        );
    }
}

#[test]
fn standard_input_and_a_fifo_can_be_imported() {
    let db = Db::new();
    let directory = directory();
    let fifo = directory.path().join("users.csv");
    mkfifo(&fifo, Mode::S_IRWXU).unwrap();
    let through_fifo = |csv: String, code: i32| {
        thread::scope(|scope| {
            scope.spawn(|| fs::write(&fifo, csv).unwrap());
            db.import_file(&fifo).ends_with(code)
        })
    };
    through_fifo(csv_of(1..=3), 0);
    db.import(csv_of(4..=6)).ok();
    db.iamctl("user import /dev/stdin --format csv").input(csv_of(7..=9)).ok();
    assert_eq!(db.sql("select count(*) from users"), "9");
    // Neither can be read twice, but the row that conflicts is still named.
    let before = db.state();
    through_fifo(csv_of(8..=12), 4).says("line 2: the username `user8`");
    through_fifo(csv_of(10..=12) + "x1,user11@example.org\n", 4).says("line 5: the email");
    db.import(csv_of(10..=12) + "user9,x@x.org\n").fails(4).says("line 5: the username `user9`");
    assert_eq!(db.state(), before);
}

#[test]
fn common_variants_of_the_formats_are_read() {
    let db = Db::new();
    let mut users = Vec::new();
    for (number, (what, csv)) in [
        ("a byte order mark", "\u{feff}username,email\nNAME,NAME@x.org\n"),
        ("and a quoted header", "\u{feff}\"username\",\"email\"\nNAME,NAME@x.org\n"),
        ("CRLF", "username,email\r\nNAME,NAME@x.org\r\n"),
        ("CR", "username,email\rNAME,NAME@x.org\r"),
        ("blank lines", "\n\nusername,email\n\n\nNAME,NAME@x.org\n\n"),
        ("no last line end", "username,email\nNAME,NAME@x.org"),
        ("blanks around names of columns", "username , email\nNAME,NAME@x.org\n"),
        ("quotes", "username,email\n\"NAME\",\"NAME@x.org\"\n"),
    ]
    .into_iter()
    .enumerate()
    {
        db.import(csv.replace("NAME", &format!("user{number}"))).ok();
        users.push(format!("user{number}|user{number}@x.org"));
        assert_eq!(db.users(), users, "{what}");
    }
    for (number, (what, lines)) in [
        ("a byte order mark", "\u{feff}{\"username\":\"NAME\",\"email\":\"NAME@x.org\"}\n"),
        ("CRLF, no last line end", "\r\n{\"username\":\"NAME\",\"email\":\"NAME@x.org\"}\r\n\r"),
        ("blanks", "\n\n { \"username\" : \"NAME\" , \"email\" : \"NAME@x.org\" } \n\n"),
        ("escapes", r#"{"\u0075sername":"NAM\u0045","email":"\u004eAME@x.org"}"#),
    ]
    .into_iter()
    .enumerate()
    {
        // The escaped name is decoded.
        let name = if what == "escapes" { "NAME".to_owned() } else { format!("user2{number}") };
        db.import_jsonl(lines.replace("NAME", &name)).ok();
        let name = db.iamctl(&format!("user show {name}")).json();
        assert!(name["email"].as_str().unwrap().ends_with("@x.org"), "{what}");
    }
    assert_eq!(db.sql("select count(*) from users"), "12");
    // Any number of blank lines is accepted.
    db.import_jsonl("\n".repeat(200_000) + "{\"username\":\"last\",\"email\":\"l@x.org\"}").ok();
}

#[test]
fn a_quoted_field_may_have_several_lines() {
    let db = Db::new();
    let csv = "username,email\n\"a\nb\",\"c,\"\"d\"\"\r\ne\"\nbob,b@x.org\n";
    db.import(csv).arg("--as-is").ok();
    assert_eq!(
        db.iamctl("user list --search d").json()[0]["email"],
        "c,\"d\"\r\ne",
        "quotes, commas and line ends are kept",
    );
    // Messages count the lines of the file, not its rows.
    let before = db.state();
    let again = csv.replace("a\nb", "other").replace("\r\ne", "e").replace("b@x", "new@x");
    db.import(again).arg("--as-is").fails(4).says("line 3: the username `bob`");
    db.import(csv.to_owned() + "x,x@x.org\n").fails(2).says("line 2, username");
    assert_eq!(db.state(), before);
}

/// Rows of other programs, which only `--as-is` accepts.
const ODD: [(&str, &str, &str); 8] = [
    ("username", "50 characters", "x50"),
    ("username", "other characters", "J\u{f6}rg M\u{fc}ller (\u{1f600})"),
    ("username", "a hyphen in front", "-ab"),
    ("username", "nothing", ""),
    ("email", "no address", "nobody"),
    ("email", "a display name", "Bob <b@x.org>"),
    ("username_fingerprint", "text", "bob"),
    ("username_fingerprint", "bytes", "\\x00ff10"),
];

#[test]
fn as_is_accepts_rows_of_other_programs() {
    for (column, what, value) in ODD {
        let db = Db::new();
        let value = if value == "x50" { "x".repeat(50) } else { value.to_owned() };
        let mut row =
            vec![("username", "alice"), ("email", "a@x.org"), ("username_fingerprint", "")];
        row.iter_mut().find(|(name, _)| *name == column).unwrap().1 = &value;
        let (names, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
        let csv = format!("{}\n\"{}\"\n", names.join(","), values.join("\",\""));
        let refused = db.import(csv.as_str()).fails(2);
        assert!(refused.stderr.contains(&format!("line 2, {column}: ")), "{what}: {refused:?}");
        db.import(csv).arg("--as-is").ok();
        assert_eq!(db.iamctl("user list").json()[0][column], value.as_str(), "{column}: {what}");
    }
}

#[test]
fn as_is_keeps_the_case_of_an_email_and_flags_without_times() {
    let db = Db::new();
    db.import(
        "username,email,email_verified,email_verified_at,deleted,deleted_at\n\
         one,Odd@Case.ORG,true,,true,\n\
         two,2@x.org,false,2026-01-01T00:00:00Z,false,2026-01-01T00:00:00Z\n",
    )
    .arg("--as-is")
    .ok();
    assert_eq!(
        db.sql(
            "select email, email_verified, email_verified_at is null, deleted, deleted_at is null
                from users order by username"
        ),
        "Odd@Case.ORG|t|t|t|t\n2@x.org|f|f|f|f",
    );
    // Columns that are not in the file still get their defaults.
    db.import("username,email,email_verified,deleted\nthree,3@x.org,true,true\n")
        .arg("--as-is")
        .ok();
    assert_eq!(
        db.sql(
            "select count(*) from users where email_verified_at <= now() and deleted_at <= now()"
        ),
        "2",
        "only `two` and `three` have both times",
    );
    let contradiction = "username,email,deleted_at\nfour,4@x.org,2026-01-01T00:00:00Z\n";
    db.import(contradiction).fails(2).says("line 2, deleted_at");
}

#[test]
fn times_have_the_range_of_the_column() {
    let db = Db::new();
    let times = [
        ("infinity", "infinity"),
        ("-infinity", "-infinity"),
        ("-0043-03-15T12:00:00Z", "0044-03-15 12:00:00 BC"),
        ("-4713-11-24T00:00:00Z", "4714-11-24 00:00:00 BC"),
        ("0001-01-01T00:00:00Z", "0001-01-01 00:00:00"),
        ("+12026-01-02T03:04:05.000006Z", "12026-01-02 03:04:05.000006"),
        ("1969-12-31T23:59:59.999999Z", "1969-12-31 23:59:59.999999"),
        ("2026-06-01T00:00:00-05:30", "2026-06-01 05:30:00"),
        ("2026-06-01 00:00:00+05:30", "2026-05-31 18:30:00"),
    ];
    let csv = times
        .iter()
        .zip(1..)
        .fold("username,email,created_at\n".to_owned(), |csv, ((time, _), number)| {
            csv + &format!("user{number},{number}@x.org,{time}\n")
        });
    db.import(csv).arg("--as-is").ok();
    let stored = db.sql("select created_at at time zone 'utc' from users order by username");
    assert_eq!(stored.lines().collect::<Vec<_>>(), times.map(|(_, stored)| stored));
    let before = db.state();
    for time in
        ["-4713-11-23T23:59:59Z", "yesterday", "2026-02-30T00:00:00Z", "2026-01-01 00:00:00", "now"]
    {
        let csv = format!("username,email,created_at\nbob,b@x.org,{time}\n");
        db.import(csv).arg("--as-is").fails(2).says("line 2, created_at: it is not a time");
    }
    assert_eq!(db.state(), before);
}

#[test]
fn import_works_through_a_pooler() {
    let db = Db::new();
    let pooler = crate::support::pooler::Pooler::start(&db);
    let import = |options: &str, users| {
        let line = format!("user import - --format csv {options}");
        crate::support::Run::new(&pooler.url(), &line).input(csv_of(users))
    };
    import("", 1..=3).ok();
    // A temporary table left by one transaction would disturb the next one on the same connection.
    for _ in 0..3 {
        import("--on-conflict skip", 2..=5).ok();
    }
    import("", 5..=6).fails(4).says("line 2: the username `user5`");
    assert_eq!(db.users().len(), 5);
}
