use super::filters::Filters;
use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::targets;
use crate::db::users::{self, User, UserPage, UserSort};
use crate::domain::UserSelector;
use crate::error::Result;

/// List users, the newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    filters: Filters,
    /// Order of the list: newest first, or A to Z
    #[arg(long, value_enum, default_value_t)]
    sort: UserSort,
    /// Turn the order around
    #[arg(long)]
    reverse: bool,
    /// Continue after this user
    #[arg(long, value_name = "ID")]
    after: Option<UserSelector>,
    #[command(flatten)]
    paging: Paging,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let filter = args.filters.resolve(context, &mut database)?;
    if args.paging.count {
        let count = database.transaction(access, |conn| users::count(conn, &filter))?;
        return context.output.count(count);
    }
    args.paging.print::<User>(context, |limit, each| {
        database.transaction(access, |conn| {
            let after = match &args.after {
                Some(selector) => Some(targets::resolve_one(conn, selector)?),
                None => None,
            };
            let page = UserPage { sort: args.sort, reverse: args.reverse, after, limit };
            users::list(conn, &filter, &page, each)
        })
    })?;
    Ok(())
}
