use super::filters::Filters;
use crate::commands::help_page::{long, short, with_values};
use crate::commands::paging::Paging;
use crate::completion::Names;
use crate::context::Context;
use crate::db::users::{self, ByStatus, User, UserFilter, UserOrder, UserPage};
use crate::db::{Access, Database, lookup};
use crate::domain::{UserSelector, UserStatus, counted};
use crate::error::{Error, Result};
use crate::output::{Format, Prints};

/// List users, the newest first
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<User>().or_count())]
pub struct Args {
    #[command(flatten)]
    filters: Filters,
    /// By created, username or email
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, long_help = with_values::<Sort>("Order of the list"))]
    sort: Sort,
    /// Reverse the order
    #[arg(long)]
    reverse: bool,
    /// Continue after this user
    #[arg(long, value_name = "ID", hide_short_help = true, add = Names::User)]
    after: Option<UserSelector>,
    #[command(flatten)]
    paging: Paging,
}

const EXAMPLES: &str = r#"
$ iamctl user list --columns username,email,status
USERNAME  EMAIL                STATUS
dora      dora@example.org     unverified
mallory   mallory@example.org  blocked
bob       bob@example.org      active
alice     alice@example.org    active

$ iamctl user list --status unverified --created-before 30d -o id
--created-before 30d is 2026-10-28T23:10:13Z
00000000-0000-4000-8000-000000000004

$ iamctl user list --search ali --columns username,email,blocked
USERNAME  EMAIL              BLOCKED
alice     alice@example.org  no
"#;

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
    let printed =
        args.paging.print::<User>(context, "users", &args.filters.searched(), |limit, each| {
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
    if printed == 0 && context.output.format == Format::Table {
        notice_deleted(context, &mut database, access, &filter)?;
    }
    Ok(())
}

/// Says how many deleted users a list without `--status` leaves out, where it is empty.
fn notice_deleted(
    context: &mut Context,
    database: &mut Database,
    access: Access,
    filter: &UserFilter,
) -> Result<()> {
    if filter.status != ByStatus::NotDeleted {
        return Ok(());
    }
    let deleted = UserFilter { status: ByStatus::Only(UserStatus::Deleted), ..filter.clone() };
    let count = database.transaction(access, |conn| Ok(users::count(conn, &deleted)?));
    match count {
        // The list has said that no row can match.
        Ok(0) | Err(Error::Unencodable { .. }) => Ok(()),
        Err(error) => Err(error),
        Ok(count) => {
            let matches = if count == 1 { "matches" } else { "match" };
            let users = counted(count, "deleted user");
            context
                .terminal
                .notice(&format!("{users} {matches}; --status any shows deleted users, too"));
            Ok(())
        }
    }
}
