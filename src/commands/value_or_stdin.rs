use std::fmt::Display;
use std::io::{BufRead as _, Read as _, stdin};
use std::str::FromStr;

use crate::error::{Error, Result};

/// A target on the command line, or `-` for targets on standard input.
#[derive(Debug, Clone)]
pub enum ValueOrStdin<T> {
    Here(T),
    StandardInput,
}

impl<T: FromStr> FromStr for ValueOrStdin<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "-" { Ok(Self::StandardInput) } else { text.parse().map(Self::Here) }
    }
}

/// The most targets that standard input may name.
const MOST_LINES: usize = 100_000;

/// In bytes. Selectors and secrets are shorter.
const LONGEST_LINE: u64 = 1024;

/// All targets in the given order. `-` is replaced by the lines of standard input without blank
/// lines.
pub fn collect<T>(given: &[ValueOrStdin<T>]) -> Result<Vec<T>>
where
    T: FromStr + Clone,
    T::Err: ToString,
{
    let mut targets = Vec::new();
    let mut read = false;
    for target in given {
        match target {
            ValueOrStdin::Here(target) => targets.push(target.clone()),
            // Standard input can be read only once.
            ValueOrStdin::StandardInput if read => {}
            ValueOrStdin::StandardInput => {
                read = true;
                targets.extend(lines()?);
            }
        }
    }
    Ok(targets)
}

/// The parsed lines of standard input. An error gives the number of the line, but does not repeat
/// the line, which may be a secret.
pub fn lines<T>() -> Result<Vec<T>>
where
    T: FromStr,
    T::Err: ToString,
{
    let mut targets = Vec::new();
    let mut input = stdin().lock();
    for number in 1.. {
        let unusable =
            |why: &dyn Display| Error::usage(format!("line {number} of standard input: {why}"));
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut line);
        match read.map_err(|error| unusable(&error))? {
            0 => break,
            read if read as u64 > LONGEST_LINE => return Err(unusable(&"it is too long")),
            _ => {}
        }
        let text = std::str::from_utf8(&line).map_err(|_| unusable(&"it is not UTF-8"))?;
        // Programs of Windows begin a file with a byte order mark.
        let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text }.trim();
        if text.is_empty() {
            continue;
        }
        if targets.len() == MOST_LINES {
            return Err(Error::usage(format!(
                "standard input names more than {MOST_LINES} targets; split them among several runs"
            )));
        }
        targets.push(text.parse().map_err(|error: T::Err| unusable(&error.to_string()))?);
    }
    Ok(targets)
}
