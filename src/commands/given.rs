use std::io::{BufRead as _, stdin};
use std::str::FromStr;

use crate::error::{Error, Result};

/// A target on the command line, or `-` for those on standard input.
#[derive(Debug, Clone)]
pub enum Given<T> {
    Here(T),
    StandardInput,
}

impl<T: FromStr> FromStr for Given<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "-" { Ok(Self::StandardInput) } else { text.parse().map(Self::Here) }
    }
}

/// More targets than this are a bulk job, not a list of names.
const MOST_LINES: usize = 100_000;

/// All targets, in the order given; `-` stands for the lines of standard input, blank ones left
/// out.
pub fn collect<T>(given: &[Given<T>]) -> Result<Vec<T>>
where
    T: FromStr + Clone,
    T::Err: ToString,
{
    let mut targets = Vec::new();
    let mut read = false;
    for target in given {
        match target {
            Given::Here(target) => targets.push(target.clone()),
            // A second `-` finds it at its end.
            Given::StandardInput if read => {}
            Given::StandardInput => {
                read = true;
                targets.extend(lines()?);
            }
        }
    }
    Ok(targets)
}

/// The lines of standard input, parsed. An error names the line and does not repeat it: it may be
/// a secret.
pub fn lines<T>() -> Result<Vec<T>>
where
    T: FromStr,
    T::Err: ToString,
{
    let mut targets = Vec::new();
    for (number, line) in (1..).zip(stdin().lock().lines()) {
        let line = line.map_err(|error| {
            Error::usage(format!("line {number} of standard input cannot be read: {error}"))
        })?;
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        if targets.len() == MOST_LINES {
            return Err(Error::usage(format!(
                "standard input names more than {MOST_LINES} targets; split it up"
            )));
        }
        targets.push(text.parse().map_err(|error: T::Err| {
            Error::usage(format!("line {number} of standard input: {}", error.to_string()))
        })?);
    }
    Ok(targets)
}
