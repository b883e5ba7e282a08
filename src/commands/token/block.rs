use super::change::{self, TokenChange};
use super::token_selector::Targets;
use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::tokens::{self, ApiToken, ListedToken};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::Prints;

/// Block tokens until they are unblocked
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
$ iamctl token block --user alice --name ci --yes
ID            NAME  STATUS   USERS  EXPIRES_AT            CREATED_AT         …
iDsEsZ7eKpwL  ci    blocked  alice  2026-12-07T23:10:25Z  2026-09-08T23:10:25…

$ iamctl token block --user alice --all --yes
ID            NAME  STATUS   USERS  EXPIRES_AT            CREATED_AT         …
iDsEsZ7eKpwL  ci    blocked  alice  2026-12-07T23:10:25Z  2026-09-08T23:10:25…
y6BrVzb69n5U  old   expired  alice  2026-10-27T23:10:25Z  2026-07-29T23:10:25…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.limit_changes(args.limit)?;
    let change = TokenChange {
        action: "token.block",
        verb: "Block",
        asks: true,
        every: false,
        needed: |token| !token.blocked,
        done: |before, after| *after == ApiToken { blocked: true, ..before.clone() },
        query: |conn, keys, _| tokens::block(conn, keys),
    };
    change::run(&args.targets, &args.change, &change, context)
}
