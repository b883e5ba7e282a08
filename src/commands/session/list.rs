use super::listed_session::ListedSession;
use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::functions::transaction_time;
use crate::db::lookup;
use crate::db::sessions::{self, SessionFilter};
use crate::domain::{RowId, SessionStatus, TimeOrDuration, UserSelector};
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
    let (filter, at) = database.transaction(access, |conn| {
        let user = match &args.user {
            Some(user) => Some(lookup::users::find_one(conn, user)?.id),
            None => None,
        };
        let after = match &args.after {
            Some(id) => Some(lookup::ids::session(conn, id)?),
            None => None,
        };
        let status = args.status;
        let filter = SessionFilter { user, status, created_after, created_before, after };
        Ok((filter, transaction_time(conn)?))
    })?;
    if args.paging.count {
        let count = database.transaction(access, |conn| Ok(sessions::count(conn, &filter, at)?))?;
        return context.output.count(count);
    }
    args.paging.print::<ListedSession>(context, &[], |limit, each| {
        database.transaction(access, |conn| {
            sessions::list(conn, &filter, at, limit, |(session, username, email)| {
                let status = session.status(at);
                each(ListedSession { session, status, username, email })
            })
        })
    })?;
    Ok(())
}
