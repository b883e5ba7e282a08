use super::change::{self, Targets, named};
use super::ended_counts::{CountPerUser, Ended};
use crate::commands::end_access::{end_logins, revoke_tokens};
use crate::commands::known_secrets;
use crate::context::Context;
use crate::db::functions::clock;
use crate::db::lookup::users::LockedUsers;
use crate::db::users::{RowLock, User};
use crate::db::{PgConnection, lookup, tokens};
use crate::domain::{Changed, UserSelector};
use crate::error::Result;

/// Block users: no login and no refresh until they are unblocked
///
/// The service looks at every login and every refresh; an access token that a user holds already
/// works until it expires. Tokens of owners that they share with others go on working, and they know
/// the secrets: `iamctl token rotate` gives a token a new one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Revoke their sessions, too, and remove the authorization codes of a refresh under way
    #[arg(long)]
    revoke_sessions: bool,
    /// Revoke their API tokens, too: those of owners with no other user who may go on using them
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let selectors = args.targets.selectors()?;
    let change = &args.targets.change;
    let rows = context.output.list::<Changed<User>>()?;
    let audit = context.audit("user.block", change)?;
    let mut database = context.connect()?;
    if !selectors.is_empty() {
        context.confirm(&mut database, change, &format!("Block {}", named(&selectors)))?;
    }
    let access = change.access_for(selectors.len());
    let (users, ended, known) = database.transaction(access, |conn| {
        let users = lock(conn, &selectors, args)?;
        let live = if args.revoke_tokens {
            let owners: Vec<_> = users.sharing.iter().map(|(owner, _)| owner).collect();
            tokens::lock_live_of(conn, &owners)?
        } else {
            Vec::new()
        };
        let ids = users.ids();
        let at = clock(conn)?;
        let mut ended = Ended::default();
        if args.revoke_sessions {
            let [sessions, codes] = end_logins(conn, &ids, at)?;
            ended.sessions = Some(CountPerUser::of_rows(&sessions));
            ended.codes = Some(CountPerUser::of_rows(&codes));
        }
        let mut kept = Vec::new();
        if args.revoke_tokens {
            let ending_owners = users.owners_without_others_who_may_use_tokens();
            // One may have expired while its lock was awaited.
            let (ending, others): (Vec<_>, Vec<_>) = live
                .into_iter()
                .filter(|token| token.is_live(at))
                .partition(|token| ending_owners.contains_key(&token.owner_id));
            let keys: Vec<_> = ending.into_iter().map(|token| token.key).collect();
            let revoked = revoke_tokens(conn, &keys, at)?;
            // Each counts for all of the users who shared it.
            ended.tokens = Some(CountPerUser::of_tokens(&revoked, &ending_owners));
            kept = others;
        }
        let mut users = change::block(conn, users.users)?;
        ended.mark_changed(&mut users);
        audit.record(conn, ended.audit_rows(&users))?;
        let known = if args.revoke_tokens {
            kept.into_iter().map(|token| token.key).collect()
        } else {
            tokens::usable_of_users(conn, &ids)?
        };
        Ok((users, ended, known))
    })?;
    if let Some(summary) = ended.summary() {
        context.terminal.notice(&summary);
    }
    known_secrets::notice_shared(context, "the blocked users", &known);
    context.notice_dry_run(change);
    rows.all(&users)
}

/// Locks the users: strongly enough for what ends with them, and with those who share an owner of
/// tokens where that decides which tokens end.
fn lock(conn: &mut PgConnection, selectors: &[UserSelector], args: &Args) -> Result<LockedUsers> {
    if args.revoke_tokens {
        return lookup::users::lock_with_co_owners(conn, selectors);
    }
    let row_lock = if args.revoke_sessions { RowLock::Update } else { RowLock::NoKeyUpdate };
    Ok(LockedUsers::alone(lookup::users::lock(conn, selectors, row_lock)?))
}
