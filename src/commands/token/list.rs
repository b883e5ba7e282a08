use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::commands::help_page::{long, short, with_values};
use crate::commands::paging::Paging;
use crate::completion::Names;
use crate::context::Context;
use crate::db::functions::transaction_time;
use crate::db::lookup::owners::OwnerRef;
use crate::db::tokens::{self, ListedToken, TokenFilter};
use crate::db::{PgConnection, lookup, owners};
use crate::domain::{OwnerSelector, RowId, TimeOrDuration, TokenStatus, UserSelector, counted};
use crate::error::{Error, Result};
use crate::output::{Column, Prints, Record, columns_of, rfc3339};

/// List tokens, the newest first
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<ListedToken>().or_count().or_list::<OfUser>())]
pub struct Args {
    /// Only tokens of this user's owners
    ///
    /// By username, email or id. Those of owners that others share, too.
    #[arg(long, conflicts_with = "owner", add = Names::User)]
    user: Option<UserSelector>,
    /// Only tokens of this owner, by owner_id
    #[arg(long, value_name = "ID", add = Names::Owner)]
    owner: Option<OwnerSelector>,
    /// Only tokens in this state, such as active
    #[arg(long, value_enum, hide_possible_values = true, long_help = with_values::<TokenStatus>("Only tokens in this state"))]
    status: Option<TokenStatus>,
    /// Only valid ones that expire within this
    ///
    /// Or before this time.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    expiring_within: Option<TimeOrDuration>,
    /// Only tokens of owners without users
    #[arg(long)]
    orphaned: bool,
    /// Exit with 5 if there is any, for alerts
    #[arg(long)]
    fail_if_any: bool,
    /// Continue after this token
    #[arg(long, value_name = "ID", allow_hyphen_values = true, hide_short_help = true, add = Names::Token)]
    after: Option<RowId>,
    #[command(flatten)]
    paging: Paging,
}

const EXAMPLES: &str = r#"
$ iamctl token list --user alice
ID            NAME    STATUS   USERS       SHARED  EXPIRES_AT            CREA…
t71VwRt4GwzM  deploy  active   alice, bob  yes     2027-01-26T23:44:38Z  2026…
iDsEsZ7eKpwL  ci      active   alice       no      2026-12-07T23:44:38Z  2026…
y6BrVzb69n5U  old     expired  alice       no      2026-10-27T23:44:38Z  2026…

$ iamctl token list --expiring-within 14d --fail-if-any
ID            NAME  STATUS  USERS  EXPIRES_AT            CREATED_AT
iDsEsZ7eKpwL  ci    active  alice  2026-12-07T23:44:39Z  2026-09-08T23:44:39Z
error: 1 token expires within 14d
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let access = if args.orphaned { access.by_index() } else { access };
    let mut database = context.connect()?;
    let found = if args.paging.count {
        let count = database.transaction(access, |conn| {
            let at = transaction_time(conn)?;
            match filter(conn, args, at)? {
                Some(filter) => Ok(tokens::count(conn, &filter)?),
                None => Ok(0),
            }
        })?;
        context.output.count(count)?;
        count.unsigned_abs()
    } else {
        let mut list = |limit: Option<i64>, each: &mut dyn FnMut(ListedToken) -> Result<()>| {
            database.transaction(access, |conn| {
                let at = transaction_time(conn)?;
                let Some(filter) = filter(conn, args, at)? else { return Ok(()) };
                tokens::list(conn, &filter, at, limit, &mut *each)
            })
        };
        if args.user.is_some() {
            args.paging.print(context, "tokens", &[], |limit, each| {
                list(limit, &mut |token| each(OfUser(token)))
            })?
        } else {
            args.paging.print(context, "tokens", &[], list)?
        }
    };
    if args.fail_if_any && found > 0 {
        return Err(Error::Refused(any_found(found, args.expiring_within)));
    }
    Ok(())
}

/// A token of a user's owners: a table says whether others share it.
struct OfUser(ListedToken);

impl Record for OfUser {
    fn columns() -> Vec<Column<Self>> {
        let columns = columns_of(|Self(token)| token).into_iter();
        let mark = |column: Column<Self>| match column.name() {
            "shared" => column.in_tables(true),
            _ => column,
        };
        columns.map(mark).collect()
    }

    fn id(&self) -> Option<String> {
        self.0.id()
    }
}

/// The owners without users, where they are few: their tokens are looked up then. `None` where they are many:
/// a walk through the tokens soon finds some.
fn few_without_users(conn: &mut PgConnection) -> Result<Option<Vec<Uuid>>> {
    const MANY: i64 = 1000;
    let owners = tokens::owners_without_users(conn, MANY)?;
    let are_many = i64::try_from(owners.len()).is_ok_and(|count| count == MANY);
    Ok((!are_many).then_some(owners))
}

/// Such as "1 token expires within 40d".
fn any_found(found: u64, within: Option<TimeOrDuration>) -> String {
    let (tokens, s) = (counted(found, "token"), if found == 1 { "s" } else { "" });
    match within {
        Some(TimeOrDuration::Duration(span)) => format!("{tokens} expire{s} within {span}"),
        Some(TimeOrDuration::Time(time)) => format!("{tokens} expire{s} before {}", rfc3339(&time)),
        None => format!("{tokens} match{}", if found == 1 { "es" } else { "" }),
    }
}

/// `None` where no owner is left, and so no token.
fn filter(conn: &mut PgConnection, args: &Args, at: DateTime<Utc>) -> Result<Option<TokenFilter>> {
    let owners = match (&args.user, args.owner) {
        (Some(user), _) => {
            let user = lookup::users::find_one(conn, user)?;
            Some(owners::of_user(conn, user.id)?)
        }
        (None, Some(OwnerSelector(owner))) => OwnerRef::Owner(owner).find(conn)?.map(|id| vec![id]),
        (None, None) if args.orphaned => few_without_users(conn)?,
        (None, None) => None,
    };
    if owners.as_ref().is_some_and(Vec::is_empty) {
        return Ok(None);
    }
    let expiring_before =
        match args.expiring_within {
            Some(within) => Some(within.after(at).ok_or_else(|| {
                Error::usage("--expiring-within ends after the last possible time")
            })?),
            None => None,
        };
    let after = match &args.after {
        Some(id) => Some(lookup::ids::token(conn, id)?),
        None => None,
    };
    let (status, orphaned) = (args.status, args.orphaned);
    Ok(Some(TokenFilter { owners, status, orphaned, expiring_before, after }))
}
