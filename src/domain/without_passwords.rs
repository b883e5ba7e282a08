/// The text without the passwords of connection strings in it: `postgres://user:…@host`, `password=…`.
pub fn without_passwords(text: &str) -> String {
    without_keyword(&without_userinfo(text))
}

fn without_userinfo(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        shown.extend([before, "://"]);
        rest = after;
        let word = &after[..after.find(char::is_whitespace).unwrap_or(after.len())];
        if let Some((userinfo, _)) = word.rsplit_once('@')
            && let Some((user, _)) = userinfo.split_once(':')
        {
            shown.extend([user, ":…"]);
            rest = &after[userinfo.len()..];
        }
    }
    shown + rest
}

/// As libpq reads them: `password=p`, `password = 'p w'`, and in a URL `?password=p&user=u`.
fn without_keyword(text: &str) -> String {
    const KEYWORD: &str = "password";
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(KEYWORD) {
        shown.extend([before, KEYWORD]);
        rest = after;
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let length = length_of_value(value, before.ends_with(['?', '&']));
        shown.push_str(&after[..after.len() - value.len()]);
        if length > 0 {
            shown.push('…');
        }
        rest = &value[length..];
    }
    shown + rest
}

fn length_of_value(value: &str, of_url: bool) -> usize {
    if let Some(quoted) = value.strip_prefix('\'') {
        let mut is_escaped = false;
        let end = quoted.find(|char| {
            let ends = char == '\'' && !is_escaped;
            is_escaped = char == '\\' && !is_escaped;
            ends
        });
        return end.map_or(value.len(), |end| end + 2);
    }
    let ends = |char: char| char.is_whitespace() || (of_url && char == '&');
    let word = &value[..value.find(ends).unwrap_or(value.len())];
    // What ends the quotation in a sentence, and the sentence.
    word.trim_end_matches(['`', '\'', '"', '.', ',', ';']).len()
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
            ("no password", "no password"),
            ("`password=pa'ss&x`.", "`password=…`."),
            (r"host=h password = 'p \' w' user=u", "host=h password = … user=u"),
            ("password='p", "password=…"),
        ] {
            assert_eq!(without_passwords(text), shown);
        }
    }
}
