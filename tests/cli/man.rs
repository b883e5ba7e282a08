//! `iamctl man`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::support::{Run, directory};

#[test]
fn the_page_of_a_command_is_printed() {
    let page = Run::without_database("man user create").ok().stdout;
    assert!(page.contains(".TH IAMCTL-USER-CREATE 1"), "{page}");
    assert!(page.contains("\\-\\-if\\-not\\-exists"), "{page}");
    let root = Run::without_database("man").ok().stdout;
    assert!(root.contains(".TH IAMCTL 1"), "{root}");
    assert!(root.contains("Give up connecting to a host after this time"), "{root}");
    let topic = Run::without_database("man exit-codes").ok().stdout;
    assert!(topic.contains(".TH IAMCTL-EXIT-CODES 7"), "{topic}");
    let json = Run::without_database("man token").json();
    assert!(json["page"].as_str().unwrap().contains("iamctl\\-token"), "{json}");
    Run::without_database("man user nonsense").fails(2).says("there is no command `nonsense`");
}

/// All pages, in a directory of manuals.
fn written() -> (tempfile::TempDir, Vec<PathBuf>) {
    let directory = directory();
    Run::without_database("man --directory").arg(directory.path()).ok();
    let mut pages: Vec<_> = ["man1", "man7"]
        .iter()
        .flat_map(|folder| fs::read_dir(directory.path().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    (directory, pages)
}

#[test]
fn all_pages_are_written() {
    let (directory, pages) = written();
    for page in [
        "man1/iamctl.1",
        "man1/iamctl-user.1",
        "man1/iamctl-user-create.1",
        "man1/iamctl-purge.1",
        "man7/iamctl-exit-codes.7",
        "man7/iamctl-environment.7",
    ] {
        assert!(pages.contains(&directory.path().join(page)), "{page} in {pages:?}");
    }
    let again = || Run::without_database("man --directory").arg(directory.path());
    assert_eq!(again().ok().stdout, "");
    let path = directory.path().to_str().unwrap();
    assert_eq!(again().json(), json!({ "directory": path }));
    Run::without_database("man --directory /dev/null").fails(2).says("--directory");
}

/// What a checker of manual pages prints about a page.
fn complaints(program: &str, arguments: &[&str], page: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(page).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{program}: {error}; run: apt-get install groff mandoc man-db")
    });
    let mut text = String::from_utf8_lossy(&output.stderr).into_owned();
    if program == "mandoc" {
        text += &String::from_utf8_lossy(&output.stdout);
    }
    if !output.status.success() {
        text += &String::from_utf8_lossy(&output.stdout);
    }
    text
}

#[test]
fn checkers_of_manual_pages_find_nothing() {
    let (_directory, pages) = written();
    assert!(pages.len() > 60, "{}", pages.len());
    for page in pages {
        for (program, arguments) in [
            ("groff", &["-ww", "-man", "-Tutf8", "-z"][..]),
            // As `man` shows it under LC_ALL=C: no character may be missing.
            ("groff", &["-ww", "-man", "-Tascii", "-z"]),
            ("mandoc", &["-T", "lint"]),
            ("lexgrog", &[]),
        ] {
            let found = complaints(program, arguments, &page);
            assert_eq!(found, "", "{program} on {}", page.display());
        }
    }
}

#[test]
fn what_is_left_out_of_an_example_shows_on_a_terminal_without_unicode() {
    let (directory, _) = written();
    let page = directory.path().join("man1/iamctl-token-issue.1");
    let shown = Command::new("groff").args(["-man", "-Tascii"]).arg(page).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("alice\n       ...\n       token "), "{shown}");
}

/// What help shows, the manual has, too.
#[test]
fn a_page_has_every_option_with_its_text_and_the_examples() {
    let page = Run::without_database("man token rotate").ok().stdout.replace('\\', "");
    for text in [
        "SYNOPSIS",
        "DESCRIPTION",
        "OPTIONS",
        "EXAMPLES",
        "EXIT STATUS",
        "ENVIRONMENT",
        "FILES",
        "SEE ALSO",
        "--overlap",
        "Keep the old token valid this long",
        "[default: 24h]",
        "verbatim: 44 characters",
        "Valid until this time: 2027-01-31",
        "$ iamctl token rotate --user alice",
        "iamctl-exit-codes",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("Options of every command: iamctl help"), "{page}");
}
