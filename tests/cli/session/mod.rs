//! `iamctl session`. The columns hold UTC without a zone, so the server's TimeZone must not matter.
//! The tests of `session purge` are in `purge/`.

mod list;
mod revoke;

use serde_json::Value;

use crate::support::Db;

/// The server's TimeZone in the tests.
const ZONES: [&str; 3] = ["UTC", "Asia/Kolkata", "America/New_York"];

/// alice and bob with the same four sessions each. `l` is live for some minutes. `m` is marked as
/// revoked, but the service still accepts it, because it only reads `expires_at`. `x` expired a
/// minute ago, and `r` was revoked a minute ago.
fn every_state() -> Db {
    let db = Db::new();
    for (user, suffix) in [("alice", "A"), ("bob", "E")] {
        db.user(user);
        for (name, minutes, revoked) in
            [("l", 10, ""), ("m", 10, "2"), ("x", -1, ""), ("r", -1, "1")]
        {
            let revoked_at = match revoked {
                "" => "null".to_owned(),
                minutes => format!("{UTC_NOW} - '{minutes}m'::interval"),
            };
            db.sql(&format!(
                "insert into refresh_tokens
                 select id, {UTC_NOW} - '1h'::interval, {UTC_NOW} + '{minutes}m'::interval,
                        rpad('{name}', 43, '{suffix}') || '=', {}, {revoked_at}
                 from users where username = '{user}'",
                !revoked.is_empty()
            ));
        }
    }
    db
}

const UTC_NOW: &str = "(now() at time zone 'utc')";

/// The id of a session of alice.
fn id(name: &str) -> String {
    format!("{name:A<12}")
}

fn set_zone(db: &Db, zone: &str) {
    db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
}

/// The first letters of the ids in a list, sorted. Those of alice's sessions are in upper case.
fn letters(list: &Value) -> String {
    let list = list.as_array().unwrap().iter();
    let mut letters: Vec<_> = list
        .map(|session| {
            let id = session["id"].as_str().unwrap();
            if id.ends_with('A') { id[..1].to_uppercase() } else { id[..1].to_owned() }
        })
        .collect();
    letters.sort_unstable();
    letters.concat()
}
