use crate::commands::help_page::{long, short};
use crate::commands::paging::Paging;
use crate::completion::Names;
use crate::context::Context;
use crate::db::lookup;
use crate::db::owners::{self, Owner, OwnerFilter};
use crate::domain::{OwnerSelector, UserSelector};
use crate::error::Result;
use crate::output::Prints;

/// List owners that have users
///
/// In the order of their ids. `iamctl token list --orphaned` lists the tokens of owners that have no
/// users left.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Owner>().or_count())]
pub struct Args {
    /// Only owners of this user: username, email or id
    ///
    /// Those shared with others, too.
    #[arg(long, add = Names::User)]
    user: Option<UserSelector>,
    /// Continue after this owner
    #[arg(long, value_name = "ID", hide_short_help = true, add = Names::Owner)]
    after: Option<OwnerSelector>,
    #[command(flatten)]
    paging: Paging,
}

const EXAMPLES: &str = r#"
$ iamctl owner list
OWNER_ID                              USERS       LIVE_TOKENS  TOKENS
5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c01  alice       1            2
5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c02  bob         1            1
7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10  alice, bob  1            1

$ iamctl owner list --user bob
OWNER_ID                              USERS       LIVE_TOKENS  TOKENS
5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c02  bob         1            1
7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10  alice, bob  1            1
"#;

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
    args.paging.print::<Owner>(context, "owners", &[], |limit, each| {
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
