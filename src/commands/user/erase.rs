use chrono::{DateTime, Utc};

use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::Audit;
use crate::db::erasure::{self, Erased, Extent};
use crate::db::users::User;
use crate::db::{Access, Database, targets};
use crate::domain::{TimeOrDuration, UserSelector};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, shown};

/// Erase users for good: their rows and all that hangs on them
///
/// Only users who are deleted already, unless --force is given. Sessions and codes go with them; so
/// do the tokens of owners that are left without users, while owners shared with others keep
/// theirs. The audit log keeps the id, and never had the name. This cannot be undone.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["users", "deleted_for"])))]
pub struct Args {
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(value_name = "USER")]
    users: Vec<ValueOrStdin<UserSelector>>,
    /// All users who were deleted longer ago than this, or before this time; for cron, with --yes
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    deleted_for: Option<TimeOrDuration>,
    /// Also users who are not deleted
    #[arg(long, conflicts_with = "deleted_for")]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Users in one transaction of `--deleted-for`.
const BATCH: i64 = 500;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let mut rows = context.output.list::<Erased>()?;
    let audit = context.audit("user.erase", &args.change)?;
    let mut database = context.connect()?;
    let cutoff = context.ago(&mut database, "--deleted-for", args.deleted_for)?;
    let mut printed = Ok(());
    // Whether anybody reads them is no reason to stop half-way.
    let mut any = false;
    let mut print = |erased: &[Erased]| {
        any |= !erased.is_empty();
        if printed.is_ok() {
            printed = erased.iter().try_for_each(|erased| rows.push(erased));
        }
    };
    let erased = match cutoff {
        Some(cutoff) => retention(args, cutoff, &mut print, &audit, &mut database, context),
        None if selectors.is_empty() => Ok(()),
        None => named(args, &selectors, &mut print, &audit, &mut database, context),
    };
    context.notice_dry_run(&args.change);
    if erased.is_err() && !any {
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
    print: &mut dyn FnMut(&[Erased]),
    audit: &Audit,
    database: &mut Database,
    context: &mut Context,
) -> Result<()> {
    // Known by now where somebody is asked about them.
    let asked = confirm(args, selectors, database, context)?;
    let selectors = asked.as_deref().unwrap_or(selectors);
    let extent = if args.force { Extent::All } else { Extent::AllDeleted };
    let access = args.change.access_for(selectors.len());
    let erased = database.locking(&erasure::locks(selectors), access, |conn| {
        let erased = erasure::erase(conn, selectors, extent, audit)?;
        if erased.is_none() && asked.is_none() {
            let users = targets::resolve(conn, selectors)?;
            refuse_undeleted(args, &users)?;
        }
        erased.ok_or_else(|| {
            Error::Refused(
                "a user was restored or erased meanwhile; look again before you repeat it"
                    .to_owned(),
            )
        })
    })?;
    print(&erased);
    Ok(())
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
    if args.change.yes || args.change.dry_run {
        return Ok(None);
    }
    let users = database.transaction(Access::Read, |conn| targets::resolve(conn, selectors))?;
    refuse_undeleted(args, &users)?;
    let (what, expected) = match users.as_slice() {
        [user] => (format!("user `{}`", user.username), user.username.clone()),
        users => (format!("{} users", users.len()), users.len().to_string()),
    };
    context.terminal.require_answers(&format!("Erase {what} for good"))?;
    let target = database.describe()?;
    context.terminal.confirm_by_typing(&format!("Erase {what} for good in {target}"), &expected)?;
    Ok(Some(users.into_iter().map(|user| UserSelector::Id(user.id)).collect()))
}

/// Erases all that were deleted before `cutoff`, in committed batches.
fn retention(
    args: &Args,
    cutoff: DateTime<Utc>,
    print: &mut dyn FnMut(&[Erased]),
    audit: &Audit,
    database: &mut Database,
    context: &mut Context,
) -> Result<()> {
    let count = database
        .transaction(Access::BulkRead, |conn| erasure::count_deleted_before(conn, cutoff))?;
    if count == 0 {
        return Ok(());
    }
    context.confirm(database, &args.change, &format!("Erase {count} deleted users for good"))?;
    let access = args.change.bulk_access();
    let mut gone = 0;
    let mut after = None;
    loop {
        // A dry run rolls its batch back, and would find the same users again.
        let limit = if args.change.dry_run { count } else { BATCH };
        let batch = database.transaction(access, |conn| {
            let ids = erasure::deleted_before(conn, cutoff, after, limit)?;
            let last = ids.last().copied();
            let users: Vec<_> = ids.into_iter().map(|(_, id)| UserSelector::Id(id)).collect();
            erasure::locks(&users).take_now(conn)?;
            let erased = erasure::erase(conn, &users, Extent::Deleted, audit)?;
            Ok((erased.unwrap_or_default(), last))
        });
        let (erased, last) = batch.map_err(|error| {
            error.with(&format!("{gone} users were erased before that, and stay erased"))
        })?;
        print(&erased);
        after = last;
        gone += erased.len();
        database
            .interrupt()
            .set_committed(format!("{gone} users were erased before that, and stay erased"));
        if after.is_none() || args.change.dry_run {
            return Ok(());
        }
    }
}

impl Record for Erased {
    fn columns() -> Vec<Column> {
        let mut columns = User::columns();
        columns.extend([
            shown("erased_sessions"),
            shown("erased_codes"),
            shown("erased_tokens"),
            shown("changed"),
        ]);
        columns
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let mut cells = self.user.cells();
        cells.extend([
            self.sessions.into(),
            self.codes.into(),
            self.tokens.into(),
            Cell::from(true),
        ]);
        cells
    }

    fn id(&self) -> Option<String> {
        self.user.id()
    }
}
