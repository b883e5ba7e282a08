//! The parts of help pages that clap does not write.
//!
//! Examples are written as a terminal shows them: lines that begin with `$ ` are typed, those behind them are
//! what is printed, and `…` stands for what is left out. A test runs each of them (tests/cli/examples.rs).

use clap::ValueEnum;
use clap::builder::PossibleValue;

/// The last line of each page.
pub const EVERY_COMMAND: &str = "Options of every command: iamctl help options";

/// The end of a page of `-h`: what to type. The page fits a screen of 80 × 24.
pub fn short(examples: &str) -> String {
    let typed = examples.lines().filter(|line| line.starts_with("$ "));
    page(typed) + EVERY_COMMAND
}

/// The end of a page of `--help`: what to type, and what it prints.
pub fn long(examples: &str) -> String {
    page(examples.trim_matches('\n').lines()) + "\n" + EVERY_COMMAND
}

/// The text of an option for `--help`, with its values. `-h` has no room for them.
pub fn with_values<T: ValueEnum>(text: &str) -> String {
    let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    format!("{text}\n\n{}", list_of_values(values))
}

/// The values of an option, a line each, with what they mean.
pub fn list_of_values(values: impl Iterator<Item = PossibleValue>) -> String {
    let mut list = String::from("Possible values:");
    for value in values {
        list.extend(["\n- ", value.get_name()]);
        if let Some(help) = value.get_help() {
            list.extend([": ", &help.to_string()]);
        }
    }
    list
}

fn page<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut page = String::from("Examples:\n");
    for line in lines {
        if !line.is_empty() {
            page.extend(["  ", line]);
        }
        page.push('\n');
    }
    page
}
