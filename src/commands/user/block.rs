use super::change::{self, Targets, named};
use super::ended::{Count, Ended};
use crate::context::Context;
use crate::db::functions::clock;
use crate::db::lookup::users::WithCoOwners;
use crate::db::users::{self, RowLock, User};
use crate::db::{PgConnection, lookup, require_all, sessions, tokens};
use crate::domain::Changed;
use crate::error::Result;

/// Block users: no login and no refresh until they are unblocked
///
/// The service looks at every login and every refresh; an access token that a user holds already
/// works until it expires.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Revoke their sessions, too
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
    let (users, ended) = database.transaction(access, |conn| {
        let mut ended = Ended::default();
        let users = if args.revoke_tokens {
            let with_co_owners = lookup::users::lock_with_co_owners(conn, &selectors)?;
            ended.tokens = Some(revoke_tokens_of(conn, &with_co_owners)?);
            with_co_owners.users
        } else {
            let nothing_ends = !args.revoke_sessions;
            let lock = if nothing_ends { RowLock::ServiceGoesOn } else { RowLock::NothingIsAdded };
            lookup::users::lock(conn, &selectors, lock)?
        };
        if args.revoke_sessions {
            let ids: Vec<_> = users.iter().map(|user| user.id).collect();
            let at = clock(conn)?;
            let revoked = sessions::revoke_of(conn, &ids, at)?;
            ended.sessions = Some(Count::of(revoked.into_iter().map(|(user, _)| user)));
        }
        let mut users = change::apply(conn, users, |user| !user.blocked, users::block)?;
        audit.record(conn, ended.audit_rows(&mut users))?;
        Ok((users, ended))
    })?;
    if let Some(summary) = ended.summary() {
        context.terminal.notice(&summary);
    }
    context.notice_dry_run(change);
    rows.all(&users)
}

/// Revokes the live tokens of the owners whose other users may not use them either. Counts each
/// token for one of the users.
fn revoke_tokens_of(conn: &mut PgConnection, leaving: &WithCoOwners) -> Result<Count> {
    let owners = leaving.owners_nobody_else_uses();
    let keys: Vec<_> = tokens::lock_live_of(conn, &owners.keys().copied().collect::<Vec<_>>())?
        .into_iter()
        .map(|token| token.token)
        .collect();
    if keys.is_empty() {
        return Ok(Count::default());
    }
    let revoked = tokens::revoke(conn, &keys)?;
    require_all("tokens", revoked.len(), keys.len())?;
    Ok(Count::of(revoked.iter().filter_map(|token| owners.get(&token.owner_id).copied())))
}
