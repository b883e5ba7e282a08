use super::change::{self, Targets, named};
use super::choice::Among;
use super::ended_counts::{CountPerUser, Ended};
use crate::commands::end_access::{end_logins, remove_codes};
use crate::commands::help_page::{long, short};
use crate::commands::known_secrets;
use crate::context::Context;
use crate::db::functions::clock;
use crate::db::users::{self, RowLock, User};
use crate::db::{lookup, tokens};
use crate::domain::{Changed, CodeKind};
use crate::error::Result;
use crate::output::Prints;

/// Delete users: mark them deleted, and end their sessions
///
/// Revokes their sessions and removes their codes. The rows stay, and with them the username and the
/// email, which nobody else can take; `user restore` undoes the mark, and brings no session back.
/// Tokens of owners that the user shares with others stay valid, and the user knows their secrets:
/// `iamctl token rotate` replaces one.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<User>>())]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

const EXAMPLES: &str = r#"
$ iamctl user delete dora --yes
also removed 2 codes
ID                                    USERNAME  EMAIL             STATUS   CR…
00000000-0000-4000-8000-000000000004  dora      dora@example.org  deleted  20…

$ iamctl user delete dora mallory --dry-run
also removed 2 codes
dry run: rolled back, nothing was changed
ID                                    USERNAME  EMAIL                STATUS  …
00000000-0000-4000-8000-000000000004  dora      dora@example.org     deleted …
00000000-0000-4000-8000-000000000005  mallory   mallory@example.org  deleted …
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change_args = &args.targets.change;
    let rows = context.output.list::<Changed<User>>()?;
    let audit = context.audit("user.delete", change_args)?;
    context.limit_changes(args.targets.limit)?;
    let selectors = args.targets.selectors(Among::NotDeleted, context)?;
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
