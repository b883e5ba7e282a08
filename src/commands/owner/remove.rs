use std::collections::HashSet;

use serde_json::json;

use super::Membership;
use super::live_tokens;
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::AuditRow;
use crate::db::{lookup, owners, require_all};
use crate::domain::{Changed, OwnerSelector, UserSelector};
use crate::error::Result;

/// Remove users from an owner
///
/// Its tokens go on working for the others. The last user of an owner with live tokens is removed
/// with --revoke-tokens only.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The owner_id
    #[arg(value_name = "ID")]
    owner: OwnerSelector,
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<ValueOrStdin<UserSelector>>,
    /// Revoke the owner's tokens where no user is left
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let rows = context.output.list::<Changed<Membership>>()?;
    let audit = context.audit("owner.remove", &args.change)?;
    let mut database = context.connect()?;
    let question = match selectors.as_slice() {
        [] => None,
        [user] => Some(format!("Remove user `{user}` from owner {owner}")),
        users => Some(format!("Remove {} users from owner {owner}", users.len())),
    };
    if let Some(question) = question {
        context.confirm(&mut database, &args.change, &question)?;
    }
    let access = args.change.access_for(selectors.len());
    let removed = database.transaction(access, |conn| {
        let (current, users) = lookup::owners::lock_with_users(conn, owner, &selectors)?;
        lookup::owners::require_known(conn, owner, &current)?;
        let named: HashSet<_> = users.iter().map(|user| user.id).collect();
        let leaving: Vec<_> =
            current.iter().map(|user| user.id).filter(|id| named.contains(id)).collect();
        let mut audited = Vec::new();
        if !leaving.is_empty() {
            if leaving.len() == current.len() {
                audited.extend(live_tokens::end(conn, owner, args.revoke_tokens)?);
            }
            let removed = owners::remove(conn, owner, &leaving)?;
            require_all("users of the owner", removed.len(), leaving.len())?;
            audited.extend(
                leaving.iter().map(|user| AuditRow::new(owner, json!({ "user_id": user }))),
            );
        }
        audit.record(conn, audited)?;
        let memberships = users.into_iter().map(|user| {
            let changed = leaving.contains(&user.id);
            Changed { record: Membership { owner, user }, changed }
        });
        Ok(memberships.collect::<Vec<_>>())
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&removed)
}
