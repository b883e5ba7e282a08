//! What should have changed, compared with what did. Where less did, a trigger, a rule or a policy kept
//! rows, and the transaction is to be rolled back.

use std::collections::HashMap;
use std::hash::Hash;

use crate::domain::counted;
use crate::error::{Error, Result};

/// Fails if the database changed another number of rows than expected. `rows` names them, such as "users".
pub fn require_all_changed(rows: &str, changed: usize, expected: usize) -> Result<()> {
    if changed == expected {
        return Ok(());
    }
    Err(kept(&format!("the database changed {changed} of {expected} {rows}")))
}

/// The row that a statement changed or inserted. Fails if there is none: callers pass `None` also for a
/// row whose values are not the wanted ones. `row` names it, such as "user".
pub fn require_changed<R>(row: &str, changed: Option<R>) -> Result<R> {
    changed.ok_or_else(|| kept(&format!("the database did not write the {row} as asked")))
}

/// How many rows a statement left as it should: `is_done` compares a row before it with the row after it.
pub fn count_done<R, K: Eq + Hash>(
    before: &[R],
    after: &[R],
    key: impl Fn(&R) -> &K,
    is_done: impl Fn(&R, &R) -> bool,
) -> usize {
    let before: HashMap<_, _> = before.iter().map(|row| (key(row), row)).collect();
    let is_done = |row: &&R| before.get(key(row)).is_some_and(|before| is_done(before, row));
    after.iter().filter(is_done).count()
}

/// Fails if rows are left after all of them were to end or go. `row` names one, such as "session".
pub fn require_none_left(left: i64, row: &str) -> Result<()> {
    if left == 0 {
        return Ok(());
    }
    Err(kept(&format!("the database kept {}", counted(left, row))))
}

/// Fails if the database wrote fewer audit rows than expected: nothing may change without them.
pub fn require_audited(written: usize, expected: usize) -> Result<()> {
    if written == expected {
        return Ok(());
    }
    let what = format!("the database changed {written} of {expected} audit rows");
    Err(Error::Refused(prevented(&what)))
}

fn kept(what: &str) -> Error {
    Error::Kept(prevented(what))
}

fn prevented(what: &str) -> String {
    format!(
        "{what}: a trigger, a rule or a policy prevents it; this transaction was rolled back; see \
         `iamctl db check`"
    )
}
