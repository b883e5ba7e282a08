use super::token_selector::{Picked, SchemeArg, one_value};
use crate::context::Context;
use crate::db::Access;
use crate::db::functions::transaction_time;
use crate::db::tokens::{self, ListedToken};
use crate::domain::TokenStatus;
use crate::error::{Error, Result};
use crate::output::rfc3339;

/// Say whether a token would be accepted now, whose it is, and until when
///
/// Reads the token from standard input, or asks for it unseen on a terminal; never from the command
/// line, where others could read it. Exits with 0 only if it would be accepted: 2 if it is no
/// token or mistyped, 3 if it is unknown, 5 if it is expired, revoked or blocked.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scheme: SchemeArg,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let picked = Picked::Value(one_value(context, args.scheme)?);
    let rows = context.output.one::<ListedToken>()?;
    let token = context.connect()?.transaction(Access::READ, |conn| {
        let at = transaction_time(conn)?;
        let token = picked.find(conn)?;
        Ok(tokens::with_users(conn, vec![token], at)?)
    })?;
    let printed = rows.all(&token);
    let Some(ListedToken { token, status, .. }) = token.first() else { return printed };
    let since = match status {
        TokenStatus::Active => return printed,
        TokenStatus::Revoked => token.revoked_at.map(|at| format!(" since {}", rfc3339(&at))),
        TokenStatus::Expired => Some(format!(" since {}", rfc3339(&token.expires_at))),
        TokenStatus::Blocked | TokenStatus::OwnerBlocked => None,
    };
    Err(Error::Refused(format!(
        "the token is not accepted: it is {status}{}",
        since.unwrap_or_default()
    )))
}
