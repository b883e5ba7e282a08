use std::fmt;
use std::str::FromStr;

use super::secret_detection::holds_secret;

/// The name of an API token: 1 to 100 characters, the limit of the column, without control
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenName(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTokenName {
    #[error(
        "a token name has 1 to 100 characters, no control character, and no space at either end"
    )]
    Malformed,
    #[error("that contains a secret, and names of tokens are visible to others")]
    Secret,
}

impl TokenName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TokenName {
    type Err = InvalidTokenName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if holds_secret(text) {
            return Err(InvalidTokenName::Secret);
        }
        let fits = (1..=100).contains(&text.chars().count())
            && !text.contains(char::is_control)
            && text.trim() == text;
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidTokenName::Malformed) }
    }
}

impl fmt::Display for TokenName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
