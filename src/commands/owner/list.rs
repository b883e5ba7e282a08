use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::owners::{self, Owner, OwnerFilter};
use crate::db::targets;
use crate::domain::{OwnerSelector, UserSelector};
use crate::error::Result;

/// List owners that have users, in the order of their ids
///
/// Tokens whose owner has no users left are those of `iamctl token list --orphaned`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only owners of this user, shared ones too: username, email or id
    #[arg(long)]
    user: Option<UserSelector>,
    /// Continue after this owner
    #[arg(long, value_name = "ID")]
    after: Option<OwnerSelector>,
    #[command(flatten)]
    paging: Paging,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let user = match &args.user {
        Some(user) => {
            Some(database.transaction(access, |conn| targets::resolve_one(conn, user))?.id)
        }
        None => None,
    };
    let after = args.after.map(|OwnerSelector(owner)| owner);
    let filter = OwnerFilter { user, after, limit: None };
    if args.paging.count {
        let count = database.transaction(access, |conn| owners::count(conn, &filter))?;
        return context.output.count(count);
    }
    args.paging.print::<Owner>(context, |limit, each| {
        let filter = OwnerFilter { limit, ..filter };
        database.transaction(access, |conn| owners::list(conn, &filter, each))
    })?;
    Ok(())
}
