//! Users whose name or email is near to one that no user has.

use diesel::pg::PgConnection;
use diesel::prelude::*;

use crate::db::functions::{TextOf, length};
use crate::db::like_pattern;
use crate::db::schema::users;
use crate::domain::{StoredText, near};

/// How many users an index hands out on each side of the text.
const NEIGHBOURS: i64 = 10;

/// How many users the index of trigrams hands out.
const SIMILAR: i64 = 100;

/// Up to three names, or emails where `typed` has an `@`, that may have been meant. `deleted`: of deleted users,
/// too. `by_trigrams`: the index for searches is there; without it only names are found that are next to
/// `typed` in the alphabet. Run it with `Access::by_index`.
pub fn find_near(
    conn: &mut PgConnection,
    typed: &str,
    deleted: bool,
    by_trigrams: bool,
) -> QueryResult<Vec<String>> {
    // A macro, as the types of the columns differ.
    macro_rules! near_in {
        ($column:expr) => {{
            let text = || TextOf::new($column);
            let shown = || users::deleted.eq(false).or(users::deleted.eq(deleted));
            let after = users::table
                .filter(text().ge(typed))
                .filter(shown())
                .order($column)
                .limit(NEIGHBOURS)
                .select($column);
            let before = users::table
                .filter(text().lt(typed))
                .filter(shown())
                .order($column.desc())
                .limit(NEIGHBOURS)
                .select($column);
            let neighbours = after.union_all(before);
            let mut patterns = patterns(typed).into_iter();
            match patterns.next().filter(|_| by_trigrams) {
                None => neighbours.load::<StoredText>(conn),
                Some(first) => {
                    let mut similar = users::table.into_boxed().filter(text().ilike(first));
                    for pattern in patterns {
                        similar = similar.or_filter(text().ilike(pattern));
                    }
                    // The order keeps the planner from hoping for the first hundred of a scan.
                    let similar = similar
                        .filter(shown())
                        .order(length(text()))
                        .limit(SIMILAR)
                        .select($column);
                    neighbours.union_all(similar).load(conn)
                }
            }
        }};
    }
    let found =
        if typed.contains('@') { near_in!(users::email) } else { near_in!(users::username) };
    Ok(near(typed, found?.into_iter().map(String::from)))
}

/// Patterns that match what has at most one mistake: each leaves another few characters open. None that the
/// index of trigrams could not narrow down.
fn patterns(typed: &str) -> Vec<String> {
    let chars: Vec<_> = typed.chars().collect();
    // Of three characters, so that each pair of neighbours is in one.
    (0..chars.len())
        .step_by(2)
        .filter_map(|at| {
            let start: String = chars[..at].iter().collect();
            let end: String = chars.iter().skip(at + 3).collect();
            let is_narrow = starts_with_two(&start) || has_three(&start) || has_three(&end);
            is_narrow.then(|| {
                format!("{}{}", like_pattern::starts_with(&start, ""), like_pattern::escaped(&end))
            })
        })
        .collect()
}

/// The trigrams of a text begin with two blanks before its first letter.
fn starts_with_two(text: &str) -> bool {
    text.chars().take(2).filter(char::is_ascii_alphanumeric).count() == 2
}

fn has_three(text: &str) -> bool {
    text.split(|char: char| !char.is_ascii_alphanumeric()).any(|word| word.len() >= 3)
}

#[cfg(test)]
mod tests {
    use super::patterns;

    #[test]
    fn each_pattern_leaves_three_characters_open() {
        assert_eq!(patterns("alice"), ["al%", "alic%"]);
        assert_eq!(patterns("a_lice"), ["%ice"]);
        assert_eq!(patterns("bob"), ["bo%"]);
        assert_eq!(patterns("--"), [""; 0]);
        assert_eq!(patterns(""), [""; 0]);
    }
}
