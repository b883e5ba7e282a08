use super::change::{self, Targets};
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
    change::run(
        &args.targets,
        "user.verify-email",
        |user| !user.email_verified,
        users::verify_email,
        context,
    )
}
