//! LIKE patterns in which the operator's text matches itself only.

/// What starts with `text` and then `rest`.
pub fn starts_with(text: &str, rest: &str) -> String {
    format!("{}{rest}%", escaped(text))
}

/// What contains `text`.
pub fn contains(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// The text, which matches itself only.
pub fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(char);
    }
    pattern
}

#[cfg(test)]
mod tests {
    #[test]
    fn wildcards_of_the_operator_match_themselves() {
        assert_eq!(super::contains("a_b%c\\"), "%a\\_b\\%c\\\\%");
    }
}
