use chrono::{DateTime, Utc};

use super::issue::{LIFETIME, issue_another};
use super::secret_output::{self, Issued, Outcome, SecretArgs};
use super::token_selector::{OneToken, Picked, SchemeArg, no_such, no_such_if_lacking};
use crate::commands::expiry::Expiry;
use crate::commands::help_page::{long, short};
use crate::commands::rotation::{audit_rows_of, created_too_late, end_of_overlap, leaves_a_third};
use crate::context::{ChangeArgs, Context};
use crate::db::functions::clock;
use crate::db::lookup::owners::{OwnerRef, TokenOwner};
use crate::db::lookup::tokens::newest;
use crate::db::tokens::{self, ApiToken, ListedToken, NewApiToken};
use crate::db::types::StoredSecret;
use crate::db::{PgConnection, lookup, require_changed};
use crate::domain::{TimeOrDuration, TokenStatus};
use crate::error::{Error, Result};
use crate::output::{Prints, rfc3339};

/// Replace a token by a new one
///
/// The new token has the owner and the name of the old one and a lifetime of its own, and is printed
/// once. Both are valid during --overlap, so that programs can be switched one by one; the old one never
/// lives longer than it would have. A token that has a newer valid one of the same name is refused, such
/// as one that was rotated before, and so is a rotation that would leave more than two valid tokens of a
/// name.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Issued>())]
// `-h` has no room for its line; the usage names it.
#[command(mut_arg("stdin", |arg| arg.hide_short_help(true)))]
pub struct Args {
    #[command(flatten)]
    which: OneToken,
    /// Keep the old token valid this long
    ///
    /// Or until this time. `0s` ends it now.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, default_value = "24h")]
    overlap: TimeOrDuration,
    #[command(flatten)]
    expiry: Expiry,
    #[command(flatten)]
    secret: SecretArgs,
    /// Rotate it even if no user of the owner can log in
    #[arg(long, hide_short_help = true)]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = r#"
$ iamctl token rotate --user alice --name ci --yes --write-to ci.new
the old token works until 2026-11-28T23:44:43Z, the new one until 2027-02-25T23:44:43Z
token written to `ci.new`
id          OS7yuh6IWQdu
name        ci
status      active
users       alice
…

$ iamctl token rotate iDsEsZ7eKpwL --overlap 0s --yes -o id
iam_HORHkI6Wj9skYhOlhxpapPqLtc0BQ4VIwNkiKVHFW2Q0GIWq5
the old token works until 2026-11-27T23:10:24Z, the new one until 2027-02-25T23:10:24Z
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    // --token-scheme is about the new token here: the old one may be of any scheme.
    secret_output::refuse_to_lose_it(&args.secret, &args.change, context)?;
    let picked = args.which.pick(context, SchemeArg::default())?;
    let audit = context.audit("token.rotate", &args.change)?;
    let mut database = context.connect()?;
    if !args.change.yes.is_said() {
        secret_output::refuse_unusable_file(&args.secret, &mut database)?;
    }
    let question = format!("Rotate {}", picked.named());
    context.confirm(&mut database, &args.change, &question)?;
    secret_output::run(&args.secret, &args.change, &mut database, context, |conn, generator| {
        let Locked { old, owner, same_name, at } = lock(conn, &picked)?;
        secret_output::refuse_unless_owner_can_log_in(&owner, args.force)?;
        let expires_at = args.expiry.end_after(at, LIFETIME)?;
        refuse_unrotatable(&old, &same_name, at, &picked)?;
        // Not after it would have expired anyway.
        let end = end_of_overlap(args.overlap, at)?.min(*old.expires_at);
        refuse_third(&old, &same_name, at, end > at, &picked)?;
        let shortened = tokens::set_expires_at(conn, &old.key, end)?;
        let wanted = ApiToken { expires_at: end.into(), ..old.clone() };
        let shortened = require_changed("old token", shortened.filter(|row| *row == wanted))?;
        let new = generator.replace(&old.key)?;
        let created_at = old
            .replaced_at(at)
            .ok_or_else(|| created_too_late(&picked.named(), "revoke it, and issue a new one"))?;
        let stored = StoredSecret::new(new.stored().expose());
        let row = NewApiToken {
            token: &stored,
            owner_id: old.owner_id,
            name: &old.name,
            created_at,
            expires_at,
        };
        let inserted = tokens::insert(conn, &row)?;
        let token = require_changed("token", inserted.filter(|token| row.is_stored_as(token)))?;
        let audit_rows = audit_rows_of(&old, *shortened.expires_at, &token, false);
        audit.record(conn, audit_rows.into())?;
        let older = same_name.iter().find(|it| it.key != old.key && it.is_live(at));
        let notice = notice(&shortened, &token, older);
        let token = ListedToken::of(token, at, &owner.users);
        Ok(Outcome { token, new: Some(new), notice: Some(notice) })
    })
}

