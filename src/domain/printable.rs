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
    // Format characters (category Cf of Unicode) and others that are not seen, or change what is.
    char.is_control()
        || matches!(
            char,
            '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(printable("a\u{1b}[2Jb\u{9b}c"), "a\\u{1b}[2Jb\\u{9b}c");
        assert_eq!(printable("zoë"), "zoë");
        for hidden in "\u{ad}\u{61c}\u{180e}\u{202e}\u{feff}\u{fff9}\u{e0041}".chars() {
            let shown = printable(&format!("a{hidden}b")).into_owned();
            assert_eq!(shown, format!("a{}b", hidden.escape_unicode()));
        }
    }
}
