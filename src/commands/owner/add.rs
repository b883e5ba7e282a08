use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::locks::Locks;
use crate::db::members;
use crate::db::owners::Membership;
use crate::domain::{Changed, OwnerSelector, UserSelector};
use crate::error::Result;

/// Add users to an owner: they share its tokens from now on
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The owner_id
    #[arg(value_name = "ID")]
    owner: OwnerSelector,
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<ValueOrStdin<UserSelector>>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let rows = context.output.list::<Changed<Membership>>()?;
    let audit = context.audit("owner.add", &args.change)?;
    // Against an offboarding, which reports what the owner shares, and against its own end.
    let locks = Locks::of_owner(owner);
    let added = context.connect()?.locking(&locks, args.change.access(), |conn| {
        members::add(conn, owner, &selectors, &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&added)
}
