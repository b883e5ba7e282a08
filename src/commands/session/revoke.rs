use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::SessionOfUser;
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::{Audit, AuditRow};
use crate::db::functions::clock;
use crate::db::sessions::{self, Session};
use crate::db::users::{self, RowLock, UserKeys};
use crate::db::{PgConnection, lookup, require_all};
use crate::domain::{Changed, RowId, SessionStatus, UserSelector};
use crate::error::{Error, Result};
use crate::output::{Column, Record, shown};

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
    let rows = context.output.list::<Changed<SessionOfUser>>()?;
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
    let sessions = database.transaction(args.change.access_for(ids.len()), |conn| {
        let (sessions, at) = match &args.user {
            Some(user) => lock_of(user, conn)?,
            None => lock_named(&ids, conn)?,
        };
        revoke(sessions, at, &audit, conn)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&sessions)
}

/// The live sessions of the user, whose row is locked, the newest first, and the time.
fn lock_of(user: &UserSelector, conn: &mut PgConnection) -> Result<(Vec<Locked>, DateTime<Utc>)> {
    let user = lookup::users::lock_one(conn, user, RowLock::NothingIsAdded)?;
    let at = clock(conn)?;
    let live = sessions::live_of(conn, user.id, at)?;
    let live = live.into_iter().map(|it| (it, user.username.clone(), user.email.clone()));
    Ok((live.collect(), at))
}

/// The sessions that the ids name, in their order, with the rows of their users locked, and the time.
fn lock_named(ids: &[RowId], conn: &mut PgConnection) -> Result<(Vec<Locked>, DateTime<Utc>)> {
    let keys = lookup::ids::session_keys(conn, ids)?;
    let mut users: Vec<_> =
        sessions::find(conn, &keys)?.into_iter().map(|(it, ..)| it.user_id).collect();
    users.sort_unstable();
    users.dedup();
    users::lock(conn, &UserKeys::of_ids(users), RowLock::NothingIsAdded)?;
    let mut by_key: HashMap<_, _> = sessions::find(conn, &keys)?
        .into_iter()
        .map(|locked| (locked.0.token.clone(), locked))
        .collect();
    let sessions = keys.iter().map(|key| {
        let gone = || Error::not_found("session", key.id().unwrap_or_default());
        by_key.remove(key).ok_or_else(gone)
    });
    Ok((sessions.collect::<Result<_>>()?, clock(conn)?))
}

/// A session, with the username and the email of its user, whose row is locked.
type Locked = (Session, String, String);

/// Revokes those of the sessions that are live, and writes an audit row for each.
fn revoke(
    sessions: Vec<Locked>,
    at: DateTime<Utc>,
    audit: &Audit,
    conn: &mut PgConnection,
) -> Result<Vec<Changed<SessionOfUser>>> {
    let live: Vec<_> = sessions
        .iter()
        .filter(|(session, ..)| session.status(at) == SessionStatus::Live)
        .map(|(session, ..)| session.token.clone())
        .collect();
    let revoked = sessions::revoke(conn, &live, at)?;
    require_all("sessions", revoked.len(), live.len())?;
    let audited = revoked.iter().map(|session| {
        AuditRow::with_id(session.token.id(), json!({ "user_id": session.user_id }))
    });
    audit.record(conn, audited.collect())?;
    let mut revoked: HashMap<_, _> =
        revoked.into_iter().map(|session| (session.token.clone(), session)).collect();
    let sessions = sessions.into_iter().map(|(session, username, email)| {
        let (session, changed) = match revoked.remove(&session.token) {
            Some(revoked) => (revoked, true),
            None => (session, false),
        };
        let status = session.status(at);
        Changed { record: SessionOfUser { session, status, username, email }, changed }
    });
    Ok(sessions.collect())
}

/// How many sessions of everyone were revoked.
struct Everyone {
    revoked: usize,
}

/// Users whose sessions are revoked at a time.
const PAGE: i64 = 1000;

fn everyone(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Everyone>()?;
    let audit = context.audit("session.revoke", &args.change)?;
    let mut database = context.connect()?;
    context.confirm(&mut database, &args.change, "Revoke every session of every user")?;
    let revoked = database.transaction(args.change.bulk_access(), |conn| {
        let at = clock(conn)?;
        let mut revoked = 0;
        let mut after = None;
        loop {
            // User by user in the order of their ids, as every command locks them.
            let keys = UserKeys::of_ids(sessions::users_with_live(conn, at, after, PAGE)?);
            users::lock(conn, &keys, RowLock::ServiceGoesOn)?;
            // Also where no user has one: a role without the right is told so.
            let now = clock(conn)?;
            revoked += sessions::revoke_of(conn, &keys.ids, now)?.len();
            after = keys.ids.last().copied();
            if after.is_none() {
                break;
            }
        }
        if revoked > 0 {
            let details = json!({ "sessions_revoked": revoked, "everyone": true });
            audit.record(conn, vec![AuditRow::untargeted(details)])?;
        }
        Ok(revoked)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&[Everyone { revoked }])
}

impl Record for Everyone {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("sessions_revoked", |everyone| everyone.revoked.into()),
            shown("changed", |everyone| (everyone.revoked > 0).into()),
        ]
    }

    fn id(&self) -> Option<String> {
        None
    }
}
