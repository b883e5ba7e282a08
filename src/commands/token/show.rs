use super::token_selector::{OneToken, SchemeArg};
use crate::context::Context;
use crate::db::Access;
use crate::db::functions::transaction_time;
use crate::db::tokens::{self, ListedToken};
use crate::error::Result;

/// Show a token
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: OneToken,
    #[command(flatten)]
    scheme: SchemeArg,
}

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
