use crate::context::{ChangeArgs, Context};
use crate::db::locks::Locks;
use crate::db::members;
use crate::db::owners::Owner;
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
    // Against a user who is being added, and a token that is being issued.
    let locks = Locks::of_owner(owner);
    let deleted = database.locking(&locks, args.change.access(), |conn| {
        let deleted = members::delete(conn, owner, args.revoke_tokens, &audit)?;
        deleted.ok_or_else(|| Error::not_found("owner", owner))
    })?;
    context.notice_dry_run(&args.change);
    rows.all([&deleted])
}
