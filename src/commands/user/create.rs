use std::fmt::Display;
use std::str::FromStr;

use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::taken::{email_taken, username_taken};
use crate::commands::cannot_log_in;
use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::users::{self, NewUser, User, UserKeys};
use crate::db::{Access, PgConnection, require_audited, require_changed, violates};
use crate::domain::{Changed, Email, UserSelector, Username, shell_word};
use crate::error::{Error, Result};
use crate::output::Prints;
use crate::terminal::write_line;

/// Create a user
///
/// A username has 2 to 40 characters, A-Z a-z 0-9 - and _, and neither begins nor ends with - or _. Two
/// usernames that differ only in case or punctuation count as the same. The service lets the user log
/// in once the email is verified.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<User>>())]
pub struct Args {
    /// Username, stored as typed
    ///
    /// On a terminal, it is asked for if it is missing.
    username: Option<Username>,
    /// Email address, stored in lower case
    ///
    /// On a terminal, it is asked for if it is missing.
    #[arg(long)]
    email: Option<Email>,
    /// Mark the email as verified
    #[arg(long)]
    verified: bool,
    /// Id of the user [default: random]
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,
    /// Succeed if this user exists already
    ///
    /// If one user has this username and this email, and is not deleted, nothing is changed.
    #[arg(long)]
    if_not_exists: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = r#"
$ iamctl user create dave --email dave@example.org --verified
id                    1d71867e-f43a-48d8-8d25-e133ced24ec6
username              dave
email                 dave@example.org
status                active
…

$ iamctl user create erin --email erin@example.org --if-not-exists -o id
user `erin` cannot log in or get a token yet: the email is not verified. Run …
2bc20639-3e7e-412e-aafe-5a4d7437cc34
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<User>>()?;
    let audit = context.audit("user.create", &args.change)?;
    let (username, email, verified) = user_to_create(args, context)?;
    let fingerprint = username.fingerprint();
    let new = NewUser {
        id: args.id.unwrap_or_else(Uuid::new_v4),
        username: username.as_str(),
        username_fingerprint: fingerprint.as_bytes(),
        email: email.as_str(),
        email_verified: verified,
    };

    let mut database = context.connect()?;
    let state = if verified { "verified" } else { "not verified" };
    let question = format!("Create user `{username}` with the email `{email}`, {state},");
    context.confirm_asked(&mut database, &args.change, &question)?;
    let mut create = |looks_first: bool| {
        database.transaction(args.change.access(), |conn| {
            let row = NewAuditEntry::new(new.id, json!({ "verified": new.email_verified }));
            if args.if_not_exists {
                if !looks_first {
                    let statement = users::insert_unless_taken_statement(&new);
                    let created = audit.with_audit_row(statement, row.clone()).get_result(conn);
                    if let Some(created) = created.optional()? {
                        return with_audit_row(&new, Some(created), &audit);
                    }
                }
                if let Some(record) = existing(conn, &new, &username, &email, args.id)? {
                    return Ok(Changed { record, changed: false });
                }
                // What was taken is free by now, or another program's constraint or trigger refuses it.
            }
            let created = audit.with_audit_row(users::insert_statement(&new), row).get_result(conn);
            let created = created.optional();
            let created = created.map_err(|error| taken(&new, &username, &email, error.into()))?;
            with_audit_row(&new, created, &audit)
        })
    };
    let created = match create(false) {
        // PostgreSQL asks columns, CHECKs and triggers of others before it finds that the user exists, and takes
        // no ON CONFLICT beside a deferrable key.
        Err(error)
            if args.if_not_exists
                && (error.is_of_rows() || matches!(error, Error::Internal(_))) =>
        {
            match create(true) {
                // Another one may have created the user meanwhile.
                Err(Error::Conflict(_)) => create(true)?,
                created => created?,
            }
        }
        created => created?,
    };
    if let Some(notice) = cannot_yet(&created, verified) {
        context.terminal.notice(&notice);
    }
    context.notice_dry_run(&args.change);
    rows.all([&created])
}

/// The username, the email, and whether that is verified: what the command line says, and what the operator
/// answers. Where the username or the email is missing, all that is left open is asked for.
fn user_to_create(args: &Args, context: &mut Context) -> Result<(Username, Email, bool)> {
    let missing = match (&args.username, &args.email) {
        (Some(username), Some(email)) => {
            return Ok((username.clone(), email.clone(), args.verified));
        }
        (None, _) => "USERNAME",
        (Some(_), None) => "--email",
    };
    context.require_question(&args.change, missing)?;
    // No answer mends what the command line says.
    if let Some(username) = &args.username
        && is_taken(args, context, by_username(username))?
    {
        return Err(username_taken(username));
    }
    if let Some(email) = &args.email
        && is_taken(args, context, by_email(email))?
    {
        return Err(email_taken(email));
    }
    let username = if let Some(username) = &args.username {
        username.clone()
    } else {
        let prompt = ("Username", "USERNAME");
        let username = ask_free(args, context, prompt, by_username, username_taken)?;
        context.asked.argument(&username);
        username
    };
    let email = if let Some(email) = &args.email {
        email.clone()
    } else {
        let email = ask_free(args, context, ("Email", "--email"), by_email, email_taken)?;
        context.asked.option("--email", &email);
        email
    };
    let verified = args.verified || context.terminal.is_yes("Is the email verified?")?;
    if verified && !args.verified {
        context.asked.flag("--verified");
    }
    Ok((username, email, verified))
}

