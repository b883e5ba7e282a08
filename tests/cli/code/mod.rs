//! `iamctl code`. The tests of `code purge` are in `purge/`.

mod issue;
mod list;
mod revoke;
mod stats;

use crate::support::Db;

/// alice, who may log in, and carol, whose email is not verified.
fn two_users() -> Db {
    let db = Db::new();
    db.user("alice");
    db.iamctl("user create carol --email carol@example.org").ok();
    db
}

const VERIFICATION: &str = "code issue verification --user carol";
const AUTHORIZATION: &str = "code issue authorization --user alice";
