//! Users whose names begin with a text, for completion and for questions.
//!
//! In the order of most languages, what begins with a text comes after that text, but not all in one piece.
//! An index is read from the text on, and the caller takes what it looks for.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::user::User;
use crate::db::functions::TextOf;
use crate::db::schema::users;

/// Up to `limit` users from this username on, A to Z, also those that do not begin with it.
pub fn from_username(conn: &mut PgConnection, start: &str, limit: i64) -> QueryResult<Vec<User>> {
    User::query()
        .filter(TextOf::new(users::username).ge(start))
        .order((users::username, users::id))
        .limit(limit)
        .load(conn)
}

/// The last user, A to Z.
pub fn last_by_username(conn: &mut PgConnection) -> QueryResult<Option<User>> {
    User::query().order((users::username.desc(), users::id.desc())).first(conn).optional()
}

/// Up to `limit` users from this email on, A to Z, also those that do not begin with it.
pub fn from_email(conn: &mut PgConnection, start: &str, limit: i64) -> QueryResult<Vec<User>> {
    User::query()
        .filter(TextOf::new(users::email).ge(start))
        .order(users::email)
        .limit(limit)
        .load(conn)
}

/// Up to `limit` users with ids from `first` to `last`, in the order of their ids.
pub fn between(
    conn: &mut PgConnection,
    first: Uuid,
    last: Uuid,
    limit: i64,
) -> QueryResult<Vec<User>> {
    User::query().filter(users::id.between(first, last)).order(users::id).limit(limit).load(conn)
}
