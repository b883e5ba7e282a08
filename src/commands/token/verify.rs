use super::issue::issue_another;
use super::token_selector::{Picked, SchemeArg, one_value};
use crate::commands::cannot_log_in;
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::functions::transaction_time;
use crate::db::tokens::{self, ListedToken};
use crate::db::users::User;
use crate::db::{Access, owners};
use crate::domain::TokenStatus;
use crate::error::{Error, Result};
use crate::output::{Prints, rfc3339};

/// Check whether a token is accepted now
///
/// Reads the token from standard input; on a terminal, it is asked for and not shown. A token on the
/// command line could be read by other users of the machine. Prints whose token it is, and until when.
/// Exits with 0 only if it is accepted: with 2 if it is no token or mistyped, with 3 if it is unknown,
/// with 5 if it is expired, revoked or blocked.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<ListedToken>())]
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
    let (found, users) = context.connect()?.transaction(Access::READ, |conn| {
        let at = transaction_time(conn)?;
        let token = picked.find(conn)?;
        let found = tokens::with_users(conn, vec![token], at)?;
        let blocked = found.iter().find(|found| found.status == TokenStatus::OwnerBlocked);
        let users = match blocked {
            Some(found) => owners::users(conn, found.token.owner_id)?,
            None => Vec::new(),
        };
        Ok((found, users))
    })?;
    let printed = rows.all(&found);
    let Some(found) = found.first() else { return printed };
    let ListedToken { token, status, .. } = found;
    let since = match status {
        TokenStatus::Active => return printed,
        TokenStatus::Revoked => token.revoked_at.map(|at| format!(" since {}", rfc3339(&at))),
        TokenStatus::Expired => Some(format!(" since {}", rfc3339(&token.expires_at))),
        TokenStatus::Blocked | TokenStatus::OwnerBlocked => None,
    };
    Err(Error::Refused(format!(
        "the token is not accepted: it is {status}{}. {}",
        since.unwrap_or_default(),
        remedy(found, users)
    )))
}

/// What to do about a token that is not accepted. `users` are those of an owner who is blocked.
fn remedy(ListedToken { token, status, .. }: &ListedToken, users: Vec<User>) -> String {
    match status {
        TokenStatus::Blocked => {
            format!("Run `iamctl token unblock {}`", token.key.id().unwrap_or_default())
        }
        TokenStatus::OwnerBlocked => {
            // A token works without a verified email.
            let users = users.into_iter().map(|user| User { email_verified: true, ..user });
            cannot_log_in::explain_all(&users.collect::<Vec<_>>(), "its owner", token.owner_id)
        }
        TokenStatus::Active | TokenStatus::Expired | TokenStatus::Revoked => {
            format!("Run {} for a new one", issue_another(token))
        }
    }
}
