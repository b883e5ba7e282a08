//! With which SQLSTATE a server refuses a connection: its message is in its own language, and Diesel hands out
//! nothing else.
#![expect(unsafe_code, reason = "Diesel does not hand out libpq's connection")]

use std::ffi::{CStr, CString};
use std::os::fd::BorrowedFd;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use pq_sys::{
    PGVerbosity, PQconnectPoll, PQconnectStart, PQerrorMessage, PQfinish, PQsetErrorVerbosity,
    PQsocket, PostgresPollingStatusType,
};

/// Connects, and closes the connection. `None` where the server takes it, or does not answer.
pub fn sqlstate(conninfo: &str) -> Option<String> {
    let conninfo = CString::new(conninfo).ok()?;
    // SAFETY: a C string that outlives the call. libpq accepts null from itself in all functions that are
    // called here; the message is copied, and the connection closed once, afterwards.
    unsafe {
        let connection = PQconnectStart(conninfo.as_ptr());
        PQsetErrorVerbosity(connection, PGVerbosity::PQERRORS_SQLSTATE);
        let mut waits_for = PollFlags::POLLOUT;
        let is_refused = loop {
            let socket = PQsocket(connection);
            if socket < 0 {
                break true;
            }
            let mut socket = [PollFd::new(BorrowedFd::borrow_raw(socket), waits_for)];
            if poll(&mut socket, PollTimeout::NONE).is_err() {
                break false;
            }
            waits_for = match PQconnectPoll(connection) {
                PostgresPollingStatusType::PGRES_POLLING_READING => PollFlags::POLLIN,
                PostgresPollingStatusType::PGRES_POLLING_WRITING => PollFlags::POLLOUT,
                PostgresPollingStatusType::PGRES_POLLING_FAILED => break true,
                _ => break false,
            };
        };
        let message = CStr::from_ptr(PQerrorMessage(connection)).to_string_lossy().into_owned();
        PQfinish(connection);
        last_word(&message).filter(|_| is_refused)
    }
}

/// The SQLSTATE, which is the last word of such a message: `…: FATAL:  3D000`.
fn last_word(message: &str) -> Option<String> {
    let word = message.split_whitespace().next_back()?;
    let is_sqlstate = word.len() == 5
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_sqlstate.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::last_word;

    #[test]
    fn the_last_word_of_a_short_message_is_the_sqlstate() {
        assert_eq!(last_word("on socket \"x\" failed: FATAL:  3D000\n").as_deref(), Some("3D000"));
        assert_eq!(last_word("on socket \"x\" failed: No such file or directory"), None);
        assert_eq!(last_word(""), None);
    }
}
