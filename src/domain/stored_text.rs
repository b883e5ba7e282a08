use std::fmt::{self, Write as _};
use std::ops::Deref;

/// Text of the database, which need not be UTF-8: in the encoding `SQL_ASCII` the server takes every byte.
///
/// It is shown with `\xE9` in the place of each byte that is not UTF-8. A backslash of the text itself stays
/// as it is. It compares as in the database, and is written back as it was read: what goes to the database
/// takes this type, never its `str`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoredText {
    shown: String,
    /// As stored, where that is not UTF-8.
    bytes: Option<Box<[u8]>>,
}

impl StoredText {
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => Self { shown: with_escapes(bytes, r"\x"), bytes: Some(bytes.into()) },
        }
    }

    /// As stored.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or(self.shown.as_bytes())
    }

    /// The texts as they are shown, separated by commas.
    pub fn list(texts: &[Self]) -> String {
        texts.iter().map(Self::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The text as it is shown.
    pub fn as_str(&self) -> &str {
        &self.shown
    }
}

/// The text with `escape` and two hexadecimal digits in the place of each byte that is not UTF-8.
pub fn with_escapes(bytes: &[u8], escape: &str) -> String {
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            _ = write!(text, "{escape}{byte:02X}");
        }
    }
    text
}

impl Deref for StoredText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.shown
    }
}

impl fmt::Display for StoredText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.shown)
    }
}

impl From<&str> for StoredText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for StoredText {
    fn from(shown: String) -> Self {
        Self { shown, bytes: None }
    }
}

impl From<StoredText> for String {
    fn from(text: StoredText) -> Self {
        text.shown
    }
}

impl From<&StoredText> for String {
    fn from(text: &StoredText) -> Self {
        text.shown.clone()
    }
}

impl AsRef<str> for StoredText {
    fn as_ref(&self) -> &str {
        &self.shown
    }
}

/// Not equal where the text is shown with escapes.
impl PartialEq<str> for StoredText {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for StoredText {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<StoredText> for &str {
    fn eq(&self, other: &StoredText) -> bool {
        other == *self
    }
}

impl PartialEq<String> for StoredText {
    fn eq(&self, other: &String) -> bool {
        self == other.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::StoredText;

    #[test]
    fn bytes_that_are_not_utf8_are_shown_and_kept() {
        for (bytes, shown) in [
            (&b"zo\xe9 \xc3\xab"[..], r"zo\xE9 ë"),
            (b"\xff\xfe\xed\xa0\x80", r"\xFF\xFE\xED\xA0\x80"),
            (b"cut \xc3", r"cut \xC3"),
            (b"", ""),
        ] {
            let text = StoredText::from_bytes(bytes);
            assert_eq!((text.as_str(), text.as_bytes()), (shown, bytes));
        }
        let written = StoredText::from(r"zo\xE9");
        let stored = StoredText::from_bytes(b"zo\xe9");
        assert_eq!(written.as_str(), stored.as_str());
        assert_ne!(written, stored);
        assert!(written == r"zo\xE9" && stored != r"zo\xE9");
    }
}
