use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::row_ids::Rows;
use crate::db::sessions::{self, Session};
use crate::domain::{Changed, RowId, UserSelector};
use crate::error::Result;
use crate::output::{Cell, Column, Record, shown};

/// Revoke sessions: their users have to log in again
///
/// By id, by --all with --user, or those of --everyone. The service refuses the next refresh; an
/// access token that a user holds already works until it expires.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["ids", "all", "everyone"])))]
pub struct Args {
    /// Ids, as `session list` shows them; `-` reads them from standard input, one a line
    #[arg(value_name = "ID")]
    ids: Vec<ValueOrStdin<RowId>>,
    /// All live sessions of --user
    #[arg(long, requires = "user")]
    all: bool,
    /// Whose sessions: username, email or id
    #[arg(long, requires = "all", conflicts_with_all = ["ids", "everyone"])]
    user: Option<UserSelector>,
    /// All live sessions of all users
    #[arg(long)]
    everyone: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.everyone {
        return everyone(args, context);
    }
    let ids: Vec<RowId> = value_or_stdin::collect(&args.ids)?;
    let rows = context.output.list::<Changed<Session>>()?;
    let audit = context.audit("session.revoke", &args.change)?;
    let mut database = context.connect()?;
    let question = match (&args.user, ids.as_slice()) {
        (Some(user), _) => Some(format!("Revoke every session of user `{user}`")),
        (None, []) => None,
        (None, [id]) => Some(format!("Revoke session `{id}`")),
        (None, ids) => Some(format!("Revoke {} sessions", ids.len())),
    };
    if let Some(question) = question {
        context.confirm(&mut database, &args.change, &question)?;
    }
    let changed = database.transaction(args.change.access_for(ids.len()), |conn| {
        let sessions = match &args.user {
            Some(user) => Rows::Of(user, sessions::LIVE_OF_USER),
            None => Rows::Ids(&ids),
        };
        sessions::revoke(conn, &sessions, &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&changed)
}

/// How many sessions of everyone were revoked.
struct Everyone {
    revoked: i64,
}

fn everyone(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Everyone>()?;
    let audit = context.audit("session.revoke", &args.change)?;
    let mut database = context.connect()?;
    context.confirm(&mut database, &args.change, "Revoke every session of every user")?;
    let revoked = database
        .transaction(args.change.bulk_access(), |conn| sessions::revoke_everyone(conn, &audit))?;
    context.notice_dry_run(&args.change);
    rows.all(&[Everyone { revoked }])
}

impl Record for Everyone {
    fn columns() -> Vec<Column> {
        vec![shown("sessions_revoked"), shown("changed")]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![self.revoked.into(), (self.revoked > 0).into()]
    }

    fn id(&self) -> Option<String> {
        None
    }
}
