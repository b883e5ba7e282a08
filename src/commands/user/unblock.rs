use super::change::{self, Targets, UserChange};
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::users::{self, User};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::Prints;

/// Unblock users
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<User>>())]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

const EXAMPLES: &str = r#"
$ iamctl user unblock mallory
ID                                    USERNAME  EMAIL                STATUS  …
00000000-0000-4000-8000-000000000005  mallory   mallory@example.org  active  …

$ printf '%s\n' mallory bob | iamctl user unblock -
ID                                    USERNAME  EMAIL                STATUS  …
00000000-0000-4000-8000-000000000005  mallory   mallory@example.org  active  …
00000000-0000-4000-8000-000000000002  bob       bob@example.org      active  …
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = UserChange {
        action: "user.unblock",
        question: "Unblock",
        of_deleted: false,
        needed: |user| user.blocked,
        done: |before, after| *after == User { blocked: false, ..before.clone() },
        query: |conn, ids, _| users::unblock(conn, ids),
    };
    change::run(&args.targets, &change, context)
}
