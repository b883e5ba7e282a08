use super::issuing::{self, SecretArgs};
use super::named::OwnerArgs;
use crate::commands::expiry::Expiry;
use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::tokens::{self, ApiToken, NewApiToken, Prospects};
use crate::db::{PgConnection, Stored, owners};
use crate::domain::{Changed, NewToken, OwnerSelector, Span, TokenName, TokenScheme};
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
pub const LIFETIME: Span = Span::days(90);

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let audit = context.audit("token.issue", &args.change)?;
    let mut database = context.connect()?;
    let issued = issuing::run(
        &args.secret,
        |_| Ok(TokenScheme::default()),
        &args.change,
        &audit,
        &mut database,
        context,
        |conn, new, audit| issue(args, new, conn, audit),
    )?;
    if !issued {
        context.terminal.notice("a live token of that name exists; nothing can show it again");
    }
    Ok(())
}

fn issue(
    args: &Args,
    new: &NewToken,
    conn: &mut PgConnection,
    audit: &Audit,
) -> Result<Changed<ApiToken>> {
    let (owner, owner_created) = match (&args.owner.user, args.owner.owner) {
        (Some(user), _) => owners::own_to_issue(conn, user)?,
        (None, Some(OwnerSelector(owner))) if owners::exists_and_hold(conn, owner)? => {
            (owner, false)
        }
        (None, Some(OwnerSelector(owner))) => return Err(Error::not_found("owner", owner)),
        (None, None) => return Err(Error::usage("give --user or --owner")),
    };
    let Prospects { live, usable, known, now } =
        tokens::prospects(conn, owner, args.name.as_str())?;
    if !known {
        let named = args.owner.named();
        return Err(Error::Busy(format!("{named} was changed at this moment; try again")));
    }
    if let Some(live) = live
        && let Some(record) = tokens::find(conn, &live)?
    {
        if args.if_not_exists {
            return Ok(Changed { record, changed: false });
        }
        return Err(Error::Conflict(format!(
            "{} has a live token named `{}` already; revoke it, or choose another name",
            args.owner.named(),
            args.name
        )));
    }
    issuing::refuse_useless(usable, &args.owner.named(), args.force)?;
    let new = NewApiToken {
        owner,
        owner_created,
        rotated_from: None,
        name: args.name.as_str(),
        stored: Stored::new(new.stored().expose()),
        expires_at: args.expiry.resolve(now, LIFETIME)?,
    };
    Ok(Changed { record: tokens::insert(conn, new, audit)?, changed: true })
}
