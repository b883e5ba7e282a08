//! A secret that was printed, and whose change then failed.

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// Adds to the error that the secret which was printed is worth nothing; unless it is not known whether the change was
/// made.
pub fn tell_if_void<T>(result: Result<T>, is_printed: bool, interrupt: &Interrupt) -> Result<T> {
    let is_void = is_printed && !interrupt.lost_a_commit();
    result.map_err(|error| match error {
        // It stands for success.
        Error::ReaderGone => error,
        other if is_void => other.with("the secret that was printed is not valid"),
        other => other,
    })
}
