//! The password file, where libpq ignores it.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use super::libpq;

/// A path that no file can have.
pub const NO_FILE: &str = "/dev/null/no-password-file";

/// Leaves out a password file that libpq would ignore with a warning of its own on standard error. Returns
/// why it is ignored; `None` where libpq reads it, or needs none.
pub fn leave_out(keywords: &mut BTreeMap<String, String>) -> Option<String> {
    // A service file may name another one, or the password.
    if keywords.contains_key("service") {
        return None;
    }
    let defaults = libpq::defaults();
    let given =
        |keyword| keywords.get(keyword).or(defaults.get(keyword)).filter(|it| !it.is_empty());
    if given("password").is_some() {
        return None;
    }
    let path = match given("passfile") {
        Some(path) => PathBuf::from(path),
        None => env::home_dir()?.join(".pgpass"),
    };
    // libpq says nothing of one that is not there.
    let metadata = fs::metadata(&path).ok()?;
    let shown = path.display();
    let reason = if !metadata.is_file() {
        format!("ignoring the password file `{shown}`: it is not a regular file")
    } else if metadata.permissions().mode() & 0o077 != 0 {
        format!("ignoring the password file `{shown}`: others can use it; run `chmod 600 {shown}`")
    } else {
        return None;
    };
    keywords.insert("passfile".to_owned(), NO_FILE.to_owned());
    Some(reason)
}
