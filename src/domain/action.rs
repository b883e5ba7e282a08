use std::str::FromStr;

use super::looks_secret;

/// The actions of the audit log: noun and verb, and `purge`, which has none.
const ACTIONS: [&str; 32] = [
    "code.issue",
    "code.purge",
    "code.revoke",
    "db.adopt",
    "db.migrate",
    "db.protect",
    "db.revert",
    "owner.add",
    "owner.create",
    "owner.delete",
    "owner.remove",
    "purge",
    "session.purge",
    "session.revoke",
    "token.block",
    "token.issue",
    "token.purge",
    "token.revoke",
    "token.rotate",
    "token.unblock",
    "user.block",
    "user.create",
    "user.delete",
    "user.erase",
    "user.import",
    "user.offboard",
    "user.rename",
    "user.restore",
    "user.set-email",
    "user.unblock",
    "user.unverify-email",
    "user.verify-email",
];

/// An action of the audit log, such as `user.block`, or all of a noun, such as `user`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionFilter(String);

impl ActionFilter {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ActionFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_known = |action: &&str| {
            **action == *text || action.split_once('.').is_some_and(|(noun, _)| noun == text)
        };
        if ACTIONS.iter().any(is_known) {
            return Ok(Self(text.to_owned()));
        }
        let named = if looks_secret(text) { "…" } else { text };
        Err(format!(
            "no action is called `{named}`; choose a noun, such as `user`, or one of {}",
            ACTIONS.join(", ")
        ))
    }
}
