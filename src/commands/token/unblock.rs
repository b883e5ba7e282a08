use super::change::{self, TokenChange};
use super::token_selector::Targets;
use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::tokens::{self, ApiToken, ListedToken};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::Prints;

/// Unblock tokens
///
/// Give ids; or --name with --user or --owner, which means the newest valid token of that name; or
/// --all with --user or --owner; or --stdin.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<ListedToken>>())]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl token unblock --user bob --name pager
ID            NAME   STATUS  USERS  EXPIRES_AT            CREATED_AT         …
Xf_3-2WVwTKy  pager  active  bob    2027-02-05T23:10:26Z  2026-11-07T23:10:26…

$ iamctl token unblock --user bob --all
ID            NAME   STATUS  USERS  EXPIRES_AT            CREATED_AT         …
Xf_3-2WVwTKy  pager  active  bob    2027-02-05T23:10:27Z  2026-11-07T23:10:27…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.limit_changes(args.limit)?;
    let change = TokenChange {
        action: "token.unblock",
        verb: "Unblock",
        asks: false,
        every: false,
        needed: |token| token.blocked,
        done: |before, after| *after == ApiToken { blocked: false, ..before.clone() },
        query: |conn, keys, _| tokens::unblock(conn, keys),
    };
    change::run(&args.targets, &args.change, &change, context)
}
