use super::listed_session::ListedSession;
use crate::commands::help_page::{long, short};
use crate::commands::paging::Paging;
use crate::completion::Names;
use crate::context::Context;
use crate::db::functions::transaction_time;
use crate::db::lookup;
use crate::db::sessions::{self, SessionFilter};
use crate::domain::{RowId, SessionStatus, TimeOrDuration, UserSelector};
use crate::error::Result;
use crate::output::Prints;

/// List sessions, the newest first
///
/// By their ids; the refresh tokens themselves are never shown.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<ListedSession>().or_count())]
pub struct Args {
    /// Only sessions of this user: username, email or id
    #[arg(long, add = Names::User)]
    user: Option<UserSelector>,
    /// Only sessions in this state
    #[arg(long, value_enum)]
    status: Option<SessionStatus>,
    /// Only sessions created since: 2026-01-31, 7d
    ///
    /// A time, or a duration before now.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_after: Option<TimeOrDuration>,
    /// Only sessions created before: 2026-01-31, 7d
    ///
    /// A time, or a duration before now.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_before: Option<TimeOrDuration>,
    /// Continue after this session
    #[arg(long, value_name = "ID", allow_hyphen_values = true, hide_short_help = true, add = Names::Session)]
    after: Option<RowId>,
    #[command(flatten)]
    paging: Paging,
}

const EXAMPLES: &str = r#"
$ iamctl session list --user alice
ID            USERNAME  STATUS  CREATED_AT            EXPIRES_AT
lCx4D36XIOWX  alice     live    2026-11-25T23:10:12Z  2027-02-23T23:10:12Z
nY2NHdKlUFha  alice     live    2026-10-18T23:10:12Z  2027-01-16T23:10:12Z

$ iamctl session list --status live --created-before 30d --count
--created-before 30d is 2026-10-28T23:10:14Z
1
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let [created_after, created_before] = context.between(
        &mut database,
        ("--created-after", args.created_after),
        ("--created-before", args.created_before),
    )?;
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
    args.paging.print::<ListedSession>(context, "sessions", &[], |limit, each| {
        database.transaction(access, |conn| {
            sessions::list(conn, &filter, at, limit, |(session, username, email)| {
                let status = session.status(at);
                each(ListedSession { session, status, username, email })
            })
        })
    })?;
    Ok(())
}
