/// The text without the passwords of connection strings in it: `postgres://user:…@host`, `user:…@host`,
/// `password=…`, `PGPASSWORD=…`.
pub fn without_passwords(text: &str) -> String {
    without_value(&without_userinfo(text))
}

fn without_userinfo(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace);
    words.map(|word| userinfo_hidden(word).unwrap_or_else(|| word.to_owned())).collect()
}

/// The word with `…` in place of a password before an `@`; `None` where there is none.
fn userinfo_hidden(word: &str) -> Option<String> {
    // `email:alice@example.org` names a user, or is a link.
    const NO_USERS: [&str; 4] = ["email", "id", "mailto", "name"];
    let (userinfo, host) = word.rsplit_once('@')?;
    let start = userinfo.find("://").map_or(0, |at| at + "://".len());
    let (user, _) = userinfo[start..].split_once(':')?;
    let is_no_user =
        start == 0 && NO_USERS.contains(&user.trim_start_matches(['`', '\'', '"', '(']));
    (!is_no_user).then(|| format!("{}{user}:…@{host}", &userinfo[..start]))
}

/// As libpq reads them: `password=p`, `password = 'p w'`, and in a URL `?password=p&user=u`.
fn without_value(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('=') {
        shown.extend([before, "="]);
        rest = after;
        let name = before.trim_end();
        let others =
            name.trim_end_matches(|char: char| char.is_ascii_alphanumeric() || char == '_');
        let lower = name[others.len()..].to_ascii_lowercase();
        if !lower.contains("pass") && !lower.contains("pwd") {
            continue;
        }
        let value = after.trim_start();
        let length = length_of_value(value, others.ends_with(['?', '&']));
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
            ("PGPASSWORD=p pwd=q passwd = r", "PGPASSWORD=… pwd=… passwd = …"),
            ("no user matches `u:p@h/db`; b", "no user matches `u:…@h/db`; b"),
            ("`email:alice@example.org`", "`email:alice@example.org`"),
            ("`david:p@h`", "`david:…@h`"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(without_passwords(text), shown);
        }
    }
}
