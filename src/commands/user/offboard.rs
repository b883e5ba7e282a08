use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use uuid::Uuid;

use super::change::{self, named};
use super::choice::{Among, named_or_asked};
use super::ended_counts::{CountPerUser, Ended};
use super::hand_over::{HandedOver, Personal, Recipient, Rotation, hand_over};
use super::offboarded_row::{AffectedRow, Kind, Row, Successor};
use super::offboarding_summary::summary;
use crate::commands::cannot_log_in;
use crate::commands::end_access::{remove_codes, revoke_sessions, revoke_tokens};
use crate::commands::help_page::{long, short};
use crate::commands::known_secrets;
use crate::commands::secret_file::SecretFile;
use crate::commands::side_tables;
use crate::commands::value_or_stdin::ValueOrStdin;
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::Audit;
use crate::db::lookup::users::LockedUsers;
use crate::db::maintenance::side_tables::{self as catalogue, SideTables};
use crate::db::owners::OwnersWithUsers;
use crate::db::tokens::{self, ApiToken};
use crate::db::types::StoredSecret;
use crate::db::users::User;
use crate::db::{Access, PgConnection, lookup, owners};
use crate::domain::{Changed, CodeKind, StoredText, TimeOrDuration, UserSelector, counted};
use crate::error::{Error, Result};
use crate::output::{Prints, rfc3339};

/// End all access of users who leave
///
/// Blocks the users, revokes their sessions, removes their codes, and revokes their tokens or hands
/// them over, all in one transaction. Tokens of owners that they share with active users stay valid,
/// and are listed as kept. Users who leave still know the secrets of these, and of tokens handed over
/// without --rotate-into: `iamctl token rotate` replaces one. Tables of other programs with a `user_id`
/// and no foreign key are named, and not changed.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<AffectedRow>())]
pub struct Args {
    /// Usernames, emails or ids; `-` reads them from stdin
    ///
    /// On a terminal, a user is asked for if none is given.
    #[arg(value_name = "USER", add = Names::User)]
    users: Vec<ValueOrStdin<UserSelector>>,
    /// Give their tokens to this user, not revoke them
    ///
    /// Without --rotate-into, the secrets stay the same.
    #[arg(long, value_name = "USER", add = Names::User)]
    hand_over_to: Option<UserSelector>,
    /// Write a new secret per token to this directory
    ///
    /// The directory must belong to you, and only you may write to it. Each file has mode 0600, and the
    /// name and id of its token as name: `ci.4Fq0vyoPe1Qh`. The new token expires when the old one
    /// would have.
    #[arg(long, value_name = "DIR", requires = "hand_over_to")]
    rotate_into: Option<PathBuf>,
    /// Keep the old secrets valid this long
    ///
    /// Or until this time. [default: 0s]
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true, requires = "rotate_into")]
    overlap: Option<TimeOrDuration>,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl user offboard bob --dry-run
the users who leave still know the secrets of 1 live token of owners that oth…
dry run: rolled back, nothing was changed
USERNAME  KIND   ID                                    NAME    OUTCOME       …
bob       user   00000000-0000-4000-8000-000000000002  bob     blocked       …
bob       token  t71VwRt4GwzM                          deploy  kept: shared  …
bob       token  Xf_3-2WVwTKy                          pager   revoked       …

