//! What users who leave hold, and handing their tokens over.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::audit::Audit;
use super::{Bpchar, Stored, owners};
use crate::error::{Error, Result};

/// Something that works for a user: a session, a code, a token.
#[derive(Debug, Clone, QueryableByName)]
pub struct Holding {
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Bpchar)]
    pub stored: Stored,
    /// Of tokens only.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// The token's owner has other users, who stay and are neither blocked nor deleted.
    #[diesel(sql_type = Bool)]
    pub shared: bool,
}

/// Keeps others from blocking, deleting or reviving the users who share an owner with these, until
/// the transaction ends: what is shared at first is shared at its end.
pub fn hold_co_owners(conn: &mut PgConnection, users: &[Uuid]) -> Result<()> {
    diesel::sql_query(
        "select from users where id in (
             select p.user_id from api_token_owners o join api_token_owners p using (owner_id)
             where o.user_id = any ($1) and p.user_id <> all ($1))
         order by id for share",
    )
    .bind::<Array<SqlUuid>, _>(users)
    .execute(conn)?;
    Ok(())
}

/// Live sessions, all codes, and live tokens, those of shared owners included.
pub fn holdings(conn: &mut PgConnection, users: &[Uuid]) -> Result<Vec<Holding>> {
    let shared = owners::has_others("p.user_id <> all ($1)");
    Ok(diesel::sql_query(format!(
        "select user_id, 'session' as kind, token as stored, null::text as name, false as shared
         from refresh_tokens where user_id = any ($1) and expires_at > now() at time zone 'utc'
         union all
         select user_id, 'verification code', code, null, false
         from verification_codes where user_id = any ($1)
         union all
         select user_id, 'authorization code', code, null, false
         from authorization_codes where user_id = any ($1)
         union all
         select o.user_id, 'token', t.token, t.name, {shared}
         from api_token_owners o join api_tokens t using (owner_id)
         where o.user_id = any ($1) and not t.revoked and t.expires_at > now()",
    ))
    .bind::<Array<SqlUuid>, _>(users)
    .load(conn)?)
}

/// Moves tokens to another owner, with an audit row each that says whether the owner was made for
/// them. A live token there of the same name, or two of one name among them, is a `conflict`.
pub fn hand_over(
    conn: &mut PgConnection,
    tokens: &[Stored],
    new_owner: Uuid,
    owner_created: bool,
    audit: &Audit,
) -> Result<()> {
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = Text)]
        name: String,
    }
    super::lock(conn, owners::TOKEN_NAMES, new_owner)?;
    let taken: Vec<Name> = diesel::sql_query(
        "select distinct t.name::text from api_tokens t join api_tokens other
             on other.owner_id = $2 and other.name = t.name
         where t.token = any ($1) and not other.revoked and other.expires_at > now()
         union
         select t.name::text from api_tokens t where t.token = any ($1)
         group by t.name having count(distinct t.owner_id) > 1
         order by 1",
    )
    .bind::<Array<Bpchar>, _>(tokens.to_vec())
    .bind::<SqlUuid, _>(new_owner)
    .load(conn)?;
    if !taken.is_empty() {
        let names: Vec<_> = taken.into_iter().map(|taken| taken.name).collect();
        return Err(Error::Conflict(format!(
            "the new owner would have several live tokens of these names: {}; revoke all but one",
            names.join(", ")
        )));
    }
    let details = "jsonb_build_object('from_owner', from_owner, 'to_owner', to_owner, 'owner_created', $3::bool)";
    let insert = Audit::insert(4, super::row_ids::TOKEN_ID, details, "moved");
    let query = diesel::sql_query(format!(
        "with old as (
             select token, owner_id from api_tokens where token = any ($1) for update
         ), moved as (
             update api_tokens t set owner_id = $2 from old where t.token = old.token
             returning t.token, old.owner_id as from_owner, t.owner_id as to_owner
         ) {insert}"
    ))
    .into_boxed::<Pg>()
    .bind::<Array<Bpchar>, _>(tokens.to_vec())
    .bind::<SqlUuid, _>(new_owner)
    .bind::<Bool, _>(owner_created);
    audit.bind(query).execute(conn)?;
    Ok(())
}
