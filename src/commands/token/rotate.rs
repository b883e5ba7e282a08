use super::issue::LIFETIME;
use super::issuing::{self, SecretArgs};
use super::named::{OneToken, Picked};
use crate::commands::expiry::Expiry;
use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::tokens::{self, ApiToken, NewApiToken};
use crate::db::{self, PgConnection, Stored};
use crate::domain::{Changed, Moment, NewToken};
use crate::error::{Error, Result};

/// Rotate a token: issue a new one of the same owner and name, and let the old one run out
///
/// Both work during the overlap, so that nothing stands still while the new one is handed out; the
/// old one never lives longer than it would have. Prints the new token once, like `token issue`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: OneToken,
    /// Let the old token live so long, or until this time; `0s` ends it now
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = "24h")]
    overlap: Moment,
    #[command(flatten)]
    expiry: Expiry,
    #[command(flatten)]
    secret: SecretArgs,
    /// Rotate it even if no user of the owner may log in
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let picked = args.which.pick(context)?;
    let audit = context.audit("token.rotate", &args.change)?;
    let mut database = context.connect()?;
    let question = format!("Rotate {}", picked.named());
    context.confirm(&mut database, &args.change, &question)?;
    issuing::run(
        &args.secret,
        &args.change,
        &audit,
        &mut database,
        context,
        |conn, new, audit| rotate(args, &picked, new, conn, audit),
    )?;
    Ok(())
}

fn rotate(
    args: &Args,
    picked: &Picked<'_>,
    new: &NewToken,
    conn: &mut PgConnection,
    audit: &Audit,
) -> Result<Changed<ApiToken>> {
    let old = picked.find(conn)?;
    // As for issuing: whoever else adds a token of that name, or hands this one over, has to wait.
    db::lock(conn, "token name", old.owner_id)?;
    let owner = old.owner_id;
    let Some(old) = tokens::find(conn, &old.token)?.filter(|old| old.owner_id == owner) else {
        return Err(Error::Busy(format!(
            "{} was handed over or purged at this moment; try again",
            picked.named()
        )));
    };
    issuing::refuse_useless(conn, old.owner_id, &picked.named(), args.force)?;
    let latest = db::from_now(conn, "--overlap", args.overlap)?;
    if tokens::shorten(conn, &old.token, latest)?.is_none() {
        return Err(Error::Refused(format!(
            "{} is {}; only a live token can be rotated, and `iamctl token issue` makes a new one",
            picked.named(),
            old.status
        )));
    }
    let new = NewApiToken {
        owner: old.owner_id,
        owner_created: false,
        rotated_from: old.token.id(),
        name: &old.name,
        stored: Stored::new(new.stored().expose()),
        expires_at: args.expiry.resolve(conn, LIFETIME)?,
    };
    Ok(Changed { record: tokens::insert(conn, new, audit)?, changed: true })
}
