use std::str;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::code::Code;
use super::without_passwords::without_passwords;

/// Whether a word may be a token, a code or a connection string with a password, even a mistyped one. No message
/// may repeat such a word.
pub fn looks_secret(word: &str) -> bool {
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_.%".contains(&byte);
    let long = word.len() > 24 && word.bytes().all(base64) && uuid::Uuid::try_parse(word).is_err();
    word.starts_with("iam_")
        || long
        || (word.contains("://") && word.contains('@'))
        || without_passwords(word) != word
        || holds_secret(word)
}

/// Whether a text contains a token, a code, or a code as it is written in a link.
pub fn holds_secret(text: &str) -> bool {
    let token = text.match_indices("iam_").any(|(at, prefix)| {
        let digits = text[at + prefix.len()..].bytes();
        // Fewer than the 49 characters of a token: a token with a few of them missing still
        // reveals the others.
        digits.take_while(u8::is_ascii_alphanumeric).count() >= 40
    });
    let pieces = |length| text.as_bytes().windows(length).filter_map(|it| str::from_utf8(it).ok());
    token
        || text
            .split(|char: char| !(char.is_ascii_alphanumeric() || "+/-_".contains(char)))
            .any(ends_with_unpadded_code)
        || pieces(44).any(Code::is_shape_of)
        || pieces(59).any(|piece| {
            URL_SAFE_NO_PAD
                .decode(piece)
                .is_ok_and(|code| str::from_utf8(&code).is_ok_and(Code::is_shape_of))
        })
}

/// Whether the word, or what is behind a `/` in it, is as long as a code without its `=`, and as random: paths have
/// fewer upper-case letters.
fn ends_with_unpadded_code(word: &str) -> bool {
    let Some((before, end)) = word.len().checked_sub(43).map(|at| word.split_at(at)) else {
        return false;
    };
    let has_some = |is: fn(&char) -> bool| end.chars().filter(is).count() >= 5;
    (before.is_empty() || before.ends_with('/'))
        && has_some(char::is_ascii_uppercase)
        && has_some(char::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{holds_secret, looks_secret};
    use crate::domain::Code;

    #[test]
    fn a_secret_is_found_anywhere_in_a_text() -> Result<(), Box<dyn std::error::Error>> {
        let code = Code::generate()?;
        let token = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
        for secret in [code.expose(), code.url_form().expose(), token] {
            for text in [
                secret.to_owned(),
                format!(" {secret}"),
                format!("--{secret}"),
                format!("{secret}@x.org"),
                format!("see https://x/?c={secret}"),
                format!("zoë {secret} zoë"),
                format!("https://x/{}", secret.trim_end_matches('=')),
                secret.replace('=', "%3D"),
            ] {
                assert!(holds_secret(&text), "{text}");
            }
        }
        for plain in [
            "iam_admin",
            "ticket 4711",
            "https://tickets.example.org/browse/SEC-4711?x=1",
            "https://github.com/MyOrg/user-service/actions/runs/12345678901",
        ] {
            assert!(!holds_secret(plain), "{plain}");
        }
        Ok(())
    }

    #[test]
    fn words_that_look_like_secrets() {
        for secret in [
            "iam_x",
            "q83vq83vq83vq83vq83vq83vq83vq83vq83vq83vq80=",
            "postgresql://u:p@h/db",
            "postgresql://u:p w@h/db",
            "host=db password = 'p'",
        ] {
            assert!(looks_secret(secret), "{secret}");
        }
        for plain in
            ["alice", "alice@example.org", "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11", "--email"]
        {
            assert!(!looks_secret(plain), "{plain}");
        }
    }
}
