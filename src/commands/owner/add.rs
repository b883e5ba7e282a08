use std::collections::HashSet;

use serde_json::json;

use super::membership::Membership;
use crate::commands::help_page::{long, short};
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::NewAuditEntry;
use crate::db::{lookup, owners, require_all_changed};
use crate::domain::{Changed, OwnerSelector, UserSelector};
use crate::error::Result;
use crate::output::Prints;

/// Add users to an owner: they share its tokens
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
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl owner add 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10 dora
OWNER_ID                              USERNAME  USER_ID                      …
7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10  dora      00000000-0000-4000-8000-00000…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let rows = context.output.list::<Changed<Membership>>()?;
    let audit = context.audit("owner.add", &args.change)?;
    context.limit_changes(args.limit)?;
    let access = args.change.access_for(selectors.len());
    let added = context.connect()?.transaction(access, |conn| {
        let (members, selected) = lookup::owners::lock_with_users(conn, owner, &selectors)?;
        let members: HashSet<_> = members.iter().map(|user| user.id).collect();
        let new: Vec<_> =
            selected.iter().map(|user| user.id).filter(|id| !members.contains(id)).collect();
        let added = owners::insert(conn, owner, &new)?;
        require_all_changed("users of the owner", added.len(), new.len())?;
        let audited =
            added.iter().map(|user| NewAuditEntry::new(owner, json!({ "user_id": user })));
        audit.record(conn, audited.collect())?;
        let memberships = selected.into_iter().map(|user| {
            let changed = !members.contains(&user.id);
            Changed { record: Membership { owner, user }, changed }
        });
        Ok(memberships.collect::<Vec<_>>())
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&added)
}
