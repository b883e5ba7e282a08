use super::listed_code::ListedCode;
use crate::commands::help_page::{long, short};
use crate::commands::paging::Paging;
use crate::completion::Names;
use crate::context::Context;
use crate::db::codes::{self, CodeFilter, OneTimeCode};
use crate::db::functions::transaction_time;
use crate::db::{PgConnection, lookup};
use crate::domain::{CodeKind, CodeStatus, RowId, UserSelector};
use crate::error::Result;
use crate::output::Prints;

/// List codes, the newest first
///
/// By their ids; the codes themselves are never shown.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<ListedCode>().or_count())]
pub struct Args {
    /// Only codes of this kind
    #[arg(long, value_enum)]
    kind: Option<CodeKind>,
    /// Only codes of this user: username, email or id
    #[arg(long, add = Names::User)]
    user: Option<UserSelector>,
    /// Only codes in this state
    #[arg(long, value_enum)]
    status: Option<CodeStatus>,
    /// Continue after this code
    #[arg(long, value_name = "ID", allow_hyphen_values = true, hide_short_help = true, add = Names::Code)]
    after: Option<RowId>,
    #[command(flatten)]
    paging: Paging,
}

const EXAMPLES: &str = r#"
$ iamctl code list --user alice
ID            KIND           USERNAME  STATUS  EXPIRES_AT            CREATED_…
njtBAOclH7Pd  authorization  alice     live    2026-11-27T23:11:21Z  2026-11-…

$ iamctl code list --kind verification --status live --count
1
"#;

/// Codes that are fetched at a time.
const PAGE: i64 = 1000;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let kinds = args.kind.map_or_else(|| CodeKind::ALL.to_vec(), |kind| vec![kind]);
    let mut database = context.connect()?;
    if args.paging.count {
        let count = database.transaction(access, |conn| {
            let filter = filter(conn, args)?;
            let counts = kinds.iter().map(|kind| codes::count(conn, *kind, &filter));
            Ok(counts.sum::<diesel::QueryResult<i64>>()?)
        })?;
        return context.output.count(count);
    }
    args.paging.print::<ListedCode>(context, "codes", &[], |limit, each| {
        database.transaction(access, |conn| {
            let at = transaction_time(conn)?;
            let mut filter = filter(conn, args)?;
            let mut left = limit.unwrap_or(i64::MAX);
            while left > 0 {
                let wanted = left.min(PAGE);
                let page = codes::newest(conn, &kinds, &filter, wanted)?;
                left -= wanted;
                filter.after = page.last().map(OneTimeCode::place);
                let is_last = i64::try_from(page.len()).is_ok_and(|length| length < wanted);
                page.into_iter().try_for_each(|code| each(ListedCode::of(code, at)))?;
                if is_last {
                    break;
                }
            }
            Ok(())
        })
    })?;
    Ok(())
}

fn filter(conn: &mut PgConnection, args: &Args) -> Result<CodeFilter> {
    let user = match &args.user {
        Some(user) => Some(lookup::users::find_one(conn, user)?.id),
        None => None,
    };
    let after = match &args.after {
        Some(id) => Some(lookup::ids::code(conn, id)?),
        None => None,
    };
    Ok(CodeFilter { user, status: args.status, after })
}
