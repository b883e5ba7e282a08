use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::secret_detection::holds_secret;

/// How a command line names a user: a hyphenated UUID is an id, a text with an `@` an email, any
/// other text a username. The prefixes `id:`, `name:` and `email:` force one interpretation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserSelector {
    Id(Uuid),
    /// As typed. The lookup also tries the lower-case form.
    Email(String),
    /// As typed. Rows may have names that today's rules forbid.
    Name(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSelector {
    #[error("name the user by username, email or id")]
    Empty,
    #[error("an id is a hyphenated UUID, such as 3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11")]
    NotUuid,
    #[error("`email:` needs an address with an @")]
    NotEmail,
    #[error("a username has at most 50 characters, an email at most 100")]
    TooLong,
    #[error("a username or an email cannot contain a control character")]
    Control,
    #[error("that looks like a secret, not like a user; secrets do not belong on a command line")]
    Secret,
}

/// Reads only the hyphenated form. The other forms that the crate accepts could be usernames.
fn hyphenated(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

impl FromStr for UserSelector {
    type Err = InvalidSelector;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains(char::is_control) {
            return Err(InvalidSelector::Control);
        }
        if holds_secret(text) {
            return Err(InvalidSelector::Secret);
        }
        if let Some(id) = text.strip_prefix("id:") {
            return hyphenated(id).map(Self::Id).ok_or(InvalidSelector::NotUuid);
        }
        if let Some(email) = text.strip_prefix("email:") {
            return if email.contains('@') {
                bounded(email, 100).map(Self::Email)
            } else {
                Err(InvalidSelector::NotEmail)
            };
        }
        if let Some(name) = text.strip_prefix("name:") {
            return bounded(name, 50).map(Self::Name);
        }
        if let Some(id) = hyphenated(text) {
            return Ok(Self::Id(id));
        }
        if text.contains('@') {
            return bounded(text, 100).map(Self::Email);
        }
        bounded(text, 50).map(Self::Name)
    }
}

fn bounded(text: &str, most: usize) -> Result<String, InvalidSelector> {
    match text.chars().count() {
        0 => Err(InvalidSelector::Empty),
        count if count > most => Err(InvalidSelector::TooLong),
        _ => Ok(text.to_owned()),
    }
}

impl UserSelector {
    /// As a command line names the same user: with a prefix where another reading would come first, and where it
    /// would be read as an option.
    pub fn typed(&self) -> String {
        let plain = self.to_string();
        if !plain.starts_with('-') && plain.parse().as_ref() == Ok(self) {
            return plain;
        }
        let prefix = match self {
            Self::Id(_) => "id",
            Self::Email(_) => "email",
            Self::Name(_) => "name",
        };
        format!("{prefix}:{plain}")
    }
}

impl fmt::Display for UserSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Email(text) | Self::Name(text) => f.write_str(text),
        }
    }
}

/// How a command line names an owner of tokens: its `owner_id`, with or without the prefix `id:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnerSelector(pub Uuid);

impl FromStr for OwnerSelector {
    type Err = InvalidSelector;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        hyphenated(text.strip_prefix("id:").unwrap_or(text))
            .map(Self)
            .ok_or(InvalidSelector::NotUuid)
    }
}

/// The first and the last UUID of those that begin with the text, in hyphenated form; `None` where none does.
pub fn uuids_beginning_with(text: &str) -> Option<(Uuid, Uuid)> {
    let nil = Uuid::nil().to_string();
    let rest = nil.get(text.len()..).filter(|_| text.is_ascii())?;
    let last = format!("{text}{}", rest.replace('0', "f"));
    Some((hyphenated(&format!("{text}{rest}"))?, hyphenated(&last)?))
}

#[cfg(test)]
mod tests {
    use super::{InvalidSelector, UserSelector, uuids_beginning_with};

    #[test]
    fn a_beginning_of_ids_is_a_range() {
        let range =
            |text: &str| uuids_beginning_with(text).map(|(first, last)| format!("{first} {last}"));
        let of_3f0c9d2e =
            "3f0c9d2e-6000-0000-0000-000000000000 3f0c9d2e-6fff-ffff-ffff-ffffffffffff";
        assert_eq!(range("3f0c9d2e-6").as_deref(), Some(of_3f0c9d2e));
        assert!(range("").is_some_and(|it| it.ends_with(" ffffffff-ffff-ffff-ffff-ffffffffffff")));
        for none in ["x", "3f0c9d2e6", "3-", "ä", &"0".repeat(40)] {
            assert_eq!(range(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_typed_means_the_same_user() {
        let id = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";
        let name = |name: &str| UserSelector::Name(name.to_owned());
        for (selector, typed) in [
            (name("alice"), "alice".to_owned()),
            (name("-a"), "name:-a".to_owned()),
            (name("a@b"), "name:a@b".to_owned()),
            (name(id), format!("name:{id}")),
            (name("id:a"), "name:id:a".to_owned()),
            (UserSelector::Email("a@b".to_owned()), "a@b".to_owned()),
            (UserSelector::Email("-a@b".to_owned()), "email:-a@b".to_owned()),
        ] {
            assert_eq!(selector.typed(), typed);
            assert_eq!(typed.parse(), Ok(selector));
        }
    }

    #[test]
    fn one_grammar() -> Result<(), Box<dyn std::error::Error>> {
        let id = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";
        let parse = |text: &str| text.parse::<UserSelector>();
        assert_eq!(parse(id), Ok(UserSelector::Id(id.parse()?)));
        // 32 digits without hyphens are a username that the service accepts.
        let plain = id.replace('-', "");
        assert_eq!(parse(&plain), Ok(UserSelector::Name(plain.clone())));
        assert_eq!(parse("a@b"), Ok(UserSelector::Email("a@b".to_owned())));
        assert_eq!(parse("name:a@b"), Ok(UserSelector::Name("a@b".to_owned())));
        assert_eq!(parse("id:alice"), Err(InvalidSelector::NotUuid));
        assert_eq!(parse(""), Err(InvalidSelector::Empty));
        assert_eq!(parse("a\nb"), Err(InvalidSelector::Control));
        Ok(())
    }
}
