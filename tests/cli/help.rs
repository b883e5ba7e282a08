//! One snapshot holds the long help of every command, so that its wording can be reviewed as a
//! whole.

use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};
use iamctl::cli::Cli;

use crate::support::Run;

/// `INSTA_UPDATE=always cargo test help_of_every_command` updates the snapshot.
#[test]
fn help_of_every_command() {
    let mut root = Cli::command().term_width(100);
    root.build();
    let mut pages = String::new();
    write_pages(&root, "", &mut pages);
    insta::assert_snapshot!(pages);
}

fn write_pages(command: &Command, parent: &str, pages: &mut String) {
    let path = format!("{parent} {}", command.get_name());
    writeln!(pages, "$ {} --help\n{}", path.trim(), command.clone().render_long_help()).unwrap();
    for child in command.get_subcommands().filter(|child| child.get_name() != "help") {
        write_pages(child, &path, pages);
    }
}

/// The pages of all commands for `-h`, on a terminal of 80 columns, with their names.
fn short_pages(command: &Command, parent: &str, pages: &mut Vec<(String, String)>) {
    let path = format!("{parent} {}", command.get_name()).trim().to_owned();
    let page = command.clone().term_width(80).render_help().to_string();
    for child in command.get_subcommands() {
        short_pages(child, &path, pages);
    }
    pages.push((path, page));
}

#[test]
fn a_short_page_fits_a_screen_of_80_columns_and_24_lines() {
    // The last line is that of the prompt.
    const LINES: usize = 23;
    let mut root = Cli::command();
    root.build();
    let mut pages = Vec::new();
    short_pages(&root, "", &mut pages);
    assert!(pages.len() > 60, "{}", pages.len());
    for (path, page) in pages {
        assert!(page.lines().count() <= LINES, "{path}:\n{page}");
        // Off a terminal, too.
        let words = path.trim_start_matches("iamctl");
        assert_eq!(Run::without_database(&format!("{words} -h")).ok().stdout, page, "{path}");
        let long = Run::without_database(&format!("{words} --help")).ok().stdout;
        let widest = long.lines().max_by_key(|line| line.chars().count()).unwrap();
        assert!(widest.chars().count() <= 80, "{path}: {widest}");
        let is_verb = page.contains("Examples:");
        for line in page.lines() {
            assert!(line.chars().count() <= 80, "{path}: {line}");
        }
        // An option whose text has no place beside it takes two lines.
        let first = page.lines().next().unwrap();
        assert!(first.chars().count() <= 60, "{path}: {first}");
        if is_verb {
            assert!(page.contains("\n  $ iamctl ") || page.contains("=$(iamctl "), "{page}");
        }
        assert!(page.contains("iamctl help options"), "{path}:\n{page}");
    }
}

#[test]
fn the_options_of_every_command_are_on_a_page_of_their_own() {
    let page = Run::without_database("help options").ok().stdout;
    for option in ["--database-url", "--local", "--statement-timeout", "--output", "--quiet"] {
        assert!(page.contains(option), "{option}: {page}");
        let verb = Run::without_database("user create --help").ok().stdout;
        assert!(!verb.contains(option), "{option}: {verb}");
    }
}

#[test]
fn help_shows_topics_and_the_pages_of_commands() {
    let help = |words: &str| Run::without_database(&format!("help {words}"));
    for (topic, text) in [
        ("exit-codes", "9         incomplete: a purge left rows"),
        ("environment", "DATABASE_URL_FILE"),
        ("output", "-o jsonl"),
        ("selectors", "email:alice@example.org"),
        ("times", "7d, 2w, 6mo, 1y"),
    ] {
        let page = help(topic).ok().stdout;
        assert!(page.contains(text), "{topic}: {page}");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    }
    for command in ["", "user", "user create", "purge", "help"] {
        let page = help(command).ok().stdout;
        let asked = Run::without_database(&format!("{command} --help")).ok().stdout;
        assert_eq!(page, asked, "{command}");
    }
    help("nonsense").fails(2).says("there is no command or topic `nonsense`");
    help("user nonsense").fails(2).says("there is no command or topic `user nonsense`");
    let json = help("times").json();
    assert!(json["page"].as_str().unwrap().contains("RFC 3339"), "{json}");
}

/// Each exit code of the program is explained.
#[test]
fn the_topic_of_exit_codes_has_every_kind() {
    let page = Run::without_database("help exit-codes").ok().stdout;
    for kind in [
        "internal",
        "usage",
        "not_found",
        "conflict",
        "refused",
        "unreachable",
        "schema",
        "forbidden",
        "incomplete",
        "busy",
        "interrupted",
    ] {
        assert!(page.contains(kind), "{kind}: {page}");
    }
}
