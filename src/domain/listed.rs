use std::fmt;

use super::counted::counted;

/// The first ten of many items, and how many there are. Shows these, and how many others there are, so that
/// a message stays readable.
#[derive(Debug, Clone, Default)]
pub struct FirstTen {
    first: Vec<String>,
    count: usize,
}

impl FirstTen {
    pub fn add(&mut self, item: impl fmt::Display) {
        self.count += 1;
        if self.first.len() < 10 {
            self.first.push(item.to_string());
        }
    }

    /// Of all items.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for FirstTen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first.join(", "))?;
        match self.count - self.first.len() {
            0 => Ok(()),
            others => write!(f, " and {}", counted(others, "other")),
        }
    }
}

/// The items as `FirstTen` shows them.
pub fn listed(items: &[impl AsRef<str>]) -> String {
    let mut all = FirstTen::default();
    for item in items {
        all.add(item.as_ref());
    }
    all.to_string()
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
