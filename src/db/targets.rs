//! From the selectors of an operator to the users they name, in one statement.

use std::collections::HashSet;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bytea, Integer, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::filter::Query;
use crate::db::literal;
use crate::db::users::User;
use crate::domain::{Fingerprint, UserSelector};
use crate::error::{Error, Result};

macro_rules! named_as {
    ($name:literal) => {
        concat!(
            "
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
    ), ",
            $name,
            " as (
        select distinct ordinal, id
        from (select ordinal, id, rank, min(rank) over (partition by ordinal) as best from matched) m
        where rank = best
    )"
        )
    };
}

/// CTEs that give `targets (ordinal, id)`: for each selector, in the order given, the users it
/// names. An exact spelling outranks the rest, so that only what matches equally well is
/// ambiguous. The parameters $1 to $5 are those of `bind`. Each branch is an index lookup.
pub const TARGETS: &str = named_as!("targets");

/// The same, called `named`: where some of them are the targets.
pub const NAMED: &str = named_as!("named");

/// How many parameters `bind` adds.
pub const BINDS: usize = 5;

/// The parameters of `TARGETS`: what each selector is looked up by.
#[derive(Default)]
struct Wanted {
    ordinals: Vec<i32>,
    ids: Vec<Option<Uuid>>,
    fingerprints: Vec<Option<Vec<u8>>>,
    emails: Vec<Option<String>>,
    names: Vec<Option<String>>,
}

impl Wanted {
    fn of(selectors: &[UserSelector]) -> Self {
        let mut all = Self::default();
        for (ordinal, selector) in (0..).zip(selectors) {
            let (mut id, mut fingerprint, mut email, mut name) = (None, None, None, None);
            match selector {
                UserSelector::Id(uuid) => id = Some(*uuid),
                UserSelector::Email(text) => email = Some(text.clone()),
                UserSelector::Name(text) => {
                    fingerprint = Some(Fingerprint::of(text).as_bytes().to_vec());
                    name = Some(text.clone());
                }
            }
            all.ordinals.push(ordinal);
            all.ids.push(id);
            all.fingerprints.push(fingerprint);
            all.emails.push(email);
            all.names.push(name);
        }
        all
    }
}

/// Binds the parameters of `TARGETS`.
pub fn bind<'a>(query: Query<'a>, selectors: &[UserSelector]) -> Query<'a> {
    let Wanted { ordinals, ids, fingerprints, emails, names } = Wanted::of(selectors);
    query
        .bind::<Array<Integer>, _>(ordinals)
        .bind::<Array<Nullable<SqlUuid>>, _>(ids)
        .bind::<Array<Nullable<Bytea>>, _>(fingerprints)
        .bind::<Array<Nullable<Text>>, _>(emails)
        .bind::<Array<Nullable<Text>>, _>(names)
}

/// `TARGETS` with the selectors written into it, for where no parameters go.
pub fn literal(selectors: &[UserSelector]) -> String {
    let Wanted { ordinals, ids, fingerprints, emails, names } = Wanted::of(selectors);
    let arrays = [
        literal::array(ordinals.into_iter().map(Some)),
        literal::array(ids),
        literal::bytes(fingerprints),
        literal::texts(emails),
        literal::texts(names),
    ];
    literal::fill(TARGETS, arrays)
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
    Ok(each_once(rows))
}

/// The rows in the order of the selectors, each user once.
pub fn each_once<M: Matched>(mut rows: Vec<M>) -> Vec<M> {
    let mut seen = HashSet::new();
    rows.sort_by_key(Matched::ordinal);
    rows.retain(|row| seen.insert(row.user().id));
    rows
}

/// Fails unless every row is of a user whose locks the transaction holds.
pub fn all_held<M: Matched>(rows: &[M], held: impl Fn(&M) -> bool) -> Result<()> {
    match rows.iter().find(|row| !held(row)) {
        Some(row) => Err(Error::changed_meanwhile(format!("user `{}`", row.user().username))),
        None => Ok(()),
    }
}

/// The user that a selector names.
#[derive(QueryableByName)]
pub struct Target {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(embed)]
    user: User,
}

impl Target {
    pub fn into_user(self) -> User {
        self.user
    }
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

/// The one user that the selector names.
pub fn resolve_one(conn: &mut PgConnection, selector: &UserSelector) -> Result<User> {
    resolve(conn, std::slice::from_ref(selector))?
        .pop()
        .ok_or_else(|| Error::not_found("user", selector))
}

/// The one user that the selector names, with more `columns` over the user `u`.
pub fn resolve_with<M>(conn: &mut PgConnection, selector: &UserSelector, columns: &str) -> Result<M>
where
    M: Matched + QueryableByName<Pg> + 'static,
{
    let query = diesel::sql_query(format!(
        "with {TARGETS} select t.ordinal, u.*, {columns}
         from targets t join users u on u.id = t.id"
    ))
    .into_boxed::<Pg>();
    let selectors = std::slice::from_ref(selector);
    let rows: Vec<M> = bind(query, selectors).load(conn)?;
    exactly_one_each(selectors, rows)?.pop().ok_or_else(|| Error::not_found("user", selector))
}
