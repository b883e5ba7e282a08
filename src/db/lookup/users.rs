//! From selectors to users.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::pg::PgConnection;
use uuid::Uuid;

use crate::db::owners::{self, Sharing};
use crate::db::users::{self, RowLock, User, UserKeys};
use crate::domain::{Fingerprint, UserSelector, lower_case};
use crate::error::{Error, Result};

/// The users that the selectors name, in the order of the selectors, each once.
///
/// A selector that names no user is `not_found`, one that names several is a `conflict`.
pub fn find(conn: &mut PgConnection, selectors: &[UserSelector]) -> Result<Vec<User>> {
    resolve(selectors, users::find(conn, &UserKeys::of(selectors))?)
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
    let locked = users::lock(conn, &UserKeys::of(selectors), row_lock)?;
    resolve(selectors, locked).map_err(|error| unless_renamed(error, selectors, conn))
}

/// The same as `find_one`, with the row locked.
pub fn lock_one(
    conn: &mut PgConnection,
    selector: &UserSelector,
    row_lock: RowLock,
) -> Result<User> {
    one(selector, lock(conn, std::slice::from_ref(selector), row_lock)?)
}

/// Users who are locked together with all who share an owner of tokens with them.
pub struct WithCoOwners {
    /// Those whom the selectors name, in their order.
    pub users: Vec<User>,
    /// All of their owners.
    pub sharing: Sharing,
    /// Everyone who is locked.
    locked: HashMap<Uuid, User>,
}

impl WithCoOwners {
    pub fn ids(&self) -> Vec<Uuid> {
        self.users.iter().map(|user| user.id).collect()
    }

    /// The owners with no other user who is neither blocked nor deleted, each with one of the users.
    pub fn owners_nobody_else_uses(&self) -> BTreeMap<Uuid, Uuid> {
        let leaving: HashSet<_> = self.ids().into_iter().collect();
        let stays =
            |id| !leaving.contains(&id) && self.locked.get(&id).is_some_and(User::may_use_tokens);
        self.sharing.left_by(stays, |id| leaving.contains(&id))
    }

    /// The owners with no other user at all, each with one of the users.
    pub fn owners_of_nobody_else(&self) -> BTreeMap<Uuid, Uuid> {
        let leaving: HashSet<_> = self.ids().into_iter().collect();
        self.sharing.left_by(|id| !leaving.contains(&id), |id| leaving.contains(&id))
    }
}

/// Locks the users, and in the same statement all who share an owner of tokens with them: until the
/// transaction ends, none of them is blocked or deleted, and no owner of theirs gets a token, gets a
/// user or loses one.
pub fn lock_with_co_owners(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
) -> Result<WithCoOwners> {
    let locked = lock_sharing(conn, &UserKeys::of(selectors))?;
    let users = resolve(selectors, locked.values().cloned().collect())
        .map_err(|error| unless_renamed(error, selectors, conn))?;
    with_sharing(conn, users, locked)
}

/// The same of users by their ids. Leaves out those who are gone.
pub fn lock_ids_with_co_owners(conn: &mut PgConnection, ids: Vec<Uuid>) -> Result<WithCoOwners> {
    let keys = UserKeys::of_ids(ids);
    let locked = lock_sharing(conn, &keys)?;
    let users = keys.ids.iter().filter_map(|id| locked.get(id).cloned()).collect();
    with_sharing(conn, users, locked)
}

fn lock_sharing(conn: &mut PgConnection, keys: &UserKeys) -> Result<HashMap<Uuid, User>> {
    let ids = users::ids_with_co_owners(conn, keys)?;
    let locked = users::lock(conn, &UserKeys::of_ids(ids), RowLock::NothingIsAdded)?;
    Ok(locked.into_iter().map(|user| (user.id, user)).collect())
}

/// Reads the owners again: one may have got a user before the lock was granted.
fn with_sharing(
    conn: &mut PgConnection,
    users: Vec<User>,
    locked: HashMap<Uuid, User>,
) -> Result<WithCoOwners> {
    let ids: Vec<_> = users.iter().map(|user| user.id).collect();
    let sharing = owners::sharing_with(conn, &ids)?;
    let is_locked = |users: &[Uuid]| users.iter().all(|user| locked.contains_key(user));
    if !sharing.iter().all(|(_, users)| is_locked(users)) {
        return Err(Error::changed_meanwhile("an owner of these users"));
    }
    Ok(WithCoOwners { users, sharing, locked })
}

