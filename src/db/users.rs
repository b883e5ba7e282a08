//! The queries on `users` that read, and the one that creates.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::{Pg, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::Audit;
use crate::db::filter;
use crate::db::schema::users;
use crate::domain::{Email, StoredTime, Username, to_hex};
use crate::error::Result;

/// A row of `users`, read as it is.
#[derive(Debug, Clone, HasQuery, QueryableByName)]
#[diesel(table_name = users)]
pub struct User {
    pub id: Uuid,
    pub created_at: StoredTime,
    pub username: String,
    pub username_fingerprint: Vec<u8>,
    pub email: String,
    pub email_verified: bool,
    pub email_verified_at: Option<StoredTime>,
    pub blocked: bool,
    pub deleted: bool,
    pub deleted_at: Option<StoredTime>,
}

impl User {
    /// What usernames are compared by, as text; as `\x` and hexadecimal digits where it is none, or empty.
    pub fn fingerprint(&self) -> Cow<'_, str> {
        match str::from_utf8(&self.username_fingerprint) {
            Ok(text) if !text.is_empty() && !text.starts_with("\\x") && !text.contains('\0') => {
                text.into()
            }
            _ => format!("\\x{}", to_hex(&self.username_fingerprint)).into(),
        }
    }

    /// The one word for a user's state; the state that forbids most comes first.
    pub fn status(&self) -> &'static str {
        match self {
            Self { deleted: true, .. } => "deleted",
            Self { blocked: true, .. } => "blocked",
            Self { email_verified: false, .. } => "unverified",
            _ => "active",
        }
    }
}

#[derive(Debug)]
pub struct NewUser {
    pub id: Uuid,
    pub username: Username,
    pub email: Email,
    pub verified: bool,
}

/// Creates a user and its audit row in one statement, and returns it.
///
/// Violates `users_unique_fingerprint`, `users_unique_email` or `users_pkey` when taken; with
/// `skip_taken` it returns `None` instead.
pub fn create(
    conn: &mut PgConnection,
    new: &NewUser,
    skip_taken: bool,
    audit: &Audit,
) -> Result<Option<User>> {
    let on_conflict = if skip_taken { "on conflict do nothing" } else { "" };
    let insert =
        Audit::insert(6, "id", "jsonb_build_object('verified', email_verified)", "created");
    let query = diesel::sql_query(format!(
        "with created as (
             insert into users (id, created_at, username, username_fingerprint, email,
                                email_verified, email_verified_at)
             values ($1, now(), $2, $3, $4, $5, case when $5 then now() end)
             {on_conflict}
             returning *
         ), audited as ({insert})
         select * from created"
    ))
    .into_boxed::<Pg>()
    .bind::<SqlUuid, _>(new.id)
    .bind::<Text, _>(new.username.as_str())
    .bind::<diesel::sql_types::Bytea, _>(new.username.fingerprint().as_bytes().to_vec())
    .bind::<Text, _>(new.email.as_str())
    .bind::<Bool, _>(new.verified);
    Ok(audit.bind(query).get_result(conn).optional()?)
}

/// The users that bear the username (by fingerprint) or the email: at most two.
pub fn find_taken(
    conn: &mut PgConnection,
    username: &Username,
    email: &Email,
) -> Result<Vec<User>> {
    Ok(User::query()
        .filter(
            users::username_fingerprint
                .eq(username.fingerprint().as_bytes().to_vec())
                .or(users::email.eq(email.as_str())),
        )
        .load(conn)?)
}

/// Whether there is any user, deleted ones included; also before the table is there.
pub fn any(conn: &mut PgConnection) -> Result<bool> {
    let exists = sql::<Bool>("to_regclass('users') is not null");
    if !diesel::select(exists).get_result::<bool>(conn)? {
        return Ok(false);
    }
    Ok(diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(conn)?)
}

/// How much hangs on a user and still works.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct LiveCounts {
    #[diesel(sql_type = BigInt)]
    pub sessions: i64,
    #[diesel(sql_type = BigInt)]
    pub verification_codes: i64,
    #[diesel(sql_type = BigInt)]
    pub authorization_codes: i64,
    #[diesel(sql_type = BigInt)]
    pub tokens: i64,
}

