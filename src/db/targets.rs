//! From the selectors of an operator to the users they name, in one statement.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bytea, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};

use super::filter::Query;
use super::users::User;
use crate::domain::{Fingerprint, UserSelector};
use crate::error::{Error, Result};

/// CTEs that give `targets (ordinal, id)`: for each selector, in the order given, the users it
/// names. An exact spelling outranks the rest, so that only what matches equally well is
/// ambiguous. The parameters $1 to $5 are those of `bind`. Each branch is an index lookup.
pub const TARGETS: &str = "
    wanted as (
        select * from unnest($1::int[], $2::uuid[], $3::bytea[], $4::text[], $5::text[])
            as w (ordinal, id, fingerprint, email, name)
    ), matched as (
        select w.ordinal, u.id, 0 as rank from wanted w join users u on u.id = w.id
        union all
        select w.ordinal, u.id, 0 from wanted w join users u on u.username = w.name
        union all
        select w.ordinal, u.id, 1 from wanted w join users u on u.username_fingerprint = w.fingerprint
        union all
        select w.ordinal, u.id, 0 from wanted w join users u on u.email = w.email
        union all
        select w.ordinal, u.id, 1 from wanted w join users u on u.email = lower(w.email)
    ), targets as (
        select distinct ordinal, id
        from (select ordinal, id, rank, min(rank) over (partition by ordinal) as best from matched) m
        where rank = best
    )";

/// How many parameters `bind` adds.
pub const BINDS: usize = 5;

/// Binds the parameters of `TARGETS`.
pub fn bind<'a>(query: Query<'a>, selectors: &[UserSelector]) -> Query<'a> {
    let ordinals: Vec<i32> = (0..).take(selectors.len()).collect();
    let mut ids = Vec::new();
    let mut fingerprints = Vec::new();
    let mut emails = Vec::new();
    let mut names = Vec::new();
    for selector in selectors {
        let (mut id, mut fingerprint, mut email, mut name) = (None, None, None, None);
        match selector {
            UserSelector::Id(uuid) => id = Some(*uuid),
            UserSelector::Email(text) => email = Some(text.clone()),
            UserSelector::Name(text) => {
                fingerprint = Some(Fingerprint::of(text).as_bytes().to_vec());
                name = Some(text.clone());
            }
        }
        ids.push(id);
        fingerprints.push(fingerprint);
        emails.push(email);
        names.push(name);
    }
    query
        .bind::<Array<Integer>, _>(ordinals)
        .bind::<Array<Nullable<SqlUuid>>, _>(ids)
        .bind::<Array<Nullable<Bytea>>, _>(fingerprints)
        .bind::<Array<Nullable<Text>>, _>(emails)
        .bind::<Array<Nullable<Text>>, _>(names)
}

/// A row that belongs to the selector at `ordinal`.
pub trait Matched {
    fn ordinal(&self) -> i32;
    fn user(&self) -> &User;
}

/// Fails unless every selector named exactly one user: 3 for none, 4 for several, listing them.
/// Drops the rows of selectors that named a user already named before.
pub fn exactly_one_each<M: Matched>(
    selectors: &[UserSelector],
    mut rows: Vec<M>,
) -> Result<Vec<M>> {
    rows.sort_by_key(Matched::ordinal);
    let mut rest = rows.as_slice();
    for (ordinal, selector) in (0..).zip(selectors) {
        let count = rest.iter().take_while(|row| row.ordinal() == ordinal).count();
        let (named, behind) = rest.split_at(count);
        rest = behind;
        match named {
            [] => return Err(Error::not_found("user", selector)),
            [_] => {}
            several => {
                let list: Vec<_> = several
                    .iter()
                    .map(Matched::user)
                    .map(|user| format!("{} ({}, {})", user.id, user.username, user.email))
                    .collect();
                return Err(Error::Conflict(format!(
                    "`{selector}` matches several users; name one by its id: {}",
                    list.join(", ")
                )));
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    rows.retain(|row| seen.insert(row.user().id));
    Ok(rows)
}

/// The user that a selector names.
#[derive(QueryableByName)]
pub struct Target {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(embed)]
    user: User,
}

impl Matched for Target {
    fn ordinal(&self) -> i32 {
        self.ordinal
    }

    fn user(&self) -> &User {
        &self.user
    }
}

/// The users that the selectors name, each once.
pub fn resolve(conn: &mut PgConnection, selectors: &[UserSelector]) -> Result<Vec<User>> {
    let query = diesel::sql_query(format!(
        "with {TARGETS} select t.ordinal, u.* from targets t join users u on u.id = t.id"
    ))
    .into_boxed::<Pg>();
    let rows: Vec<Target> = bind(query, selectors).load(conn)?;
    Ok(exactly_one_each(selectors, rows)?.into_iter().map(|target| target.user).collect())
}

/// A user that a selector names, and the clock that decides what has expired.
#[derive(QueryableByName)]
struct Held {
    #[diesel(embed)]
    target: Target,
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}

impl Matched for Held {
    fn ordinal(&self) -> i32 {
        self.target.ordinal
    }

    fn user(&self) -> &User {
        &self.target.user
    }
}

/// The one user that the selector names, and the database's clock. Takes the lock of `scope` on the
/// user, if there is one to take.
pub fn resolve_and_hold(
    conn: &mut PgConnection,
    selector: &UserSelector,
    scope: Option<&'static str>,
) -> Result<(User, DateTime<Utc>)> {
    let held = scope.map_or_else(|| "null".to_owned(), |scope| super::lock_sql(scope, "u.id"));
    let Held { target, now } =
        resolve_with(conn, selector, &format!("now() as now, {held} as held"), "")?;
    Ok((target.user, now))
}

/// The one user that the selector names.
pub fn resolve_one(conn: &mut PgConnection, selector: &UserSelector) -> Result<User> {
    resolve(conn, std::slice::from_ref(selector))?
        .pop()
        .ok_or_else(|| Error::not_found("user", selector))
}

/// The one user that the selector names, with more `columns` over the user `u`, and over what
/// `joined` adds.
pub fn resolve_with<M>(
    conn: &mut PgConnection,
    selector: &UserSelector,
    columns: &str,
    joined: &str,
) -> Result<M>
where
    M: Matched + QueryableByName<Pg> + 'static,
{
    let query = diesel::sql_query(format!(
        "with {TARGETS} select t.ordinal, u.*, {columns}
         from targets t join users u on u.id = t.id {joined}"
    ))
    .into_boxed::<Pg>();
    let selectors = std::slice::from_ref(selector);
    let rows: Vec<M> = bind(query, selectors).load(conn)?;
    exactly_one_each(selectors, rows)?.pop().ok_or_else(|| Error::not_found("user", selector))
}
