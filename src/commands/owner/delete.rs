use serde_json::json;

use super::live_tokens;
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::NewAuditEntry;
use crate::db::owners::{self, Owner};
use crate::db::{lookup, require_all_changed, tokens};
use crate::domain::{Changed, OwnerSelector};
use crate::error::Result;

/// Delete an owner: it loses its users
///
/// With live tokens it is deleted with --revoke-tokens only; its tokens, revoked or expired, stay
/// until `iamctl token purge` removes them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The owner_id
    #[arg(value_name = "ID")]
    owner: OwnerSelector,
    /// Revoke the owner's live tokens
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let rows = context.output.one::<Changed<Owner>>()?;
    let audit = context.audit("owner.delete", &args.change)?;
    let mut database = context.connect()?;
    context.confirm(&mut database, &args.change, &format!("Delete owner {owner}"))?;
    let deleted = database.transaction(args.change.access(), |conn| {
        let (users, _) = lookup::owners::lock_with_users(conn, owner, &[])?;
        let mut audited = live_tokens::revoke_or_refuse(conn, owner, args.revoke_tokens)?;
        let users: Vec<_> = users.iter().map(|user| user.id).collect();
        let removed = owners::remove(conn, owner, &users)?;
        require_all_changed("users of the owner", removed.len(), users.len())?;
        audited.extend(
            removed.iter().map(|user| NewAuditEntry::new(owner, json!({ "user_id": user }))),
        );
        let changed = !audited.is_empty();
        audit.record(conn, audited)?;
        let tokens = tokens::count_of(conn, owner)?;
        let record = Owner { id: owner, users: Vec::new(), live_tokens: 0, tokens };
        Ok(Changed { record, changed })
    })?;
    context.notice_dry_run(&args.change);
    rows.all([&deleted])
}
