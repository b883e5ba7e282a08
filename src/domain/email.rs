use std::fmt;
use std::str::FromStr;

use email_address::{EmailAddress, Options};

use super::lower_case::lower_case;
use super::secret_detection::holds_secret;

/// An email address without a display name, of at most 100 bytes, in lower case as the
/// service stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEmail {
    #[error("an email address has at most 100 bytes")]
    TooLong,
    #[error("the part of an email address before the `@` has at most 64 bytes")]
    LocalPartTooLong,
    #[error("each part of the domain of an email address has at most 63 bytes between two dots")]
    LabelTooLong,
    #[error("that contains a secret; secrets do not belong on a command line")]
    Secret,
    #[error("give one bare email address, such as `alice@example.org`, without a display name")]
    NotBare,
}

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the service takes this for an address, but for capital letters. It has no rule about
    /// secrets.
    pub fn is_usable(text: &str) -> bool {
        matches!(text.parse::<Self>(), Ok(_) | Err(InvalidEmail::Secret))
    }
}

impl FromStr for Email {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = lower_case(text);
        if lower.len() > 100 {
            return Err(InvalidEmail::TooLong);
        }
        let options = Options::default().without_display_text().without_domain_literal();
        if holds_secret(text) {
            return Err(InvalidEmail::Secret);
        }
        match EmailAddress::parse_with_options(&lower, options) {
            Err(email_address::Error::LocalPartTooLong) => Err(InvalidEmail::LocalPartTooLong),
            Err(email_address::Error::SubDomainTooLong) => Err(InvalidEmail::LabelTooLong),
            Err(_) => Err(InvalidEmail::NotBare),
            Ok(_) if lower.contains(|c: char| c.is_control() || c.is_whitespace() || c == '"') => {
                Err(InvalidEmail::NotBare)
            }
            Ok(_) => Ok(Self(lower)),
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Email, InvalidEmail};

    #[test]
    fn lower_cased_and_bare() -> Result<(), Box<dyn std::error::Error>> {
        assert_eq!("Alice@Example.ORG".parse::<Email>()?.as_str(), "alice@example.org");
        for bad in
            ["", "a", "a@", "@b", "Bob <b@x.org>", "<b@x.org>", "a b@x.org", "a@b@c", "a@[::1]"]
        {
            assert_eq!(bad.parse::<Email>(), Err(InvalidEmail::NotBare), "{bad}");
        }
        assert_eq!("ΟΔΟΣ@example.org".parse::<Email>()?.as_str(), "οδοσ@example.org");
        let long = format!("{}@example.org", "ë".repeat(45));
        assert_eq!(long.parse::<Email>(), Err(InvalidEmail::TooLong));
        let long = format!("{}@example.org", "x".repeat(89));
        assert_eq!(long.parse::<Email>(), Err(InvalidEmail::TooLong));
        let long = format!("{}@example.org", "x".repeat(65));
        assert_eq!(long.parse::<Email>(), Err(InvalidEmail::LocalPartTooLong));
        let long = format!("x@{}.org", "x".repeat(64));
        assert_eq!(long.parse::<Email>(), Err(InvalidEmail::LabelTooLong));
        Ok(())
    }
}
