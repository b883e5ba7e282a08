use super::change::{self, Targets, UserChange};
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::users::{self, User};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::Prints;

/// Mark email addresses of users as not verified
///
/// The users cannot log in or refresh until the address is verified again.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<User>>())]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

const EXAMPLES: &str = r#"
$ iamctl user unverify-email bob --yes
ID                                    USERNAME  EMAIL            STATUS      …
00000000-0000-4000-8000-000000000002  bob       bob@example.org  unverified  …
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = UserChange {
        action: "user.unverify-email",
        question: "Mark as not verified the email of",
        of_deleted: false,
        needed: |user| user.email_verified,
        done: |before, after| {
            *after == User { email_verified: false, email_verified_at: None, ..before.clone() }
        },
        query: |conn, ids, _| users::unverify_email(conn, ids),
    };
    change::run(&args.targets, &change, context)
}
