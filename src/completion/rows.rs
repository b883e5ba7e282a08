//! The rows whose names begin with a text, and what they are.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::candidates::Names;
use crate::db::codes::{self, OneTimeCode};
use crate::db::functions::transaction_time;
use crate::db::sessions::{self, SessionOfUser};
use crate::db::tokens::{self, ListedToken};
use crate::db::users::{self, User};
use crate::db::{PgConnection, audit_log, owners};
use crate::domain::{
    ActionFilter, CodeStatus, IdStart, SessionStatus, StoredText, StoredTime, TokenStatus,
    UserSelector, UserStatus, printable, uuids_beginning_with,
};
use crate::error::Result;

/// How many are offered.
pub const MOST: usize = 50;

/// One more, which tells that some are left out.
const MOST_ROWS: i64 = 51;

/// How many users are read: those that begin with the text are among the first, but `al-` and `Al` may be
/// between.
const ROWS_READ: i64 = 200;

/// From this length on, hexadecimal digits may be the beginning of a user's id.
const SHORTEST_ID: usize = 4;

/// What is typed, and its help.
type Row = (String, String);

/// Those of the kind, in the order to offer them: what the verb, such as `revoke`, has nothing to change of comes
/// last.
pub fn beginning_with(
    conn: &mut PgConnection,
    names: Names,
    verb: &str,
    start: &str,
) -> Result<Vec<Row>> {
    match names {
        Names::User => of_users(conn, verb, start),
        Names::Owner => of_owners(conn, start),
        Names::Token | Names::Session | Names::Code => of_ids(conn, names, verb, start),
        Names::Action => {
            let actions = audit_log::actions_beginning_with(conn, start, MOST_ROWS)?;
            let taken = actions.iter().filter_map(written).filter(|it| is_taken(it));
            Ok(taken.map(|it| (it, String::new())).collect())
        }
        // They are not in the database.
        Names::Column | Names::Page(_) => Ok(Vec::new()),
    }
}

/// Usernames. Emails where the text has an `@`, or is the beginning of no username; ids where it is the
/// beginning of neither. `id:`, `name:` and `email:` force one of them.
fn of_users(conn: &mut PgConnection, verb: &str, start: &str) -> Result<Vec<Row>> {
    if let Some(id) = start.strip_prefix("id:") {
        return with_ids(conn, verb, id, "id:");
    }
    if let Some(name) = start.strip_prefix("name:") {
        return with_usernames(conn, verb, name, "name:");
    }
    if let Some(email) = start.strip_prefix("email:") {
        return with_emails(conn, verb, email, "email:");
    }
    let mut found = Vec::new();
    if !start.contains('@') {
        found = with_usernames(conn, verb, start, "")?;
    }
    // A shell inserts what all candidates begin with: the last user of all begins with no more than that.
    if start.is_empty() && found.len() > MOST {
        found.truncate(MOST - 1);
        found
            .extend(users::last_by_username(conn)?.iter().filter_map(|user| by_username(user, "")));
    }
    if found.is_empty() {
        found = with_emails(conn, verb, start, "")?;
    }
    if found.is_empty() && start.len() >= SHORTEST_ID {
        found = with_ids(conn, verb, start, "")?;
    }
    Ok(found)
}

fn with_usernames(
    conn: &mut PgConnection,
    verb: &str,
    start: &str,
    prefix: &str,
) -> Result<Vec<Row>> {
    Ok(needed_first(users::from_username(conn, start, ROWS_READ)?, verb)
        .iter()
        .filter(|user| user.username.starts_with(start))
        .filter_map(|user| by_username(user, prefix))
        .collect())
}

fn needed_first(mut users: Vec<User>, verb: &str) -> Vec<User> {
    users.sort_by_key(|user| match verb {
        "block" => user.blocked,
        "unblock" => !user.blocked,
        "delete" => user.deleted,
        "restore" => !user.deleted,
        "verify-email" => user.email_verified,
        "unverify-email" => !user.email_verified,
        _ => false,
    });
    users
}

/// `None` where the username cannot be typed, or, without a prefix, is read as something else.
fn by_username(user: &User, prefix: &str) -> Option<Row> {
    let name = written(&user.username)?;
    let is_name = matches!(name.parse(), Ok(UserSelector::Name(read)) if read == name);
    let can_be_typed = !prefix.is_empty() || (is_name && !name.starts_with('-'));
    can_be_typed.then(|| (format!("{prefix}{name}"), with_state(&user.email, user)))
}

fn with_emails(conn: &mut PgConnection, verb: &str, start: &str, prefix: &str) -> Result<Vec<Row>> {
    let is_email =
        |text: &str| matches!(text.parse(), Ok(UserSelector::Email(email)) if email == text);
    Ok(needed_first(users::from_email(conn, start, ROWS_READ)?, verb)
        .iter()
        .filter(|user| user.email.starts_with(start))
        .filter_map(|user| Some((written(&user.email)?, with_state(&user.username, user))))
        .filter(|(email, _)| is_email(email) && (!prefix.is_empty() || !email.starts_with('-')))
        .map(|(email, help)| (format!("{prefix}{email}"), help))
        .collect())
}

