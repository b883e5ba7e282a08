//! `iamctl token`.

mod block;
mod issue;
mod leftover_files;
mod list;
mod revoke;
mod rotate;
mod show;
mod verbatim;
mod verify;
mod write_to;

use crate::support::{Db, Outcome};

/// Issues a token, and returns it.
#[track_caller]
fn issue(db: &Db, options: &str) -> String {
    db.iamctl(&format!("token issue {options} -o id")).ok().line()
}

/// A well-formed stored value with this start.
fn stored(start: &str) -> String {
    format!("{start:A<43}.")
}

/// Inserts an owner with these users, as another program would.
fn shared_owner(db: &Db, users: &[&str]) -> String {
    let owner = db.sql("select gen_random_uuid()");
    for user in users {
        db.sql(&format!(
            "insert into api_token_owners select '{owner}', id from users where username = '{user}'"
        ));
    }
    owner
}

/// Inserts a live token as another program would.
fn insert(db: &Db, owner: &str, name: &str, stored: &str) {
    db.sql(&format!(
        "insert into api_tokens (owner_id, created_at, expires_at, name, token)
         values ('{owner}', now(), now() + '1d'::interval, '{name}', '{stored}')"
    ));
}

/// The names of the tokens in a JSON array.
fn names(outcome: &Outcome) -> Vec<String> {
    let tokens = outcome.json();
    let tokens = tokens.as_array().unwrap().iter();
    tokens.map(|token| token["name"].as_str().unwrap().to_owned()).collect()
}

/// The stored value of `plaintext`, computed by PostgreSQL.
fn digest(db: &Db, plaintext: &str) -> String {
    db.sql(&format!(
        "select translate(encode(sha256(convert_to('{plaintext}', 'utf8')), 'base64'), '=', '.')"
    ))
}
