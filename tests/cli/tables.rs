//! Tables on a terminal: for people. Off a terminal nothing of it applies.

use crate::support::{Db, IAMCTL, console};

/// What the command prints on a terminal of so many columns, without colour, a line each.
fn on_terminal(db: &Db, line: &str, columns: u16) -> Vec<String> {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("stty cols {columns} rows 24; exec {IAMCTL} {line}")]);
    shell.env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    shell.env("DATABASE_URL", db.url()).env("NO_COLOR", "1").env("TERM", "xterm");
    let mut session = rexpect::session::spawn_command(shell, Some(20_000)).unwrap();
    let bytes = session.exp_eof().unwrap();
    // Each char is one byte of the output.
    let bytes = bytes.chars().map(|byte| u8::try_from(byte).unwrap()).collect();
    let text = String::from_utf8(bytes).unwrap();
    text.lines().map(|line| line.trim_end_matches('\r').to_owned()).collect()
}

#[test]
fn columns_are_left_out_where_the_terminal_is_narrow_and_names_never() {
    let db = console::populated();
    let wide = "ID                                    USERNAME  EMAIL                STATUS";
    for (columns, header) in [
        (100, format!("{wide}      CREATED AT")),
        (85, wide.to_owned()),
        (70, "USERNAME  EMAIL                STATUS".to_owned()),
        (40, "USERNAME  STATUS".to_owned()),
    ] {
        let lines = on_terminal(&db, "user list", columns);
        assert_eq!(lines[0], header, "{columns}: {lines:#?}");
        assert_eq!(lines.len(), 5, "{columns}: {lines:#?}");
        for line in &lines {
            assert!(line.chars().count() <= columns.into(), "{columns}: {line}");
        }
        for (line, name) in lines[1..].iter().zip(["dora", "mallory", "bob", "alice"]) {
            assert!(line.contains(name), "{columns}: {lines:#?}");
        }
    }
}

#[test]
fn ids_and_names_stay_whole_on_a_narrow_terminal() {
    let db = console::populated();
    let lines = on_terminal(&db, "token list", 40);
    assert_eq!(lines[0], "ID            NAME    STATUS", "{lines:#?}");
    assert_eq!(lines[3], "iDsEsZ7eKpwL  ci      active", "{lines:#?}");
}

/// A user may choose an email that is as long as this. It is no reason to hide those of all.
#[test]
fn a_long_email_is_cut_and_hides_no_other() {
    let db = Db::new();
    db.user("alice");
    db.user("bob");
    let long = format!("{}@example.org", "b".repeat(60));
    db.sql(&format!("update users set email = '{long}' where username = 'bob'"));
    let lines = on_terminal(&db, "user list", 80);
    assert!(lines[0].contains("EMAIL"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("alice@example.org")), "{lines:#?}");
    let cut = format!("bob       {}…  active", "b".repeat(30));
    assert!(lines.iter().any(|line| line.starts_with(&cut)), "{lines:#?}");
    // It is whole where there is room.
    let wide = on_terminal(&db, "user list", 160);
    assert!(wide.iter().any(|line| line.contains(&long)), "{wide:#?}");
    let chosen = on_terminal(&db, "user list --columns username,email", 100);
    assert!(chosen.iter().any(|line| line.contains(&long)), "{chosen:#?}");
}

#[test]
fn columns_that_are_asked_for_are_all_shown() {
    let db = console::populated();
    let lines = on_terminal(&db, "user list --columns id,username,created_at", 60);
    assert!(lines[0].contains("ID") && lines[0].contains("USERNAME"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("alice")), "{lines:#?}");
}

#[test]
fn long_words_and_wide_characters_line_up() {
    let db = console::populated();
    db.sql("update users set username = '山田太郎' where username = 'dora'");
    let lines = on_terminal(&db, "user list", 70);
    // Each of the four characters is two columns wide.
    assert!(lines[1].starts_with("山田太郎  dora@example.org"), "{lines:#?}");
    assert!(lines[2].starts_with("mallory   mallory@example.org"), "{lines:#?}");
    db.sql("update users set username = repeat('w', 50) where username = 'bob'");
    for line in on_terminal(&db, "user list", 40) {
        assert!(line.chars().count() <= 40, "{line}");
    }
}

