use super::change::{self, Targets, named};
use super::ended_counts::{CountPerUser, Ended};
use crate::commands::end_access::{end_logins, remove_codes};
use crate::commands::known_secrets;
use crate::context::Context;
use crate::db::functions::clock;
use crate::db::users::{self, RowLock, User};
use crate::db::{lookup, tokens};
use crate::domain::{Changed, CodeKind};
use crate::error::Result;

/// Delete users: mark them deleted, revoke their sessions, remove their codes
///
/// The rows stay, and so do username and email, which nobody else can take; `user restore` takes
/// the mark away again, and revives no session. Tokens of owners that they share with others go on
/// working, and they know the secrets: `iamctl token rotate` gives a token a new one.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let selectors = args.targets.selectors()?;
    let change_args = &args.targets.change;
    let rows = context.output.list::<Changed<User>>()?;
    let audit = context.audit("user.delete", change_args)?;
    let mut database = context.connect()?;
    if !selectors.is_empty() {
        context.confirm(&mut database, change_args, &format!("Delete {}", named(&selectors)))?;
    }
    let access = change_args.access_for(selectors.len());
    let (deleted, ended, known) = database.transaction(access, |conn| {
        let locked = lookup::users::lock(conn, &selectors, RowLock::Update)?;
        let ids: Vec<_> = locked.iter().map(|user| user.id).collect();
        let at = clock(conn)?;
        let [revoked, authorization] = end_logins(conn, &ids, at)?;
        let verification = remove_codes(conn, CodeKind::Verification, &ids)?;
        let ended = Ended {
            sessions: Some(CountPerUser::of_rows(&revoked)),
            codes: Some(CountPerUser::of_rows(authorization.iter().chain(&verification))),
            tokens: None,
        };
        let mut deleted = change::apply(
            conn,
            locked,
            |user| !user.deleted,
            |before, after| {
                let deleted_at = after.deleted_at;
                deleted_at.is_some()
                    && *after == User { deleted: true, deleted_at, ..before.clone() }
            },
            |conn, ids| users::mark_deleted(conn, ids, at),
        )?;
        ended.mark_changed(&mut deleted);
        audit.record(conn, ended.audit_rows(&deleted))?;
        // After the change: these users count no longer.
        Ok((deleted, ended, tokens::usable_of_users(conn, &ids)?))
    })?;
    if let Some(summary) = ended.summary() {
        context.terminal.notice(&summary);
    }
    known_secrets::notice_shared(context, "the deleted users", &known);
    context.notice_dry_run(change_args);
    rows.all(&deleted)
}
