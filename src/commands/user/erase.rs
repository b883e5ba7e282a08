use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::ended_counts::CountPerUser;
use crate::commands::help_page::{long, short};
use crate::commands::known_secrets;
use crate::commands::referred_rows::ReferredRows;
use crate::commands::side_tables;
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::changed_rows;
use crate::db::lookup::users::LockedUsers;
use crate::db::maintenance::side_tables as catalogue;
use crate::db::types::StoredSecret;
use crate::db::users::{self, User};
use crate::db::{
    Access, Database, PgConnection, lookup, require_all_changed, require_none_left, tokens,
};
use crate::domain::{TimeOrDuration, UserSelector, counted};
use crate::error::{Error, Result};
use crate::output::{Column, Prints, Record, columns_of, field, shown};

/// Erase users for good, with all their rows
///
/// Erases only users who are deleted, unless --force is given. Their sessions and codes are erased,
/// too, and the tokens of owners that are left without users. Owners that they share with others keep
/// their tokens: the erased users know the secrets, and `iamctl token rotate` replaces one. The audit
/// log keeps the ids, and never held the names. Tables of other programs with a `user_id` and no
/// foreign key are named, and not changed. This cannot be undone.
///
/// --deleted-for skips users to whom rows of other tables refer, names them, and exits with 9.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["users", "deleted_for"])))]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Erased>())]
pub struct Args {
    /// Usernames, emails or ids; `-` reads them from stdin
    #[arg(value_name = "USER", add = Names::User)]
    users: Vec<ValueOrStdin<UserSelector>>,
    /// All users deleted longer ago than this
    ///
    /// Or before this time. For cron, with --yes.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    deleted_for: Option<TimeOrDuration>,
    /// Also erase users who are not deleted
    #[arg(long, conflicts_with = "deleted_for")]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl user erase carol --yes
ID                                    USERNAME  EMAIL              STATUS   C…
00000000-0000-4000-8000-000000000003  carol     carol@example.org  deleted  2…

$ iamctl user erase --deleted-for 90d --yes -o id
--deleted-for 90d is 2026-08-29T23:10:24Z
00000000-0000-4000-8000-000000000003
"#;

/// Users in one transaction of `--deleted-for`.
const BATCH: i64 = 500;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let mut rows = context.output.list::<Erased>()?;
    let audit = context.audit("user.erase", &args.change)?;
    context.limit_changes(args.limit)?;
    let mut database = context.connect_for_deleted()?;
    let cutoff = context.ago(&mut database, "--deleted-for", args.deleted_for)?;
    let mut printed = Ok(());
    // A reader that went away does not stop the work half-way.
    let mut any = false;
    let mut known = BTreeSet::new();
    let mut print = |batch: Batch| {
        any |= !batch.erased.is_empty();
        known.extend(batch.known);
        known.retain(|token| !batch.gone.contains(token));
        if printed.is_ok() {
            printed = batch.erased.iter().try_for_each(|erased| rows.push(erased));
        }
    };
    let erased = match cutoff {
        Some(cutoff) => retention(args, cutoff, &mut print, &audit, &mut database, context),
        None if selectors.is_empty() => Ok(()),
        None => named(args, &selectors, &mut print, &audit, &mut database, context),
    };
    let known: Vec<_> = known.into_iter().collect();
    known_secrets::notice_shared(context, "the erased users", &known);
    context.notice_dry_run(&args.change);
    // Where all users are left, the list of those erased is an empty one.
    if !any && !matches!(erased, Ok(()) | Err(Error::Incomplete(_))) {
        return erased;
    }
    // What failed counts for more than what could not be printed; what was erased is printed.
    let finished = printed.and_then(|()| rows.finish());
    erased.and(finished)
}

/// Erases the users that were named, all in one transaction.
fn named(
    args: &Args,
    selectors: &[UserSelector],
    print: &mut dyn FnMut(Batch),
    audit: &Audit,
    database: &mut Database,
    context: &mut Context,
) -> Result<()> {
    // After a question, the users are those whom it was about.
    let asked = confirm(args, selectors, database, context)?;
    let selectors = asked.as_deref().unwrap_or(selectors);
    let access = args.change.access_for(selectors.len());
    let mut untouched = Vec::new();
    let batch = database.transaction(access, |conn| {
        if asked.is_none() {
            untouched = catalogue::read(conn)?.names;
        }
        let leaving = lookup::users::lock_with_co_owners(conn, selectors)
            .and_then(|leaving| {
                refuse_undeleted(args, &leaving.users)?;
                Ok(leaving)
            })
            .map_err(|error| if asked.is_some() { unlike_the_question(error) } else { error })?;
        erase(conn, leaving, audit)
    })?;
    print(batch);
    side_tables::notice_untouched(context, &untouched);
    Ok(())
}

