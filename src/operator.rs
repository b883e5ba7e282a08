//! Who runs the command, for the audit log.

use std::env;

use nix::unistd::{Uid, User, gethostname, getuid};

/// The system user, the user who called sudo, and the host.
#[derive(Debug, Clone)]
pub struct Operator {
    /// The name of the system user, or the uid if it has no name.
    pub user: String,
    /// The user who called sudo; `None` without sudo.
    pub sudo: Option<String>,
    pub host: String,
}

impl Operator {
    pub fn current() -> Self {
        // Not SUDO_USER: the name is looked up, not taken from the environment.
        let sudo = env::var("SUDO_UID").ok().and_then(|uid| uid.parse().ok()).map(name_of);
        let host = gethostname()
            .map_or_else(|_| "unknown".to_owned(), |host| host.to_string_lossy().into_owned());
        Self { user: name_of(getuid().as_raw()), sudo, host }
    }
}

fn name_of(uid: u32) -> String {
    match User::from_uid(Uid::from_raw(uid)) {
        Ok(Some(user)) => user.name,
        _ => uid.to_string(),
    }
}
