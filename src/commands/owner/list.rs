use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::lookup;
use crate::db::owners::{self, Owner, OwnerFilter};
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

/// Owners that are fetched at a time.
const PAGE: i64 = 1000;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let user = match &args.user {
        Some(user) => {
            Some(database.transaction(access, |conn| lookup::users::find_one(conn, user))?.id)
        }
        None => None,
    };
    let after = args.after.map(|OwnerSelector(owner)| owner);
    let mut filter = OwnerFilter { user, after };
    if args.paging.count {
        let count = database.transaction(access, |conn| Ok(owners::count(conn, &filter)?))?;
        return context.output.count(count);
    }
    args.paging.print::<Owner>(context, &[], |limit, each| {
        database.transaction(access, |conn| {
            let mut left = limit.unwrap_or(i64::MAX);
            while left > 0 {
                let page = owners::page(conn, &filter, left.min(PAGE))?;
                let Some(last) = page.last().copied() else { return Ok(()) };
                left -= left.min(PAGE);
                filter.after = Some(last);
                owners::describe(conn, page)?.into_iter().try_for_each(&mut *each)?;
            }
            Ok(())
        })
    })?;
    Ok(())
}