/// Erases the users, with the tokens of owners that are left without users, and writes the audit
/// rows. Sessions, codes and places in owners go by cascade.
fn erase(conn: &mut PgConnection, leaving: LockedUsers, audit: &Audit) -> Result<Batch> {
    let ids = leaving.ids();
    let (mut sessions, mut codes) = (HashMap::<_, i64>::new(), HashMap::<_, i64>::new());
    for found in users::count_per_user(conn, &ids)? {
        let counts = if found.of_sessions { &mut sessions } else { &mut codes };
        *counts.entry(found.user).or_default() += found.rows;
    }
    let owners = leaving.owners_without_other_users();
    let tokens = tokens::lock_all_of(conn, &owners.keys().copied().collect::<Vec<_>>())?;
    let gone: Vec<_> = tokens.iter().map(|token| token.key.clone()).collect();
    if !gone.is_empty() {
        require_all_changed("tokens", tokens::delete(conn, &gone)?.len(), gone.len())?;
    }
    let tokens = CountPerUser::of_tokens(&tokens, &owners);
    let shared = leaving.owners_with_other_users();
    let known = if shared.is_empty() { Vec::new() } else { tokens::live_of(conn, &shared)? };
    require_all_changed("users", users::erase(conn, &ids)?.len(), ids.len())?;
    // PostgreSQL does not notice where a trigger keeps a row from a cascade.
    require_none_left(users::count_rows_of(conn, &ids)?, "row of these users")?;
    let erased: Vec<_> = leaving
        .users
        .into_iter()
        .map(|user| Erased {
            sessions: sessions.get(&user.id).copied().unwrap_or_default(),
            codes: codes.get(&user.id).copied().unwrap_or_default(),
            tokens: tokens.get(user.id),
            user,
        })
        .collect();
    audit.record(conn, erased.iter().map(Erased::audit_row).collect())?;
    Ok(Batch { erased, known, gone: gone.into_iter().collect() })
}

/// Before a question, all of these users were there, and could be erased.
fn unlike_the_question(error: Error) -> Error {
    match error {
        Error::Refused(_) | Error::NotFound(_) | Error::UnknownUser { .. } => Error::Refused(
            "a user was restored or erased after the question; look again before you repeat it"
                .to_owned(),
        ),
        other => other,
    }
}

fn refuse_undeleted(args: &Args, users: &[User]) -> Result<()> {
    let undeleted: Vec<_> =
        users.iter().filter(|user| !user.deleted).map(|user| user.username.as_str()).collect();
    if args.force || undeleted.is_empty() {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "not deleted: {}; `iamctl user delete` comes first, or pass --force",
        undeleted.join(", ")
    )))
}

/// Asks for the username typed in full, or the number of users where they are many. Returns the users
/// who were meant then, by their ids; `None` where nothing is asked.
fn confirm(
    args: &Args,
    selectors: &[UserSelector],
    database: &mut Database,
    context: &mut Context,
) -> Result<Option<Vec<UserSelector>>> {
    if args.change.yes.is_said() || args.change.dry_run {
        return Ok(None);
    }
    let (users, untouched) = database.transaction(Access::READ, |conn| {
        Ok((lookup::users::find(conn, selectors)?, catalogue::read(conn)?.names))
    })?;
    refuse_undeleted(args, &users)?;
    let (what, expected) = match users.as_slice() {
        [user] => (format!("user `{}`", user.username), user.username.to_string()),
        users => (format!("{} users", users.len()), users.len().to_string()),
    };
    context.terminal.require_answers(&format!("Erase {what} for good"))?;
    side_tables::notice_untouched(context, &untouched);
    let target = database.describe()?;
    context.terminal.confirm_by_typing(&format!("Erase {what} for good in {target}"), &expected)?;
    Ok(Some(users.into_iter().map(|user| UserSelector::Id(user.id)).collect()))
}

