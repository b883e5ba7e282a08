use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::sessions::{self, Session, SessionFilter, SessionStatus};
use crate::db::{row_ids, targets};
use crate::domain::{RowId, TimeOrDuration, UserSelector};
use crate::error::Result;

/// List sessions by their ids, the newest first; never the refresh tokens themselves
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only sessions of this user: username, email or id
    #[arg(long)]
    user: Option<UserSelector>,
    /// Only sessions in this state
    #[arg(long, value_enum)]
    status: Option<SessionStatus>,
    /// Only sessions created at or after this time, or within this duration
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_after: Option<TimeOrDuration>,
    /// Only sessions created before this time, or longer ago than this duration
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_before: Option<TimeOrDuration>,
    /// Continue after this session
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    after: Option<RowId>,
    #[command(flatten)]
    paging: Paging,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let created_after = context.ago(&mut database, "--created-after", args.created_after)?;
    let created_before = context.ago(&mut database, "--created-before", args.created_before)?;
    let filter = database.transaction(access, |conn| {
        let user = match &args.user {
            Some(user) => Some(targets::resolve_one(conn, user)?.id),
            None => None,
        };
        let after = match &args.after {
            Some(id) => Some(row_ids::find_one(conn, &[sessions::TABLE], id)?),
            None => None,
        };
        let status = args.status;
        Ok(SessionFilter { user, status, created_after, created_before, after, limit: None })
    })?;
    if args.paging.count {
        let count = database.transaction(access, |conn| sessions::count(conn, &filter))?;
        return context.output.count(count);
    }
    args.paging.print::<Session>(context, |limit, each| {
        let filter = SessionFilter { limit, ..filter };
        database.transaction(access, |conn| sessions::list(conn, &filter, each))
    })?;
    Ok(())
}
