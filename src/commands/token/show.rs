use super::token_selector::{OneToken, SchemeArg};
use crate::context::Context;
use crate::db::Access;
use crate::db::tokens::ApiToken;
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
    let rows = context.output.one::<ApiToken>()?;
    let token = context.connect()?.transaction(Access::Read, |conn| picked.find(conn))?;
    rows.all([&token])
}
