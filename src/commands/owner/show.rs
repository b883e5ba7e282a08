use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::Context;
use crate::db::Access;
use crate::db::owners::{self, Owner};
use crate::domain::OwnerSelector;
use crate::error::{Error, Result};
use crate::output::Prints;

/// Show an owner, its users and the count of its tokens
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Owner>())]
pub struct Args {
    /// Id of the owner
    #[arg(value_name = "ID", add = Names::Owner)]
    owner: OwnerSelector,
}

const EXAMPLES: &str = r#"
$ iamctl owner show 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10
owner_id     7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10
users        alice, bob
live_tokens  1
tokens       1
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let rows = context.output.one::<Owner>()?;
    let found = context.connect()?.transaction(Access::READ, |conn| {
        if !owners::exists(conn, owner)? {
            return Err(Error::not_found("owner", owner));
        }
        Ok(owners::describe(conn, vec![owner])?)
    })?;
    rows.all(&found)
}
