//! Errors for a username or an email that another user has.

use crate::domain::{Email, Username};
use crate::error::Error;

pub fn username_taken(username: &Username) -> Error {
    Error::Conflict(format!(
        "the username `{username}` is taken: usernames are compared without case and punctuation, \
         and deleted users keep theirs"
    ))
}

pub fn email_taken(email: &Email) -> Error {
    Error::Conflict(format!("the email `{email}` is taken; deleted users keep theirs"))
}
