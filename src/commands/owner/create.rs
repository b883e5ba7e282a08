use uuid::Uuid;

use crate::context::{ChangeArgs, Context};
use crate::db::locks::Locks;
use crate::db::members;
use crate::db::owners::Owner;
use crate::domain::{Changed, UserSelector};
use crate::error::Result;

/// Create an owner of tokens that one or more users share
///
/// A user's own owner comes by itself with `iamctl token issue --user`; this makes one for a team
/// or a service.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A user of the owner: username, email or id; once for each
    #[arg(long = "user", value_name = "USER", required = true)]
    users: Vec<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<Owner>>()?;
    let audit = context.audit("owner.create", &args.change)?;
    // Against a first token of one of them, which would make a second owner of their own.
    let locks = Locks::of_users(&args.users);
    let created = context.connect()?.locking(&locks, args.change.access(), |conn| {
        members::create(conn, Uuid::new_v4(), &args.users, &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all([&Changed { record: created, changed: true }])
}
