//! What a manual page says, in roff.

use std::fmt::Write as _;

use clap::{Arg, Command};
use roff::{Inline, Roff, bold, italic, roman};
use textwrap::{Options, WordSplitter, wrap};

use crate::commands::help::topic::{Part, Topic};
use crate::commands::help_page::{EVERY_COMMAND, list_of_values};

/// When the texts of the pages last changed.
const DATE: &str = "2026-11-27";

const PROGRAM: &str = concat!("iamctl ", env!("CARGO_PKG_VERSION"));

/// The page of a command, in section 1. `root` says whether it is that of `iamctl` itself, which has the
/// options of every command.
pub fn of_command(command: &Command, root: bool) -> String {
    let name = name(command);
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut page = titled(&name, "1", &about);

    section(&mut page, "SYNOPSIS");
    let usage = command.clone().render_usage().to_string();
    page.text([roman(usage.trim_start_matches("Usage: "))]);

    section(&mut page, "DESCRIPTION");
    let long = command.get_long_about().map(ToString::to_string);
    paragraphs(&mut page, &long.unwrap_or_else(|| format!("{about}.")));

    let below: Vec<_> = command.get_subcommands().collect();
    if !below.is_empty() {
        section(&mut page, "COMMANDS");
        for verb in below {
            page.control("TP", []).text([bold(verb.get_name())]);
            let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
            page.text([roman(format!("{about}. See ")), bold(self::name(verb)), roman("(1).")]);
        }
    }
    options(&mut page, command, root);
    examples(&mut page, command);

    section(&mut page, "EXIT STATUS");
    page.text([roman("0 if it is done, or if nothing had to be changed. The others are in")]);
    page.text([bold("iamctl-exit-codes"), roman("(7).")]);
    section(&mut page, "ENVIRONMENT");
    page.text([roman("The variables, also those that name the database, are in")]);
    page.text([bold("iamctl-environment"), roman("(7).")]);
    section(&mut page, "FILES");
    page.control("TP", []).text([italic(".env")]);
    page.text(inlines("In the current directory: may set `DATABASE_URL` and others."));
    page.control("TP", []).text([italic("~/.local/share/iamctl")]);
    page.text([roman("The private PostgreSQL of "), bold("--local"), roman(".")]);

    let above = name.rsplit_once('-').map_or("iamctl", |(above, _)| above);
    let above = if root { None } else { Some((above.to_owned(), "1")) };
    let topics = Topic::IN_MANUAL.into_iter();
    see_also(&mut page, above.into_iter().chain(topics.map(|topic| (name_of(topic), "7"))));
    rendered(&page)
}

/// The page of a topic, in section 7.
pub fn of_topic(topic: Topic) -> String {
    let mut page = titled(&name_of(topic), "7", topic.title());
    section(&mut page, "DESCRIPTION");
    let mut is_first = true;
    for part in topic.parts() {
        match part {
            Part::Paragraph(text) => {
                if !is_first {
                    page.control("PP", []);
                }
                page.text(inlines(text));
            }
            Part::Item { term, text } => {
                page.control("TP", []).text([bold(term)]).text(inlines(text));
            }
            Part::Typed(line) => {
                page.control("EX", []).text([roman(line)]).control("EE", []);
            }
        }
        is_first = false;
    }
    let others = Topic::IN_MANUAL.into_iter().filter(|other| *other != topic);
    let others = others.map(|other| (name_of(other), "7"));
    see_also(&mut page, [("iamctl".to_owned(), "1")].into_iter().chain(others));
    rendered(&page)
}

