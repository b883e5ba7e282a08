use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::hex::to_hex;
use super::lower_case::lower_case;

/// A username that the service accepts, stored as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a username has 2 to 40 characters of A-Z a-z 0-9 - _, and neither begins nor ends with - or _"
)]
pub struct InvalidUsername;

impl Username {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.0)
    }
}

impl FromStr for Username {
    type Err = InvalidUsername;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let fits = (2..=40).contains(&text.len())
            && text.bytes().all(allowed)
            && !text.starts_with(['-', '_'])
            && !text.ends_with(['-', '_']);
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidUsername) }
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The form by which the service compares usernames: the SHA-256 of the folded username as 64
/// lower-case hexadecimal digits, stored as ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of any text, as rows may have usernames that today's rules forbid.
    pub fn of(username: &str) -> Self {
        let folded: String = lower_case(username)
            .chars()
            .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '$' })
            .collect();
        Self(to_hex(&Sha256::digest(folded)))
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Username};

    /// The fingerprint that the service stores for both `Alice-W` and `alice_w`.
    #[test]
    fn fingerprint_of_alice() {
        let expected = b"bb9ea6d55cb6104e7d6ad33974280ab07d514d1c7ed5cca8126baf4c41201e80";
        assert_eq!(Fingerprint::of("Alice-W").as_bytes(), expected);
        assert_eq!(Fingerprint::of("alice_w").as_bytes(), expected);
    }

    #[test]
    fn rules_of_the_service() {
        for good in ["ab", "A-1", "a_b", &"x".repeat(40)] {
            assert!(good.parse::<Username>().is_ok(), "{good}");
        }
        for bad in ["", "a", "-ab", "ab-", "_ab", "ab_", "a b", "zoë", "a\nb", &"x".repeat(41)] {
            assert!(bad.parse::<Username>().is_err(), "{bad}");
        }
    }
}
