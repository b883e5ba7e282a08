use std::fmt::Display;

/// A count with its noun: "1 row", "2 rows". The plural is the noun with an `s`.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let plural = if count == N::from(1) { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_one_is_singular() {
        assert_eq!(counted(0_i64, "row"), "0 rows");
        assert_eq!(counted(1_u64, "expired row"), "1 expired row");
        assert_eq!(counted(2_usize, "row"), "2 rows");
    }
}
