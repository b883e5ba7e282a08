//! Which user, where the command line names none: the operator chooses one on the terminal.

use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::users::{self, User};
use crate::db::{Access, Database, PgConnection};
use crate::domain::UserSelector;
use crate::error::{Error, Result};
use crate::terminal::{Terminal, write_line};

/// How many are offered to choose from. Of more, the operator types how the name begins.
pub const MOST: usize = 500;

/// One more tells that there are more.
const ROWS: i64 = 501;

/// The users who are named, standard input read; without any, the one whom the operator chooses, who is deleted
/// where `deleted` is set.
pub fn named_or_asked(
    users: &[ValueOrStdin<UserSelector>],
    context: &mut Context,
    change: &ChangeArgs,
    deleted: bool,
) -> Result<Vec<UserSelector>> {
    if users.is_empty() {
        let chosen = ask(context, change, deleted)?;
        context.asked.argument(&chosen);
        return Ok(vec![chosen]);
    }
    value_or_stdin::collect(users)
}

/// Asks for a user: one who is not deleted, or a deleted one. The connection that this takes is the one that the
/// command gets.
pub fn ask(context: &mut Context, change: &ChangeArgs, deleted: bool) -> Result<UserSelector> {
    context.require_question(change, "USER")?;
    if !Terminal::can_redraw() {
        return context.terminal.ask("User (username, email or id)", "USER");
    }
    let mut database = context.connect()?;
    let chosen = choose(context, &mut database, deleted)?;
    context.keep(database);
    Ok(chosen)
}

fn choose(context: &mut Context, database: &mut Database, deleted: bool) -> Result<UserSelector> {
    let mut start = UserSelector::Name(String::new());
    let mut is_first = true;
    loop {
        let found =
            database.transaction(Access::READ, |conn| Ok(beginning_with(conn, &start, deleted)?));
        let found = context.found(found, &[&start.to_string()])?;
        match found {
            Found::TooMany if is_first => {}
            Found::TooMany => {
                write_line(&format!("more than {MOST} users begin with `{start}`"));
            }
            Found::Users(users) if !users.is_empty() => {
                let cells = |user: &User| {
                    let (username, email) = (user.username.to_string(), user.email.to_string());
                    vec![username, email, user.status().name().to_owned()]
                };
                let entries: Vec<_> = users.iter().map(cells).collect();
                let chosen = context.terminal.choose("User (type to search):", &entries)?;
                return Ok(selector(&users[chosen]));
            }
            Found::Users(_) if is_first => {
                let kind = if deleted { "deleted users" } else { "users" };
                return Err(Error::NotFound(format!("there are no {kind} to choose from")));
            }
            Found::Users(_) => write_line(&format!("no user begins with `{start}`")),
        }
        is_first = false;
        start = context.terminal.ask("User (beginning of the username or email)", "USER")?;
        if let UserSelector::Id(_) = start {
            return Ok(start);
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

/// The users whose username begins so; without one, and where it has an `@`, whose email does.
fn beginning_with(
    conn: &mut PgConnection,
    start: &UserSelector,
    deleted: bool,
) -> diesel::QueryResult<Found> {
    let mut found = Found::default();
    if let UserSelector::Name(start) = start {
        found = among(users::from_username(conn, start, ROWS)?, deleted, |user| {
            user.username.starts_with(start)
        });
    }
    match (found, start) {
        (Found::Users(users), UserSelector::Name(start) | UserSelector::Email(start))
            if users.is_empty() =>
        {
            Ok(among(users::from_email(conn, start, ROWS)?, deleted, |user| {
                user.email.starts_with(start)
            }))
        }
        (found, _) => Ok(found),
    }
}

/// Those of the rows of an index that begin as typed. Where all do, there may be more.
fn among(rows: Vec<User>, deleted: bool, begins_so: impl Fn(&User) -> bool) -> Found {
    let are_all = rows.len() <= MOST;
    let mut users = rows;
    users.retain(begins_so);
    if !are_all && users.len() > MOST {
        return Found::TooMany;
    }
    users.retain(|user| user.deleted == deleted);
    Found::Users(users)
}

/// The user as a command line names them: by username, or by id where that would be read in another way.
fn selector(user: &User) -> UserSelector {
    let name = user.username.as_str();
    let is_plain = !name.starts_with('-') && user.username == name;
    match name.parse() {
        Ok(UserSelector::Name(parsed)) if is_plain && parsed == name => UserSelector::Name(parsed),
        _ => UserSelector::Id(user.id),
    }
}
