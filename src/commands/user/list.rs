use clap::builder::NonEmptyStringValueParser;

use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::targets;
use crate::db::users::{self, User, UserFilter, UserPage, UserSort, UserStatus};
use crate::domain::{Moment, UserSelector};
use crate::error::Result;

/// List users, the newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only users in this state [default: all but the deleted]
    #[arg(long, value_enum)]
    status: Option<UserStatus>,
    /// Only users created at or after this time, or within this duration: 2026-01-31, 7d
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_after: Option<Moment>,
    /// Only users created before this time, or longer ago than this duration
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_before: Option<Moment>,
    /// Only users whose email address is at this domain
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "DOMAIN")]
    email_domain: Option<String>,
    /// Only users with this text in their username or email, in any case
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "TEXT")]
    search: Option<String>,
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
    let filter = UserFilter {
        status: args.status,
        created_after: context.ago(&mut database, "--created-after", args.created_after)?,
        created_before: context.ago(&mut database, "--created-before", args.created_before)?,
        email_domain: args.email_domain.clone(),
        search: args.search.clone(),
    };
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
