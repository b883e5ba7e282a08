//! All queries on `api_token_owners`: an owner of tokens is the id that its users share.

use std::collections::{BTreeMap, HashSet};

use diesel::dsl::{self, count_star, not};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use uuid::Uuid;

use super::functions::{count_of, hashtextextended, pg_advisory_xact_lock, unnest};
use super::live_token::live_token;
use super::schema::{api_token_owners, api_tokens, users};
use super::types::range_of;
use super::users::{User, may_use_tokens};
use crate::domain::StoredText;
use crate::error::{Error, Result};

diesel::alias!(api_token_owners as others: Others);

/// Locks an owner that has no user whose row could be locked, until the transaction ends. An advisory
/// lock, which every role may take: it is for this case alone. Take it in a statement before the one that
/// checks: in one statement they race.
pub fn lock_without_users(conn: &mut PgConnection, owner: Uuid) -> Result<()> {
    let name = format!("token owner {owner}");
    match diesel::select(pg_advisory_xact_lock(hashtextextended(&name, 0))).execute(conn) {
        Ok(_) => Ok(()),
        Err(source) => Err(Error::AdvisoryLock { name, source }),
    }
}

/// The user's personal owners: those that no other user shares. A row of a user who does not exist counts,
/// too: a table that was adopted may have some, and the user may come back from a backup.
pub fn personal_owners(conn: &mut PgConnection, user: Uuid) -> QueryResult<Vec<Uuid>> {
    let shared = others
        .filter(others.field(api_token_owners::owner_id).eq(api_token_owners::owner_id))
        .filter(others.field(api_token_owners::user_id).ne(user))
        .select(others.field(api_token_owners::owner_id));
    api_token_owners::table
        .filter(api_token_owners::user_id.eq(user))
        .filter(not(dsl::exists(shared)))
        .order(api_token_owners::owner_id)
        .select(api_token_owners::owner_id)
        .load(conn)
}

/// All owners of the user, shared ones too.
pub fn of_user(conn: &mut PgConnection, user: Uuid) -> QueryResult<Vec<Uuid>> {
    api_token_owners::table
        .filter(api_token_owners::user_id.eq(user))
        .select(api_token_owners::owner_id)
        .load(conn)
}

/// Whether some user or token has the owner.
pub fn exists(conn: &mut PgConnection, owner: Uuid) -> QueryResult<bool> {
    let with_users = api_token_owners::table
        .filter(api_token_owners::owner_id.eq(owner))
        .select(api_token_owners::owner_id);
    let with_tokens =
        api_tokens::table.filter(api_tokens::owner_id.eq(owner)).select(api_tokens::owner_id);
    diesel::select(dsl::exists(with_users).or(dsl::exists(with_tokens))).get_result(conn)
}

/// The ids of the owner's users.
pub fn user_ids(conn: &mut PgConnection, owner: Uuid) -> QueryResult<Vec<Uuid>> {
    api_token_owners::table
        .filter(api_token_owners::owner_id.eq(owner))
        .select(api_token_owners::user_id)
        .load(conn)
}

/// The owner's users, A to Z.
pub fn users(conn: &mut PgConnection, owner: Uuid) -> QueryResult<Vec<User>> {
    api_token_owners::table
        .inner_join(users::table)
        .filter(api_token_owners::owner_id.eq(owner))
        .order(users::username)
        .select(User::as_select())
        .load(conn)
}

/// The users of these owners, A to Z: owner, username, and whether the user may use tokens.
pub fn usernames(
    conn: &mut PgConnection,
    owners: &[Uuid],
) -> QueryResult<Vec<(Uuid, StoredText, bool)>> {
    let (first, last) = range_of(owners);
    api_token_owners::table
        .inner_join(users::table)
        .filter(api_token_owners::owner_id.eq_any(owners))
        .filter(api_token_owners::owner_id.between(first, last))
        .order(users::username)
        .select((api_token_owners::owner_id, users::username, may_use_tokens()))
        .load(conn)
}