pub fn live_counts(conn: &mut PgConnection, id: Uuid) -> Result<LiveCounts> {
    Ok(diesel::sql_query(
        "select (select count(*) from refresh_tokens
                 where user_id = $1 and expires_at > now() at time zone 'utc') as sessions,
                (select count(*) from verification_codes
                 where user_id = $1 and expires_at > now()) as verification_codes,
                (select count(*) from authorization_codes
                 where user_id = $1 and expires_at > now()) as authorization_codes,
                (select count(*) from api_tokens t join api_token_owners o using (owner_id)
                 where o.user_id = $1 and not t.revoked and t.expires_at > now()) as tokens",
    )
    .bind::<SqlUuid, _>(id)
    .get_result(conn)?)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum UserStatus {
    /// May log in: verified, not blocked, not deleted
    Active,
    /// Blocked, and not deleted
    Blocked,
    Deleted,
    /// Email not verified, and neither blocked nor deleted
    Unverified,
    /// Everybody, the deleted too
    Any,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum UserSort {
    /// Newest first
    #[default]
    Created,
    /// A to Z
    Username,
    /// A to Z
    Email,
}

#[derive(Debug, Default)]
pub struct UserFilter {
    /// `None` is everybody but the deleted.
    pub status: Option<UserStatus>,
    pub created_after: Option<DateTime<Utc>>,
    pub created_before: Option<DateTime<Utc>>,
    pub email_domain: Option<String>,
    /// Part of the username or the email, in any case.
    pub search: Option<String>,
}

#[derive(Debug, Default)]
pub struct UserPage {
    pub sort: UserSort,
    pub reverse: bool,
    /// Only what comes after this user.
    pub after: Option<User>,
    pub limit: Option<i64>,
}

type Boxed = users::BoxedQuery<'static, Pg>;

fn filtered(filter: &UserFilter) -> Boxed {
    let mut query = users::table.into_boxed();
    query = match filter.status {
        Some(UserStatus::Active) => query
            .filter(users::email_verified)
            .filter(diesel::dsl::not(users::blocked))
            .filter(diesel::dsl::not(users::deleted)),
        Some(UserStatus::Blocked) => {
            query.filter(users::blocked).filter(diesel::dsl::not(users::deleted))
        }
        Some(UserStatus::Deleted) => query.filter(users::deleted),
        Some(UserStatus::Unverified) => query
            .filter(diesel::dsl::not(users::email_verified))
            .filter(diesel::dsl::not(users::blocked))
            .filter(diesel::dsl::not(users::deleted)),
        Some(UserStatus::Any) => query,
        None => query.filter(diesel::dsl::not(users::deleted)),
    };
    if let Some(after) = filter.created_after {
        query = query.filter(users::created_at.ge(after));
    }
    if let Some(before) = filter.created_before {
        query = query.filter(users::created_at.lt(before));
    }
    if let Some(domain) = &filter.email_domain {
        let domain = domain.to_lowercase();
        query = query.filter(sql::<Bool>("split_part(email, '@', 2) = ").bind::<Text, _>(domain));
    }
    if let Some(search) = &filter.search {
        let pattern = filter::contains(search);
        query =
            query.filter(users::username.ilike(pattern.clone()).or(users::email.ilike(pattern)));
    }
    query
}

/// Hands the users that pass `filter` to `each`, as they arrive.
pub fn list(
    conn: &mut PgConnection,
    filter: &UserFilter,
    page: &UserPage,
    mut each: impl FnMut(User) -> Result<()>,
) -> Result<()> {
    let mut query = filtered(filter);
    // Newest first, but names from A: for a created_at the natural order is the descending one.
    let descending = (page.sort == UserSort::Created) != page.reverse;
    if let Some(after) = &page.after {
        let than = if descending { "<" } else { ">" };
        query = match page.sort {
            UserSort::Created => query.filter(
                sql::<Bool>(&format!("(created_at, id) {than} ("))
                    .bind::<Timestamptz, _>(after.created_at)
                    .sql(", ")
                    .bind::<SqlUuid, _>(after.id)
                    .sql(")"),
            ),
            UserSort::Username => query.filter(
                sql::<Bool>(&format!("(username, id) {than} ("))
                    .bind::<Text, _>(after.username.clone())
                    .sql(", ")
                    .bind::<SqlUuid, _>(after.id)
                    .sql(")"),
            ),
            UserSort::Email => query.filter(
                sql::<Bool>(&format!("email {than} ")).bind::<Text, _>(after.email.clone()),
            ),
        };
    }
    query = match (page.sort, descending) {
        (UserSort::Created, true) => query.order((users::created_at.desc(), users::id.desc())),
        (UserSort::Created, false) => query.order((users::created_at, users::id)),
        (UserSort::Username, true) => query.order((users::username.desc(), users::id.desc())),
        (UserSort::Username, false) => query.order((users::username, users::id)),
        (UserSort::Email, true) => query.order(users::email.desc()),
        (UserSort::Email, false) => query.order(users::email),
    };
    if let Some(limit) = page.limit {
        query = query.limit(limit);
    }
    let rows = query.select(User::as_select()).load_iter::<User, PgRowByRowLoadingMode>(conn)?;
    for row in rows {
        each(row?)?;
    }
    Ok(())
}

/// Hands the users that pass `filter` to `each`, as they lie in the table.
pub fn each(
    conn: &mut PgConnection,
    filter: &UserFilter,
    mut each: impl FnMut(User) -> Result<()>,
) -> Result<()> {
    let query = filtered(filter).select(User::as_select());
    for row in query.load_iter::<User, PgRowByRowLoadingMode>(conn)? {
        each(row?)?;
    }
    Ok(())
}

pub fn count(conn: &mut PgConnection, filter: &UserFilter) -> Result<i64> {
    Ok(filtered(filter).count().get_result(conn)?)
}
