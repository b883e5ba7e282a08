use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::locks::Locks;
use crate::db::members;
use crate::db::owners::Membership;
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
    // Against a user who is being added, and a token that is being issued.
    let locks = Locks::of_owner(owner);
    let removed = database.locking(&locks, args.change.access(), |conn| {
        members::remove(conn, owner, &selectors, args.revoke_tokens, &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&removed)
}
