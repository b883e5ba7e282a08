use clap::ValueEnum;

use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::codes::{self, CodeFilter, CodeKind, CodeRow};
use crate::db::{PgConnection, row_ids, targets};
use crate::domain::{RowId, UserSelector};
use crate::error::Result;

/// List codes by their ids, the newest first; never the codes themselves
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only codes of this kind
    #[arg(long, value_enum)]
    kind: Option<CodeKind>,
    /// Only codes of this user: username, email or id
    #[arg(long)]
    user: Option<UserSelector>,
    /// Only codes in this state
    #[arg(long, value_enum)]
    status: Option<CodeStatus>,
    /// Continue after this code
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    after: Option<RowId>,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CodeStatus {
    /// Can still be used
    Live,
    Expired,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    if args.paging.count {
        let count = database.transaction(access, |conn| {
            let filter = filter(args, conn)?;
            codes::count(conn, &filter)
        })?;
        return context.output.count(count);
    }
    args.paging.print::<CodeRow>(context, |limit, each| {
        database.transaction(access, |conn| {
            let filter = CodeFilter { limit, ..filter(args, conn)? };
            codes::list(conn, &filter, each)
        })
    })?;
    Ok(())
}

fn filter(args: &Args, conn: &mut PgConnection) -> Result<CodeFilter> {
    let user = match &args.user {
        Some(user) => Some(targets::resolve_one(conn, user)?.id),
        None => None,
    };
    let after = match &args.after {
        Some(id) => Some(row_ids::find_one(conn, &CodeKind::TABLES, id)?),
        None => None,
    };
    let live = args.status.map(|status| status == CodeStatus::Live);
    Ok(CodeFilter { kind: args.kind, user, live, after, limit: None })
}
