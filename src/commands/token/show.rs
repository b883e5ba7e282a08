use super::token_selector::{OneToken, SchemeArg};
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::Access;
use crate::db::functions::transaction_time;
use crate::db::tokens::{self, ListedToken};
use crate::error::Result;
use crate::output::Prints;

/// Show a token, without its secret
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<ListedToken>())]
pub struct Args {
    #[command(flatten)]
    which: OneToken,
    #[command(flatten)]
    scheme: SchemeArg,
}

const EXAMPLES: &str = r#"
$ iamctl token show --user alice --name ci
id          iDsEsZ7eKpwL
name        ci
status      active
users       alice
…

$ iamctl token show --stdin < ci.token
id          iDsEsZ7eKpwL
name        ci
status      active
users       alice
…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let picked = args.which.pick(context, args.scheme)?;
    let rows = context.output.one::<ListedToken>()?;
    let token = context.connect()?.transaction(Access::READ, |conn| {
        let at = transaction_time(conn)?;
        let token = picked.find(conn)?;
        Ok(tokens::with_users(conn, vec![token], at)?)
    })?;
    rows.all(&token)
}
