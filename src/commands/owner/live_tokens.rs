//! The live tokens of an owner that is left without users.

use serde_json::json;
use uuid::Uuid;

use crate::commands::end_access::revoke_tokens;
use crate::db::audit_log::NewAuditEntry;
use crate::db::functions::clock;
use crate::db::lookup::tokens::sort_newest_first;
use crate::db::{PgConnection, tokens};
use crate::domain::listed;
use crate::error::{Error, Result};

/// With `revoke`, revokes the owner's live tokens and returns an audit row for each. Without it, live
/// tokens are `refused`: no user would be responsible for them.
pub fn revoke_or_refuse(
    conn: &mut PgConnection,
    owner: Uuid,
    revoke: bool,
) -> Result<Vec<NewAuditEntry>> {
    let mut live = tokens::lock_live_of(conn, &[owner])?;
    let at = clock(conn)?;
    live.retain(|token| token.is_live(at));
    if live.is_empty() {
        return Ok(Vec::new());
    }
    if !revoke {
        sort_newest_first(&mut live);
        let names: Vec<_> = live
            .iter()
            .map(|token| match token.key.id() {
                Some(id) => format!("`{}` ({id})", token.name),
                None => format!("`{}`", token.name),
            })
            .collect();
        return Err(Error::Refused(format!(
            "the owner would be left without users, and has live tokens: {}; --revoke-tokens \
             revokes them",
            listed(&names)
        )));
    }
    let revoked = revoke_tokens(conn, &live, at)?;
    let rows = revoked
        .iter()
        .map(|token| NewAuditEntry::for_row_id(token.key.id(), json!({ "owner_id": owner })));
    Ok(rows.collect())
}