/// How long the old and the new token work, and one that an earlier rotation left.
fn notice(old: &ApiToken, new: &ApiToken, older: Option<&ApiToken>) -> String {
    let until = format!(
        "the old token works until {}, the new one until {}",
        rfc3339(&old.expires_at),
        rfc3339(&new.expires_at)
    );
    match older {
        Some(older) => format!(
            "{until}; {} of the same name, from before the last rotation, works until {}: `iamctl token revoke \
             {}` ends it",
            older.key.shown_id(),
            rfc3339(&older.expires_at),
            older.key.id().unwrap_or_default()
        ),
        None => until,
    }
}

/// The token with what its rotation depends on, all of it locked.
struct Locked {
    old: ApiToken,
    /// Its owner, with the owner's users.
    owner: TokenOwner,
    /// All tokens of the owner with that name, itself included.
    same_name: Vec<ApiToken>,
    /// The time once all of it was locked.
    at: DateTime<Utc>,
}

/// Locks the users of the owner, or else the owner, then the tokens of that name. While the users are
/// locked, the owner gets no other token.
fn lock(conn: &mut PgConnection, picked: &Picked<'_>) -> Result<Locked> {
    if let Picked::Name(owner, name) = picked {
        let locked = lookup::owners::lock(conn, *owner)?;
        let same_name = tokens::lock_named(conn, locked.owner, &name.as_str().into())
            .map_err(|error| no_such_if_lacking(error.into(), owner, name))?;
        let at = clock(conn)?;
        let old = newest(&same_name, at).cloned().ok_or_else(|| no_such(owner, name))?;
        return Ok(Locked { old, owner: locked, same_name, at });
    }
    let found = picked.find(conn)?;
    let owner = lookup::owners::lock(conn, OwnerRef::Owner(found.owner_id));
    let owner = owner.map_err(|error| match error {
        // Without its owner, the token is gone, too.
        Error::NotFound(_) => Error::changed_meanwhile(picked.named()),
        other => other,
    })?;
    let same_name = tokens::lock_named(conn, owner.owner, &found.name)?;
    // While the lock was awaited, the token may have got another owner.
    let old = same_name.iter().find(|token| token.key == found.key).cloned();
    let old = old.ok_or_else(|| Error::changed_meanwhile(picked.named()))?;
    Ok(Locked { old, owner, same_name, at: clock(conn)? })
}

/// Fails unless the token is live, not blocked, and the newest live one of its name. Otherwise each
/// repeated rotation would add another live token.
fn refuse_unrotatable(
    old: &ApiToken,
    same_name: &[ApiToken],
    at: DateTime<Utc>,
    picked: &Picked<'_>,
) -> Result<()> {
    // `true`: whether the owner has usable users is checked by `refuse_unless_owner_can_log_in`, which
    // --force overrides. So `OwnerBlocked` cannot occur here.
    let status = old.status(at, true);
    let id = |token: &ApiToken| token.key.id().unwrap_or_default();
    let advice = match status {
        TokenStatus::Blocked => format!("`iamctl token unblock {}` comes first", id(old)),
        TokenStatus::Expired | TokenStatus::Revoked => {
            format!("only a live token can be rotated. Run {} for a new one", issue_another(old))
        }
        TokenStatus::Active | TokenStatus::OwnerBlocked => {
            let Some(newest) = newest(same_name, at).filter(|newest| newest.key != old.key) else {
                return Ok(());
            };
            return Err(Error::Refused(format!(
                "{} has been rotated: `{}` is the newer token of its name. Run `iamctl token revoke {}` to end the \
                 older one, or `iamctl token rotate {}` to replace the newer one",
                picked.named(),
                id(newest),
                id(old),
                id(newest)
            )));
        }
    };
    Err(Error::Refused(format!("{} is {status}; {advice}", picked.named())))
}

/// Fails where more than two tokens of the name would be live: the new one, the old one where it
/// `overlaps`, and those that earlier rotations left.
fn refuse_third(
    old: &ApiToken,
    same_name: &[ApiToken],
    at: DateTime<Utc>,
    overlaps: bool,
    picked: &Picked<'_>,
) -> Result<()> {
    let others = same_name.iter().filter(|token| token.key != old.key && token.is_live(at));
    let Some(longest) = others.clone().max_by_key(|token| token.expires_at) else {
        return Ok(());
    };
    if !leaves_a_third(1, overlaps, others.count()) {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "{} still has a live token from before its last rotation, {}, until {}. Run `iamctl token revoke \
         {}`, or wait{}",
        picked.named(),
        longest.key.shown_id(),
        rfc3339(&longest.expires_at),
        longest.key.id().unwrap_or_default(),
        if overlaps { ", or pass --overlap 0s" } else { "" }
    )))
}
