use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::listed_session::ListedSession;
use crate::commands::end_access::{end_logins, remove_codes};
use crate::commands::help_page::{long, short};
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::functions::clock;
use crate::db::lookup::ids::in_order;
use crate::db::sessions::{self, Session, SessionOfUser};
use crate::db::types::range_of;
use crate::db::users::{self, RowLock, UserKeys};
use crate::db::{PgConnection, codes, lookup, require_all_changed, require_none_left};
use crate::domain::{Changed, CodeKind, RowId, SessionStatus, UserSelector, counted};
use crate::error::{Error, Result};
use crate::output::{Column, Prints, Record, field, shown};

/// Revoke sessions: their users have to log in again
///
/// The service refuses the next refresh; an access token that a user already holds works until it
/// expires. --all and --everyone also remove authorization codes: a client that has just refreshed gets
/// its next session with one.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["ids", "all", "everyone"])))]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<ListedSession>>().or_list::<Total>())]
pub struct Args {
    /// Ids from `session list`; `-` reads them from stdin
    #[arg(value_name = "ID", add = Names::Session)]
    ids: Vec<ValueOrStdin<RowId>>,
    /// All live sessions of --user
    #[arg(long, requires = "user")]
    all: bool,
    /// Whose sessions: username, email or id
    #[arg(long, requires = "all", conflicts_with_all = ["ids", "everyone"], add = Names::User)]
    user: Option<UserSelector>,
    /// All live sessions of all users
    #[arg(long)]
    everyone: bool,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl session revoke lCx4D36XIOWX --yes
ID            USERNAME  STATUS   CREATED_AT            EXPIRES_AT            …
lCx4D36XIOWX  alice     revoked  2026-11-25T23:10:15Z  2026-11-27T23:10:15Z  …

$ iamctl session revoke --all --user alice --yes
also removed 1 authorization code
ID            USERNAME  STATUS   CREATED_AT            EXPIRES_AT            …
lCx4D36XIOWX  alice     revoked  2026-11-25T23:10:16Z  2026-11-27T23:10:16Z  …
nY2NHdKlUFha  alice     revoked  2026-10-18T23:10:16Z  2026-11-27T23:10:16Z  …
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.everyone {
        return revoke_everyone(args, context);
    }
    let ids: Vec<RowId> = value_or_stdin::collect(&args.ids)?;
    let rows = context.output.list::<Changed<ListedSession>>()?;
    let audit = context.audit("session.revoke", &args.change)?;
    context.limit_changes(args.limit)?;
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
    let (sessions, codes) = database.transaction(args.change.access_for(ids.len()), |conn| {
        if let Some(user) = &args.user {
            return revoke_all_of_user(conn, user, &audit);
        }
        let (sessions, at) = lock_users_and_load(conn, &ids)?;
        Ok((revoke(conn, sessions, at, &audit)?, 0))
    })?;
    if codes > 0 {
        let removed = format!("also removed {}", counted(codes, "authorization code"));
        context.terminal.notice(&removed);
    }
    context.notice_dry_run(&args.change);
    rows.all(&sessions)
}

/// Revokes the live sessions of the user, the newest first, then removes the user's authorization
/// codes: also one that a refresh, which held its session until now, has inserted. Returns how many
/// codes, too.
fn revoke_all_of_user(
    conn: &mut PgConnection,
    user: &UserSelector,
    audit: &Audit,
) -> Result<(Vec<Changed<ListedSession>>, usize)> {
    let user = lookup::users::lock_one(conn, user, RowLock::Update)?;
    let at = clock(conn)?;
    let live = sessions::live_of(conn, user.id, at)?;
    let of_user = |it| (it, Some(user.username.clone()), Some(user.email.clone()));
    let live = live.into_iter().map(of_user);
    let sessions = revoke(conn, live.collect(), at, audit)?;
    let codes = remove_codes(conn, AUTHORIZATION, &[user.id])?.len();
    if codes > 0 {
        let details = json!({ "authorization_codes_removed": codes });
        audit.record(conn, vec![NewAuditEntry::new(user.id, details)])?;
    }
    Ok((sessions, codes))
}

/// Locks the rows of the users. Returns the sessions that the ids name, in the order of the ids, and
/// the database's time once the rows are locked.
fn lock_users_and_load(
    conn: &mut PgConnection,
    ids: &[RowId],
) -> Result<(Vec<SessionOfUser>, DateTime<Utc>)> {
    let keys = lookup::ids::session_keys(conn, ids)?;
    let users = UserKeys::of_ids(sessions::users_of(conn, &keys)?);
    // The lock keeps other commands from changing these sessions in another order. It lets the service
    // insert and delete sessions of the user.
    users::lock(conn, &users, RowLock::NoKeyUpdate)?;
    let found = sessions::find(conn, &keys)?;
    let sessions = in_order("session", &keys, found, |(session, ..)| session.key.clone())?;
    Ok((sessions, clock(conn)?))
}

