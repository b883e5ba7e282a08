use chrono::{DateTime, Utc};

use super::change::{self, Targets, named};
use super::choice::Among;
use super::ended_counts::{CountPerUser, Ended};
use crate::commands::end_access::{end_logins, revoke_tokens};
use crate::commands::help_page::{long, short};
use crate::commands::known_secrets;
use crate::context::Context;
use crate::db::functions::clock;
use crate::db::lookup::users::LockedUsers;
use crate::db::tokens::{self, ApiToken};
use crate::db::types::StoredSecret;
use crate::db::users::{RowLock, User};
use crate::db::{PgConnection, lookup};
use crate::domain::{Changed, UserSelector};
use crate::error::Result;
use crate::output::Prints;

/// Block users: no login until they are unblocked
///
/// The service checks it at each login and each refresh; an access token that a user already holds
/// works until it expires. Tokens of owners that the user shares with others stay valid, and the user
/// knows their secrets: `iamctl token rotate` replaces one. Later, `iamctl audit list --target USER`
/// shows who blocked the user, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<User>>())]
pub struct Args {
    /// Also revoke their sessions
    ///
    /// And remove the authorization codes of a refresh that has begun.
    #[arg(long)]
    revoke_sessions: bool,
    /// Also revoke their API tokens
    ///
    /// Those of owners that have no other user who can use them.
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    targets: Targets,
}

const EXAMPLES: &str = r#"
$ iamctl user block mallory --reason "ticket 4711" --yes
ID                                    USERNAME  EMAIL                STATUS  …
00000000-0000-4000-8000-000000000005  mallory   mallory@example.org  blocked …

$ iamctl user block alice --revoke-sessions --revoke-tokens --yes -o id
also revoked 2 sessions, revoked 1 token, removed 1 code
the blocked users still know the secrets of 1 live token of owners that other…
00000000-0000-4000-8000-000000000001

$ iamctl user list --status unverified -o id | iamctl user block - --yes
ID                                    USERNAME  EMAIL             STATUS   CR…
00000000-0000-4000-8000-000000000004  dora      dora@example.org  blocked  20…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let change_args = &args.targets.change;
    let rows = context.output.list::<Changed<User>>()?;
    let audit = context.audit("user.block", change_args)?;
    context.limit_changes(args.targets.limit)?;
    let selectors = args.targets.selectors(Among::NotDeleted, context)?;
    let mut database = context.connect()?;
    if !selectors.is_empty() {
        context.confirm(&mut database, change_args, &format!("Block {}", named(&selectors)))?;
    }
    let access = change_args.access_for(selectors.len());
    let (blocked, ended, known) = database.transaction(access, |conn| {
        let Locked { users, tokens, at } = lock(conn, &selectors, args)?;
        let ids = users.ids();
        let mut ended = Ended::default();
        if args.revoke_sessions {
            let [sessions, codes] = end_logins(conn, &ids, at)?;
            ended.sessions = Some(CountPerUser::of_rows(&sessions));
            ended.codes = Some(CountPerUser::of_rows(&codes));
        }
        let mut known = Vec::new();
        if args.revoke_tokens {
            let (revoked, shared) = revoke_tokens_of(conn, &users, tokens, at)?;
            ended.tokens = Some(revoked);
            known = shared;
        }
        let mut blocked = change::block(conn, users.users)?;
        ended.mark_changed(&mut blocked);
        audit.record(conn, ended.audit_rows(&blocked))?;
        if !args.revoke_tokens {
            // The same tokens, which are not read above. These users are blocked by now: an owner whose
            // tokens this finds has another user who may use them.
            known = tokens::usable_of_users(conn, &ids)?;
        }
        Ok((blocked, ended, known))
    })?;
    if let Some(summary) = ended.summary() {
        context.terminal.notice(&summary);
    }
    known_secrets::notice_shared(context, "the blocked users", &known);
    context.notice_dry_run(change_args);
    rows.all(&blocked)
}

/// The users, with what the options make a part of the change.
struct Locked {
    users: LockedUsers,
    /// With --revoke-tokens, the live tokens of their owners.
    tokens: Vec<ApiToken>,
    /// The time once all of it was locked.
    at: DateTime<Utc>,
}

/// Locks the users: strongly enough for what ends with them, and with those who share an owner of
/// tokens where that decides which tokens end.
///
/// The tokens are locked before the time is read: nothing revokes one after that time, and what expired
/// while its lock was awaited is left out.
fn lock(conn: &mut PgConnection, selectors: &[UserSelector], args: &Args) -> Result<Locked> {
    if !args.revoke_tokens {
        let row_lock = if args.revoke_sessions { RowLock::Update } else { RowLock::NoKeyUpdate };
        let users = LockedUsers::alone(lookup::users::lock(conn, selectors, row_lock)?);
        return Ok(Locked { users, tokens: Vec::new(), at: clock(conn)? });
    }
    let users = lookup::users::lock_with_co_owners(conn, selectors)?;
    let owners: Vec<_> = users.sharing.iter().map(|(owner, _)| owner).collect();
    let mut tokens = tokens::lock_live_of(conn, &owners)?;
    let at = clock(conn)?;
    tokens.retain(|token| token.is_live(at));
    Ok(Locked { users, tokens, at })
}

/// Revokes those of the users' tokens that no other user may use. Returns how many, each counted for all
/// of the users who shared it, and the tokens that others go on using.
fn revoke_tokens_of(
    conn: &mut PgConnection,
    users: &LockedUsers,
    tokens: Vec<ApiToken>,
    at: DateTime<Utc>,
) -> Result<(CountPerUser, Vec<StoredSecret>)> {
    let ending_owners = users.owners_without_others_who_may_use_tokens();
    let (ending, shared): (Vec<_>, Vec<_>) =
        tokens.into_iter().partition(|token| ending_owners.contains_key(&token.owner_id));
    let revoked = revoke_tokens(conn, &ending, at)?;
    let shared = shared.into_iter().map(|token| token.key).collect();
    Ok((CountPerUser::of_tokens(&revoked, &ending_owners), shared))
}
