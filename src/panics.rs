//! A panic is a bug of this program. It is reported as any error is: once, in the format of the command,
//! with what is committed.

use std::panic;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::domain::holds_secret;
use crate::error::Error;

/// Where the first panic was, and its message.
static FIRST: OnceLock<String> = OnceLock::new();

/// Keeps panics from being printed where they happen.
pub fn install_hook() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" at {at}"));
        let payload = panic.payload();
        let message = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
            .filter(|message| !holds_secret(message));
        _ = FIRST.set(format!("{place}: {}", message.unwrap_or("a panic")));
    }));
}

/// The error to report after a panic.
pub fn error() -> Error {
    let panic = FIRST.get().map_or("", String::as_str);
    Error::internal(format!("iamctl failed unexpectedly{panic}; this is a bug, please report it"))
}

/// Locks the value, also where a thread panicked while it held the lock: each use leaves it whole.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
