use chrono::{DateTime, Utc};
use serde_json::json;

use super::secret_output::{self, Issued, Outcome, SecretArgs};
use super::token_selector::OwnerArgs;
use crate::commands::expiry::Expiry;
use crate::commands::help_page::{long, short};
use crate::commands::user::choice::{self as user_choice, Among};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::NewAuditEntry;
use crate::db::functions::{clock, transaction_time};
use crate::db::lookup::owners::{OwnerRef, TokenOwner};
use crate::db::lookup::tokens::newest;
use crate::db::tokens::{self, ApiToken, ListedToken, NewApiToken};
use crate::db::types::StoredSecret;
use crate::db::{Access, PgConnection, lookup, owners, require_all_changed, require_changed};
use crate::domain::{CalendarDuration, TokenName, TokenScheme, UserSelector, shell_word};
use crate::error::{Error, Result};
use crate::output::{Prints, microseconds};
use crate::terminal::write_line;

/// Issue an API token, and print it once
///
/// The database keeps only a digest: the token cannot be shown again. `-o id` prints the token alone.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Issued>())]
pub struct Args {
    #[command(flatten)]
    owner: OwnerArgs,
    /// Name of the token, unique among the valid ones
    ///
    /// On a terminal, name and user are asked for if they are missing.
    #[arg(long)]
    name: Option<TokenName>,
    #[command(flatten)]
    expiry: Expiry,
    #[command(flatten)]
    secret: SecretArgs,
    /// Succeed if a valid token of this name exists
    ///
    /// Nothing is changed then, and no token is printed.
    #[arg(long)]
    if_not_exists: bool,
    /// Issue it even if no user of the owner can log in
    #[arg(long, hide_short_help = true)]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = r#"
$ iamctl token issue --user alice --name backup --expires-in 30d
id          9u8RgswCqYYW
name        backup
status      active
users       alice
…
token       iam_WPSsZxKnSP6i2bcLq7cY9TNI9YXhMQLstbRYL6JaXxa21fBuq

$ TOKEN=$(iamctl token issue --user alice --name ci2 -o id)

$ iamctl token issue --owner 7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10 --name web --write-to web.token
token written to `web.token`
id          MtiZ62GPtnEQ
name        web
status      active
users       alice, bob
…
"#;

/// How long a token lives unless told otherwise.
pub const LIFETIME: CalendarDuration = CalendarDuration::days(90);

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    secret_output::refuse_to_lose_it(&args.secret, &args.change, context)?;
    let audit = context.audit("token.issue", &args.change)?;
    let (user, name) = &user_and_name(args, context)?;
    let owner = user.as_ref().map(OwnerRef::User).or(args.owner.chosen());
    let owner = owner.ok_or_else(|| Error::usage("give --user or --owner"))?;
    let mut database = context.connect()?;
    let lifetime = args.expiry.described(LIFETIME);
    let question = format!("Issue token `{name}` of {owner}, valid {lifetime},");
    context.confirm_asked(&mut database, &args.change, &question)?;
    secret_output::run(&args.secret, &args.change, &mut database, context, |conn, generator| {
        let locked = lookup::owners::lock(conn, owner)?;
        let at = clock(conn)?;
        if let Some(token) = live_token_of_that_name(conn, name, &locked, at)? {
            if args.if_not_exists {
                let notice = "a live token of that name exists; nothing can show it again";
                return Ok(Outcome { token, new: None, notice: Some(notice.to_owned()) });
            }
            return Err(taken(owner, &token));
        }
        secret_output::refuse_unless_owner_can_log_in(&locked, args.force)?;
        let expires_at = args.expiry.end_after(at, LIFETIME)?;
        if locked.is_new {
            let users: Vec<_> = locked.users.iter().map(|user| user.id).collect();
            let added = owners::insert(conn, locked.owner, &users)?;
            require_all_changed("users of the owner", added.len(), users.len())?;
        }
        let new = generator.generate(TokenScheme::default())?;
        let stored = StoredSecret::new(new.stored().expose());
        let stored_name = name.as_str().into();
        let row = NewApiToken {
            token: &stored,
            owner_id: locked.owner,
            name: &stored_name,
            created_at: at,
            expires_at,
        };
        let inserted = tokens::insert(conn, &row)?;
        let inserted = inserted.filter(|token| row.is_stored_as(token));
        let token = require_changed("token", inserted)?;
        let details = json!({
            "owner_id": token.owner_id,
            "owner_created": locked.is_new,
            "expires_at": microseconds(&token.expires_at),
        });
        audit.record(conn, vec![NewAuditEntry::for_row_id(token.key.id(), details)])?;
        let token = ListedToken::of(token, at, &locked.users);
        Ok(Outcome { token, new: Some(new), notice: None })
    })
}

