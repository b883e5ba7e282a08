use super::named::{self, OwnerArgs};
use crate::commands::given;
use crate::context::Context;
use crate::db::Access;
use crate::db::tokens::{self, ApiToken};
use crate::domain::{RowId, TokenName, TokenValue};
use crate::error::{Error, Result};

/// Show a token
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["id", "name", "stdin"])))]
pub struct Args {
    /// Id, as `token list` shows it
    id: Option<RowId>,
    #[command(flatten)]
    owner: OwnerArgs,
    /// Name of the token, with --user or --owner; the newest of that name
    #[arg(long)]
    name: Option<TokenName>,
    /// Read the token itself from standard input
    #[arg(long)]
    stdin: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.name.is_some() != args.owner.is_given() {
        return Err(Error::usage("--name goes with --user or --owner, and they with --name"));
    }
    let values: Vec<TokenValue> = if args.stdin { given::lines()? } else { Vec::new() };
    if args.stdin && values.len() != 1 {
        return Err(Error::usage("give one token on standard input"));
    }
    let rows = context.output.one::<ApiToken>()?;
    let token = context.connect()?.transaction(Access::Read, |conn| {
        if let Some(name) = &args.name {
            return Ok(named::by_name(conn, &args.owner, name)?.into_iter().next());
        }
        let mut found = match &args.id {
            Some(id) => named::by_ids(conn, std::slice::from_ref(id))?,
            None => named::by_values(conn, &values)?,
        };
        match found.pop() {
            Some(stored) => tokens::find(conn, &stored),
            None => Ok(None),
        }
    })?;
    // It was there a statement ago.
    let token = token.ok_or_else(|| Error::NotFound("the token is gone".to_owned()))?;
    rows.all([&token])
}
