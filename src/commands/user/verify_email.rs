use super::change::{self, Targets, UserChange};
use crate::context::Context;
use crate::db::users;
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
        done: |user| user.email_verified && user.email_verified_at.is_some(),
        query: users::verify_email,
    };
    change::run(&args.targets, &change, context)
}
