//! Lists of users.

use chrono::{DateTime, Utc};
use diesel::dsl::not;
use diesel::pg::{Pg, PgConnection, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::sql_types::{Record, Text, Timestamptz, Uuid as SqlUuid};

use super::user::User;
use crate::db::functions::{TextOf, split_part};
use crate::db::like_pattern;
use crate::db::schema::users;
use crate::domain::{UserStatus, lower_case};
use crate::error::Result;

/// Which users a list shows by their state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ByStatus {
    #[default]
    NotDeleted,
    All,
    Only(UserStatus),
}

#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    pub status: ByStatus,
    pub created_after: Option<DateTime<Utc>>,
    pub created_before: Option<DateTime<Utc>>,
    pub email_domain: Option<String>,
    /// Part of the username or the email, in any case.
    pub search: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserOrder {
    /// Newest first.
    Created,
    /// A to Z.
    Username,
    /// A to Z.
    Email,
}

#[derive(Debug)]
pub struct UserPage {
    pub order: UserOrder,
    pub reverse: bool,
    /// Only what comes after this user.
    pub after: Option<User>,
    /// `None` is all.
    pub limit: Option<i64>,
}

fn filtered(filter: &UserFilter) -> users::BoxedQuery<'static, Pg> {
    let mut query = users::table.into_boxed();
    query = match filter.status {
        ByStatus::All => query,
        ByStatus::NotDeleted => query.filter(not(users::deleted)),
        ByStatus::Only(UserStatus::Deleted) => query.filter(users::deleted),
        ByStatus::Only(UserStatus::Blocked) => {
            query.filter(users::blocked).filter(not(users::deleted))
        }
        ByStatus::Only(UserStatus::Unverified) => query
            .filter(not(users::email_verified))
            .filter(not(users::blocked))
            .filter(not(users::deleted)),
        ByStatus::Only(UserStatus::Active) => query
            .filter(users::email_verified)
            .filter(not(users::blocked))
            .filter(not(users::deleted)),
    };
    if let Some(after) = filter.created_after {
        query = query.filter(users::created_at.ge(after));
    }
    if let Some(before) = filter.created_before {
        query = query.filter(users::created_at.lt(before));
    }
    if let Some(domain) = &filter.email_domain {
        query = query.filter(split_part(users::email, "@", 2).eq(lower_case(domain)));
    }
    if let Some(search) = &filter.search {
        let has = |part: &str| {
            let pattern = like_pattern::contains(part);
            let in_username = TextOf::new(users::username).ilike(pattern.clone());
            in_username.or(TextOf::new(users::email).ilike(pattern))
        };
        // With the locale `C`, ILIKE ignores the case of ASCII letters only.
        let lower = lower_case(search);
        query = if lower == search.to_ascii_lowercase() {
            query.filter(has(search))
        } else {
            query.filter(has(search).or(has(&lower)))
        };
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
    // Newest first, but names from A: the natural order of created_at is the descending one.
    let descending = (page.order == UserOrder::Created) != page.reverse;
    if let Some(after) = &page.after {
        query = match page.order {
            UserOrder::Created => {
                let place =
                    (users::created_at, users::id).into_sql::<Record<(Timestamptz, SqlUuid)>>();
                let after = (after.created_at, after.id);
                if descending {
                    query.filter(place.lt(after))
                } else {
                    query.filter(place.gt(after))
                }
            }
            UserOrder::Username => {
                let place =
                    (TextOf::new(users::username), users::id).into_sql::<Record<(Text, SqlUuid)>>();
                let after = (after.username.clone(), after.id);
                if descending {
                    query.filter(place.lt(after))
                } else {
                    query.filter(place.gt(after))
                }
            }
            UserOrder::Email if descending => {
                query.filter(TextOf::new(users::email).lt(after.email.clone()))
            }
            UserOrder::Email => query.filter(TextOf::new(users::email).gt(after.email.clone())),
        };
    }
    query = match (page.order, descending) {
        (UserOrder::Created, true) => query.order((users::created_at.desc(), users::id.desc())),
        (UserOrder::Created, false) => query.order((users::created_at, users::id)),
        (UserOrder::Username, true) => query.order((users::username.desc(), users::id.desc())),
        (UserOrder::Username, false) => query.order((users::username, users::id)),
        (UserOrder::Email, true) => query.order(users::email.desc()),
        (UserOrder::Email, false) => query.order(users::email),
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

/// Hands the users that pass `filter` to `each`, in no particular order.
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

pub fn count(conn: &mut PgConnection, filter: &UserFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}
