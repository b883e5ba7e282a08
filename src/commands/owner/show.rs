use crate::context::Context;
use crate::db::Access;
use crate::db::owners::{self, Owner};
use crate::domain::OwnerSelector;
use crate::error::{Error, Result};

/// Show an owner, with its users and how many tokens it has
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The owner_id
    #[arg(value_name = "ID")]
    owner: OwnerSelector,
}

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