/// A user may get the name that a selector has while another transaction keeps the lock waiting: the
/// statement that locked did not see it yet.
pub fn unless_renamed(error: Error, selectors: &[UserSelector], conn: &mut PgConnection) -> Error {
    match error {
        Error::NotFound(_) => match find(conn, selectors) {
            Ok(_) => Error::changed_meanwhile("a user"),
            Err(error) => error,
        },
        other => other,
    }
}

fn one(selector: &UserSelector, users: Vec<User>) -> Result<User> {
    users.into_iter().next().ok_or_else(|| Error::not_found("user", selector))
}

/// The candidates that the selectors mean, in the order of the selectors, each once. The exact
/// spelling of a name or an email is looked for first; then the spelling that the service takes for
/// the same.
pub fn resolve(selectors: &[UserSelector], candidates: Vec<User>) -> Result<Vec<User>> {
    let by_id = group(&candidates, |user| user.id);
    let by_username = group(&candidates, |user| user.username.as_str());
    let by_fingerprint = group(&candidates, |user| user.username_fingerprint.as_slice());
    let by_email = group(&candidates, |user| user.email.as_str());
    let mut places = Vec::new();
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
            [] => return Err(Error::not_found("user", selector)),
            [place] => {
                if seen.insert(*place) {
                    places.push(*place);
                }
            }
            several => {
                let list: Vec<_> = several
                    .iter()
                    .map(|place| &candidates[*place])
                    .map(|user| format!("{} ({}, {})", user.id, user.username, user.email))
                    .collect();
                return Err(Error::Conflict(format!(
                    "`{selector}` matches several users; name one by its id: {}",
                    list.join(", ")
                )));
            }
        }
    }
    let mut candidates: Vec<_> = candidates.into_iter().map(Some).collect();
    Ok(places.into_iter().filter_map(|place| candidates[place].take()).collect())
}

/// The places of the users by what they are looked up by.
fn group<'a, K: Eq + std::hash::Hash>(
    users: &'a [User],
    key: impl Fn(&'a User) -> K,
) -> HashMap<K, Vec<usize>> {
    let mut groups = HashMap::<_, Vec<_>>::with_capacity(users.len());
    for (place, user) in users.iter().enumerate() {
        groups.entry(key(user)).or_default().push(place);
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
            username: username.to_owned(),
            username_fingerprint: Fingerprint::of(username).as_bytes().to_vec(),
            email: email.to_owned(),
            email_verified: true,
            email_verified_at: None,
            blocked: false,
            deleted: false,
            deleted_at: None,
        }
    }

    fn names(selectors: &[&str], users: &[User]) -> Result<Vec<String>, Error> {
        let selectors: Vec<_> = selectors.iter().map(|text| text.parse().unwrap()).collect();
        let users = resolve(&selectors, users.to_vec())?;
        Ok(users.into_iter().map(|user| user.username).collect())
    }

    #[test]
    fn the_exact_spelling_comes_first() {
        let alike = [user(1, "alice-w", "a@x.org"), user(2, "Alice_W", "A@x.org")];
        assert_eq!(names(&["Alice_W"], &alike).unwrap(), ["Alice_W"]);
        assert_eq!(names(&["A@x.org"], &alike).unwrap(), ["Alice_W"]);
        assert_eq!(names(&["a@X.org"], &alike).unwrap(), ["alice-w"]);
        let conflict = names(&["ALICE.W"], &alike).unwrap_err();
        assert!(matches!(&conflict, Error::Conflict(text) if text.contains("Alice_W")));
    }

    #[test]
    fn in_the_order_given_and_each_once() {
        let users = [user(1, "alice", "a@x.org"), user(2, "bob", "b@x.org")];
        assert_eq!(names(&["bob", "a@x.org", "B@x.org"], &users).unwrap(), ["bob", "alice"]);
        assert!(matches!(names(&["bob", "carol"], &users), Err(Error::NotFound(_))));
        assert!(names(&[], &users).unwrap().is_empty());
    }
}
