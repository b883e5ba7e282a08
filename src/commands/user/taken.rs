//! Errors for a username or an email that another user has.

use crate::domain::{Email, Username, shell_word};
use crate::error::Error;

pub fn username_taken(username: &Username) -> Error {
    Error::Conflict(format!(
        "the username `{username}` is taken: usernames are compared without case and punctuation, \
         and deleted users keep theirs. Run `iamctl user show {username}`"
    ))
}

pub fn email_taken(email: &Email) -> Error {
    let address = email.to_string();
    Error::Conflict(format!(
        "the email `{email}` is taken; deleted users keep theirs. Run `iamctl user show {}`",
        shell_word(&address)
    ))
}
