//! How near a text is to another one, for a suggestion in place of one that is not found.

/// The most texts that are suggested.
const MOST: usize = 3;

/// Those of the candidates that `typed` may have been meant for, the nearest first, at most three: with the
/// fewest edits, and no more than one for three characters, or with more behind what was typed. Case does not count.
pub fn near(typed: &str, candidates: impl IntoIterator<Item = String>) -> Vec<String> {
    let wanted: Vec<_> = typed.to_lowercase().chars().collect();
    let most = wanted.len().div_ceil(3).min(4);
    let mut found: Vec<_> = candidates
        .into_iter()
        .filter_map(|text| {
            let chars: Vec<_> = text.to_lowercase().chars().collect();
            let edits = edits(&wanted, &chars);
            let goes_on = wanted.len() >= 3 && chars.starts_with(&wanted);
            (edits <= most || goes_on).then_some((edits, text))
        })
        .collect();
    found.sort();
    found.dedup();
    let fewest = found.first().map_or(0, |(edits, _)| *edits);
    let goes_on = |text: &String| text.to_lowercase().starts_with(&typed.to_lowercase());
    found.retain(|(edits, text)| *edits == fewest || goes_on(text));
    found.truncate(MOST);
    found.into_iter().map(|(_, text)| text).collect()
}

/// What may have been meant instead of `typed`, each with the words `before` it: "did you mean `iamctl user`?".
/// `None` where nothing is near.
pub fn did_you_mean(
    typed: &str,
    candidates: impl IntoIterator<Item = String>,
    before: &[&str],
) -> Option<String> {
    let lines = near(typed, candidates).into_iter().map(|name| {
        let words = [before, &[&name]].concat();
        format!("`{}`", words.join(" "))
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| format!("did you mean {}?", lines.join(" or ")))
}

/// Whether one edit makes one of the words of the other.
pub fn is_typo(typed: &str, word: &str) -> bool {
    let chars = |text: &str| text.chars().collect::<Vec<_>>();
    edits(&chars(typed), &chars(word)) <= 1
}

/// How many characters to insert, delete, replace or exchange with the next one to make one text of the
/// other (the optimal string alignment).
fn edits(one: &[char], other: &[char]) -> usize {
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<_> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            let replaced = last[j] + usize::from(a != b);
            row[j + 1] = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{edits, near};

    #[test]
    fn edits_are_counted() {
        for (one, other, expected) in [
            ("alice", "alice", 0),
            ("alcie", "alice", 1),
            ("alic", "alice", 1),
            ("alicee", "alice", 1),
            ("elise", "alice", 2),
            ("", "bob", 3),
        ] {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(edits(&chars(one), &chars(other)), expected, "{one} {other}");
            assert_eq!(edits(&chars(other), &chars(one)), expected, "{other} {one}");
        }
    }

    #[test]
    fn the_nearest_comes_first_and_what_is_far_is_left_out() {
        let names = ["bob", "alice-w", "alice", "Alicia", "carol", "alice-w", "alina"];
        let near = |typed: &str| near(typed, names.map(str::to_owned));
        assert_eq!(near("alcie"), ["alice"]);
        assert_eq!(near("alice-v"), ["alice-w"]);
        assert_eq!(near("ali"), ["alice", "alina", "Alicia"]);
        assert_eq!(near("zoe"), [""; 0]);
        assert_eq!(near("bbo"), ["bob"]);
    }
}
