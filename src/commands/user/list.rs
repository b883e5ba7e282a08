use super::filters::Filters;
use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::lookup;
use crate::db::users::{self, User, UserOrder, UserPage};
use crate::domain::UserSelector;
use crate::error::Result;

/// List users, the newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    filters: Filters,
    /// Order of the list: newest first, or A to Z
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// Turn the order around
    #[arg(long)]
    reverse: bool,
    /// Continue after this user
    #[arg(long, value_name = "ID")]
    after: Option<UserSelector>,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Sort {
    /// Newest first
    #[default]
    Created,
    /// A to Z
    Username,
    /// A to Z
    Email,
}

impl Sort {
    fn order(self) -> UserOrder {
        match self {
            Self::Created => UserOrder::Created,
            Self::Username => UserOrder::Username,
            Self::Email => UserOrder::Email,
        }
    }
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let filter = args.filters.resolve(context, &mut database)?;
    if args.paging.count {
        let count = database.transaction(access, |conn| Ok(users::count(conn, &filter)?));
        let count = context.found(count, &args.filters.searched())?;
        return context.output.count(count);
    }
    args.paging.print::<User>(context, &args.filters.searched(), |limit, each| {
        database.transaction(access, |conn| {
            let after = match &args.after {
                Some(selector) => Some(lookup::users::find_one(conn, selector)?),
                None => None,
            };
            let (order, reverse) = (args.sort.order(), args.reverse);
            let page = UserPage { order, reverse, after, limit };
            users::list(conn, &filter, &page, &mut *each)
        })
    })?;
    Ok(())
}
