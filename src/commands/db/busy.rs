use crate::db::connection::lock_holders;
use crate::db::connection::run_lock::{Attempt, RunLock};
use crate::error::{Error, Result};

/// The lock of migrations; the error of a run that another one keeps from it.
pub fn locked(attempt: Attempt) -> Result<RunLock> {
    match attempt {
        Attempt::Locked(lock) => Ok(lock),
        Attempt::Held(holders) => {
            let another = "another run is migrating or adopting this database";
            let held = lock_holders::append(another, "the lock is held by", &holders);
            Err(Error::Busy(format!("{held}; try again after it")))
        }
    }
}
