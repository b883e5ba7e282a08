//! From selectors to users.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::pg::PgConnection;
use uuid::Uuid;

use crate::db::connection::encoding::Lacking;
use crate::db::owners::{self, OwnersWithUsers};
use crate::db::users::{self, RowLock, User, UserKeys};
use crate::domain::{Fingerprint, UserSelector, lower_case};
use crate::error::{Error, Result};

/// The users that the selectors name, in the order of the selectors, each once.
///
/// A selector that names no user is `not_found`, one that names several is a `conflict`.
pub fn find(conn: &mut PgConnection, selectors: &[UserSelector]) -> Result<Vec<User>> {
    let found = users::find(conn, &UserKeys::of(selectors));
    resolve(selectors, found.map_err(|error| not_found_if_lacking(error.into(), selectors))?)
}

/// The one user that the selector names.
pub fn find_one(conn: &mut PgConnection, selector: &UserSelector) -> Result<User> {
    one(selector, find(conn, std::slice::from_ref(selector))?)
}

/// The same as `find`, with the rows locked.
pub fn lock(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
    row_lock: RowLock,
) -> Result<Vec<User>> {
    let locked = users::lock(conn, &UserKeys::of(selectors), row_lock)
        .map_err(|error| not_found_if_lacking(error.into(), selectors))?;
    resolve(selectors, locked).map_err(|error| not_found_or_changed(error, selectors, conn))
}

/// The same as `find_one`, with the row locked.
pub fn lock_one(
    conn: &mut PgConnection,
    selector: &UserSelector,
    row_lock: RowLock,
) -> Result<User> {
    one(selector, lock(conn, std::slice::from_ref(selector), row_lock)?)
}

/// Users who are locked, with all who share an owner of tokens with them.
pub struct LockedUsers {
    /// The users to change, in the order of the selectors.
    pub users: Vec<User>,
    /// All owners of these users, each with all of its users.
    pub sharing: OwnersWithUsers,
    /// All users who are locked, and whether they keep the tokens of an owner usable.
    may_use_tokens: HashMap<Uuid, bool>,
}

impl LockedUsers {
    /// Users who are locked alone, for a change that does not concern their owners.
    pub fn alone(users: Vec<User>) -> Self {
        Self { users, sharing: OwnersWithUsers::default(), may_use_tokens: HashMap::new() }
    }

    pub fn ids(&self) -> Vec<Uuid> {
        self.users.iter().map(|user| user.id).collect()
    }

    /// The owners that have no other user who may use tokens (is neither blocked nor deleted), each with
    /// those of these users that it has.
    pub fn owners_without_others_who_may_use_tokens(&self) -> BTreeMap<Uuid, Vec<Uuid>> {
        self.owners_without_others(|id| self.may_use_tokens.get(&id) == Some(&true))
    }

    /// The owners that have no other user at all, each with those of these users that it has.
    pub fn owners_without_other_users(&self) -> BTreeMap<Uuid, Vec<Uuid>> {
        self.owners_without_others(|_| true)
    }

    /// The owners that have other users, too.
    pub fn owners_with_other_users(&self) -> Vec<Uuid> {
        let leaving: HashSet<_> = self.ids().into_iter().collect();
        let others = |users: &[Uuid]| users.iter().any(|user| !leaving.contains(user));
        self.sharing.iter().filter(|(_, users)| others(users)).map(|(owner, _)| owner).collect()
    }

    fn owners_without_others(&self, counts: impl Fn(Uuid) -> bool) -> BTreeMap<Uuid, Vec<Uuid>> {
        let leaving: HashSet<_> = self.ids().into_iter().collect();
        self.sharing.owners_without(
            |user| !leaving.contains(&user) && counts(user),
            |user| leaving.contains(&user),
        )
    }
}

