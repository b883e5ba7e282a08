//! Finds and locks the owner of tokens that `--user` or `--owner` names.
//!
//! A personal owner has one user; other owners are shared.

use std::collections::HashSet;
use std::fmt;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::users as lookup_users;
use crate::db::owners;
use crate::db::users::{self, RowLock, User, UserKeys};
use crate::domain::{UserSelector, listed};
use crate::error::{Error, Result};

/// The owner that the options name.
#[derive(Debug, Clone, Copy)]
pub enum OwnerRef<'a> {
    /// The personal owner of this user.
    User(&'a UserSelector),
    /// Any owner, by its id.
    Owner(Uuid),
}

impl OwnerRef<'_> {
    /// The owner; `None` where the user has no personal owner yet.
    ///
    /// No such user or owner is `not_found`; several personal owners are a `conflict`.
    pub fn find(&self, conn: &mut PgConnection) -> Result<Option<Uuid>> {
        match self {
            Self::User(selector) => {
                let user = lookup_users::find_one(conn, selector)?;
                single_personal_owner(
                    selector,
                    &owners::personal_owners(conn, user.id)?,
                    USE_OWNER_OPTION,
                )
            }
            Self::Owner(owner) if owners::exists(conn, *owner)? => Ok(Some(*owner)),
            Self::Owner(owner) => Err(Error::not_found("owner", owner)),
        }
    }
}

impl fmt::Display for OwnerRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => write!(f, "user `{user}`"),
            Self::Owner(owner) => write!(f, "owner `{owner}`"),
        }
    }
}

/// What to do where a user has several personal owners.
pub const USE_OWNER_OPTION: &str = "name one with --owner";

/// The personal owner, if there is one. Several are a `conflict` that lists them; `advice` says what
/// to do then.
pub fn single_personal_owner(
    selector: &UserSelector,
    owners: &[Uuid],
    advice: &str,
) -> Result<Option<Uuid>> {
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

/// An owner that has tokens or is to get one, with its users.
#[derive(Debug)]
pub struct TokenOwner {
    pub owner: Uuid,
    /// It is not in the database yet: the command creates it for its one user.
    pub is_new: bool,
    pub users: Vec<User>,
}

impl TokenOwner {
    /// Whether at least one user of the owner may log in.
    pub fn any_may_log_in(&self) -> bool {
        self.users.iter().any(User::may_log_in)
    }
}

/// The owner and its users as they are now, without a lock.
pub fn find_with_users(conn: &mut PgConnection, owner: OwnerRef<'_>) -> Result<TokenOwner> {
    let found = owner.find(conn)?;
    let users = match owner {
        OwnerRef::User(selector) => vec![lookup_users::find_one(conn, selector)?],
        OwnerRef::Owner(owner) => owners::users(conn, owner)?,
    };
    Ok(TokenOwner { owner: found.unwrap_or_else(Uuid::new_v4), is_new: found.is_none(), users })
}

/// Locks the owner that is to get a token, or whose tokens change, by the rows of its users. Until the
/// transaction ends, the users stay as they are, and no other command gives the owner a token: every
/// command that does so, or that changes the users of an owner, locks all of its users first.
pub fn lock(conn: &mut PgConnection, owner: OwnerRef<'_>) -> Result<TokenOwner> {
    match owner {
        OwnerRef::User(selector) => lock_personal_owner(conn, selector),
        OwnerRef::Owner(owner) => {
            let (users, _) = lock_with_users(conn, owner, &[])?;
            Ok(TokenOwner { owner, is_new: false, users })
        }
    }
}

/// Locks the user first, so that concurrent commands create one personal owner only.
fn lock_personal_owner(conn: &mut PgConnection, selector: &UserSelector) -> Result<TokenOwner> {
    let user = lookup_users::lock_one(conn, selector, RowLock::NoKeyUpdate)?;
    let found = single_personal_owner(
        selector,
        &owners::personal_owners(conn, user.id)?,
        USE_OWNER_OPTION,
    )?;
    let is_new = found.is_none();
    Ok(TokenOwner { owner: found.unwrap_or_else(Uuid::new_v4), is_new, users: vec![user] })
}

/// Locks the owner's users and the users that the selectors name, in one statement; where the owner has
/// no users, then the owner. Returns the users of the owner, and the selected users.
///
/// An owner with neither users nor tokens is `not_found`.
pub fn lock_with_users(
    conn: &mut PgConnection,
    owner: Uuid,
    selectors: &[UserSelector],
) -> Result<(Vec<User>, Vec<User>)> {
    let mut keys = UserKeys::of(selectors);
    let members = owners::user_ids(conn, owner)?;
    let has_members = !members.is_empty();
    keys.ids.extend(members);
    let locked = users::lock(conn, &keys, RowLock::NoKeyUpdate)?;
    let ids: HashSet<_> = locked.iter().map(|user| user.id).collect();
    // The owner may have got a user, or lost the last one, while a lock was awaited.
    let mut current = if has_members { owners::users(conn, owner)? } else { Vec::new() };
    if current.is_empty() {
        owners::lock_without_users(conn, owner)?;
        current = owners::users(conn, owner)?;
    }
    if current.iter().any(|user| !ids.contains(&user.id)) {
        return Err(Error::changed_meanwhile(format!("owner `{owner}`")));
    }
    if current.is_empty() && !owners::exists(conn, owner)? {
        return Err(Error::not_found("owner", owner));
    }
    let named = lookup_users::resolve(selectors, locked)
        .map_err(|error| lookup_users::not_found_or_changed(error, selectors, conn))?;
    Ok((current, named))
}
