use std::borrow::Cow;

/// The most characters of one word of a message, and of all of it.
const LONGEST_WORD: usize = 500;
const LONGEST_MESSAGE: usize = 8_000;

/// The message, with `…` in the place of the rest of each word that is too long to be read, and of the middle
/// of a message that is. Arguments, and values from files, may be of any length.
pub fn abridged(message: &str) -> Cow<'_, str> {
    if message.len() <= LONGEST_WORD {
        return message.into();
    }
    let words = message.split_inclusive(char::is_whitespace).map(|word| cut(word, LONGEST_WORD, 1));
    let shortened = words.collect::<String>();
    Cow::Owned(cut(&shortened, LONGEST_MESSAGE, LONGEST_MESSAGE / 4).into_owned())
}

/// The text without its middle, where it has more than `most` characters; the last `end` of them stay.
fn cut(text: &str, most: usize, end: usize) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= most {
        return text.into();
    }
    let start: String = text.chars().take(most - end - 1).collect();
    let end: String = text.chars().skip(count - end).collect();
    format!("{start}…{end}").into()
}

#[cfg(test)]
mod tests {
    use super::abridged;

    #[test]
    fn what_is_too_long_to_be_read_is_cut_between_characters() {
        let ordinary = "a word ".repeat(100);
        assert_eq!(abridged(&ordinary), ordinary);
        let long = "ł".repeat(120_000);
        let shown =
            abridged(&format!("invalid value '{long}' for '--x'; see `--help`")).into_owned();
        assert!(shown.starts_with("invalid value 'łłł") && shown.contains("ł…"), "{shown}");
        assert!(shown.ends_with("for '--x'; see `--help`"), "{shown}");
        assert!(shown.chars().count() < 600);
        let shown = abridged(&format!("start {} end", "ł ".repeat(60_000))).into_owned();
        assert!(shown.starts_with("start ł") && shown.ends_with("ł  end"), "{shown}");
        assert_eq!(shown.chars().count(), 8_000);
    }
}