$ iamctl user offboard alice --hand-over-to bob --yes --columns username,kind,id,outcome
handed over 1 token whose secrets the users who leave still know; `iamctl tok…
the users who leave still know the secrets of 1 live token of owners that oth…
USERNAME  KIND                ID                                    OUTCOME
alice     user                00000000-0000-4000-8000-000000000001  blocked
alice     session             lCx4D36XIOWX                          revoked
alice     session             nY2NHdKlUFha                          revoked
alice     authorization code  njtBAOclH7Pd                          removed
alice     token               iDsEsZ7eKpwL                          handed ov…
alice     token               t71VwRt4GwzM                          kept: sha…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let output = context.output.list::<AffectedRow>()?;
    let audit = context.audit("user.offboard", &args.change)?;
    context.limit_changes(args.limit)?;
    let selectors = named_or_asked(&args.users, context, &args.change, Among::NotDeleted)?;
    let rotation = match &args.rotate_into {
        Some(directory) => Some(Rotation::new(directory, args.overlap, context)?),
        None => None,
    };
    let mut database = context.connect()?;
    let asks = !args.change.yes.is_said() && !args.change.dry_run && !selectors.is_empty();
    if !selectors.is_empty() {
        let question = format!(
            "Offboard {} (block, end sessions, {})",
            named(&selectors),
            fate_of_tokens(args, rotation.as_ref())
        );
        if asks {
            context.terminal.require_answers(&question)?;
            let untouched =
                database.transaction(Access::READ, |conn| Ok(catalogue::read(conn)?.names))?;
            side_tables::notice_untouched(context, &untouched);
        }
        context.confirm(&mut database, &args.change, &question)?;
    }
    let access = args.change.access_for(selectors.len());
    let mut files = Vec::new();
    let result = database.transaction(access, |conn| {
        let (leaving, recipient) = lock(conn, &selectors, args.hand_over_to.as_ref())?;
        let done = offboard(conn, leaving, recipient.as_ref(), rotation.as_ref(), &audit)?;
        if let Some(rotation) = &rotation {
            // The last step before COMMIT.
            let notice;
            (files, notice) =
                rotation.write_secrets(conn, &done.handed_over, args.change.dry_run)?;
            if let Some(notice) = notice {
                context.terminal.notice(&notice);
            }
        }
        Ok(done)
    });
    let mut done = SecretFile::keep_unless_rolled_back(files, result, &context.interrupt)?;
    if args.change.dry_run {
        // The ids of a real run will differ.
        let new = done.rows.iter_mut().filter_map(|affected| affected.row.new.as_mut());
        new.for_each(|new| new.id = None);
    }
    notice_handed_over(args, &done, context);
    known_secrets::notice_shared(context, "the users who leave", &done.kept);
    if !asks && !selectors.is_empty() {
        side_tables::notice_untouched(context, &done.untouched);
    }
    context.notice_dry_run(&args.change);
    if context.output.is_for_people() && !context.terminal.is_verbose() {
        return context.output.list()?.all(&summary(&done.rows));
    }
    output.all(&done.rows)
}

/// What becomes of the tokens, for the question.
fn fate_of_tokens(args: &Args, rotation: Option<&Rotation<'_>>) -> String {
    match (&args.hand_over_to, rotation) {
        (None, _) => "revoke tokens".to_owned(),
        (Some(heir), None) => {
            format!("hand tokens over to `{heir}` with secrets that they still know")
        }
        (Some(heir), Some(_)) => format!("hand tokens over to `{heir}` with new secrets"),
    }
}

/// Says where the new secrets of the tokens are, or how to get new ones.
fn notice_handed_over(args: &Args, done: &Offboarded, context: &mut Context) {
    let HandedOver { old, end, .. } = &done.handed_over;
    if old.is_empty() {
        return;
    }
    let tokens = counted(old.len(), "token");
    let notice = match (&args.rotate_into, end) {
        (Some(directory), Some(end)) => format!(
            "handed over {tokens} with new secrets in `{}`; the old ones end at {} at the latest",
            directory.display(),
            rfc3339(end)
        ),
        _ => format!(
            "handed over {tokens} whose secrets the users who leave still know; `iamctl token rotate ID \
             --overlap 0s` gives each a new secret, as --rotate-into would have, and `iamctl token revoke ID` \
             ends the older one of two with one name: {}",
            known_secrets::ids(old)
        ),
    };
    context.terminal.notice(&notice);
}

/// Locks the users who leave, the user who receives their tokens, and all who share an owner with
/// them, with one statement.
fn lock<'a>(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
    recipient: Option<&'a UserSelector>,
) -> Result<(LockedUsers, Option<Recipient<'a>>)> {
    let Some(recipient) = recipient else {
        return Ok((lookup::users::lock_with_co_owners(conn, selectors)?, None));
    };
    let all: Vec<_> = selectors.iter().chain([recipient]).cloned().collect();
    let mut locked = lookup::users::lock_with_co_owners(conn, &all)?;
    // Resolved apart from the others: a selector may name the recipient, too.
    let user = lookup::users::resolve_one(recipient, &locked.users)?;
    let leaving = lookup::users::resolve(selectors, locked.users)?;
    if leaving.iter().any(|leaver| leaver.id == user.id) {
        return Err(Error::usage("--hand-over-to names a user who is to be offboarded"));
    }
    if !user.may_log_in() {
        return Err(Error::Refused(format!(
            "user `{}` cannot take tokens over: {}. Run {} first",
            user.username,
            cannot_log_in::why(&user),
            cannot_log_in::remedy(&user)
        )));
    }
    // The owners of the recipient stay among those of `sharing`.
    locked.users = leaving;
    Ok((locked, Some(Recipient { selector: recipient, user })))
}

/// What an offboarding did.
struct Offboarded {
    /// Every row that it concerns, user by user.
    rows: Vec<AffectedRow>,
    handed_over: HandedOver,
    /// Tokens of shared owners, which go on working.
    kept: Vec<StoredSecret>,
    /// Tables of others that belong to users.
    untouched: Vec<StoredText>,
}

/// Blocks the users, ends their sessions, removes their codes, revokes their tokens or hands them
/// over, and writes the audit rows.
fn offboard(
    conn: &mut PgConnection,
    leaving: LockedUsers,
    recipient: Option<&Recipient<'_>>,
    rotation: Option<&Rotation<'_>>,
    audit: &Audit,
) -> Result<Offboarded> {
    let ids = leaving.ids();
    let leaving_ids: HashSet<_> = ids.iter().copied().collect();
    let owners_of_recipient = match recipient {
        Some(recipient) => owners::personal_owners(conn, recipient.user.id)?,
        None => Vec::new(),
    };
    // Each owner that ends, with its users who leave.
    let ending_owners = leaving.owners_without_others_who_may_use_tokens();
    let concerned: Vec<_> = leaving
        .sharing
        .iter()
        .filter(|(_, users)| users.iter().any(|user| leaving_ids.contains(user)))
        .map(|(owner, _)| owner)
        .chain(owners_of_recipient.iter().copied())
        .collect();
    let mut live = tokens::lock_live_of(conn, &concerned)?;
    let SideTables { at, names: untouched } = catalogue::read(conn)?;
    // One may have expired while its lock was awaited.
    live.retain(|token| token.is_live(at));
    let (of_recipient, live): (Vec<_>, Vec<_>) =
        live.into_iter().partition(|token| owners_of_recipient.contains(&token.owner_id));
    let (ending, kept): (Vec<_>, Vec<_>) =
        live.into_iter().partition(|token| ending_owners.contains_key(&token.owner_id));

    let sessions = revoke_sessions(conn, &ids, at)?;
    let verification_codes = remove_codes(conn, CodeKind::Verification, &ids)?;
    let authorization_codes = remove_codes(conn, CodeKind::Authorization, &ids)?;
    let mut ended = Ended {
        sessions: Some(CountPerUser::of_rows(&sessions)),
        codes: Some(CountPerUser::of_rows(verification_codes.iter().chain(&authorization_codes))),
        tokens: None,
    };
    let (outcome, mut handed_over) = match recipient {
        None => {
            revoke_tokens(conn, &ending, at)?;
            ended.tokens = Some(CountPerUser::of_tokens(&ending, &ending_owners));
            ("revoked", HandedOver::default())
        }
        Some(recipient) => {
            let personal = Personal { owners: &owners_of_recipient, live: &of_recipient };
            let outcome = if rotation.is_some() { ROTATED } else { HANDED_OVER };
            let leavers = &ending_owners;
            (outcome, hand_over(conn, &ending, recipient, &personal, leavers, rotation, at)?)
        }
    };

    let sharing = leaving.sharing;
    let mut users = change::block(conn, leaving.users)?;
    let blocked: Vec<_> = users.iter().map(|user| user.changed).collect();
    ended.mark_changed(&mut users);
    let mut audit_rows = ended.audit_rows(&users);
    audit_rows.append(&mut handed_over.audit_rows);
    audit.record(conn, audit_rows)?;

    let tokens = [(&ending, outcome), (&kept, KEPT)];
    let mut rows_of = token_rows(tokens, &leaving_ids, &sharing, &handed_over);
    for (kind, outcome, keys) in [
        (Kind::Session, "revoked", &sessions),
        (Kind::VerificationCode, "removed", &verification_codes),
        (Kind::AuthorizationCode, "removed", &authorization_codes),
    ] {
        for (user, key) in keys {
            rows_of.entry(*user).or_default().push(Row::new(kind, key.id(), outcome));
        }
    }
    let rows = in_order(users.into_iter().zip(blocked), rows_of);
    let kept = kept.into_iter().map(|token| token.key).collect();
    Ok(Offboarded { rows, handed_over, kept, untouched })
}

/// A row for each of the tokens and each of its users who leave, by user.
fn token_rows(
    tokens: [(&Vec<ApiToken>, &'static str); 2],
    leaving: &HashSet<Uuid>,
    sharing: &OwnersWithUsers,
    handed_over: &HandedOver,
) -> HashMap<Uuid, Vec<Row>> {
    let users_of: BTreeMap<_, _> = sharing.iter().collect();
    let mut rows_of = HashMap::<_, Vec<_>>::new();
    for (tokens, outcome) in tokens {
        for token in tokens {
            let users = users_of.get(&token.owner_id).copied().unwrap_or_default();
            let replacement = handed_over.replacements.get(&token.key);
            for user in users.iter().filter(|user| leaving.contains(user)) {
                let row = Row {
                    name: Some(token.name.clone()),
                    changed: outcome != KEPT,
                    new: replacement.map(|new| {
                        let file = new.file.to_string_lossy().into_owned();
                        Box::new(Successor { id: new.id(), file })
                    }),
                    ..Row::new(Kind::Token, token.key.id(), outcome)
                };
                rows_of.entry(*user).or_default().push(row);
            }
        }
    }
    rows_of
}

/// The rows user by user, each user first. The users come with whether they were blocked now.
fn in_order(
    users: impl Iterator<Item = (Changed<User>, bool)>,
    mut rows_of: HashMap<Uuid, Vec<Row>>,
) -> Vec<AffectedRow> {
    let mut affected = Vec::new();
    for (user, changed) in users {
        let user = Rc::new(user.record);
        let mut rows = rows_of.remove(&user.id).unwrap_or_default();
        rows.sort_by(|one, other| {
            (one.kind, &one.name, &one.id).cmp(&(other.kind, &other.name, &other.id))
        });
        let row = Row::new(Kind::User, Some(user.id.to_string()), "blocked");
        rows.insert(0, Row { name: Some(user.username.clone()), changed, ..row });
        affected.extend(rows.into_iter().map(|row| AffectedRow { user: Rc::clone(&user), row }));
    }
    affected
}

/// What becomes of tokens where there is a recipient.
const HANDED_OVER: &str = "handed over";

/// The same, with --rotate-into.
const ROTATED: &str = "handed over: rotated";

/// What becomes of the tokens of owners with other users, who stay and are neither blocked nor
/// deleted.
const KEPT: &str = "kept: shared";