#[test]
fn times_are_relative_on_a_terminal_only() {
    let db = console::populated();
    let owner = "5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c01";
    let line = format!("token list --owner {owner} --columns name,expires_at,created_at");
    let lines = on_terminal(&db, &line, 80);
    assert_eq!(lines[0], "NAME  EXPIRES AT   CREATED AT", "{lines:#?}");
    assert_eq!(lines[1], "ci    in 9 days    2 months ago", "{lines:#?}");
    assert_eq!(lines[2], "old   31 days ago  3 months ago", "{lines:#?}");
    let iso = on_terminal(&db, &format!("{line} --times iso"), 80);
    assert!(iso[1].ends_with('Z') && iso[1].contains('T'), "{iso:#?}");

    let table = db.iamctl(&line).ok().stdout;
    assert!(table.starts_with("NAME  EXPIRES_AT") && !table.contains("ago"), "{table}");
    let relative = db.iamctl(&format!("{line} --times relative")).ok().stdout;
    assert!(relative.contains("in 9 days"), "{relative}");
    for format in ["json", "csv", "id"] {
        db.iamctl(&format!("user list --times relative -o {format}")).fails(2).says("--times");
    }
    // One record has both.
    let shown = on_terminal(&db, "token show --user alice --name ci", 80);
    let expires = shown.iter().find(|line| line.starts_with("expires at")).unwrap();
    assert!(expires.contains('T') && expires.ends_with("Z (in 9 days)"), "{shown:#?}");
}

#[test]
fn one_changed_object_is_shown_upright_on_a_terminal() {
    let db = console::populated();
    let one = on_terminal(&db, "user unblock mallory", 80);
    assert!(
        one.iter().any(|line| line.starts_with("username") && line.contains("mallory")),
        "{one:#?}"
    );
    assert!(
        one.iter().any(|line| line.starts_with("changed") && line.ends_with("yes")),
        "{one:#?}"
    );
    let two = on_terminal(&db, "user unblock mallory bob", 80);
    assert_eq!(two[0], "USERNAME  EMAIL                STATUS  CHANGED", "{two:#?}");
    let piped = db.iamctl("user unblock mallory").ok();
    assert_eq!(piped.lines().len(), 2, "{piped:#?}");
}

#[test]
fn a_fingerprint_comes_last_on_a_terminal() {
    let db = console::populated();
    let lines = on_terminal(&db, "user show alice", 120);
    assert!(lines.last().unwrap().starts_with("username fingerprint"), "{lines:#?}");
    let piped = db.iamctl("user show alice").ok();
    assert!(piped.lines().last().unwrap().starts_with("live_tokens"), "{piped:#?}");
}

#[test]
fn sizes_are_readable_on_a_terminal() {
    let db = console::populated();
    let lines = on_terminal(&db, "code stats", 100);
    assert!(lines[1].ends_with("KiB"), "{lines:#?}");
    let bytes = db.iamctl("code stats --columns bytes --no-headers").ok().stdout;
    assert!(bytes.lines().all(|line| line.parse::<u64>().is_ok()), "{bytes}");
}

#[test]
fn an_offboarding_is_counted_on_a_terminal_and_listed_with_verbose() {
    let db = console::populated();
    let lines = on_terminal(&db, "user offboard alice --dry-run --quiet", 80);
    let expected = [
        "USERNAME  KIND                COUNT  OUTCOME",
        "alice     user                1      blocked",
        "alice     session             2      revoked",
        "alice     authorization code  1      removed",
        "alice     token               1      revoked",
        "alice     token               1      kept: shared",
    ];
    assert_eq!(lines, expected);
    let verbose = on_terminal(&db, "user offboard alice --dry-run --verbose", 120);
    assert!(verbose.iter().any(|line| line.contains("iDsEsZ7eKpwL")), "{verbose:#?}");
    let piped = db.iamctl("user offboard alice --dry-run").ok();
    assert!(piped.stdout.contains("iDsEsZ7eKpwL"), "{piped:#?}");
}

#[test]
fn findings_are_wrapped_between_words() {
    let db = console::populated();
    let lines = on_terminal(&db, "doctor", 60);
    assert_eq!(lines[0], "CHECK        STATUS  DETAIL", "{lines:#?}");
    let all = lines.join(" ");
    let words: Vec<_> = all.split_whitespace().collect();
    assert!(words.join(" ").contains("no foreign key or constraint of others that may"), "{all}");
    assert!(lines.iter().all(|line| line.chars().count() <= 60), "{lines:#?}");
}
