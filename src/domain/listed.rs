use super::counted::counted;

/// At most ten of the items, and how many others there are, so that a message stays readable.
pub fn listed(items: &[impl AsRef<str>]) -> String {
    const MOST: usize = 10;
    let shown = items.iter().take(MOST).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST) {
        0 => shown,
        others => format!("{shown} and {}", counted(others, "other")),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn ten_are_shown() {
        let items: Vec<_> = (1..=12).map(|number| number.to_string()).collect();
        assert_eq!(listed(&items[..2]), "1, 2");
        assert_eq!(listed(&items[..11]), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1 other");
        assert_eq!(listed(&items), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 others");
    }
}