/// Revokes those of the sessions that are live, and writes an audit row for each.
fn revoke(
    conn: &mut PgConnection,
    sessions: Vec<SessionOfUser>,
    at: DateTime<Utc>,
    audit: &Audit,
) -> Result<Vec<Changed<ListedSession>>> {
    let is_live = |session: &Session| session.status(at) == SessionStatus::Live;
    let live: Vec<_> = sessions
        .iter()
        .filter(|(session, ..)| is_live(session))
        .map(|(session, ..)| session.key.clone())
        .collect();
    let revoked = sessions::revoke(conn, &live, at)?;
    let before: HashMap<_, _> =
        sessions.iter().map(|(session, ..)| (&session.key, session)).collect();
    let is_same = |row: &Session| {
        before.get(&row.key).is_some_and(|before| {
            (before.user_id, before.created_at) == (row.user_id, row.created_at)
        })
    };
    let done = revoked.iter().filter(|(row, is_revoked)| *is_revoked && is_same(row)).count();
    require_all_changed("sessions", done, revoked.len())?;
    if revoked.len() < live.len() {
        require_none_left(sessions::count_live(conn, &live, at)?, "session")?;
        // The service refreshed one.
        return Err(Error::changed_meanwhile("a session"));
    }
    let audit_rows = revoked.iter().map(|(session, _)| {
        NewAuditEntry::for_row_id(session.key.id(), json!({ "user_id": session.user_id }))
    });
    audit.record(conn, audit_rows.collect())?;
    let mut revoked_by_key: HashMap<_, _> =
        revoked.into_iter().map(|(session, _)| (session.key.clone(), session)).collect();
    let sessions = sessions.into_iter().map(|(session, username, email)| {
        let (session, changed) = match revoked_by_key.remove(&session.key) {
            Some(revoked) => (revoked, true),
            None => (session, false),
        };
        let status = session.status(at);
        Changed { record: ListedSession { session, status, username, email }, changed }
    });
    Ok(sessions.collect())
}

/// How much was ended in all.
#[derive(Clone, Copy, Default)]
struct Total {
    sessions_revoked: usize,
    authorization_codes_removed: usize,
}

/// Users in one statement.
const BATCH: i64 = 500;

const AUTHORIZATION: CodeKind = CodeKind::Authorization;

fn revoke_everyone(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Total>()?;
    let audit = context.audit("session.revoke", &args.change)?;
    context.limit_changes(args.limit)?;
    let mut database = context.connect()?;
    context.confirm(&mut database, &args.change, "Revoke every session of every user")?;
    let total = database.transaction(args.change.bulk_access(), |conn| {
        let at = clock(conn)?;
        let mut total = Total::default();
        let mut first = Uuid::nil();
        loop {
            let users = users::with_logins(conn, at, first, BATCH)?;
            // Also without users, so that a role without the right gets an error.
            total.add(end_logins_between(conn, &users)?);
            match users.last() {
                Some(last) if i64::try_from(users.len()).is_ok_and(|length| length >= BATCH) => {
                    first = Uuid::from_u128(last.as_u128().saturating_add(1));
                }
                _ => break,
            }
        }
        if total.any() {
            let details = json!({
                "sessions_revoked": total.sessions_revoked,
                "authorization_codes_removed": total.authorization_codes_removed,
                "everyone": true,
            });
            audit.record(conn, vec![NewAuditEntry::untargeted(details)])?;
        }
        Ok(total)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&[total])
}

/// Ends the sessions and authorization codes of users from the first to the last of these, whose ids
/// are ascending, as every command locks users.
fn end_logins_between(conn: &mut PgConnection, users: &[Uuid]) -> Result<Total> {
    // The service can still log users in under this lock: it may make a session from a code after the
    // UPDATE has run, or a code from a session after the DELETE.
    users::lock_ascending(conn, users)?;
    let (first, last) = range_of(users);
    let mut at = clock(conn)?;
    let revoked = sessions::revoke_between(conn, first, last, at)?;
    let done = revoked.iter().filter(|is_revoked| **is_revoked).count();
    require_all_changed("sessions", done, revoked.len())?;
    let mut ended = Total {
        sessions_revoked: revoked.len(),
        authorization_codes_removed: codes::delete_between(conn, AUTHORIZATION, first, last)?.len(),
    };
    // Those who logged in meanwhile. Some may not be locked yet, and this lock is out of order: a
    // deadlock runs the whole transaction again.
    let mut begin = first;
    loop {
        let mut late = users::with_logins(conn, at, begin, BATCH)?;
        late.retain(|user| *user <= last);
        let Some(newest) = late.last().copied() else { return Ok(ended) };
        // This lock waits for exchanges under way, and lets no other begin.
        users::lock(conn, &UserKeys::of_ids(late.clone()), RowLock::Update)?;
        at = clock(conn)?;
        let [sessions, codes] = end_logins(conn, &late, at)?;
        ended.sessions_revoked += sessions.len();
        ended.authorization_codes_removed += codes.len();
        begin = newest;
    }
}

impl Total {
    fn add(&mut self, other: Self) {
        self.sessions_revoked += other.sessions_revoked;
        self.authorization_codes_removed += other.authorization_codes_removed;
    }

    fn any(&self) -> bool {
        self.sessions_revoked > 0 || self.authorization_codes_removed > 0
    }
}

impl Record for Total {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::integer("sessions_revoked"), |total| total.sessions_revoked.into()),
            shown(field::integer("authorization_codes_removed"), |total| {
                total.authorization_codes_removed.into()
            }),
            shown(field::flag("changed"), |total| total.any().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        None
    }
}
