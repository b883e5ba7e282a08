//! Characters that the encoding of the database lacks.

use std::fmt;

use diesel::result::Error as QueryError;

use crate::domain::lower_case;
use crate::error::Error;

/// A character that a query sent, and that the encoding of the database lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    pub character: char,
    encoding: String,
}

impl Lacking {
    /// What the error of a query says of it; `None` where the error is another one.
    pub fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Query(error) => Self::of_query(error),
            _ => None,
        }
    }

    pub fn of_query(error: &QueryError) -> Option<Self> {
        match error {
            QueryError::DatabaseError(_, information) => Self::of_message(information.message()),
            _ => None,
        }
    }

    /// In every language PostgreSQL's message has the bytes, as `0xc5 0x82`, and the names of both encodings.
    fn of_message(message: &str) -> Option<Self> {
        let is_name = |word: &&str| {
            word.starts_with(|c: char| c.is_ascii_uppercase())
                && word
                    .bytes()
                    .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_')
        };
        let words = message.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let names: Vec<_> = words.filter(is_name).filter(|name| name.len() > 2).collect();
        // That of what was sent is named first. What the database has, and UTF8 lacks, is no such error.
        let (encoding, _) = match names.as_slice() {
            ["UTF8", others @ ..] => others.split_first()?,
            _ => return None,
        };

        let mut bytes = Vec::new();
        let mut rest = message.get(message.find("0x")?..)?;
        // As in Chinese.
        rest = rest.strip_prefix("0x").filter(|rest| rest.starts_with("0x")).unwrap_or(rest);
        while let Some(byte) = rest.strip_prefix("0x").and_then(|digits| digits.get(..2)) {
            bytes.push(u8::from_str_radix(byte, 16).ok()?);
            rest = rest[4..].trim_start_matches(' ');
        }
        let mut characters = str::from_utf8(&bytes).ok()?.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) if !character.is_ascii() => {
                Some(Self { character, encoding: (*encoding).to_owned() })
            }
            _ => None,
        }
    }

    /// Whether a query that looks for the text sends the character.
    pub fn is_in(&self, text: &str) -> bool {
        sends(text, self.character)
    }
}

/// Whether a query that looks for the text sends the character.
pub fn sends(text: &str, character: char) -> bool {
    text.contains(character) || lower_case(text).contains(character)
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { character, encoding } = self;
        let number = u32::from(*character);
        write!(f, "the encoding of the database, {encoding}, has no `{character}` (U+{number:04X})")
    }
}

#[cfg(test)]
mod tests {
    use super::Lacking;

    #[test]
    fn the_character_and_the_encoding_are_in_the_message_in_every_language() {
        for message in [
            r#"character with byte sequence 0xc5 0x82 in encoding "UTF8" has no equivalent in encoding "LATIN1""#,
            "Zeichen mit Byte-Folge 0xc5 0x82 in Kodierung »UTF8« hat keine Entsprechung in Kodierung »LATIN1«",
            r#"具有字节序列0xc5 0x82的字符在编码"UTF8"在编码"LATIN1"没有相对应值"#,
            r#"编码"UTF8"的字符0x0xc5 0x82在编码"LATIN1"没有相对应值"#,
            r#"符号化方式"UTF8"においてバイト列0xc5 0x82である文字は符号化方式"LATIN1"で等価な文字を持ちません"#,
        ] {
            let lacking = Lacking::of_message(message).unwrap();
            assert_eq!(
                lacking.to_string(),
                "the encoding of the database, LATIN1, has no `ł` (U+0142)"
            );
            assert!(lacking.is_in("Łukasz") && !lacking.is_in("Lukasz"));
        }
        for message in [
            // A byte of the database that UTF-8 lacks.
            r#"character with byte sequence 0x81 in encoding "WIN1252" has no equivalent in encoding "UTF8""#,
            // One that happens to be a character in UTF-8, too.
            r#"character with byte sequence 0xc9 0xa1 in encoding "EUC_KR" has no equivalent in encoding "UTF8""#,
            r#"invalid byte sequence for encoding "UTF8": 0xe9"#,
            "null value in column 0xc5 0x82",
            "",
        ] {
            assert_eq!(Lacking::of_message(message), None, "{message}");
        }
    }
}
