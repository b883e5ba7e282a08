use super::change::{self, Targets, UserChange};
use crate::context::Context;
use crate::db::users::{self, User};
use crate::error::Result;

/// Mark the email addresses of users as verified
///
/// As the service does when a user follows the link: from then on they may log in.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = UserChange {
        action: "user.verify-email",
        needed: |user| !user.email_verified,
        done: |before, after| {
            let email_verified_at = after.email_verified_at;
            email_verified_at.is_some()
                && *after == User { email_verified: true, email_verified_at, ..before.clone() }
        },
        query: users::verify_email,
    };
    change::run(&args.targets, &change, context)
}
