/// The text without the passwords of connection strings in it: `postgres://user:…@host`, `password=…`.
pub fn without_passwords(text: &str) -> String {
    without_keyword(&without_userinfo(text))
}

/// Whether a connection string, or a word of a sentence, ends here.
fn ends_word(char: char) -> bool {
    char.is_whitespace() || matches!(char, '`' | '\'' | '"')
}

fn without_userinfo(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        let word = &after[..after.find(char::is_whitespace).unwrap_or(after.len())];
        shown.extend([before, "://"]);
        rest = after;
        if let Some((userinfo, _)) = word.rsplit_once('@')
            && let Some((user, _)) = userinfo.split_once(':')
        {
            shown.extend([user, ":…"]);
            rest = &after[userinfo.len()..];
        }
    }
    shown + rest
}

fn without_keyword(text: &str) -> String {
    const KEYWORD: &str = "password=";
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(KEYWORD) {
        let value = after.find(|char| ends_word(char) || char == '&').unwrap_or(after.len());
        shown.extend([before, KEYWORD]);
        if value > 0 {
            shown.push('…');
        }
        rest = &after[value..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::without_passwords;

    #[test]
    fn passwords_of_connection_strings_are_left_out() {
        for (text, shown) in [
            ("no user `postgres://u:p@h/db`; see", "no user `postgres://u:…@h/db`; see"),
            ("a://u:p'x@y@h b://v:q@h", "a://u:…@h b://v:…@h"),
            ("'host=db password=p user=x'", "'host=db password=… user=x'"),
            ("a://h/db?password=p&user=u", "a://h/db?password=…&user=u"),
            ("see https://example.org/x: a@b", "see https://example.org/x: a@b"),
            ("leave `password=` out", "leave `password=` out"),
        ] {
            assert_eq!(without_passwords(text), shown);
        }
    }
}