/// The user, where the command line does not say whose token it is to be, and the name: what the command line says,
/// and what the operator answers.
fn user_and_name(args: &Args, context: &mut Context) -> Result<(Option<UserSelector>, TokenName)> {
    let missing = match (args.owner.chosen(), &args.name) {
        (Some(_), Some(name)) => return Ok((None, name.clone())),
        (None, _) => "--user or --owner",
        (Some(_), None) => "--name",
    };
    context.require_question(&args.change, missing)?;
    // No answer mends what the command line says. --if-not-exists may need neither the file nor a login.
    if !args.if_not_exists {
        let mut database = context.connect()?;
        secret_output::refuse_unusable_file(&args.secret, &mut database)?;
        context.keep(database);
    }
    let user = match args.owner.chosen() {
        Some(owner) => {
            check(args, context, owner, None)?;
            None
        }
        None => Some(ask_user(args, context)?),
    };
    let owner = user.as_ref().map(OwnerRef::User).or(args.owner.chosen());
    let name = match (&args.name, owner) {
        (None, Some(owner)) => ask_name(args, context, owner)?,
        (Some(name), _) => name.clone(),
        (None, None) => return Err(Error::usage("give --user or --owner")),
    };
    Ok((user, name))
}

/// Asks whose token it is to be, and again while that user cannot log in.
fn ask_user(args: &Args, context: &mut Context) -> Result<UserSelector> {
    loop {
        let missing = "--user or --owner";
        let user = user_choice::ask(context, &args.change, missing, Among::NotDeleted)?;
        match check(args, context, OwnerRef::User(&user), args.name.as_ref()) {
            Ok(()) => {
                context.asked.option("--user", user.typed());
                return Ok(user);
            }
            Err(error @ (Error::Refused(_) | Error::NotFound(_))) => write_line(&error.to_string()),
            Err(error) => return Err(error),
        }
    }
}

/// Asks for the name, and again while a live token of the owner has it.
fn ask_name(args: &Args, context: &mut Context, owner: OwnerRef<'_>) -> Result<TokenName> {
    loop {
        let name: TokenName = context.ask(&args.change, "Name of the token", "--name")?;
        match check(args, context, owner, Some(&name)) {
            Ok(()) => {
                context.asked.option("--name", &name);
                return Ok(name);
            }
            Err(error @ Error::Conflict(_)) => write_line(&error.to_string()),
            Err(error) => return Err(error),
        }
    }
}

/// Fails where the token could not be issued as things are now, unless --if-not-exists accepts that. Leaves its
/// connection for the command's `connect`.
fn check(
    args: &Args,
    context: &mut Context,
    owner: OwnerRef<'_>,
    name: Option<&TokenName>,
) -> Result<()> {
    if args.if_not_exists {
        return Ok(());
    }
    let mut database = context.connect()?;
    let outcome = database.transaction(Access::READ, |conn| {
        let found = lookup::owners::find_with_users(conn, owner)?;
        secret_output::refuse_unless_owner_can_log_in(&found, args.force)?;
        let at = transaction_time(conn)?;
        args.expiry.end_after(at, LIFETIME)?;
        let Some(name) = name else { return Ok(()) };
        match live_token_of_that_name(conn, name, &found, at) {
            Ok(Some(token)) => Err(taken(owner, &token)),
            // The change says that it cannot be stored.
            Ok(None) | Err(Error::Unencodable { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    });
    context.keep(database);
    outcome
}

/// For a name that this live token has.
fn taken(owner: OwnerRef<'_>, token: &ListedToken) -> Error {
    Error::Conflict(format!(
        "{owner} has a live token named `{}` already. Run `iamctl token rotate {}` for a new secret, or choose \
         another --name",
        token.token.name,
        token.token.key.id().unwrap_or_default()
    ))
}

/// The command that issues another token of the same owner and name, in quotes.
pub fn issue_another(token: &ApiToken) -> String {
    let name = shell_word(&token.name);
    format!("`iamctl token issue --owner {} --name {name}`", token.owner_id)
}

fn live_token_of_that_name(
    conn: &mut PgConnection,
    name: &TokenName,
    owner: &TokenOwner,
    at: DateTime<Utc>,
) -> Result<Option<ListedToken>> {
    if owner.is_new {
        return Ok(None);
    }
    let tokens = tokens::named(conn, owner.owner, name)?;
    let live = newest(&tokens, at).filter(|token| token.is_live(at)).cloned();
    Ok(live.map(|token| ListedToken::of(token, at, &owner.users)))
}
