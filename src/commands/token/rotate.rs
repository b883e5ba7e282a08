use super::issue::LIFETIME;
use super::issuing::{self, SecretArgs};
use super::named::{OneToken, Picked, SchemeArg};
use crate::commands::expiry::Expiry;
use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::tokens::{self, ApiToken, NewApiToken, Prospects};
use crate::db::{self, Access, Database, PgConnection, Stored, owners};
use crate::domain::{At, Changed, Moment, NewToken, TokenScheme};
use crate::error::{Error, Result};
use crate::output::rfc3339;

/// Rotate a token: issue a new one of the same owner and name, and let the old one run out
///
/// Both work during the overlap, so that nothing stands still while the new one is handed out; the
/// old one never lives longer than it would have. Prints the new token once, like `token issue`; it
/// is of the old one's scheme unless told otherwise.
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
    // What --token-scheme says here is about the new token.
    let picked = args.which.pick(context, SchemeArg::default())?;
    let audit = context.audit("token.rotate", &args.change)?;
    let mut database = context.connect()?;
    let question = format!("Rotate {}", picked.named());
    context.confirm(&mut database, &args.change, &question)?;
    let scheme_of_old = |database: &mut Database| {
        let old = database.transaction(Access::Read, |conn| picked.find(conn))?;
        Ok(if old.token.ends_with('=') { TokenScheme::Verbatim } else { TokenScheme::Digest })
    };
    let mut end_of_old = None;
    issuing::run(
        &args.secret,
        scheme_of_old,
        &args.change,
        &audit,
        &mut database,
        context,
        |conn, new, audit| {
            let (end, new) = rotate(args, &picked, new, conn, audit)?;
            end_of_old = Some(end);
            Ok(new)
        },
    )?;
    if let Some(end) = end_of_old {
        context.terminal.notice(&format!("the old token works until {}", rfc3339(&end)));
    }
    Ok(())
}

fn rotate(
    args: &Args,
    picked: &Picked<'_>,
    new: &NewToken,
    conn: &mut PgConnection,
    audit: &Audit,
) -> Result<(At, Changed<ApiToken>)> {
    let old = picked.find(conn)?;
    // As for issuing: whoever else adds a token of that name, or hands this one over, has to wait.
    db::lock(conn, owners::TOKEN_NAMES, old.owner_id)?;
    let owner = old.owner_id;
    let Some(old) = tokens::find(conn, &old.token)?.filter(|old| old.owner_id == owner) else {
        return Err(Error::Busy(format!(
            "{} was handed over or purged at this moment; try again",
            picked.named()
        )));
    };
    let Prospects { usable, now, .. } = tokens::prospects(conn, owner, &old.name)?;
    issuing::refuse_useless(usable, &picked.named(), args.force)?;
    let latest = db::from_now(now, "--overlap", args.overlap)?;
    let stored = Stored::new(new.stored().expose());
    let Some(end) = tokens::shorten(conn, &old.token, latest, &stored, audit)? else {
        let advice = match old.status.as_str() {
            "blocked" => "unblock it first, or revoke it and issue a new one",
            _ => "only a live token can be rotated, and `iamctl token issue` makes a new one",
        };
        return Err(Error::Refused(format!("{} is {}; {advice}", picked.named(), old.status)));
    };
    let new = NewApiToken {
        owner: old.owner_id,
        owner_created: false,
        rotated_from: old.token.id(),
        name: &old.name,
        stored,
        expires_at: args.expiry.resolve(now, LIFETIME)?,
    };
    Ok((end, Changed { record: tokens::insert(conn, new, audit)?, changed: true }))
}
