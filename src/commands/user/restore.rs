use super::change::{self, Targets, UserChange};
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::users::{self, User};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::Prints;

/// Restore deleted users
///
/// Their sessions do not come back: they log in again.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<User>>())]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

const EXAMPLES: &str = r#"
$ iamctl user restore carol
ID                                    USERNAME  EMAIL              STATUS  CR…
00000000-0000-4000-8000-000000000003  carol     carol@example.org  active  20…

$ iamctl user list --status deleted -o id | iamctl user restore -
ID                                    USERNAME  EMAIL              STATUS  CR…
00000000-0000-4000-8000-000000000003  carol     carol@example.org  active  20…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change = UserChange {
        action: "user.restore",
        question: "Restore",
        of_deleted: true,
        needed: |user| user.deleted,
        done: |before, after| *after == User { deleted: false, deleted_at: None, ..before.clone() },
        query: |conn, ids, _| users::restore(conn, ids),
    };
    change::run(&args.targets, &change, context)
}
