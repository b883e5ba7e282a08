use crate::db::connection::lock_holders::{self, Holder};
use crate::error::Error;

pub fn another_run_migrates(holders: &[Holder]) -> Error {
    let another = "another run is migrating or adopting this database";
    let held = lock_holders::append(another, "the lock is held by", holders);
    Error::Busy(format!("{held}; try again after it"))
}
