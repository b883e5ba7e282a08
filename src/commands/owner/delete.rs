use super::members::take_out;
use crate::context::{ChangeArgs, Context};
use crate::db;
use crate::db::owners::{self, Owner};
use crate::domain::{Changed, OwnerSelector};
use crate::error::{Error, Result};

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
        // Against a user who is being added, and a token that is being issued.
        db::lock(conn, owners::TOKEN_NAMES, owner)?;
        let before = owners::find(conn, owner)?.ok_or_else(|| Error::not_found("owner", owner))?;
        let users = owners::users(conn, owner)?;
        let changed = !users.is_empty() || before.live_tokens > 0;
        take_out(conn, owner, users, args.revoke_tokens, &audit)?;
        let record = owners::find(conn, owner)?.unwrap_or(Owner {
            users: Vec::new(),
            live_tokens: 0,
            ..before
        });
        Ok(Changed { record, changed })
    })?;
    context.notice_dry_run(&args.change);
    rows.all([&deleted])
}
