use super::change::{self, Targets, UserChange};
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::users::{self, User};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::Prints;

/// Mark email addresses of users as verified
///
/// The service does the same when a user follows the link in the email. Verified users can log in.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<User>>())]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

const EXAMPLES: &str = r#"
$ iamctl user verify-email dora
ID                                    USERNAME  EMAIL             STATUS  CRE…
00000000-0000-4000-8000-000000000004  dora      dora@example.org  active  202…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = UserChange {
        action: "user.verify-email",
        question: "Mark as verified the email of",
        of_deleted: false,
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
