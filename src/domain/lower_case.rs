/// Lower case as the service writes it: code point by code point, so that `Σ` is `σ` everywhere and
/// `İ` is `i`. Neither `str::to_lowercase` nor PostgreSQL's `lower()` does that.
pub fn lower_case(text: &str) -> String {
    text.chars().map(|char| char.to_lowercase().next().unwrap_or(char)).collect()
}

#[cfg(test)]
mod tests {
    use super::lower_case;

    #[test]
    fn code_point_by_code_point() {
        assert_eq!(lower_case("ΟΔΟΣ@Example.ORG"), "οδοσ@example.org");
        assert_eq!(lower_case("İ"), "i");
        assert_eq!(lower_case("ZOË"), "zoë");
    }
}
