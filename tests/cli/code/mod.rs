//! `iamctl code` (contract 1, 2 and 5); `code purge` is with the other purges.

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