/// Locks the users, and in the same statement all who share an owner of tokens with them, with
/// `RowLock::Update`. Until the transaction ends, none of them is blocked or deleted, and no owner of
/// theirs gets a token, gets a user or loses one: every command that does so locks the owner's users
/// first.
pub fn lock_with_co_owners(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
) -> Result<LockedUsers> {
    let locked = users::lock_with_co_owners(conn, &UserKeys::of(selectors))
        .map_err(|error| not_found_if_lacking(error.into(), selectors))?;
    let may_use_tokens = may_use_tokens(&locked);
    let users =
        resolve(selectors, locked).map_err(|error| not_found_or_changed(error, selectors, conn))?;
    with_sharing(conn, users, may_use_tokens)
}

/// Like `lock_with_co_owners`, by ids. Skips ids that no longer exist.
pub fn lock_ids_with_co_owners(conn: &mut PgConnection, ids: Vec<Uuid>) -> Result<LockedUsers> {
    let keys = UserKeys::of_ids(ids);
    let mut locked = users::lock_with_co_owners(conn, &keys)?;
    let may_use_tokens = may_use_tokens(&locked);
    let ids: HashSet<_> = keys.ids.into_iter().collect();
    locked.retain(|user| ids.contains(&user.id));
    with_sharing(conn, locked, may_use_tokens)
}

fn may_use_tokens(users: &[User]) -> HashMap<Uuid, bool> {
    users.iter().map(|user| (user.id, user.may_use_tokens())).collect()
}

/// Reads the owners again: a user may have been added to one while the lock was awaited.
fn with_sharing(
    conn: &mut PgConnection,
    users: Vec<User>,
    may_use_tokens: HashMap<Uuid, bool>,
) -> Result<LockedUsers> {
    let ids: Vec<_> = users.iter().map(|user| user.id).collect();
    let sharing = owners::sharing_with(conn, &ids)?;
    let is_locked = |users: &[Uuid]| users.iter().all(|user| may_use_tokens.contains_key(user));
    if !sharing.iter().all(|(_, users)| is_locked(users)) {
        return Err(Error::changed_meanwhile("an owner of these users"));
    }
    Ok(LockedUsers { users, sharing, may_use_tokens })
}

/// Turns the error of a query with a character that the encoding of the database lacks into `not_found`:
/// no user has such a name.
fn not_found_if_lacking(error: Error, selectors: &[UserSelector]) -> Error {
    let Some(lacking) = Lacking::of(&error) else { return error };
    let mut selectors = selectors.iter();
    match selectors.find(|selector| lacking.is_in(&selector.to_string())) {
        Some(selector) => Error::not_found("user", selector).with(&lacking.to_string()),
        None => error,
    }
}

/// Turns `not_found` into `changed_meanwhile` where the user can be found now: it was renamed while the
/// statement that locks waited.
pub fn not_found_or_changed(
    error: Error,
    selectors: &[UserSelector],
    conn: &mut PgConnection,
) -> Error {
    match error {
        Error::NotFound(_) | Error::UnknownUser { .. } => match find(conn, selectors) {
            Ok(_) => Error::changed_meanwhile("a user"),
            Err(error) => error,
        },
        other => other,
    }
}

fn unknown(selector: &UserSelector) -> Error {
    match selector {
        UserSelector::Id(id) => Error::not_found("user", id),
        UserSelector::Name(name) | UserSelector::Email(name) => Error::unknown_user(name.clone()),
    }
}

fn one(selector: &UserSelector, users: Vec<User>) -> Result<User> {
    users.into_iter().next().ok_or_else(|| unknown(selector))
}

/// The candidates that the selectors mean, in the order of the selectors, each once. The exact
/// spelling of a name or an email comes first, then its normalized form: the fingerprint, or the
/// email in lower case.
pub fn resolve(selectors: &[UserSelector], candidates: Vec<User>) -> Result<Vec<User>> {
    let indexes = indexes(selectors, &candidates)?;
    let mut candidates: Vec<_> = candidates.into_iter().map(Some).collect();
    Ok(indexes.into_iter().filter_map(|index| candidates[index].take()).collect())
}

/// The one candidate that the selector means.
pub fn resolve_one(selector: &UserSelector, candidates: &[User]) -> Result<User> {
    let indexes = indexes(std::slice::from_ref(selector), candidates)?;
    one(selector, indexes.into_iter().map(|index| candidates[index].clone()).collect())
}

