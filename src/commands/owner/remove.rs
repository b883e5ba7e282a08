use super::members::take_out;
use crate::commands::given::{self, Given};
use crate::context::{ChangeArgs, Context};
use crate::db::owners::{self, Membership};
use crate::db::{self, targets};
use crate::domain::{Changed, OwnerSelector, UserSelector};
use crate::error::{Error, Result};

/// Remove users from an owner
///
/// Its tokens go on working for the others. The last user of an owner with live tokens is removed
/// with --revoke-tokens only.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The owner_id
    #[arg(value_name = "ID")]
    owner: OwnerSelector,
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<Given<UserSelector>>,
    /// Revoke the owner's tokens where no user is left
    #[arg(long)]
    revoke_tokens: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let selectors: Vec<UserSelector> = given::collect(&args.users)?;
    let rows = context.output.list::<Changed<Membership>>()?;
    let audit = context.audit("owner.remove", &args.change)?;
    let mut database = context.connect()?;
    let question = match selectors.as_slice() {
        [] => None,
        [user] => Some(format!("Remove user `{user}` from owner {owner}")),
        users => Some(format!("Remove {} users from owner {owner}", users.len())),
    };
    if let Some(question) = question {
        context.confirm(&mut database, &args.change, &question)?;
    }
    let removed = database.transaction(args.change.access(), |conn| {
        // Against a user who is being added, and a token that is being issued.
        db::lock(conn, owners::TOKEN_NAMES, owner)?;
        if !owners::exists(conn, owner)? {
            return Err(Error::not_found("owner", owner));
        }
        let users = targets::resolve(conn, &selectors)?;
        let users: Vec<_> = users.into_iter().map(|user| user.id).collect();
        if users.is_empty() {
            return Ok(Vec::new());
        }
        take_out(conn, owner, users, args.revoke_tokens, &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&removed)
}
