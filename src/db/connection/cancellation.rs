//! Whether a statement was cancelled, in every language: the server is asked to cancel one once more, and its
//! words are compared.

use diesel::pg::PgConnection;

use super::enquiry::{ask, provoked, speaks_english};

/// What ended a statement before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    ByAdministrator,
    /// By the lock timeout or a statement timeout.
    InTime,
}

/// Cancels itself: every role may cancel its own sessions.
const CANCELLED: &str = "\
    select case when pg_catalog.pg_cancel_backend(pg_catalog.pg_backend_pid()) \
                then pg_catalog.pg_sleep(1) end";

const TIMED_OUT: &str = "set local statement_timeout = 1; select pg_catalog.pg_sleep(1)";

/// What the message of an error of unknown cause says. In another language than English a lock timeout, which
/// takes a second session to provoke, is told by the time alone: `took_too_long`.
pub fn cancellation(
    conn: &mut PgConnection,
    message: &str,
    took_too_long: bool,
) -> Option<Cancellation> {
    if message.contains("due to user request") {
        return Some(Cancellation::ByAdministrator);
    }
    if ["due to lock timeout", "due to statement timeout"].iter().any(|it| message.contains(it)) {
        return Some(Cancellation::InTime);
    }
    if ask(conn, |conn| speaks_english(conn).map(Some)) == Some(true) {
        return None;
    }
    let mut is_that_of = |sql| provoked(conn, sql).is_some_and(|words| words == message);
    if is_that_of(CANCELLED) {
        return Some(Cancellation::ByAdministrator);
    }
    (took_too_long || is_that_of(TIMED_OUT)).then_some(Cancellation::InTime)
}
