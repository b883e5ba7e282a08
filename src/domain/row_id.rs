use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The id of a token, session or code: the first 12 characters of its stored column, with `+`
/// shown as `-` and `/` as `_`. It does not reveal the secret: over 180 bits remain unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowId(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRowId {
    #[error(
        "that looks like a secret, and others can read it on a command line; give the id that a \
         list shows, or the secret on standard input"
    )]
    Secret,
    #[error("an id has 12 to 24 characters of A-Z a-z 0-9 - _, as a list shows it")]
    Malformed,
}

/// How many characters of the stored column an id has.
pub const CHARACTERS_OF_ID: u8 = 12;

impl RowId {
    /// What the stored column begins with: as many characters as the id was given with.
    pub fn stored_start(&self) -> String {
        self.0.replace('-', "+").replace('_', "/")
    }

    /// A LIKE pattern for the stored column. The start has no character that is special in one.
    pub fn stored_pattern(&self) -> String {
        self.stored_start() + "%"
    }

    /// The first `CHARACTERS_OF_ID` characters of the stored column, which have an index.
    pub fn stored_id(&self) -> String {
        self.stored_start().chars().take(CHARACTERS_OF_ID.into()).collect()
    }

    /// The id of a stored value; `None` if the value does not have the format of a secret: 32 bytes
    /// in base64, ending in `=`, or in `.` if it is the digest of a token.
    pub fn of_stored(stored: &str) -> Option<String> {
        let digits = stored.strip_suffix(['=', '.'])?;
        STANDARD.decode(format!("{digits}=")).ok().filter(|bytes| bytes.len() == 32)?;
        Some(digits.chars().take(CHARACTERS_OF_ID.into()).map(shown).collect())
    }
}

fn shown(digit: char) -> char {
    match digit {
        '+' => '-',
        '/' => '_',
        other => other,
    }
}

impl FromStr for RowId {
    type Err = InvalidRowId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_prefix("id:").unwrap_or(text);
        if text.starts_with("iam_") || text.chars().count() > 24 {
            return Err(InvalidRowId::Secret);
        }
        if text.len() >= CHARACTERS_OF_ID.into() && text.bytes().all(is_of_id) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidRowId::Malformed)
        }
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The beginning of an id, as far as it is typed; it may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdStart(String);

impl IdStart {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A LIKE pattern for the first `CHARACTERS_OF_ID` characters of the stored column.
    pub fn stored_pattern(&self) -> String {
        self.0.replace('-', "+").replace('_', "/") + "%"
    }
}

impl FromStr for IdStart {
    type Err = InvalidRowId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() <= CHARACTERS_OF_ID.into() && text.bytes().all(is_of_id) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidRowId::Malformed)
        }
    }
}

fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::{IdStart, InvalidRowId, RowId};

    #[test]
    fn the_beginning_of_an_id_is_no_longer_than_an_id() {
        let pattern = |text: &str| text.parse().map(|start: IdStart| start.stored_pattern());
        assert_eq!(pattern(""), Ok("%".to_owned()));
        assert_eq!(pattern("a-_"), Ok("a+/%".to_owned()));
        for bad in ["a%", "a+", "ü", "0123456789abc"] {
            assert_eq!(pattern(bad), Err(InvalidRowId::Malformed), "{bad}");
        }
    }

    #[test]
    fn an_id_is_the_start_of_what_is_stored() -> Result<(), Box<dyn std::error::Error>> {
        let stored = "ab+/efghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPA=";
        let id = RowId::of_stored(stored).ok_or("no id")?;
        assert_eq!(id, "ab-_efghijkl");
        assert_eq!(id.parse::<RowId>()?.stored_start(), "ab+/efghijkl");
        let longer: RowId = "ab-_efghijklmn".parse()?;
        assert_eq!(longer.stored_start(), "ab+/efghijklmn");
        assert_eq!(longer.stored_id(), "ab+/efghijkl");
        assert_eq!(RowId::of_stored("malformed"), None);
        assert_eq!(RowId::of_stored(&stored.replace('+', " ")), None);
        Ok(())
    }

    #[test]
    fn a_secret_is_refused() {
        assert_eq!("iam_0123456789".parse::<RowId>(), Err(InvalidRowId::Secret));
        assert_eq!("x".repeat(25).parse::<RowId>(), Err(InvalidRowId::Secret));
        assert_eq!("short".parse::<RowId>(), Err(InvalidRowId::Malformed));
    }
}
