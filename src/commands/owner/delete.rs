use serde_json::json;

use super::live_tokens;
use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::NewAuditEntry;
use crate::db::owners::{self, Owner};
use crate::db::{lookup, require_all_changed, tokens};
use crate::domain::{Changed, OwnerSelector};
use crate::error::Result;
use crate::output::Prints;

/// Delete an owner: it loses its users
///
/// An owner with valid tokens is deleted only with --revoke-tokens. Its tokens stay, revoked or
/// expired, until `iamctl token purge` deletes them.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<Owner>>())]
pub struct Args {
    /// Id of the owner
    #[arg(value_name = "ID", add = Names::Owner)]
    owner: OwnerSelector,
    /// Revoke the owner's valid tokens
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl owner delete 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10 --revoke-tokens --yes
owner_id     7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10
users
live_tokens  0
tokens       1
changed      yes
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let rows = context.output.one::<Changed<Owner>>()?;
    let audit = context.audit("owner.delete", &args.change)?;
    context.limit_changes(args.limit)?;
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
