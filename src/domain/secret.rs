use std::fmt;

use zeroize::Zeroizing;

/// A text that does not print itself, and wipes itself when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Whether a word may be a token, a code, or a URL with a password, mistyped or not: then no
/// message repeats it.
pub fn looks_secret(word: &str) -> bool {
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_.".contains(&byte);
    let long = word.len() > 24 && word.bytes().all(base64) && uuid::Uuid::try_parse(word).is_err();
    word.starts_with("iam_") || long || (word.contains("://") && word.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::looks_secret;

    #[test]
    fn what_looks_like_a_secret() {
        for secret in
            ["iam_x", "q83vq83vq83vq83vq83vq83vq83vq83vq83vq83vq80=", "postgresql://u:p@h/db"]
        {
            assert!(looks_secret(secret), "{secret}");
        }
        for plain in
            ["alice", "alice@example.org", "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11", "--email"]
        {
            assert!(!looks_secret(plain), "{plain}");
        }
    }
}
