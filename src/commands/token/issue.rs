use chrono::{DateTime, Utc};
use serde_json::json;

use super::secret_output::{self, Issued, Outcome, SecretArgs};
use super::token_selector::OwnerArgs;
use crate::commands::expiry::Expiry;
use crate::commands::help_page::{long, short};
use crate::commands::user::choice::{self as user_choice, Among};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::NewAuditEntry;
use crate::db::functions::clock;
use crate::db::lookup::owners::{LockedOwner, OwnerRef};
use crate::db::lookup::tokens::newest;
use crate::db::tokens::{self, ApiToken, ListedToken, NewApiToken};
use crate::db::types::StoredSecret;
use crate::db::{PgConnection, lookup, owners, require_all_changed, require_changed};
use crate::domain::{CalendarDuration, TokenName, TokenScheme, UserSelector, shell_word};
use crate::error::{Error, Result};
use crate::output::{Prints, microseconds};

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
    let audit = context.audit("token.issue", &args.change)?;
    let user = asked_user(args, context)?;
    let owner = user.as_ref().map(OwnerRef::User).or(args.owner.chosen());
    let owner = owner.ok_or_else(|| Error::usage("give --user or --owner"))?;
    let name = &name(args, context)?;
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
            return Err(Error::Conflict(format!(
                "{owner} has a live token named `{}` already. Run `iamctl token rotate {}` for a new secret, \
                 or choose another --name",
                name,
                token.token.key.id().unwrap_or_default()
            )));
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

/// The user whom the operator chooses where the command line does not say whose token it is to be.
fn asked_user(args: &Args, context: &mut Context) -> Result<Option<UserSelector>> {
    if args.owner.chosen().is_some() {
        return Ok(None);
    }
    let user = user_choice::ask(context, &args.change, "--user or --owner", Among::NotDeleted)?;
    context.asked.option("--user", user.typed());
    Ok(Some(user))
}

fn name(args: &Args, context: &mut Context) -> Result<TokenName> {
    if let Some(name) = &args.name {
        return Ok(name.clone());
    }
    let name: TokenName = context.ask(&args.change, "Name of the token", "--name")?;
    context.asked.option("--name", &name);
    Ok(name)
}

/// The command that issues another token of the same owner and name, in quotes.
pub fn issue_another(token: &ApiToken) -> String {
    let name = shell_word(&token.name);
    format!("`iamctl token issue --owner {} --name {name}`", token.owner_id)
}

fn live_token_of_that_name(
    conn: &mut PgConnection,
    name: &TokenName,
    locked: &LockedOwner,
    at: DateTime<Utc>,
) -> Result<Option<ListedToken>> {
    if locked.is_new {
        return Ok(None);
    }
    let tokens = tokens::named(conn, locked.owner, name)?;
    let live = newest(&tokens, at).filter(|token| token.is_live(at)).cloned();
    Ok(live.map(|token| ListedToken::of(token, at, &locked.users)))
}
