//! Values of any length: an error does not repeat more of them than can be read.

use crate::support::{Db, Run};

const LONG: usize = 120_000;

#[test]
fn a_long_argument_is_not_repeated_whole() {
    let db = Db::new();
    db.user("alice");
    for (letter, separator) in [("x", ""), ("ł", ""), ("ł", " ")] {
        let long = format!("{letter}{separator}").repeat(LONG / 4);
        for line in [
            "user show",
            "user list --columns",
            "user list --sort",
            "user create bob --email",
            "token issue --user alice --name",
            "nonsense",
            "user list --wait",
            "db grants --profile operator --role",
            "user import --format csv",
            "token issue --user alice --name new --write-to",
            "audit list --since",
            "user list --database-url",
        ] {
            for format in ["table", "json"] {
                let outcome = db.iamctl("-o").arg(format).without_env("DATABASE_URL");
                let outcome = outcome.env("PGHOST", server_directory()).env("PGUSER", "postgres");
                let outcome = outcome.env("PGDATABASE", &db.name);
                let outcome = line.split(' ').fold(outcome, Run::arg).arg(&long).run();
                assert_ne!(outcome.code, 0, "{line}");
                let length = outcome.stderr.chars().count();
                assert!(length < 10_000, "{line} -o {format}: {length} characters");
                assert!(!outcome.stderr.is_empty(), "{line}");
            }
        }
        let outcome = db.iamctl("user show").arg(&long).fails(2);
        let expected = if separator.is_empty() { 1_500 } else { 10_000 };
        assert!(outcome.stderr.chars().count() < expected, "{outcome:#?}");
        assert!(
            outcome.stderr.contains('…') && outcome.stderr.contains("at most 50"),
            "{outcome:#?}"
        );
    }
}

fn server_directory() -> &'static std::path::Path {
    crate::support::server().directory()
}

#[test]
fn a_long_value_of_a_file_or_standard_input_is_not_repeated_whole() {
    let db = Db::new();
    let long = "x".repeat(LONG);
    for input in [
        format!("{long}\n"),
        format!("username,email,{long}\nbob,bob@x.org,\n"),
        format!("username,email\n{long},bob@x.org\n"),
        format!("username,email\nbob,{long}@x.org\n"),
        format!("username,email,created_at\nbob,bob@x.org,{long}\n"),
    ] {
        let outcome = db.iamctl("user import - --format csv").input(input).fails(2);
        assert!(outcome.stderr.len() < 2_000, "{}", outcome.stderr.len());
    }
    let outcome = db.iamctl("user block - --yes").input(format!("{long}\n")).fails(2);
    assert!(outcome.stderr.len() < 2_000, "{}", outcome.stderr.len());
    let outcome = db.iamctl("user list").env("IAMCTL_OUTPUT", &long).fails(2);
    assert!(outcome.stderr.len() < 2_000, "{}", outcome.stderr.len());
}
