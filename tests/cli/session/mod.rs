//! `iamctl session`: UTC in, UTC out, in columns without zone (contract 1 and 2); `session purge`
//! is with the other purges.

mod list;
mod revoke;

use serde_json::Value;

use crate::support::Db;

/// Where the server's own idea of the time is not UTC.
const ZONES: [&str; 3] = ["UTC", "Asia/Kolkata", "America/New_York"];

/// Alice and bob, with the same sessions each: `l` lives on for minutes, `m` is marked revoked
/// and lives on for the service, which reads `expires_at` alone; `x` expired a minute ago, and `r`
/// was revoked then.
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

/// The first letters of the ids in a list, sorted, those of alice in upper case.
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
