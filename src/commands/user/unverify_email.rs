use super::change::{self, Targets};
use crate::context::Context;
use crate::db::users;
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
    change::run(
        &args.targets,
        "user.unverify-email",
        |user| user.email_verified,
        |conn, ids, _| users::unverify_email(conn, ids),
        context,
    )
}
