//! What to suggest in place of a user who is not there.

use std::time::Duration;

use super::Database;
use super::access::{Access, Timeouts};
use crate::db::maintenance::search_index;
use crate::db::users;
use crate::error::Error;

/// How long a statement that looks for a suggestion may take.
const PATIENCE: Duration = Duration::from_millis(300);

/// For whom an unknown user makes `Database` look for near ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Suggestions {
    /// For a program, which does not read them.
    #[default]
    None,
    /// Users who are not deleted.
    NotDeleted,
    /// All users, for commands that take deleted ones.
    All,
}

impl Database {
    /// Sets whether an unknown user makes it look for near ones.
    pub fn suggest(&mut self, suggestions: Suggestions) {
        self.suggestions = suggestions;
    }

    /// Names, or emails, that may have been meant. None where that cannot be found out in time.
    pub(super) fn near_users(&mut self, name: &str) -> Vec<String> {
        if self.suggestions == Suggestions::None {
            return Vec::new();
        }
        let deleted = self.suggestions == Suggestions::All;
        let timeouts = self.timeouts;
        self.timeouts = Timeouts { lock: PATIENCE, statement: PATIENCE, ..timeouts };
        let near = self.transaction(Access::READ.by_index(), |conn| {
            let by_trigrams = search_index::is_indexed(conn)?;
            Ok(users::find_near(conn, name, deleted, by_trigrams)?)
        });
        // Neighbours are found at once.
        let near = match near {
            Err(Error::Busy(_)) => self.transaction(Access::READ.by_index(), |conn| {
                Ok(users::find_near(conn, name, deleted, false)?)
            }),
            near => near,
        };
        self.timeouts = timeouts;
        near.unwrap_or_default()
    }
}

/// Adds to the error who may have been meant.
pub fn suggest(error: Error, near: &[String]) -> Error {
    let near: Vec<_> = near.iter().map(|name| format!("`{name}`")).collect();
    match near.as_slice() {
        [] => error.with("see `iamctl user list`"),
        [one] => error.with(&format!("did you mean {one}?")),
        [first @ .., last] => error.with(&format!("did you mean {} or {last}?", first.join(", "))),
    }
}
