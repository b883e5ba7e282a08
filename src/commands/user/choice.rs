//! Which user, where the command line names none: the operator chooses one on the terminal.

use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::users::{self, User};
use crate::db::{Access, Database, PgConnection};
use crate::domain::{UserSelector, lower_case, printable};
use crate::error::{Error, Result};
use crate::terminal::{Terminal, write_line};

/// How many are offered to choose from. Of more, the operator types how the name begins.
pub const MOST: usize = 500;

/// Which users are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    NotDeleted,
    Deleted,
    All,
}

impl Among {
    fn has(self, user: &User) -> bool {
        match self {
            Self::NotDeleted => !user.deleted,
            Self::Deleted => user.deleted,
            Self::All => true,
        }
    }
}

/// The users who are named, standard input read; without any, the one whom the operator chooses.
pub fn named_or_asked(
    users: &[ValueOrStdin<UserSelector>],
    context: &mut Context,
    change: &ChangeArgs,
    among: Among,
) -> Result<Vec<UserSelector>> {
    if users.is_empty() {
        let chosen = ask(context, change, "USER", among)?;
        context.asked.argument(chosen.typed());
        return Ok(vec![chosen]);
    }
    value_or_stdin::collect(users)
}

/// Asks for a user. `name` is that of the missing argument. Leaves its connection for the command's `connect`.
pub fn ask(
    context: &mut Context,
    change: &ChangeArgs,
    name: &str,
    among: Among,
) -> Result<UserSelector> {
    if !Terminal::can_redraw() {
        return context.ask(change, "User (username, email or id)", name);
    }
    context.require_question(change, name)?;
    let mut database = context.connect()?;
    let chosen = choose(context, &mut database, among)?;
    context.keep(database);
    Ok(chosen)
}

fn choose(context: &mut Context, database: &mut Database, among: Among) -> Result<UserSelector> {
    let mut start = None;
    loop {
        let found = database
            .transaction(Access::READ, |conn| Ok(beginning_with(conn, start.as_ref(), among)?));
        let searched = start.as_ref().map(ToString::to_string).unwrap_or_default();
        let found = context.found(found, &[&searched])?;
        match (found, &start) {
            (Found::Users(users), _) if !users.is_empty() => {
                let cells = |user: &User| {
                    let (username, email) = (user.username.to_string(), user.email.to_string());
                    vec![username, email, user.status().name().to_owned()]
                };
                let entries: Vec<_> = users.iter().map(cells).collect();
                let chosen = context.terminal.choose("User (type to search)", &entries)?;
                return Ok(selector(&users[chosen]));
            }
            (Found::TooMany, None) => {}
            (Found::TooMany, Some(start)) => {
                write_line(&format!("more than {MOST} users begin with `{start}`"));
            }
            (Found::Users(_), None) => {
                let kind = if among == Among::Deleted { "deleted users" } else { "users" };
                return Err(Error::NotFound(format!(
                    "there are no {kind} to choose from; `iamctl user create` creates a user"
                )));
            }
            (Found::Users(_), Some(start)) => {
                write_line(&format!("no user begins with `{start}`"));
            }
        }
        let prompt = "User (beginning of the username or email)";
        match context.terminal.ask(prompt, "USER")? {
            id @ UserSelector::Id(_) => return Ok(id),
            typed => start = Some(typed),
        }
    }
}

enum Found {
    Users(Vec<User>),
    TooMany,
}

impl Default for Found {
    fn default() -> Self {
        Self::Users(Vec::new())
    }
}

/// The users whose username begins so; where none does, and where it has an `@`, whose email does. `None` is the
/// beginning of all.
fn beginning_with(
    conn: &mut PgConnection,
    start: Option<&UserSelector>,
    among: Among,
) -> diesel::QueryResult<Found> {
    // One more row than can be chosen from.
    const ROWS: i64 = 501;
    let (start, may_be_username) = match start {
        None => ("", true),
        Some(UserSelector::Name(start)) => (start.as_str(), true),
        Some(UserSelector::Email(start)) => (start.as_str(), false),
        Some(UserSelector::Id(_)) => return Ok(Found::default()),
    };
    if may_be_username {
        let rows = users::from_username(conn, start, ROWS)?;
        match of_rows(rows, start, among, |user| &user.username) {
            Found::Users(users) if users.is_empty() => {}
            found => return Ok(found),
        }
    }
    Ok(of_rows(users::from_email(conn, start, ROWS)?, start, among, |user| &user.email))
}

/// Those of the rows, which are in the order of an index, that begin with the text. An index that sorts as a
/// language does ignores case and punctuation at first: it may have more where its last row begins so but for
/// them.
fn of_rows(rows: Vec<User>, start: &str, among: Among, text: fn(&User) -> &str) -> Found {
    let letters = |text: &str| {
        lower_case(text).chars().filter(|char| char.is_alphanumeric()).collect::<String>()
    };
    let are_more = rows.len() > MOST
        && rows.last().is_some_and(|user| letters(text(user)).starts_with(&letters(start)));
    if are_more {
        return Found::TooMany;
    }
    let begins_so = |user: &User| lower_case(text(user)).starts_with(&*lower_case(start));
    Found::Users(rows.into_iter().filter(|user| begins_so(user) && among.has(user)).collect())
}

/// The user by name; by id where the name is not shown or read as it is stored.
fn selector(user: &User) -> UserSelector {
    let name = user.username.as_str();
    let is_plain = user.username == name && printable(name) == name;
    match name.parse() {
        Ok(UserSelector::Name(parsed)) if is_plain && parsed == name => UserSelector::Name(parsed),
        _ => UserSelector::Id(user.id),
    }
}
