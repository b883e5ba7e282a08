//! The queries on `api_token_owners`.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Uuid as SqlUuid};
use uuid::Uuid;

use super::schema::api_token_owners;
use crate::error::{Error, Result};

#[derive(QueryableByName)]
struct OwnerId {
    #[diesel(sql_type = SqlUuid)]
    owner_id: Uuid,
}

/// The owner that is the user's alone; `None` where there is none yet, a `conflict` that lists
/// them where there are several (contract 5).
pub fn own(conn: &mut PgConnection, user: Uuid) -> Result<Option<Uuid>> {
    let owners: Vec<OwnerId> = diesel::sql_query(
        "select o.owner_id from api_token_owners o
         where o.user_id = $1 and not exists (
             select from api_token_owners p where p.owner_id = o.owner_id and p.user_id <> $1
         ) order by o.owner_id",
    )
    .bind::<SqlUuid, _>(user)
    .load(conn)?;
    match owners.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.owner_id)),
        several => {
            let list: Vec<_> = several.iter().map(|owner| owner.owner_id.to_string()).collect();
            Err(Error::Conflict(format!(
                "the user has {} owners of their own; name one with --owner: {}",
                list.len(),
                list.join(", ")
            )))
        }
    }
}

/// The owner that is the user's alone, created if there is none: once, however many start
/// together. The second value says whether it was created.
pub fn own_or_create(conn: &mut PgConnection, user: Uuid) -> Result<(Uuid, bool)> {
    super::lock(conn, "owner", user)?;
    if let Some(owner) = own(conn, user)? {
        return Ok((owner, false));
    }
    let owner = Uuid::new_v4();
    diesel::insert_into(api_token_owners::table)
        .values((api_token_owners::owner_id.eq(owner), api_token_owners::user_id.eq(user)))
        .execute(conn)?;
    Ok((owner, true))
}

/// Whether some user or token has this owner.
pub fn exists(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    flag(
        conn,
        "select exists (select from api_token_owners where owner_id = $1)
             or exists (select from api_tokens where owner_id = $1) as flag",
        owner,
    )
}

/// Whether one of the owner's users may log in: verified, not blocked, not deleted.
pub fn has_active_user(conn: &mut PgConnection, owner: Uuid) -> Result<bool> {
    flag(
        conn,
        "select exists (
             select from api_token_owners o join users u on u.id = o.user_id
             where o.owner_id = $1 and u.email_verified and not u.blocked and not u.deleted
         ) as flag",
        owner,
    )
}

fn flag(conn: &mut PgConnection, query: &str, owner: Uuid) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Flag {
        #[diesel(sql_type = Bool)]
        flag: bool,
    }
    let Flag { flag } = diesel::sql_query(query).bind::<SqlUuid, _>(owner).get_result(conn)?;
    Ok(flag)
}
