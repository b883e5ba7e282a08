use std::borrow::Cow;

/// `text` with control characters, and invisible characters that reorder text, written as `\u{…}`:
/// a terminal must not execute what comes from the database.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        Cow::Owned(text.chars().fold(String::with_capacity(text.len() + 8), |mut safe, char| {
            if is_unsafe(char) {
                safe.extend(char.escape_unicode());
            } else {
                safe.push(char);
            }
            safe
        }))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether `printable` escapes the character.
pub fn is_unsafe(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(printable("a\u{1b}[2Jb\u{9b}c"), "a\\u{1b}[2Jb\\u{9b}c");
        assert_eq!(printable("zoë"), "zoë");
    }
}
