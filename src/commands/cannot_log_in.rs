//! Why a user cannot log in, and the command that mends it.

use std::fmt::Write as _;

use crate::db::users::User;
use crate::domain::{FirstTen, Username, shell_word};

/// What keeps the user from logging in, each with the verb of `iamctl user` that mends it. Empty where the
/// user may log in.
fn obstacles(user: &User) -> Vec<(&'static str, &'static str)> {
    [
        (user.deleted, "the account is deleted", "restore"),
        (user.blocked, "the account is blocked", "unblock"),
        (!user.email_verified, "the email is not verified", "verify-email"),
    ]
    .into_iter()
    .filter_map(|(is_so, why, verb)| is_so.then_some((why, verb)))
    .collect()
}

/// Why the user cannot log in, such as "the account is blocked".
pub fn why(user: &User) -> String {
    obstacles(user).into_iter().map(|(why, _)| why).collect::<Vec<_>>().join(", and ")
}

/// The commands after which the user can log in, in quotes.
pub fn remedy(user: &User) -> String {
    let mut remedy = String::new();
    for (_, verb) in obstacles(user) {
        let and = if remedy.is_empty() { "" } else { " and " };
        // Writing to a String cannot fail.
        _ = write!(remedy, "{and}`iamctl user {verb} {}`", argument(user));
    }
    remedy
}

/// Such as "user `bob` cannot log in yet: the email is not verified".
pub fn explain(user: &User) -> String {
    let yet = if user.blocked || user.deleted { "" } else { " yet" };
    format!("user `{}` cannot log in{yet}: {}", user.username, why(user))
}

/// Why none of the users of an owner can log in, and what to do. `owner` is such as "owner `…`", `id` its id.
pub fn explain_all(users: &[User], owner: &str, id: uuid::Uuid) -> String {
    match users {
        [] => format!("{owner} has no users. Run `iamctl owner add {id} USER`"),
        [user] => format!("{}. Run {}", explain(user), remedy(user)),
        [first, ..] => {
            let mut all = FirstTen::default();
            for user in users {
                all.add(format!("`{}` ({})", user.username, why(user)));
            }
            format!("no user of {owner} can log in: {all}. Run {}", remedy(first))
        }
    }
}

/// How a command line names the user.
pub fn argument(user: &User) -> String {
    match user.username.parse::<Username>() {
        Ok(name) => shell_word(name.as_str()).into_owned(),
        // Not every name that is stored can be typed.
        Err(_) => user.id.to_string(),
    }
}
