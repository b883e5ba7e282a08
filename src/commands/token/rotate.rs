use super::issue::LIFETIME;
use super::secret_output::{self, SecretArgs};
use super::token_selector::{OneToken, Picked, SchemeArg};
use crate::commands::expiry::Expiry;
use crate::context::{ChangeArgs, Context};
use crate::db::token_issue::{self, Rotation};
use crate::db::tokens::{self, ApiToken};
use crate::db::{self, PgConnection};
use crate::domain::{Changed, TimeOrDuration};
use crate::error::{Error, Result};
use crate::output::rfc3339;

/// Rotate a token: issue a new one of the same owner and name, and let the old one run out
///
/// Both work during the overlap, so that nothing stands still while the new one is handed out; the
/// old one never lives longer than it would have. Prints the new token once, like `token issue`; it
/// is of the old one's scheme unless told otherwise. A token that has a newer live one of its name
/// beside it, as one that was rotated before, is refused.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: OneToken,
    /// Let the old token live so long, or until this time; `0s` ends it now
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = "24h")]
    overlap: TimeOrDuration,
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
    let mut end_of_old = None;
    secret_output::run(
        &args.secret,
        &args.change,
        &picked.locks(),
        &mut database,
        context,
        |conn, candidates| {
            let rotation = Rotation {
                of: &picked.rows(),
                stored: candidates.stored(),
                end: args.expiry.end(LIFETIME),
                overlap: args.overlap,
                force: args.force,
            };
            let Some(rotated) = token_issue::rotate(conn, rotation, &audit)? else {
                return Err(why_not(args, &picked, conn)?);
            };
            end_of_old = Some(rotated.end_of_old);
            Ok(Changed { record: rotated.token, changed: true })
        },
    )?;
    if let Some(end) = end_of_old {
        context.terminal.notice(&format!("the old token works until {}", rfc3339(&end)));
    }
    Ok(())
}

/// Why the token was not rotated.
fn why_not(args: &Args, picked: &Picked<'_>, conn: &mut PgConnection) -> Result<Error> {
    let old = picked.find(conn)?;
    secret_output::refuse_useless(tokens::usable(conn, old.owner_id)?, picked.named(), args.force)?;
    args.expiry.check(db::now(conn)?, LIFETIME)?;
    let advice = match old.status.as_str() {
        "blocked" => "unblock it first, or revoke it and issue a new one",
        "expired" | "revoked" => {
            "only a live token can be rotated, and `iamctl token issue` makes a new one"
        }
        _ => return newer_beside(&old, picked, conn),
    };
    Ok(Error::Refused(format!("{} is {}; {advice}", picked.named(), old.status)))
}

/// Somebody who repeats a rotation would make one more token each time.
fn newer_beside(old: &ApiToken, picked: &Picked<'_>, conn: &mut PgConnection) -> Result<Error> {
    let newest = tokens::live(conn, old.owner_id)?.into_iter().find(|it| it.name == old.name);
    let Some(newest) = newest.filter(|newest| newest.token != old.token) else {
        return Ok(Error::changed_meanwhile(picked.named()));
    };
    Ok(Error::Refused(format!(
        "a newer live token of the name of {} is {}; rotate that one, or revoke it first",
        picked.named(),
        newest.token.id().map_or_else(|| "there".to_owned(), |id| format!("`{id}`"))
    )))
}