/// Erases all that were deleted before `cutoff`, in committed batches.
fn retention(
    args: &Args,
    cutoff: DateTime<Utc>,
    print: &mut dyn FnMut(Batch),
    audit: &Audit,
    database: &mut Database,
    context: &mut Context,
) -> Result<()> {
    let (count, untouched) = database.transaction(Access::READ.bulk(true), |conn| {
        Ok((users::count_deleted_before(conn, cutoff)?, catalogue::read(conn)?.names))
    })?;
    if count == 0 {
        return Ok(());
    }
    side_tables::notice_untouched(context, &untouched);
    let question = format!("Erase {} for good", counted(count, "deleted user"));
    context.confirm(database, &args.change, &question)?;
    let access = args.change.bulk_access();
    // A dry run rolls each batch back: users who share an owner are to be in one. With a limit, all are in one, and
    // go or stay together.
    let is_limited = refuse_too_many(count, context)?;
    let most = if args.change.dry_run || is_limited { count } else { BATCH };
    let mut limit = most;
    let mut gone = 0;
    let mut after = None;
    let mut referred = ReferredRows::default();
    let mut is_about_rows = false;
    loop {
        let mut first = None;
        let batch = database.transaction(access, |conn| {
            let users = users::deleted_before(conn, cutoff, after, limit)?;
            first = users.first().copied();
            let last = users.last().copied();
            let ids = users.into_iter().map(|(_, id)| id).collect();
            Ok((erase_deleted(conn, ids, cutoff, audit)?, last))
        });
        let (batch, last) = match (batch, first) {
            // Other rows refer to one of them, or a trigger keeps it. It is left once it is alone.
            (Err(error), _) if error.is_of_rows() && is_limited => {
                return Err(error.with("with --max-changes, one user who is kept keeps all others"));
            }
            (Err(error), _) if error.is_of_rows() && limit > 1 => {
                limit /= 2;
                continue;
            }
            (Err(error), Some(user)) if error.is_of_rows() => {
                referred.add(&error, user.1.to_string());
                after = Some(user);
                if gone > 0 || is_about_rows || !referred.are_in_vain() {
                    continue;
                }
                // It may be about no row, as that of a full disk: then the newest user cannot be erased either.
                let newest = database.transaction(access, |conn| {
                    let newest = users::newest_deleted_before(conn, cutoff)?;
                    erase_deleted(conn, newest.into_iter().collect(), cutoff, audit)
                });
                is_about_rows = true;
                match newest {
                    Err(newest) if newest.is_raised() => return Err(error),
                    Ok(newest) if !args.change.dry_run => (newest, after),
                    Ok(_) => continue,
                    Err(newest) if newest.is_of_rows() => continue,
                    Err(other) => return Err(other),
                }
            }
            // An interruption says it already.
            (Err(error @ Error::Interrupted { .. }), _) => return Err(error),
            (Err(error), _) if gone > 0 && !args.change.dry_run => {
                return Err(error.with(&so_far(gone)));
            }
            (batch, _) => batch?,
        };
        gone += batch.erased.len();
        if !args.change.dry_run {
            database.interrupt().set_committed(so_far(gone));
        }
        print(batch);
        if last.is_none() {
            return match referred.count() {
                0 => Ok(()),
                _ => Err(left(&referred, if args.change.dry_run { 0 } else { gone })),
            };
        }
        after = last;
        limit = (limit * 2).min(most);
    }
}

/// Fails where more users than may be changed would go. Returns whether there is a limit.
fn refuse_too_many(users: i64, context: &Context) -> Result<bool> {
    let Some(most) = context.max_changes() else { return Ok(false) };
    if users.unsigned_abs() > most {
        return Err(changed_rows::too_many(users.unsigned_abs(), most).with("nothing was changed"));
    }
    Ok(true)
}

/// Erases those of the users who are deleted since before `cutoff`.
fn erase_deleted(
    conn: &mut PgConnection,
    ids: Vec<Uuid>,
    cutoff: DateTime<Utc>,
    audit: &Audit,
) -> Result<Batch> {
    let mut leaving = lookup::users::lock_ids_with_co_owners(conn, ids)?;
    // One may have been restored, and deleted anew, before the lock was granted.
    leaving.users.retain(|user| {
        user.deleted && user.deleted_at.is_some_and(|deleted_at| *deleted_at < cutoff)
    });
    erase(conn, leaving, audit)
}

/// The error where users are left, and this many are gone.
fn left(referred: &ReferredRows, gone: usize) -> Error {
    let left = Error::Incomplete(format!(
        "{} left, whom the database keeps: {referred}",
        counted(referred.count(), "deleted user")
    ));
    if gone == 0 { left } else { left.with(&so_far(gone)) }
}

fn so_far(gone: usize) -> String {
    format!("the erasure of {} is committed", counted(gone, "user"))
}

/// What one transaction did.
struct Batch {
    erased: Vec<Erased>,
    /// The live tokens of owners that the users shared with others.
    known: Vec<StoredSecret>,
    /// The tokens that are deleted.
    gone: HashSet<StoredSecret>,
}

/// A user who is gone, as it was, and how much went with it.
struct Erased {
    user: User,
    sessions: i64,
    codes: i64,
    /// Tokens of owners that are left without users.
    tokens: usize,
}

impl Erased {
    fn audit_row(&self) -> NewAuditEntry {
        let Self { user, sessions, codes, tokens } = self;
        NewAuditEntry::new(
            user.id,
            json!({ "sessions": sessions, "codes": codes, "tokens": tokens }),
        )
    }
}

impl Record for Erased {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|erased: &Self| &erased.user);
        columns.extend([
            shown(field::integer("erased_sessions"), |erased: &Self| erased.sessions.into()),
            shown(field::integer("erased_codes"), |erased| erased.codes.into()),
            shown(field::integer("erased_tokens"), |erased| erased.tokens.into()),
            shown(field::flag("changed"), |_| true.into()),
        ]);
        columns
    }

    fn id(&self) -> Option<String> {
        self.user.id()
    }
}