/// Asks for a username or an email, and again while another user has it, which `taken` says.
fn ask_free<T>(
    args: &Args,
    context: &mut Context,
    (prompt, name): (&str, &str),
    by: impl Fn(&T) -> UserSelector,
    taken: impl Fn(&T) -> Error,
) -> Result<T>
where
    T: FromStr<Err: Display>,
{
    loop {
        let answer = context.ask(&args.change, prompt, name)?;
        if !is_taken(args, context, by(&answer))? {
            return Ok(answer);
        }
        write_line(&taken(&answer).to_string());
    }
}

/// Whether another user has the username or the email, which --if-not-exists accepts. Leaves its connection for the
/// command's `connect`.
fn is_taken(args: &Args, context: &mut Context, selector: UserSelector) -> Result<bool> {
    if args.if_not_exists {
        return Ok(false);
    }
    let mut database = context.connect()?;
    let keys = UserKeys::of(&[selector]);
    let is_taken = match database.transaction(Access::READ, |conn| Ok(users::find(conn, &keys)?)) {
        Ok(users) => !users.is_empty(),
        // The creation says that it cannot be stored.
        Err(Error::Unencodable { .. }) => false,
        Err(error) => return Err(error),
    };
    context.keep(database);
    Ok(is_taken)
}

fn by_username(username: &Username) -> UserSelector {
    UserSelector::Name(username.as_str().to_owned())
}

fn by_email(email: &Email) -> UserSelector {
    UserSelector::Email(email.as_str().to_owned())
}

/// What the user cannot do yet, and the command that mends it; `None` where the user may log in.
fn cannot_yet(Changed { record: user, changed }: &Changed<User>, verified: bool) -> Option<String> {
    if user.may_log_in() {
        return None;
    }
    let (name, why) = (&user.username, cannot_log_in::why(user));
    let before = match (changed, verified) {
        (true, _) => format!("user `{name}` cannot log in or get a token yet"),
        (false, true) if !user.email_verified => {
            format!("user `{name}` exists, and --verified was not applied")
        }
        (false, _) => format!("user `{name}` exists, and was left as it is"),
    };
    Some(format!("{before}: {why}. Run {}", cannot_log_in::remedy(user)))
}

/// The user who was created. Fails unless the row is as wanted, and the audit row was written, too.
fn with_audit_row(
    new: &NewUser<'_>,
    created: Option<(User, bool)>,
    audit: &Audit,
) -> Result<Changed<User>> {
    let created = created.filter(|(user, _)| new.is_stored_as(user));
    let (record, audited) = require_changed("user", created)?;
    require_audited(audited.into(), 1)?;
    audit.recorded();
    Ok(Changed { record, changed: true })
}

/// The user that `--if-not-exists` accepts in place of a new one. `None` where nothing is taken.
fn existing(
    conn: &mut PgConnection,
    new: &NewUser<'_>,
    username: &Username,
    email: &Email,
    id: Option<Uuid>,
) -> Result<Option<User>> {
    let found = users::find_taken(conn, new.id, username, email)?;
    if let [user] = found.as_slice()
        && user.username == new.username
        && user.email == new.email
        && !user.deleted
        && id.is_none_or(|id| id == user.id)
    {
        return Ok(Some(user.clone()));
    }
    let has_username = |user: &&User| user.username_fingerprint == new.username_fingerprint;
    let message = match found.iter().find(has_username) {
        Some(user) if user.email == new.email => format!(
            "the user exists as `{}` with id {}{}",
            user.username,
            user.id,
            if user.deleted {
                format!(", and is deleted. Run `iamctl user restore {}` to bring it back", user.id)
            } else {
                format!(". Run `iamctl user show {}`", user.id)
            }
        ),
        Some(user) => format!(
            "the username is taken by `{}`, with another email. Run `iamctl user show {}`",
            user.username, user.id
        ),
        None if found.iter().any(|user| user.email == new.email) => {
            format!(
                "the email `{}` is taken by another user. Run `iamctl user show {}`",
                new.email,
                shell_word(new.email)
            )
        }
        None if found.is_empty() => return Ok(None),
        None => id_taken(new.id),
    };
    Err(Error::Conflict(message))
}

/// Which of the unique constraints the insert violated.
fn taken(new: &NewUser<'_>, username: &Username, email: &Email, error: Error) -> Error {
    if violates(&error, "users_unique_fingerprint") {
        username_taken(username)
    } else if violates(&error, "users_unique_email") {
        email_taken(email)
    } else if violates(&error, "users_pkey") {
        Error::Conflict(id_taken(new.id))
    } else {
        error
    }
}

fn id_taken(id: Uuid) -> String {
    format!("the id {id} is taken. Run `iamctl user show {id}`")
}
