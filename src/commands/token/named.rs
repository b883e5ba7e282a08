//! How a token is named: by id, by owner and name, or by its value on standard input.

use uuid::Uuid;

use crate::db::tokens::{self, ApiToken};
use crate::db::{PgConnection, Stored, owners, row_ids, targets};
use crate::domain::{OwnerSelector, RowId, TokenName, TokenValue, UserSelector};
use crate::error::{Error, Result};

/// Whose tokens.
#[derive(Debug, Clone, clap::Args)]
pub struct OwnerArgs {
    /// The owner that is this user's alone: username, email or id
    #[arg(long, value_name = "USER", conflicts_with = "owner")]
    pub user: Option<UserSelector>,
    /// Any owner, by its owner_id
    #[arg(long, value_name = "ID")]
    pub owner: Option<OwnerSelector>,
}

/// An owner that exists, or the one that a user does not have yet.
#[derive(Debug, Clone)]
pub enum Owner {
    Known(Uuid),
    /// The user has issued no token yet.
    NotYet,
}

impl OwnerArgs {
    pub fn is_given(&self) -> bool {
        self.user.is_some() || self.owner.is_some()
    }

    /// The owner meant; `None` where neither option was given.
    pub fn find(&self, conn: &mut PgConnection) -> Result<Option<Owner>> {
        if let Some(OwnerSelector(owner)) = self.owner {
            if !owners::exists(conn, owner)? {
                return Err(Error::not_found("owner", owner));
            }
            return Ok(Some(Owner::Known(owner)));
        }
        let Some(user) = &self.user else { return Ok(None) };
        let user = targets::resolve_one(conn, user)?;
        Ok(Some(owners::own(conn, user.id)?.map_or(Owner::NotYet, Owner::Known)))
    }

    /// The options as a message repeats them.
    pub fn named(&self) -> String {
        match (&self.user, self.owner) {
            (Some(user), _) => format!("user `{user}`"),
            (None, Some(OwnerSelector(owner))) => format!("owner `{owner}`"),
            (None, None) => String::new(),
        }
    }
}

/// The owner's tokens of that name, the newest first; none is `not_found`.
pub fn by_name(
    conn: &mut PgConnection,
    owner: &OwnerArgs,
    name: &TokenName,
) -> Result<Vec<ApiToken>> {
    let found = match owner.find(conn)? {
        Some(Owner::Known(owner)) => tokens::named(conn, owner, name)?,
        Some(Owner::NotYet) | None => Vec::new(),
    };
    if found.is_empty() {
        return Err(Error::NotFound(format!("{} has no token named `{name}`", owner.named())));
    }
    Ok(found)
}

/// The rows that the ids name.
pub fn by_ids(conn: &mut PgConnection, ids: &[RowId]) -> Result<Vec<Stored>> {
    let found = row_ids::find(conn, &[tokens::TABLE], ids)?;
    Ok(found.into_iter().map(|row| row.stored).collect())
}

/// The rows of the secrets; one that is unknown is `not_found`, without repeating it.
pub fn by_values(conn: &mut PgConnection, values: &[TokenValue]) -> Result<Vec<Stored>> {
    let mut found: Vec<Stored> = Vec::new();
    for (number, value) in (1..).zip(values) {
        let stored = Stored::new(value.stored());
        if tokens::find(conn, &stored)?.is_none() {
            return Err(Error::NotFound(format!(
                "the token on line {number} of standard input is in no row of the database"
            )));
        }
        if !found.contains(&stored) {
            found.push(stored);
        }
    }
    Ok(found)
}
