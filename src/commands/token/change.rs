//! What the verbs that change the state of tokens share.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::token_selector::Targets;
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::NewAuditEntry;
use crate::db::tokens::{self, ApiToken, ListedToken};
use crate::db::types::StoredSecret;
use crate::db::{PgConnection, require_all_changed};
use crate::domain::Changed;
use crate::error::Result;

/// A query that changes the tokens with these keys at this time, and returns them as they are then.
type ChangeByKey =
    fn(&mut PgConnection, &[StoredSecret], DateTime<Utc>) -> diesel::QueryResult<Vec<ApiToken>>;

/// A change of state of tokens.
pub struct TokenChange {
    /// Of the audit log.
    pub action: &'static str,
    /// As a question begins.
    pub verb: &'static str,
    /// Whether to ask first also where the command line names the tokens.
    pub asks: bool,
    /// A name means every token of that name; without it the newest.
    pub every: bool,
    /// Whether the token has to be changed.
    pub needed: fn(&ApiToken) -> bool,
    /// Whether the row before the change became the one after it.
    pub done: fn(&ApiToken, &ApiToken) -> bool,
    pub query: ChangeByKey,
}

pub fn run(
    targets: &Targets,
    args: &ChangeArgs,
    change: &TokenChange,
    context: &mut Context,
) -> Result<()> {
    let rows = context.output.list::<Changed<ListedToken>>()?;
    let audit = context.audit(change.action, args)?;
    let chosen = targets.choose(args, change.needed, context)?;
    let mut database = context.connect()?;
    let each = if change.every { "every token" } else { "the newest token" };
    if let Some(question) = chosen.question(change.verb, each) {
        if change.asks {
            context.confirm(&mut database, args, &question)?;
        } else {
            context.confirm_asked(&mut database, args, &question)?;
        }
    }
    let access = args.access_for(chosen.count());
    let changed = database.transaction(access, |conn| {
        let (tokens, at) = chosen.lock(conn, change.every)?;
        let keys: Vec<_> = tokens
            .iter()
            .filter(|token| (change.needed)(token))
            .map(|token| token.key.clone())
            .collect();
        let updated = if keys.is_empty() { Vec::new() } else { (change.query)(conn, &keys, at)? };
        let done = tokens::count_done(&tokens, &updated, change.done);
        require_all_changed("tokens", done, keys.len())?;
        let audited = updated.iter().map(|token| {
            NewAuditEntry::for_row_id(token.key.id(), json!({ "owner_id": token.owner_id }))
        });
        audit.record(conn, audited.collect())?;
        let mut updated: HashMap<_, _> =
            updated.into_iter().map(|token| (token.key.clone(), token)).collect();
        let is_changed: Vec<_> =
            tokens.iter().map(|token| updated.contains_key(&token.key)).collect();
        let tokens =
            tokens.into_iter().map(|token| updated.remove(&token.key).unwrap_or(token)).collect();
        let tokens = tokens::with_users(conn, tokens, at)?;
        let tokens = tokens.into_iter().zip(is_changed);
        Ok(tokens.map(|(record, changed)| Changed { record, changed }).collect::<Vec<_>>())
    })?;
    context.notice_dry_run(args);
    rows.all(&changed)
}
