//! What should have changed, compared with what did.

use crate::error::{Error, Result};

/// Fails if the database changed fewer rows than expected: a trigger, a rule or a policy kept the
/// others. Then the transaction is to be rolled back. `rows` names them, such as "users".
pub fn require_all_changed(rows: &str, changed: usize, expected: usize) -> Result<()> {
    if changed == expected {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "the database changed {changed} of {expected} {rows}: a trigger, a rule or a policy kept the \
         others; nothing was changed; see `iamctl db check`"
    )))
}
