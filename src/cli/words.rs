//! Words that people type for a noun or a verb of another name.

/// Verbs that end or delete something. Only a typo of one suggests it: a harmless word never does.
pub const DESTRUCTIVE: [&str; 10] = [
    "block", "delete", "destroy", "erase", "offboard", "purge", "remove", "revert", "revoke",
    "stop",
];

/// Words that people type for a verb: the noun before them, the words, and the tip.
const WORDS: [(&str, &[&str], &str); 21] = [
    ("", &["migrate"], "`iamctl db migrate` applies the pending migrations"),
    (
        "",
        &["check"],
        "`iamctl doctor` checks the connection and the server, `iamctl db check` the tables",
    ),
    ("", &["log", "logs", "history"], "`iamctl audit list` shows the log of all changes"),
    (
        "user",
        &["remove", "rm", "del"],
        "`iamctl user delete` deletes a user, and `iamctl user restore` takes it back",
    ),
    (
        "user",
        &["enable", "activate", "unlock", "unban"],
        "`iamctl user unblock` lets a blocked user log in again",
    ),
    (
        "user",
        &["disable", "deactivate", "suspend", "lock", "ban"],
        "`iamctl user block` keeps a user from logging in",
    ),
    (
        "user",
        &["validate", "verify", "confirm"],
        "`iamctl user verify-email` marks the email as verified",
    ),
    (
        "user",
        &["update", "edit", "modify", "set"],
        "`iamctl user rename` and `iamctl user set-email` change a user",
    ),
    (
        "user",
        &["search", "find"],
        "`iamctl user list --search TEXT` lists the users whose name or email holds a text",
    ),
    ("token", &["remove", "rm", "delete", "del"], "`iamctl token revoke` ends a token"),
    (
        "token",
        &["enable", "activate", "unlock"],
        "`iamctl token unblock` makes a blocked token work again",
    ),
    (
        "token",
        &["disable", "deactivate", "suspend", "lock"],
        "`iamctl token block` keeps a token from being used, until `iamctl token unblock`",
    ),
    (
        "token",
        &["renew", "refresh", "extend"],
        "`iamctl token rotate` issues a new token in place of the old one",
    ),
    ("token", &["search", "find"], "`iamctl token list --user USER` lists the tokens of a user"),
    (
        "session",
        &["show", "get", "info", "find"],
        "`iamctl session list --user USER` lists the sessions of a user",
    ),
    (
        "session",
        &["remove", "rm", "delete", "end", "kill", "logout"],
        "`iamctl session revoke` ends a session",
    ),
    (
        "code",
        &["show", "get", "info", "find"],
        "`iamctl code list --user USER` lists the codes of a user",
    ),
    ("code", &["remove", "rm", "delete"], "`iamctl code revoke` ends a code"),
    ("db", &["unprotect"], "`iamctl db protect --off` ends the protection"),
    ("audit", &["tail", "history"], "`iamctl audit list` shows the newest changes first"),
    (
        "audit",
        &["search", "find", "get", "info"],
        "`iamctl audit list --target USER` shows what was done to a user",
    ),
];

/// The tip for a word below a noun; below none where `noun` is empty.
pub fn tip(noun: &str, word: &str) -> Option<&'static str> {
    let is_meant = |(of, words, _): &&(&str, &[&str], &str)| *of == noun && words.contains(&word);
    WORDS.iter().find(is_meant).map(|(.., tip)| *tip)
}
