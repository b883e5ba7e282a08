use super::change::{self, Targets, UserChange};
use crate::context::Context;
use crate::db::users::{self, User};
use crate::error::Result;

/// Take the verification of email addresses away
///
/// No login and no refresh until the address is verified again.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = UserChange {
        action: "user.unverify-email",
        needed: |user| user.email_verified,
        done: |before, after| {
            *after == User { email_verified: false, email_verified_at: None, ..before.clone() }
        },
        query: |conn, ids, _| users::unverify_email(conn, ids),
    };
    change::run(&args.targets, &change, context)
}
