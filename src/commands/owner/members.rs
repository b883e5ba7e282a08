//! What taking users out of an owner means for its tokens.

use uuid::Uuid;

use crate::db::PgConnection;
use crate::db::audit::Audit;
use crate::db::owners::{self, Membership};
use crate::db::row_ids::Rows;
use crate::db::tokens::{self, ApiToken, TokenChange};
use crate::domain::Changed;
use crate::error::{Error, Result};

/// Takes the users out. An owner without users has no use for live tokens, and nobody answers for
/// them: they are revoked with `revoke_tokens`, and without it that is refused, naming them. Call it
/// under the lock of `TOKEN_NAMES`, taken before anything was read.
pub fn take_out(
    conn: &mut PgConnection,
    owner: Uuid,
    users: Vec<Uuid>,
    revoke_tokens: bool,
    audit: &Audit,
) -> Result<Vec<Changed<Membership>>> {
    let removed = owners::remove(conn, owner, users, audit)?;
    // Whoever was not in it leaves it as it was.
    let was_so = !removed.is_empty() && removed.iter().all(|member| !member.changed);
    if was_so || !owners::users(conn, owner)?.is_empty() {
        return Ok(removed);
    }
    let live: Vec<ApiToken> = tokens::unrevoked(conn, owner)?
        .into_iter()
        .filter(|token| token.status != "expired")
        .collect();
    if !live.is_empty() && !revoke_tokens {
        let names: Vec<_> = live
            .iter()
            .map(|token| format!("`{}` ({})", token.name, token.token.id().unwrap_or_default()))
            .collect();
        return Err(Error::Refused(format!(
            "the owner would be left without users, and has live tokens: {}; --revoke-tokens \
             revokes them",
            names.join(", ")
        )));
    }
    let live = Rows::Stored(live.into_iter().map(|token| token.token).collect());
    tokens::change(conn, &live, TokenChange::Revoke, audit)?;
    Ok(removed)
}