/// The name of a command's page, such as `iamctl-user-create`.
pub fn name(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

/// The name of a topic's page, such as `iamctl-exit-codes`.
pub fn name_of(topic: Topic) -> String {
    format!("iamctl-{}", topic.name())
}

/// The page as `mandoc -T lint` wants it: in ASCII, and, outside of examples, in lines of at most 80 characters.
fn rendered(page: &Roff) -> String {
    let options = Options::new(79).break_words(false).word_splitter(WordSplitter::NoHyphenation);
    let mut text = String::new();
    let mut in_example = false;
    for line in page.to_roff().lines() {
        in_example = line == ".EX" || (in_example && line != ".EE");
        let parts = if in_example || line.starts_with('.') {
            vec![line.into()]
        } else {
            wrap(line, &options)
        };
        for (at, part) in parts.iter().enumerate() {
            // It would be read as a control line.
            if part.starts_with('…') || (at > 0 && part.starts_with(['.', '\''])) {
                text.push_str(r"\&");
            }
            for character in part.chars() {
                match character {
                    // A terminal without Unicode would show nothing.
                    '…' => text.push_str("..."),
                    _ if character.is_ascii() => text.push(character),
                    _ => _ = write!(text, "\\[u{:04X}]", u32::from(character)),
                }
            }
            text.push('\n');
        }
    }
    text
}

fn titled(name: &str, number: &str, about: &str) -> Roff {
    let mut page = Roff::new();
    page.control("TH", [name.to_uppercase().as_str(), number, DATE, PROGRAM, "iamctl manual"]);
    section(&mut page, "NAME");
    page.text([roman(format!("{name} - {about}"))]);
    page
}

fn section(page: &mut Roff, title: &str) {
    page.control("SH", [title]);
}

fn paragraphs(page: &mut Roff, text: &str) {
    for (at, paragraph) in text.split("\n\n").enumerate() {
        if at > 0 {
            page.control("PP", []);
        }
        for line in paragraph.lines() {
            match line.strip_prefix("- ") {
                Some(item) => page.control("br", []).text(inlines(&format!("- {item}"))),
                None => page.text(inlines(line)),
            };
        }
    }
}

/// The text, with what is between backticks in bold.
fn inlines(text: &str) -> Vec<Inline> {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(at, part)| if at % 2 == 1 { bold(part) } else { roman(part) }).collect()
}

fn options(page: &mut Roff, command: &Command, root: bool) {
    let shown = |arg: &&Arg| !arg.is_hide_set() && (root || !arg.is_global_set());
    let args: Vec<_> = command.get_arguments().filter(shown).collect();
    section(page, "OPTIONS");
    let (positional, others): (Vec<_>, Vec<_>) =
        args.into_iter().partition(|arg| arg.is_positional());
    for arg in positional.into_iter().chain(others) {
        page.control("TP", []).text(label(arg));
        let help = arg.get_long_help().or_else(|| arg.get_help());
        let mut text = help.map(ToString::to_string).unwrap_or_default();
        let takes_value = arg.get_action().takes_values();
        let values = arg.get_possible_values();
        if takes_value && !values.is_empty() && !arg.is_hide_possible_values_set() {
            let shown = values.into_iter().filter(|value| !value.is_hide_set());
            text.extend(["\n\n", &list_of_values(shown)]);
        }
        let defaults: Vec<_> =
            arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if takes_value && !defaults.is_empty() {
            text.extend(["\n\n[default: ", &defaults.join(" "), "]"]);
        }
        // A paragraph within an item.
        for (at, paragraph) in text.split("\n\n").enumerate() {
            if at > 0 {
                page.control("IP", []);
            }
            paragraphs(page, paragraph);
        }
    }
    if !root {
        page.control("PP", []);
        page.text([roman("The options of every command are in "), bold("iamctl"), roman("(1).")]);
    }
}

/// An option as it is typed, such as `-o, --output FORMAT`.
fn label(arg: &Arg) -> Vec<Inline> {
    let mut label = Vec::new();
    if let Some(short) = arg.get_short() {
        label.push(bold(format!("-{short}")));
    }
    if let Some(long) = arg.get_long() {
        if !label.is_empty() {
            label.push(roman(", "));
        }
        label.push(bold(format!("--{long}")));
    }
    if arg.get_action().takes_values() {
        let names = arg.get_value_names().unwrap_or_default();
        let names: Vec<_> = names.iter().map(clap::builder::Str::as_str).collect();
        if arg.is_require_equals_set() {
            label.extend([roman("[="), italic(names.join(" ")), roman("]")]);
        } else {
            label.extend((!label.is_empty()).then(|| roman(" ")));
            label.push(italic(names.join(" ")));
        }
    }
    label
}

fn examples(page: &mut Roff, command: &Command) {
    let Some(text) = command.get_after_long_help().map(ToString::to_string) else { return };
    section(page, "EXAMPLES");
    page.control("EX", []);
    let text = text.trim_start_matches("Examples:\n").trim_end_matches(EVERY_COMMAND);
    for line in text.trim_end().lines() {
        if line.is_empty() {
            page.control("sp", []);
        } else {
            page.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
        }
    }
    page.control("EE", []);
}

fn see_also(page: &mut Roff, pages: impl Iterator<Item = (String, &'static str)>) {
    section(page, "SEE ALSO");
    let mut pages = pages.peekable();
    while let Some((name, number)) = pages.next() {
        let comma = if pages.peek().is_some() { "," } else { "" };
        page.text([bold(name), roman(format!("({number}){comma}"))]);
    }
}
