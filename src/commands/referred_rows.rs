use std::collections::BTreeMap;
use std::fmt;

use crate::db::connection::error_classification::without_row;
use crate::domain::FirstTen;
use crate::error::Error;

/// After so many rows, none of which could be deleted, the error may be about no row, as that of a full disk.
const MOST_IN_VAIN: usize = 300;

/// Rows that the database refuses to delete, as where other rows refer to them, by what PostgreSQL says.
#[derive(Debug, Clone, Default)]
pub struct ReferredRows {
    by_reason: BTreeMap<String, FirstTen>,
    /// The last reason is not known to be about its row.
    is_raised: bool,
}

impl ReferredRows {
    /// Notes a row, and why it was refused.
    pub fn add(&mut self, reason: &Error, id: String) {
        // Rows with one reason are listed behind it.
        let text = without_row(&reason.to_string());
        self.by_reason.entry(text).or_default().add(id);
        self.is_raised = reason.is_raised();
    }

    /// Whether the last reason may be about no row. Call it only where no row could be deleted so far: the newest one
    /// then tells, as what keeps rows keeps the oldest, which are tried first on every run.
    pub fn are_in_vain(&self) -> bool {
        self.is_raised && self.count() >= MOST_IN_VAIN
    }

    pub fn count(&self) -> usize {
        self.by_reason.values().map(FirstTen::count).sum()
    }
}

/// Each reason with its ids.
impl fmt::Display for ReferredRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (reason, ids)) in self.by_reason.iter().enumerate() {
            let separator = if place > 0 { "; " } else { "" };
            write!(f, "{separator}{reason}: {ids}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ReferredRows;
    use crate::error::Error;

    #[test]
    fn ten_ids_of_each_reason_are_named() {
        let mut rows = ReferredRows::default();
        for n in 10..22 {
            let reason = Error::Conflict(format!("orders refer to it; the row is `{n}`"));
            rows.add(&reason, n.to_string());
        }
        // The message may name a token, where the row that is left is its user.
        let reason = "orders refer to it; the row is `t`".to_owned();
        rows.add(&Error::Conflict(reason), "22".to_owned());
        rows.add(&Error::Conflict("mails refer to it".to_owned()), "x".to_owned());
        assert_eq!(rows.count(), 14);
        assert_eq!(
            rows.to_string(),
            "mails refer to it: x; \
             orders refer to it: 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 3 others"
        );
    }
}
