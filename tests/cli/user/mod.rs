//! `iamctl user`.

mod block;
mod create;
mod email;
mod erase;
mod export;
mod hand_over;
mod import;
mod known_secrets;
mod list;
mod near;
mod offboard;
mod rename;
mod retention;
mod rotate_into;
mod selectors;
mod side_tables;
mod states;

use crate::support::Db;

/// A user with a live session, a live code of each kind, and a token `NAME-own` whose owner is this
/// user alone.
struct Holder {
    id: String,
    owner: String,
}

impl Holder {
    fn new(db: &Db, name: &str) -> Self {
        let id = db.user(name);
        db.iamctl(&format!("token issue --user {name} --name {name}-own")).ok();
        db.sql(&format!(
            "insert into refresh_tokens
             select '{id}', now() at time zone 'utc', (now() at time zone 'utc') + '1h', {session};
             insert into verification_codes select '{id}', now(), now() + '1h', {verification};
             insert into authorization_codes select '{id}', now(), now() + '1h', {authorization}",
            session = stored(&format!("session of {name}")),
            verification = stored(&format!("verification of {name}")),
            authorization = stored(&format!("authorization of {name}")),
        ));
        let owner =
            db.sql(&format!("select owner_id from api_token_owners where user_id = '{id}'"));
        Self { id, owner }
    }

    /// Every row of this user contains one of these ids.
    fn ids(&self) -> [&str; 2] {
        [&self.id, &self.owner]
    }
}

/// SQL for a well-formed stored value.
fn stored(of: &str) -> String {
    format!("encode(sha256('{of}'), 'base64')")
}

/// Creates an owner with these users and a token of this name. Returns the id of the owner.
fn shared(db: &Db, users: &[&str], token: &str) -> String {
    let users = users.join(" --user ");
    let owner = db.iamctl(&format!("owner create -o id --user {users}")).ok().line();
    db.iamctl(&format!("token issue --owner {owner} --name {token} --force")).ok();
    owner
}

/// Whether all sessions of the user have ended for the service too, which only reads `expires_at`.
fn session_is_over(db: &Db, user: &str) -> bool {
    db.sql(&format!(
        "select bool_and(revoked and revoked_at = expires_at
                         and expires_at between (now() at time zone 'utc') - '1m'::interval
                                            and (now() at time zone 'utc'))
         from refresh_tokens where user_id = '{user}'"
    )) == "t"
}