/// The indexes of the candidates that the selectors mean.
fn indexes(selectors: &[UserSelector], candidates: &[User]) -> Result<Vec<usize>> {
    let by_id = group(candidates, |user| user.id);
    let by_username = group(candidates, |user| user.username.as_str());
    let by_fingerprint = group(candidates, |user| user.username_fingerprint.as_slice());
    let by_email = group(candidates, |user| user.email.as_str());
    let mut indexes = Vec::new();
    let mut seen = HashSet::new();
    for selector in selectors {
        let named = match selector {
            UserSelector::Id(id) => by_id.get(id),
            UserSelector::Name(name) => by_username
                .get(name.as_str())
                .or_else(|| by_fingerprint.get(Fingerprint::of(name).as_bytes())),
            UserSelector::Email(email) => {
                by_email.get(email.as_str()).or_else(|| by_email.get(lower_case(email).as_str()))
            }
        };
        match named.map_or(&[][..], Vec::as_slice) {
            [] => return Err(unknown(selector)),
            [index] => {
                if seen.insert(*index) {
                    indexes.push(*index);
                }
            }
            several => {
                let list: Vec<_> = several
                    .iter()
                    .map(|index| &candidates[*index])
                    .map(|user| format!("{} ({}, {})", user.id, user.username, user.email))
                    .collect();
                return Err(Error::Conflict(format!(
                    "`{selector}` matches several users; name one by its id: {}",
                    list.join(", ")
                )));
            }
        }
    }
    Ok(indexes)
}

/// Maps each key to the indexes of the users that have it.
fn group<'a, K: Eq + std::hash::Hash>(
    users: &'a [User],
    key: impl Fn(&'a User) -> K,
) -> HashMap<K, Vec<usize>> {
    let mut groups = HashMap::<_, Vec<_>>::with_capacity(users.len());
    for (index, user) in users.iter().enumerate() {
        groups.entry(key(user)).or_default().push(index);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use crate::db::users::User;
    use crate::domain::{Fingerprint, StoredTime};
    use crate::error::Error;
    use uuid::Uuid;

    fn user(id: u128, username: &str, email: &str) -> User {
        User {
            id: Uuid::from_u128(id),
            created_at: StoredTime::from_microseconds(0),
            username: username.into(),
            username_fingerprint: Fingerprint::of(username).as_bytes().to_vec(),
            email: email.into(),
            email_verified: true,
            email_verified_at: None,
            blocked: false,
            deleted: false,
            deleted_at: None,
        }
    }

    fn names(selectors: &[&str], users: &[User]) -> Result<Vec<String>, Error> {
        let selectors = selectors.iter().map(|text| text.parse().map_err(Error::usage));
        let selectors = selectors.collect::<Result<Vec<_>, _>>()?;
        let users = resolve(&selectors, users.to_vec())?;
        Ok(users.into_iter().map(|user| user.username.into()).collect())
    }

    #[test]
    fn the_exact_spelling_comes_first() -> Result<(), Error> {
        let alike = [user(1, "alice-w", "a@x.org"), user(2, "Alice_W", "A@x.org")];
        assert_eq!(names(&["Alice_W"], &alike)?, ["Alice_W"]);
        assert_eq!(names(&["A@x.org"], &alike)?, ["Alice_W"]);
        assert_eq!(names(&["a@X.org"], &alike)?, ["alice-w"]);
        let conflict = names(&["ALICE.W"], &alike).unwrap_err();
        assert!(matches!(&conflict, Error::Conflict(text) if text.contains("Alice_W")));
        Ok(())
    }

    #[test]
    fn in_the_order_given_and_each_once() -> Result<(), Error> {
        let users = [user(1, "alice", "a@x.org"), user(2, "bob", "b@x.org")];
        assert_eq!(names(&["bob", "a@x.org", "B@x.org"], &users)?, ["bob", "alice"]);
        assert!(matches!(names(&["bob", "carol"], &users), Err(Error::UnknownUser { .. })));
        assert!(names(&[], &users)?.is_empty());
        Ok(())
    }
}
