use serde_json::json;
use uuid::Uuid;

use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::NewAuditEntry;
use crate::db::owners::Owner;
use crate::db::users::RowLock;
use crate::db::{lookup, owners, require_all_changed};
use crate::domain::{Changed, UserSelector};
use crate::error::Result;
use crate::output::Prints;

/// Create an owner whose tokens several users share
///
/// A user's own owner is created by `iamctl token issue --user`. This is for a team or a service.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<Owner>>())]
pub struct Args {
    /// User of the owner; repeat for each
    ///
    /// Username, email or id.
    #[arg(long = "user", value_name = "USER", required = true, add = Names::User)]
    users: Vec<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl owner create --user alice --user dora
owner_id     1b016a02-a0e6-45fc-9e01-9da0b8546477
users        alice, dora
live_tokens  0
tokens       0
changed      yes
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<Owner>>()?;
    let audit = context.audit("owner.create", &args.change)?;
    context.limit_changes(args.limit)?;
    let created = context.connect()?.transaction(args.change.access(), |conn| {
        // With the users locked, none of them gets a first token at the same time, which would make
        // a second owner of the user's own.
        let users = lookup::users::lock(conn, &args.users, RowLock::NoKeyUpdate)?;
        let id = Uuid::new_v4();
        let ids: Vec<_> = users.iter().map(|user| user.id).collect();
        let added = owners::insert(conn, id, &ids)?;
        require_all_changed("users of the owner", added.len(), ids.len())?;
        let audited = ids.iter().map(|user| NewAuditEntry::new(id, json!({ "user_id": user })));
        audit.record(conn, audited.collect())?;
        let mut usernames: Vec<_> = users.into_iter().map(|user| user.username).collect();
        usernames.sort();
        Ok(Owner { id, users: usernames, live_tokens: 0, tokens: 0 })
    })?;
    context.notice_dry_run(&args.change);
    rows.all([&Changed { record: created, changed: true }])
}