/// Some owners with all their users.
#[derive(Debug, Default)]
pub struct OwnersWithUsers(BTreeMap<Uuid, Vec<Uuid>>);

impl OwnersWithUsers {
    /// Of pairs of owner and user.
    pub fn of(pairs: Vec<(Uuid, Uuid)>) -> Self {
        let mut owners = BTreeMap::<_, Vec<_>>::new();
        for (owner, user) in pairs {
            owners.entry(owner).or_default().push(user);
        }
        Self(owners)
    }

    /// Every owner with its users.
    pub fn iter(&self) -> impl Iterator<Item = (Uuid, &[Uuid])> {
        self.0.iter().map(|(owner, users)| (*owner, users.as_slice()))
    }

    /// The owners none of whose users stays, each with those of its users who leave: at least one.
    pub fn owners_without(
        &self,
        stays: impl Fn(Uuid) -> bool,
        leaves: impl Fn(Uuid) -> bool,
    ) -> BTreeMap<Uuid, Vec<Uuid>> {
        self.iter()
            .filter(|(_, users)| !users.iter().any(|user| stays(*user)))
            .map(|(owner, users)| {
                (owner, users.iter().copied().filter(|user| leaves(*user)).collect())
            })
            .filter(|(_, leaving): &(_, Vec<_>)| !leaving.is_empty())
            .collect()
    }
}

/// All owners of these users, with those who share them. Skips users who do not exist: a table that
/// was adopted may name some.
pub fn sharing_with(conn: &mut PgConnection, users: &[Uuid]) -> QueryResult<OwnersWithUsers> {
    let theirs = others
        .filter(others.field(api_token_owners::user_id).eq_any(users))
        .select(others.field(api_token_owners::owner_id));
    let pairs = api_token_owners::table
        .inner_join(users::table)
        .filter(api_token_owners::owner_id.eq_any(theirs))
        .order((api_token_owners::owner_id, api_token_owners::user_id))
        .select((api_token_owners::owner_id, api_token_owners::user_id))
        .load(conn)?;
    Ok(OwnersWithUsers::of(pairs))
}

/// Makes the users share the owner, and returns those who did not yet.
///
/// Violates `api_token_owners_user_id_fkey` where a user is not there.
pub fn insert(conn: &mut PgConnection, owner: Uuid, users: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    let rows = unnest(users.into_sql::<Array<SqlUuid>>());
    let mut inserted: Vec<(Uuid, Uuid)> = diesel::insert_into(api_token_owners::table)
        .values(diesel::select((owner.into_sql::<SqlUuid>(), rows)))
        .into_columns((api_token_owners::owner_id, api_token_owners::user_id))
        // Not any conflict: a key of others refuses a row aloud.
        .on_conflict((api_token_owners::owner_id, api_token_owners::user_id))
        .do_nothing()
        .returning((api_token_owners::owner_id, api_token_owners::user_id))
        .get_results(conn)?;
    // A trigger may have changed owner or user.
    let wanted: HashSet<_> = users.iter().collect();
    inserted.retain(|(of, user)| *of == owner && wanted.contains(user));
    Ok(inserted.into_iter().map(|(_, user)| user).collect())
}

/// Takes the users out of the owner, and returns those who were in it.
pub fn remove(conn: &mut PgConnection, owner: Uuid, users: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    diesel::delete(
        api_token_owners::table
            .filter(api_token_owners::owner_id.eq(owner))
            .filter(api_token_owners::user_id.eq_any(users)),
    )
    .returning(api_token_owners::user_id)
    .get_results(conn)
}

#[derive(Debug, Default)]
pub struct OwnerFilter {
    /// Only owners of this user, shared ones too.
    pub user: Option<Uuid>,
    /// Only what comes after this owner in the list.
    pub after: Option<Uuid>,
}

