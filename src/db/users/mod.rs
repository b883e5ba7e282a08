//! All queries on `users`, in files by what they are for.

mod beginning;
mod dependents;
mod list;
mod near;
mod retention;
mod user;

use chrono::{DateTime, Utc};
use diesel::dsl::{AsSelect, exists, now};
use diesel::expression::Expression;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{Query, QueryFragment};
use diesel::sql_types::{Array, Text, Timestamptz};
use uuid::Uuid;

pub use beginning::{between, from_email, from_username, last_by_username};
pub use dependents::{count_logins_of, count_per_user, count_rows_of, with_logins};
pub use list::{ByStatus, UserFilter, UserOrder, UserPage, count, each, list};
pub use near::find_near;
pub use retention::{count_deleted_before, deleted_before, newest_deleted_before};
pub use user::{User, may_use_tokens};

use super::functions::{TextOf, unnest};
use super::schema::{api_token_owners, users};
use crate::domain::{
    Email, Fingerprint, StoredText, StoredTime, UserSelector, Username, lower_case,
};

/// What users are looked up by. Each list is looked up by its own index.
#[derive(Debug, Default)]
pub struct UserKeys {
    pub ids: Vec<Uuid>,
    pub fingerprints: Vec<Vec<u8>>,
    pub usernames: Vec<String>,
    pub emails: Vec<String>,
}

impl UserKeys {
    /// Everything that a selector could match: the exact spelling, and its normalized form.
    pub fn of(selectors: &[UserSelector]) -> Self {
        let mut keys = Self::default();
        for selector in selectors {
            match selector {
                UserSelector::Id(id) => keys.ids.push(*id),
                UserSelector::Name(name) => {
                    keys.fingerprints.push(Fingerprint::of(name).as_bytes().to_vec());
                    keys.usernames.push(name.clone());
                }
                UserSelector::Email(email) => {
                    let lower = lower_case(email);
                    if lower != *email {
                        keys.emails.push(lower);
                    }
                    keys.emails.push(email.clone());
                }
            }
        }
        keys
    }

    pub fn of_ids(ids: Vec<Uuid>) -> Self {
        Self { ids, ..Self::default() }
    }

    fn is_empty(&self) -> bool {
        let Self { ids, fingerprints, usernames, emails } = self;
        ids.is_empty() && fingerprints.is_empty() && usernames.is_empty() && emails.is_empty()
    }
}

/// How strongly to lock a row of `users`, in the terms of PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowLock {
    /// The service goes on inserting codes and sessions of the user.
    NoKeyUpdate,
    /// Nothing is inserted that belongs to the user. For commands that end what the user has: they
    /// wait for a session that is being inserted, and end it, too.
    Update,
}

diesel::alias!(users as keyed: Keyed);

/// The texts as rows.
macro_rules! rows_of {
    ($texts:expr) => {
        diesel::select(unnest($texts.into_sql::<Array<Text>>()))
    };
}

/// The ids of the users that a key matches, each list by the index of its column. Texts are compared
/// with rows, not with an array: for `= ANY (array)` the planner may choose the trigram index of
/// searches, which takes a thousand times longer. A macro, as the type cannot be written out.
macro_rules! matching_ids {
    ($keys:expr) => {
        keyed
            .filter(keyed.field(users::id).eq_any(&$keys.ids))
            .select(keyed.field(users::id))
            .union(
                keyed
                    .filter(keyed.field(users::username_fingerprint).eq_any(&$keys.fingerprints))
                    .select(keyed.field(users::id)),
            )
            .union(
                keyed
                    .filter(
                        TextOf::new(keyed.field(users::username))
                            .eq_any(rows_of!(&$keys.usernames)),
                    )
                    .select(keyed.field(users::id)),
            )
            .union(
                keyed
                    .filter(TextOf::new(keyed.field(users::email)).eq_any(rows_of!(&$keys.emails)))
                    .select(keyed.field(users::id)),
            )
    };
}

/// Every user that a key matches.
pub fn find(conn: &mut PgConnection, keys: &UserKeys) -> QueryResult<Vec<User>> {
    User::query().filter(users::id.eq_any(matching_ids!(keys))).load(conn)
}

/// The same, locked in the order of their ids, so that two commands cannot deadlock.
pub fn lock(conn: &mut PgConnection, keys: &UserKeys, lock: RowLock) -> QueryResult<Vec<User>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let query = User::query().filter(users::id.eq_any(matching_ids!(keys))).order(users::id);
    match lock {
        RowLock::NoKeyUpdate => query.for_no_key_update().load(conn),
        RowLock::Update => query.for_update().load(conn),
    }
}

/// Locks the users with these ids, which are ascending, with `RowLock::NoKeyUpdate`. For thousands: the
/// range lets the planner read a part of the index, where it would scan the table for so many.
pub fn lock_ascending(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
    users::table
        .filter(users::id.eq_any(ids))
        .filter(users::id.between(first, last))
        .order(users::id)
        .for_no_key_update()
        .select(users::id)
        .load(conn)
}

/// The same as `lock`, with all who share an owner of tokens with one of these users, with `RowLock::Update`.
pub fn lock_with_co_owners(conn: &mut PgConnection, keys: &UserKeys) -> QueryResult<Vec<User>> {
    diesel::alias!(api_token_owners as theirs: Theirs);
    let owners = theirs
        .filter(theirs.field(api_token_owners::user_id).eq_any(matching_ids!(keys)))
        .select(theirs.field(api_token_owners::owner_id));
    let co_owners = api_token_owners::table
        .filter(api_token_owners::owner_id.eq_any(owners))
        .select(api_token_owners::user_id);
    User::query()
        .filter(users::id.eq_any(matching_ids!(keys).union(co_owners)))
        .order(users::id)
        .for_update()
        .load(conn)
}

