use super::token_selector::{Picked, SchemeArg, one_value};
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::Access;
use crate::db::functions::transaction_time;
use crate::db::tokens::{self, ListedToken};
use crate::domain::TokenStatus;
use crate::error::{Error, Result};
use crate::output::rfc3339;

/// Check whether a token is accepted now
///
/// Reads the token from standard input; on a terminal, it is asked for and not shown. A token on the
/// command line could be read by other users of the machine. Prints whose token it is, and until when.
/// Exits with 0 only if it is accepted: with 2 if it is no token or mistyped, with 3 if it is unknown,
/// with 5 if it is expired, revoked or blocked.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
pub struct Args {
    #[command(flatten)]
    scheme: SchemeArg,
}

const EXAMPLES: &str = r#"
$ iamctl token verify < ci.token
id          iDsEsZ7eKpwL
name        ci
status      active
users       alice
…

$ iamctl token verify -o json --columns status,users < ci.token
{
  "status": "active",
  "users": [
    "alice"
  ]
}
"#;

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
