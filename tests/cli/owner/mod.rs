//! `iamctl owner`.

mod create;
mod delete;
mod list;
mod members;

use crate::support::Db;

/// alice, bob and carol, each with a token of their own. alice and bob share a second owner with
/// the tokens `ci` and `cd`. Returns the id of that owner.
fn team() -> (Db, String) {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
        db.iamctl(&format!("token issue --user {name} --name {name}-own")).ok();
    }
    let owner = db.iamctl("owner create --user alice --user bob -o id").ok().line();
    for name in ["ci", "cd"] {
        db.iamctl(&format!("token issue --owner {owner} --name {name}")).ok();
    }
    (db, owner)
}

/// The usernames of the owner's users.
fn users(db: &Db, owner: &str) -> String {
    db.sql(&format!(
        "select string_agg(u.username, ' ' order by u.username)
         from api_token_owners o join users u on u.id = o.user_id where o.owner_id = '{owner}'"
    ))
}

/// The names of the owner's live tokens.
fn live(db: &Db, owner: &str) -> String {
    db.sql(&format!(
        "select string_agg(name, ' ' order by name) from api_tokens
         where owner_id = '{owner}' and not revoked and expires_at > now()"
    ))
}

fn user_id(db: &Db, name: &str) -> String {
    db.sql(&format!("select id from users where username = '{name}'"))
}

/// The id of the token with this name.
fn token_id(db: &Db, name: &str) -> String {
    db.sql(&format!(
        "select translate(left(token, 12), '+/', '-_') from api_tokens where name = '{name}'"
    ))
}

const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";
