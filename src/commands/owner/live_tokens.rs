//! The live tokens of an owner that is left without users.

use diesel::pg::PgConnection;
use serde_json::json;
use uuid::Uuid;

use crate::db::audit_log::AuditRow;
use crate::db::lookup::tokens::sort_newest_first;
use crate::db::{require_all, tokens};
use crate::domain::listed;
use crate::error::{Error, Result};

/// Revokes the owner's live tokens, and returns an audit row for each. Where there are any and they
/// are not to be revoked, that is `refused`: no user would be responsible for them.
pub fn end(conn: &mut PgConnection, owner: Uuid, revoke: bool) -> Result<Vec<AuditRow>> {
    let mut live = tokens::lock_live_of(conn, &[owner])?;
    if live.is_empty() {
        return Ok(Vec::new());
    }
    if !revoke {
        sort_newest_first(&mut live);
        let names: Vec<_> = live
            .iter()
            .map(|token| match token.token.id() {
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
    let keys: Vec<_> = live.into_iter().map(|token| token.token).collect();
    let revoked = tokens::revoke(conn, &keys)?;
    require_all("tokens", revoked.len(), keys.len())?;
    let rows = revoked
        .iter()
        .map(|token| AuditRow::with_id(token.token.id(), json!({ "owner_id": owner })));
    Ok(rows.collect())
}
