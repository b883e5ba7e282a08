use super::secret_output::{self, SecretArgs};
use super::token_selector::OwnerArgs;
use crate::commands::expiry::Expiry;
use crate::context::{ChangeArgs, Context};
use crate::db::locks::Locks;
use crate::db::owners::{Found, OwnerOf};
use crate::db::token_issue::{self, NewApiToken};
use crate::db::tokens::{self, ApiToken};
use crate::db::{self, PgConnection};
use crate::domain::{CalendarDuration, Changed, TokenName};
use crate::error::{Error, Result};

/// Issue a token, and print it once
///
/// The database keeps a digest only: nothing can show the token again. `-o id` prints the token
/// alone.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("whose").required(true).args(["user", "owner"])))]
pub struct Args {
    #[command(flatten)]
    owner: OwnerArgs,
    /// Name that tells the owner's tokens apart
    #[arg(long)]
    name: TokenName,
    #[command(flatten)]
    expiry: Expiry,
    #[command(flatten)]
    secret: SecretArgs,
    /// Succeed without a change, and without a token, where a live token of that name exists
    #[arg(long)]
    if_not_exists: bool,
    /// Issue it even if no user of the owner may log in
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// How long a token lives unless told otherwise (contract 5).
pub const LIFETIME: CalendarDuration = CalendarDuration::days(90);

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let Some(owner) = args.owner.chosen() else {
        return Err(Error::usage("give --user or --owner"));
    };
    let audit = context.audit("token.issue", &args.change)?;
    let mut database = context.connect()?;
    let issued = secret_output::run(
        &args.secret,
        &args.change,
        &Locks::to_issue(owner),
        &mut database,
        context,
        |conn, candidates| {
            let [stored, _] = candidates.stored();
            let (end, force) = (args.expiry.end(LIFETIME), args.force);
            let new = NewApiToken { owner, name: &args.name, stored, end, force };
            match token_issue::issue(conn, new, &audit)? {
                Some(record) => Ok(Changed { record, changed: true }),
                None => explain(args, owner, conn),
            }
        },
    )?;
    if !issued {
        context.terminal.notice("a live token of that name exists; nothing can show it again");
    }
    Ok(())
}

/// Why no token was issued: with `--if-not-exists`, that there is one may be what is wanted.
fn explain(args: &Args, owner: OwnerOf<'_>, conn: &mut PgConnection) -> Result<Changed<ApiToken>> {
    let (named, usable) = match owner.find(conn)? {
        Found::Known(id) => (tokens::named(conn, id, &args.name)?, tokens::usable(conn, id)?),
        Found::NotYet(user) => (None, user.status() == "active"),
    };
    if let Some(record) = named.filter(ApiToken::is_live) {
        if args.if_not_exists {
            return Ok(Changed { record, changed: false });
        }
        return Err(Error::Conflict(format!(
            "{owner} has a live token named `{}` already; revoke it, or choose another name",
            args.name
        )));
    }
    secret_output::refuse_useless(usable, owner, args.force)?;
    args.expiry.check(db::now(conn)?, LIFETIME)?;
    Err(Error::changed_meanwhile(owner))
}
