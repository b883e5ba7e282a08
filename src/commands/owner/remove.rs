use std::collections::HashSet;

use serde_json::json;

use super::live_tokens;
use super::membership::Membership;
use crate::commands::help_page::{long, short};
use crate::commands::known_secrets;
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::NewAuditEntry;
use crate::db::{lookup, owners, require_all_changed, tokens};
use crate::domain::{Changed, OwnerSelector, UserSelector};
use crate::error::Result;
use crate::output::Prints;

/// Remove users from an owner
///
/// Its tokens stay valid for the others, and for anyone who knows a secret: `iamctl token rotate`
/// replaces one. The last user of an owner with valid tokens is removed only with --revoke-tokens.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<Membership>>())]
pub struct Args {
    /// Id of the owner
    #[arg(value_name = "ID", add = Names::Owner)]
    owner: OwnerSelector,
    /// Usernames, emails or ids; `-` reads them from stdin
    #[arg(required = true, value_name = "USER", add = Names::User)]
    users: Vec<ValueOrStdin<UserSelector>>,
    /// Revoke the owner's tokens if no user is left
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl owner remove 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10 bob --yes
the removed users still know the secrets of 1 live token of owners that other…
OWNER_ID                              USERNAME  USER_ID                      …
7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10  bob       00000000-0000-4000-8000-00000…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let rows = context.output.list::<Changed<Membership>>()?;
    let audit = context.audit("owner.remove", &args.change)?;
    context.limit_changes(args.limit)?;
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
    let (removed, known) = database.transaction(access, |conn| {
        let (members, selected) = lookup::owners::lock_with_users(conn, owner, &selectors)?;
        let members: HashSet<_> = members.iter().map(|user| user.id).collect();
        let to_remove: Vec<_> =
            selected.iter().map(|user| user.id).filter(|id| members.contains(id)).collect();
        // The audit rows name the owner that a user leaves, and each token that is revoked.
        let mut audit_rows = Vec::new();
        if !to_remove.is_empty() {
            if to_remove.len() == members.len() {
                audit_rows.extend(live_tokens::revoke_or_refuse(conn, owner, args.revoke_tokens)?);
            }
            let removed = owners::remove(conn, owner, &to_remove)?;
            require_all_changed("users of the owner", removed.len(), to_remove.len())?;
            audit_rows.extend(
                to_remove.iter().map(|user| NewAuditEntry::new(owner, json!({ "user_id": user }))),
            );
        }
        audit.record(conn, audit_rows)?;
        let known =
            if to_remove.is_empty() { Vec::new() } else { tokens::live_of(conn, &[owner])? };
        let memberships = selected.into_iter().map(|user| {
            let changed = members.contains(&user.id);
            Changed { record: Membership { owner, user }, changed }
        });
        Ok((memberships.collect::<Vec<_>>(), known))
    })?;
    known_secrets::notice_shared(context, "the removed users", &known);
    context.notice_dry_run(&args.change);
    rows.all(&removed)
}
