use std::slice;

use super::username_taken;
use crate::context::{ChangeArgs, Context};
use crate::db::constraint;
use crate::db::user_changes::{self, Ending, UserChange};
use crate::db::users::User;
use crate::domain::{Changed, UserSelector, Username};
use crate::error::Result;

/// Rename a user
///
/// The new name must be free, deleted users' names included; a change of case or punctuation of
/// the user's own name is free.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Username, email or id
    user: UserSelector,
    /// The new username, stored as typed
    new_username: Username,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<User>>()?;
    let change = UserChange::Rename(args.new_username.clone());
    let audit = context.audit(change.action(), &args.change)?;
    let (renamed, _) = context.connect()?.transaction(args.change.access(), |conn| {
        let user = slice::from_ref(&args.user);
        user_changes::apply(conn, user, &change, Ending::default(), &audit).map_err(|error| {
            match constraint(&error) {
                Some("users_unique_fingerprint") => username_taken(&args.new_username),
                _ => error,
            }
        })
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&renamed)
}
