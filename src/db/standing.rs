//! Rows that a change found changed already.

use std::collections::HashMap;
use std::hash::Hash;

use crate::domain::Changed;
use crate::error::Result;

/// Brings the rows that were not changed up to date: somebody else may have been faster, and the
/// statement saw the row as it was before that. `fetch` reads the rows of the keys anew.
pub fn refresh<R, K: Eq + Hash>(
    rows: &mut [Changed<R>],
    key: impl Fn(&R) -> K,
    fetch: impl FnOnce(Vec<K>) -> Result<Vec<R>>,
) -> Result<()> {
    let unchanged: Vec<_> =
        rows.iter().filter(|row| !row.changed).map(|row| key(&row.record)).collect();
    if unchanged.is_empty() {
        return Ok(());
    }
    let mut now: HashMap<K, R> =
        fetch(unchanged)?.into_iter().map(|record| (key(&record), record)).collect();
    for row in rows {
        if let Some(record) = now.remove(&key(&row.record)) {
            row.record = record;
        }
    }
    Ok(())
}
