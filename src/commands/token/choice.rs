//! Which token, where the command line names none: the operator chooses one on the terminal.

use crate::commands::user::choice::{self as user_choice, Among, MOST};
use crate::context::{ChangeArgs, Context};
use crate::db::functions::transaction_time;
use crate::db::tokens::{self, ApiToken, ListedToken, TokenFilter};
use crate::db::{Access, Database, PgConnection, lookup, owners};
use crate::domain::{RowId, StoredText, UserSelector, shell_word};
use crate::error::{Error, Result};
use crate::output::rfc3339;
use crate::terminal::{Terminal, write_line};

/// Asks for a user, and for one of the tokens of their owners for which `needed` holds. Leaves its connection for
/// the command's `connect`.
pub fn ask(
    context: &mut Context,
    change: &ChangeArgs,
    needed: fn(&ApiToken) -> bool,
) -> Result<RowId> {
    if !Terminal::can_redraw() {
        return context.ask(change, "Token (id)", "ID");
    }
    let user = user_choice::ask(context, change, "ID", Among::All)?;
    let mut database = context.connect()?;
    let chosen = choose(context, &mut database, &user, needed)?;
    context.keep(database);
    Ok(chosen)
}

fn choose(
    context: &Context,
    database: &mut Database,
    user: &UserSelector,
    needed: fn(&ApiToken) -> bool,
) -> Result<RowId> {
    let mut found = database.transaction(Access::READ, |conn| of_user(conn, user, needed))?;
    if found.is_empty() {
        return Err(Error::NotFound(format!(
            "user `{user}` has no token to choose from; `iamctl token list --user {}` shows all",
            shell_word(&user.typed())
        )));
    }
    if found.len() > MOST {
        write_line(&format!("these are the newest {MOST}; `iamctl token list` shows all"));
        found.truncate(MOST);
    }
    let cells = |(id, token): &(RowId, ListedToken)| {
        vec![
            id.to_string(),
            token.token.name.to_string(),
            token.status.name().to_owned(),
            StoredText::list(&token.users),
            format!("until {}", rfc3339(&token.token.expires_at)),
        ]
    };
    let entries: Vec<_> = found.iter().map(cells).collect();
    let chosen = context.terminal.choose("Token (type to search)", &entries)?;
    Ok(found.swap_remove(chosen).0)
}

/// The newest ones with their ids: one more than can be chosen from, if there are more.
fn of_user(
    conn: &mut PgConnection,
    user: &UserSelector,
    needed: fn(&ApiToken) -> bool,
) -> Result<Vec<(RowId, ListedToken)>> {
    let user = lookup::users::find_one(conn, user)?;
    let filter =
        TokenFilter { owners: Some(owners::of_user(conn, user.id)?), ..TokenFilter::default() };
    let at = transaction_time(conn)?;
    let mut found = Vec::new();
    tokens::list(conn, &filter, at, None, |token| {
        if found.len() <= MOST
            && needed(&token.token)
            && let Some(id) = token.token.key.id().and_then(|id| id.parse().ok())
        {
            found.push((id, token));
        }
        Ok(())
    })?;
    Ok(found)
}
