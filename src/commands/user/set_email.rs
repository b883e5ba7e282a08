use std::slice;

use super::email_taken;
use crate::context::{ChangeArgs, Context};
use crate::db::constraint;
use crate::db::user_changes::{self, Ending, UserChange, Whose};
use crate::db::users::User;
use crate::domain::{Changed, Email, UserSelector};
use crate::error::Result;

/// Change the email address of a user
///
/// The new address is not verified, and so the user cannot log in until it is; --verified says
/// that it is known to be the user's. Codes that were sent to the old address are removed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Username, email or id
    user: UserSelector,
    /// The new address, stored in lower case
    email: Email,
    /// The new address is known to be the user's
    #[arg(long)]
    verified: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<User>>()?;
    let change = UserChange::SetEmail { email: args.email.clone(), verified: args.verified };
    let audit = context.audit(change.action(), &args.change)?;
    let mut database = context.connect()?;
    let question = format!("Set the email of user `{}` to `{}`", args.user, args.email);
    context.confirm(&mut database, &args.change, &question)?;
    let user = slice::from_ref(&args.user);
    // Whoever reads the mail of the old address could verify the new one by them.
    let ending = Ending { codes: Some(Whose::Changed), ..Ending::default() };
    let (updated, ended) = database.locking(&ending.locks(user), args.change.access(), |conn| {
        user_changes::apply(conn, user, &change, ending, &audit).map_err(|error| {
            match constraint(&error) {
                Some("users_unique_email") => email_taken(&args.email),
                _ => error,
            }
        })
    })?;
    if ended.codes > 0 {
        context.terminal.notice(&format!("removed with it: {} codes", ended.codes));
    }
    context.notice_dry_run(&args.change);
    rows.all(&updated)
}