fn with_ids(conn: &mut PgConnection, verb: &str, start: &str, prefix: &str) -> Result<Vec<Row>> {
    let Some((first, last)) = uuids_beginning_with(start) else { return Ok(Vec::new()) };
    Ok(needed_first(users::between(conn, first, last, MOST_ROWS)?, verb)
        .iter()
        .map(|user| (format!("{prefix}{}", user.id), with_state(&user.username, user)))
        .collect())
}

fn with_state(text: &StoredText, user: &User) -> String {
    match user.status() {
        UserStatus::Active => printable(text).into_owned(),
        status => format!("{}, {}", printable(text), status.name()),
    }
}

fn of_owners(conn: &mut PgConnection, start: &str) -> Result<Vec<Row>> {
    let (prefix, start) = match start.strip_prefix("id:") {
        Some(start) => ("id:", start),
        None => ("", start),
    };
    let Some((first, last)) = uuids_beginning_with(start) else { return Ok(Vec::new()) };
    let ids: Vec<Uuid> = owners::between(conn, first, last, MOST_ROWS)?;
    let users = owners::usernames(conn, &ids)?;
    let of = |id: Uuid| {
        let names = users.iter().filter(|(owner, ..)| *owner == id).map(|(_, name, _)| name);
        StoredText::list(&names.cloned().collect::<Vec<_>>())
    };
    Ok(ids.iter().map(|id| (format!("{prefix}{id}"), printable(&of(*id)).into_owned())).collect())
}

/// The newest ones where nothing is typed yet.
fn of_ids(conn: &mut PgConnection, names: Names, verb: &str, start: &str) -> Result<Vec<Row>> {
    let (forced, start) = match start.strip_prefix("id:") {
        Some(start) => (true, start),
        None => (false, start),
    };
    let Ok(start) = start.parse::<IdStart>() else { return Ok(Vec::new()) };
    let now = transaction_time(conn)?;
    let mut found: Vec<_> = match names {
        Names::Token => tokens::beginning_with(conn, &start, now, MOST_ROWS)?
            .iter()
            .map(|token| (is_done(verb, token.status), token.token.key.id(), help_of_token(token)))
            .collect(),
        Names::Session => sessions::beginning_with(conn, &start, MOST_ROWS)?
            .iter()
            .map(|session| {
                let is_over = session.0.status(now) != SessionStatus::Live;
                (verb == "revoke" && is_over, session.0.key.id(), help_of_session(session, now))
            })
            .collect(),
        _ => codes::beginning_with(conn, &start, MOST_ROWS)?
            .iter()
            .map(|code| {
                let is_over = code.status(now) != CodeStatus::Live;
                (verb == "revoke" && is_over, code.key.id(), help_of_code(code, now))
            })
            .collect(),
    };
    found.sort_by_key(|(is_done, ..)| *is_done);
    Ok(found
        .into_iter()
        .filter_map(|(_, id, help)| {
            let id = id?;
            // One that begins with `-` could be read as an option.
            let prefix = if forced || id.starts_with('-') { "id:" } else { "" };
            Some((format!("{prefix}{id}"), help))
        })
        .collect())
}

/// Whether the verb has nothing to change of a token in this state, or refuses it.
fn is_done(verb: &str, status: TokenStatus) -> bool {
    let is_live = !matches!(status, TokenStatus::Expired | TokenStatus::Revoked);
    match verb {
        "rotate" => status != TokenStatus::Active,
        "revoke" => !is_live,
        "block" => !is_live || status == TokenStatus::Blocked,
        "unblock" => status != TokenStatus::Blocked,
        _ => false,
    }
}

fn help_of_token(ListedToken { token, status, users }: &ListedToken) -> String {
    let users = StoredText::list(users);
    let of = if users.is_empty() { String::new() } else { format!(" of {users}") };
    let help = format!("{}{of}, {}, {}", token.name, status.name(), until(token.expires_at));
    printable(&help).into_owned()
}

fn help_of_session((session, username, _): &SessionOfUser, now: DateTime<Utc>) -> String {
    let (username, status) = (name_or_dash(username.as_ref()), session.status(now).name());
    printable(&format!("{username}, {status}, {}", until(session.expires_at))).into_owned()
}

fn help_of_code(code: &OneTimeCode, now: DateTime<Utc>) -> String {
    let (kind, status) = (code.kind.name(), code.status(now).name());
    let username = name_or_dash(code.username.as_ref());
    let help = format!("{kind}, {username}, {status}, {}", until(code.expires_at));
    printable(&help).into_owned()
}

fn name_or_dash(username: Option<&StoredText>) -> &str {
    username.map_or("-", StoredText::as_str)
}

fn until(time: StoredTime) -> String {
    format!("until {}", time.format("%Y-%m-%d"))
}

/// Whether `audit list` takes the action. Another program may have written one that it does not know.
fn is_taken(action: &str) -> bool {
    action.parse::<ActionFilter>().is_ok()
}

/// The text; `None` where it has bytes that are not UTF-8 and cannot be typed.
fn written(text: &StoredText) -> Option<String> {
    (*text == text.as_str()).then(|| text.as_str().to_owned())
}
