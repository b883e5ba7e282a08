//! From `--user` and `--owner` to owners of tokens.

use std::collections::HashSet;
use std::fmt;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::users as lookup_users;
use crate::db::owners;
use crate::db::users::{self, RowLock, User, UserKeys};
use crate::domain::{UserSelector, listed};
use crate::error::{Error, Result};

/// Whose tokens are meant.
#[derive(Debug, Clone, Copy)]
pub enum TokenOwner<'a> {
    /// The owner that is this user's alone.
    User(&'a UserSelector),
    /// Any owner, by its id.
    Owner(Uuid),
}

impl TokenOwner<'_> {
    /// The owner; `None` where no token was issued to the user yet.
    ///
    /// No such user or owner is `not_found`; several that are the user's alone are a `conflict`.
    pub fn find(&self, conn: &mut PgConnection) -> Result<Option<Uuid>> {
        match self {
            Self::User(selector) => {
                let user = lookup_users::find_one(conn, selector)?;
                at_most_one(selector, &owners::of_user_alone(conn, user.id)?, NAME_ONE)
            }
            Self::Owner(owner) if owners::is_known(conn, *owner)? => Ok(Some(*owner)),
            Self::Owner(owner) => Err(Error::not_found("owner", owner)),
        }
    }
}

impl fmt::Display for TokenOwner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => write!(f, "user `{user}`"),
            Self::Owner(owner) => write!(f, "owner `{owner}`"),
        }
    }
}

/// What to do where a user has several owners.
pub const NAME_ONE: &str = "name one with --owner";

/// The owner that is the user's alone, if there is one. Several are a `conflict` that lists them;
/// `advice` says what to do then.
pub fn at_most_one(selector: &UserSelector, owners: &[Uuid], advice: &str) -> Result<Option<Uuid>> {
    match owners {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let list: Vec<_> = several.iter().map(Uuid::to_string).collect();
            Err(Error::Conflict(format!(
                "user `{selector}` has {} owners of their own; {advice}: {}",
                list.len(),
                listed(&list)
            )))
        }
    }
}

/// The owner that gets a token.
#[derive(Debug)]
pub struct Locked {
    pub owner: Uuid,
    /// There is no such owner yet: it has to be made for its one user.
    pub is_new: bool,
    pub users: Vec<User>,
}

impl Locked {
    /// The service accepts tokens of users who may log in.
    pub fn any_may_log_in(&self) -> bool {
        self.users.iter().any(User::may_log_in)
    }
}

/// Locks the owner that is to get a token, or to have one replaced. Until the transaction ends, its
/// users stay as they are, and nobody else gives it a token.
pub fn lock(conn: &mut PgConnection, owner: TokenOwner<'_>) -> Result<Locked> {
    match owner {
        TokenOwner::User(selector) => lock_own(conn, selector),
        TokenOwner::Owner(owner) => {
            let locked = lock_known(conn, owner)?;
            require_known(conn, owner, &locked.users)?;
            Ok(locked)
        }
    }
}

/// Locks the owner, which a token is known to have.
pub fn lock_known(conn: &mut PgConnection, owner: Uuid) -> Result<Locked> {
    let (users, _) = lock_with_users(conn, owner, &[])?;
    Ok(Locked { owner, is_new: false, users })
}

/// Fails with `not_found` where the owner has neither users nor tokens. `users` are those it has.
pub fn require_known(conn: &mut PgConnection, owner: Uuid, users: &[User]) -> Result<()> {
    if users.is_empty() && !owners::is_known(conn, owner)? {
        return Err(Error::not_found("owner", owner));
    }
    Ok(())
}

/// Whoever makes an owner for a user locks the user first: however many commands start together,
/// the user gets one.
fn lock_own(conn: &mut PgConnection, selector: &UserSelector) -> Result<Locked> {
    let user = lookup_users::lock_one(conn, selector, RowLock::ServiceGoesOn)?;
    let found = at_most_one(selector, &owners::of_user_alone(conn, user.id)?, NAME_ONE)?;
    if let Some(owner) = found {
        owners::lock(conn, owner)?;
        // While the lock was awaited, the owner may have got another user.
        match owners::of_user_alone(conn, user.id)?.as_slice() {
            [same] if *same == owner => {
                return Ok(Locked { owner, is_new: false, users: vec![user] });
            }
            [] => {}
            _ => return Err(Error::changed_meanwhile(format!("user `{selector}`"))),
        }
    }
    Ok(Locked { owner: Uuid::new_v4(), is_new: true, users: vec![user] })
}

/// Locks the owner's users and the users that the selectors name, in one statement, then the owner.
/// Returns both.
pub fn lock_with_users(
    conn: &mut PgConnection,
    owner: Uuid,
    selectors: &[UserSelector],
) -> Result<(Vec<User>, Vec<User>)> {
    let mut keys = UserKeys::of(selectors);
    keys.ids.extend(owners::user_ids(conn, owner)?);
    let locked = users::lock(conn, &keys, RowLock::ServiceGoesOn)?;
    let ids: HashSet<_> = locked.iter().map(|user| user.id).collect();
    owners::lock(conn, owner)?;
    let current = owners::users(conn, owner)?;
    if current.iter().any(|user| !ids.contains(&user.id)) {
        return Err(Error::changed_meanwhile(format!("owner `{owner}`")));
    }
    let named = lookup_users::resolve(selectors, locked)
        .map_err(|error| lookup_users::unless_renamed(error, selectors, conn))?;
    Ok((current, named))
}