fn filtered(filter: &OwnerFilter) -> api_token_owners::BoxedQuery<'static, Pg> {
    let mut query = api_token_owners::table.into_boxed();
    if let Some(user) = filter.user {
        query = query.filter(api_token_owners::user_id.eq(user));
    }
    if let Some(after) = filter.after {
        query = query.filter(api_token_owners::owner_id.gt(after));
    }
    query
}

/// Up to `limit` owners that have users and pass the filter, in the order of their ids.
pub fn page(conn: &mut PgConnection, filter: &OwnerFilter, limit: i64) -> QueryResult<Vec<Uuid>> {
    filtered(filter)
        .select(api_token_owners::owner_id)
        .distinct()
        .order(api_token_owners::owner_id)
        .limit(limit)
        .load(conn)
}

/// Up to `limit` owners that have users, with ids from `first` to `last`, in the order of their ids.
pub fn between(
    conn: &mut PgConnection,
    first: Uuid,
    last: Uuid,
    limit: i64,
) -> QueryResult<Vec<Uuid>> {
    api_token_owners::table
        .filter(api_token_owners::owner_id.between(first, last))
        .select(api_token_owners::owner_id)
        .distinct()
        .order(api_token_owners::owner_id)
        .limit(limit)
        .load(conn)
}

pub fn count(conn: &mut PgConnection, filter: &OwnerFilter) -> QueryResult<i64> {
    let owners = count_of(api_token_owners::owner_id).aggregate_distinct();
    filtered(filter).select(owners).get_result(conn)
}

/// An owner with its users and how many tokens it has.
#[derive(Debug, Clone)]
pub struct Owner {
    pub id: Uuid,
    /// The usernames of its users, A to Z.
    pub users: Vec<StoredText>,
    pub live_tokens: i64,
    /// Those that expired or were revoked, too.
    pub tokens: i64,
}

/// These owners, in this order. One without users and tokens is there, too, and has none.
pub fn describe(conn: &mut PgConnection, owners: Vec<Uuid>) -> QueryResult<Vec<Owner>> {
    let mut usernames_of = BTreeMap::<_, Vec<_>>::new();
    for (owner, username, _) in usernames(conn, &owners)? {
        usernames_of.entry(owner).or_default().push(username);
    }
    let (first, last) = range_of(&owners);
    let tokens = || {
        api_tokens::table
            .filter(api_tokens::owner_id.eq_any(&owners))
            .filter(api_tokens::owner_id.between(first, last))
            .group_by(api_tokens::owner_id)
    };
    let all: BTreeMap<Uuid, i64> =
        tokens().select((api_tokens::owner_id, count_star())).load(conn)?.into_iter().collect();
    let live: BTreeMap<Uuid, i64> = tokens()
        .filter(live_token())
        .select((api_tokens::owner_id, count_star()))
        .load(conn)?
        .into_iter()
        .collect();
    let count =
        |counts: &BTreeMap<Uuid, i64>, owner: Uuid| counts.get(&owner).copied().unwrap_or_default();
    Ok(owners
        .into_iter()
        .map(|id| Owner {
            id,
            users: usernames_of.remove(&id).unwrap_or_default(),
            live_tokens: count(&live, id),
            tokens: count(&all, id),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::OwnersWithUsers;
    use uuid::Uuid;

    #[test]
    fn an_owner_is_left_where_none_of_its_users_stays() {
        let [own, team, alice, bob] = [1, 2, 3, 4].map(Uuid::from_u128);
        let sharing = OwnersWithUsers::of(vec![(own, alice), (team, alice), (team, bob)]);
        let owners_without =
            |stays: &dyn Fn(Uuid) -> bool| sharing.owners_without(stays, |user| user == alice);
        assert_eq!(owners_without(&|user| user == bob), [(own, vec![alice])].into());
        assert_eq!(owners_without(&|_| false), [(own, vec![alice]), (team, vec![alice])].into());
    }
}