/// Id and username of the users. Skips ids that do not exist.
pub fn usernames(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, StoredText)>> {
    users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)
}

#[derive(Debug, Insertable)]
#[diesel(table_name = users)]
pub struct NewUser<'a> {
    pub id: Uuid,
    pub username: &'a str,
    pub username_fingerprint: &'a [u8],
    pub email: &'a str,
    pub email_verified: bool,
}

impl NewUser<'_> {
    /// Whether the row holds what was to be inserted. Its times are the database's.
    pub fn is_stored_as(&self, row: &User) -> bool {
        let Self { id, username, username_fingerprint, email, email_verified } = *self;
        row.id == id
            && row.username == username
            && row.username_fingerprint == username_fingerprint
            && row.email == email
            && row.email_verified == email_verified
            && row.email_verified_at.is_some() == email_verified
            && !row.blocked
            && !row.deleted
            && row.deleted_at.is_none()
    }
}

/// The values of a new user's row, with `created_at`, and `email_verified_at` if verified, set to
/// now().
macro_rules! values_of {
    ($new:expr) => {
        (
            $new,
            users::created_at.eq(now),
            $new.email_verified
                .then_some(users::email_verified_at.eq(now.into_sql::<Timestamptz>().nullable())),
        )
    };
}

/// A statement that inserts the user, for `Audit::with_audit_row`.
///
/// Violates `users_unique_fingerprint`, `users_unique_email` or `users_pkey` when taken.
pub fn insert_statement<'a>(
    new: &'a NewUser<'a>,
) -> impl Query<SqlType = <AsSelect<User, Pg> as Expression>::SqlType> + QueryFragment<Pg> + 'a {
    diesel::insert_into(users::table).values(values_of!(new)).returning(User::as_returning())
}

/// The same. Returns no row where the username or the email is taken.
pub fn insert_unless_taken_statement<'a>(
    new: &'a NewUser<'a>,
) -> impl Query<SqlType = <AsSelect<User, Pg> as Expression>::SqlType> + QueryFragment<Pg> + 'a {
    diesel::insert_into(users::table)
        .values(values_of!(new))
        .on_conflict_do_nothing()
        .returning(User::as_returning())
}

/// The users that have the id, the username (by fingerprint) or the email: at most three.
pub fn find_taken(
    conn: &mut PgConnection,
    id: Uuid,
    username: &Username,
    email: &Email,
) -> QueryResult<Vec<User>> {
    let keys = UserKeys {
        ids: vec![id],
        fingerprints: vec![username.fingerprint().as_bytes().to_vec()],
        emails: vec![email.as_str().to_owned()],
        ..UserKeys::default()
    };
    find(conn, &keys)
}

/// Whether there is any user, deleted ones included.
pub fn any_exist(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(exists(users::table.select(users::id))).get_result(conn)
}

/// Sets this in the rows of the users, and returns the rows as they are then.
macro_rules! update {
    ($conn:expr, $ids:expr, $set:expr) => {
        diesel::update(users::table.filter(users::id.eq_any($ids)))
            .set($set)
            .returning(User::as_returning())
            .get_results($conn)
    };
}

pub fn block(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<User>> {
    update!(conn, ids, users::blocked.eq(true))
}

pub fn unblock(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<User>> {
    update!(conn, ids, users::blocked.eq(false))
}

/// The soft delete: the row stays. `at` is the time of the change.
pub fn mark_deleted(
    conn: &mut PgConnection,
    ids: &[Uuid],
    at: DateTime<Utc>,
) -> QueryResult<Vec<User>> {
    update!(conn, ids, (users::deleted.eq(true), users::deleted_at.eq(at)))
}

pub fn restore(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<User>> {
    update!(conn, ids, (users::deleted.eq(false), users::deleted_at.eq(None::<StoredTime>)))
}

/// `at` is the time of verification.
pub fn verify_email(
    conn: &mut PgConnection,
    ids: &[Uuid],
    at: DateTime<Utc>,
) -> QueryResult<Vec<User>> {
    update!(conn, ids, (users::email_verified.eq(true), users::email_verified_at.eq(at)))
}

pub fn unverify_email(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<User>> {
    let never = None::<StoredTime>;
    update!(conn, ids, (users::email_verified.eq(false), users::email_verified_at.eq(never)))
}

/// Violates `users_unique_fingerprint` where another user has the name.
pub fn rename(conn: &mut PgConnection, id: Uuid, name: &Username) -> QueryResult<Option<User>> {
    diesel::update(users::table.find(id))
        .set((
            users::username.eq(name.as_str()),
            users::username_fingerprint.eq(name.fingerprint().as_bytes()),
        ))
        .returning(User::as_returning())
        .get_result(conn)
        .optional()
}

/// Violates `users_unique_email` where another user has the address. `verified_at` is the time of
/// verification; `None` takes the verification away.
pub fn set_email(
    conn: &mut PgConnection,
    id: Uuid,
    email: &Email,
    verified_at: Option<DateTime<Utc>>,
) -> QueryResult<Option<User>> {
    diesel::update(users::table.find(id))
        .set((
            users::email.eq(email.as_str()),
            users::email_verified.eq(verified_at.is_some()),
            users::email_verified_at.eq(verified_at),
        ))
        .returning(User::as_returning())
        .get_result(conn)
        .optional()
}

/// Deletes the rows. Sessions, codes and memberships in owners go by ON DELETE CASCADE.
pub fn erase(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<User>> {
    diesel::delete(users::table.filter(users::id.eq_any(ids)))
        .returning(User::as_returning())
        .get_results(conn)
}
