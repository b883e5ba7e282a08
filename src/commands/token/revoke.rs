use super::change::{self, TokenChange};
use super::token_selector::Targets;
use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::tokens::{self, ApiToken, ListedToken};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::Prints;

/// Revoke tokens for good
///
/// Give ids; or --name with --user or --owner, which means all tokens of that name; or --all with
/// --user or --owner; or --stdin. A token on the command line could be read by other users of the
/// machine.
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
$ iamctl token revoke iDsEsZ7eKpwL --yes
ID            NAME  STATUS   USERS  EXPIRES_AT            CREATED_AT         …
iDsEsZ7eKpwL  ci    revoked  alice  2026-12-07T23:10:21Z  2026-09-08T23:10:21…

$ iamctl token revoke --user alice --name ci --yes
ID            NAME  STATUS   USERS  EXPIRES_AT            CREATED_AT         …
iDsEsZ7eKpwL  ci    revoked  alice  2026-12-07T23:10:22Z  2026-09-08T23:10:22…

$ iamctl token revoke --stdin --yes < ci.token
ID            NAME  STATUS   USERS  EXPIRES_AT            CREATED_AT         …
iDsEsZ7eKpwL  ci    revoked  alice  2026-12-07T23:10:23Z  2026-09-08T23:10:23…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.limit_changes(args.limit)?;
    let change = TokenChange {
        action: "token.revoke",
        verb: "Revoke",
        asks: true,
        every: true,
        needed: |token| !token.revoked,
        done: ApiToken::is_revoked_as,
        query: tokens::revoke,
    };
    change::run(&args.targets, &args.change, &change, context)
}
