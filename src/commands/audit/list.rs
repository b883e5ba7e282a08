use std::collections::HashMap;

use clap::builder::NonEmptyStringValueParser;
use uuid::Uuid;

use crate::commands::help_page::{long, short};
use crate::commands::paging::Paging;
use crate::completion::Names;
use crate::context::Context;
use crate::db::audit_log::{self, AuditEntry, AuditFilter, Concerned};
use crate::db::{Access, PgConnection, lookup, users};
use crate::domain::{ActionFilter, RowId, StoredText, TimeOrDuration, UserSelector};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Prints, Record, detail, field, shown};

/// List who changed what, when and why
///
/// The newest first.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Entry>().or_count())]
pub struct Args {
    /// Only this action, or those of a noun
    ///
    /// Such as `user.block`, or `user`.
    #[arg(long, add = Names::Action)]
    action: Option<ActionFilter>,
    /// Only changes by this system user
    ///
    /// Also those made through sudo.
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    actor: Option<String>,
    /// Only changes of this user, or of what has this id
    ///
    /// A user by username, email or id; the id of a token, a session or an owner. A code is found by its user.
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "USER|ID", allow_hyphen_values = true, add = Names::User)]
    target: Option<String>,
    /// Only what one run of a command changed
    ///
    /// `change_id` in JSON; `-v` shows it, too.
    #[arg(long, value_name = "CHANGE-ID", value_parser = change_id)]
    change: Option<Uuid>,
    /// Only changes since: 2026-01-31, 7d
    ///
    /// A time, or a duration before now.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<TimeOrDuration>,
    /// Only changes before: 2026-01-31, 7d
    ///
    /// A time, or a duration before now.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<TimeOrDuration>,
    /// Continue after this entry
    #[arg(long, value_name = "ID", hide_short_help = true)]
    after: Option<i64>,
    #[command(flatten)]
    paging: Paging,
}

const EXAMPLES: &str = r#"
$ iamctl audit list --limit 3 --columns at,actor,action
AT                    ACTOR  ACTION
2026-11-28T17:03:22Z  root   db.migrate
2026-11-28T17:03:22Z  root   db.migrate
2026-11-28T17:03:22Z  root   db.migrate
printed 3 rows, and there are more: `--after 3` continues, `--all` prints eve…

$ iamctl audit list --action db --since 7d --count
--since 7d is 2026-11-21T17:03:38Z
5
"#;

fn change_id(text: &str) -> std::result::Result<Uuid, &'static str> {
    text.parse().map_err(|_| "a change id is a UUID, as `change_id` shows it")
}

/// Entries that are fetched at a time.
const PAGE: i64 = 1000;

/// An entry, with the present username of the user whom it is about.
struct Entry {
    entry: AuditEntry,
    /// `None` where it is about no user, or one who is gone.
    username: Option<StoredText>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect_for_deleted()?;
    let Targets { targets, unknown } = match &args.target {
        Some(target) => database.transaction(Access::READ, |conn| Targets::of(conn, target))?,
        None => Targets::default(),
    };
    let [since, until] =
        context.between(&mut database, ("--since", args.since), ("--until", args.until))?;
    let mut filter = AuditFilter {
        action: args.action.as_ref().map(|action| action.as_str().to_owned()),
        actor: args.actor.clone(),
        targets,
        since,
        until,
        change: args.change,
        before: args.after,
    };
    let searched: Vec<_> =
        [&args.actor, &args.target].into_iter().flatten().map(String::as_str).collect();
    if args.paging.count {
        let count = database.transaction(access, |conn| Ok(audit_log::count(conn, &filter)?));
        let count = context.found(count, &searched)?;
        return context.output.count(count);
    }
    let printed =
        args.paging.print::<Entry>(context, "audit entries", &searched, |limit, each| {
            database.transaction(access, |conn| {
                let mut left = limit.unwrap_or(i64::MAX);
                while left > 0 {
                    let page = audit_log::page(conn, &filter, left.min(PAGE))?;
                    let (Some(first), Some(last)) = (page.first(), page.last()) else {
                        return Ok(());
                    };
                    let names = usernames(conn, &page)?;
                    audit_log::each(conn, &filter, last.entry..=first.entry, |entry| {
                        let username = names.get(&entry.id).cloned();
                        each(Entry { entry, username })
                    })?;
                    filter.before = Some(last.entry);
                    left -= left.min(PAGE);
                }
                Ok(())
            })
        })?;
    if let (0, Some(unknown)) = (printed, unknown) {
        context.terminal.notice(&unknown.to_string());
    }
    Ok(())
}

/// What `--target` means.
#[derive(Default)]
struct Targets {
    /// As the audit log has them; empty means any.
    targets: Vec<String>,
    /// Why the text names no user, where it may be the id of something else.
    unknown: Option<Error>,
}

impl Targets {
    /// The text itself, and the id of the user whom it names. Fails where it can be neither.
    fn of(conn: &mut PgConnection, text: &str) -> Result<Self> {
        let mut targets = vec![text.strip_prefix("id:").unwrap_or(text).to_owned()];
        let may_be_id = targets[0].parse::<Uuid>().is_ok() || text.parse::<RowId>().is_ok();
        let selector: UserSelector = match text.parse() {
            Ok(UserSelector::Id(_)) => return Ok(Self { targets, unknown: None }),
            Ok(selector) => selector,
            Err(_) if may_be_id => return Ok(Self { targets, unknown: None }),
            Err(error) => return Err(Error::usage(error)),
        };
        match lookup::users::find_one(conn, &selector) {
            Ok(user) => {
                targets.push(user.id.to_string());
                Ok(Self { targets, unknown: None })
            }
            Err(error @ Error::UnknownUser { .. }) if may_be_id => {
                Ok(Self { targets, unknown: Some(error) })
            }
            Err(error @ Error::UnknownUser { .. }) => {
                Err(error.with("the log knows erased users by their ids"))
            }
            Err(error) => Err(error),
        }
    }
}

/// The present usernames of the users whom the entries are about, by entry.
fn usernames(conn: &mut PgConnection, page: &[Concerned]) -> Result<HashMap<i64, StoredText>> {
    let ids: Vec<_> = page.iter().flat_map(|it| [it.target, it.user]).flatten().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let names: HashMap<_, _> = users::usernames(conn, &ids)?.into_iter().collect();
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id));
    let of_entry = |it: &Concerned| Some((it.entry, name(it.target).or(name(it.user))?.clone()));
    Ok(page.iter().filter_map(of_entry).collect())
}

impl Record for Entry {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::integer("id"), |Entry { entry, .. }| entry.id.into()),
            shown(field::time("at"), |Entry { entry, .. }| entry.at.into()),
            shown(field::text("actor"), |Entry { entry, .. }| entry.actor.as_str().into()),
            shown(field::text("action"), |Entry { entry, .. }| entry.action.as_str().into()),
            shown(field::text("target").or_null(), |Entry { entry, .. }| {
                entry.target.clone().into()
            }),
            shown(field::text("username").or_null(), |Entry { username, .. }| {
                username.clone().into()
            }),
            shown(field::text("reason").or_null(), |Entry { entry, .. }| {
                entry.reason.clone().into()
            }),
            shown(field::json("details"), |Entry { entry, .. }| {
                Cell::Json(entry.details.0.as_str())
            }),
            detail(field::text("database_role"), |Entry { entry, .. }| {
                entry.database_role.as_str().into()
            }),
            detail(field::text("sudo_actor").or_null(), |Entry { entry, .. }| {
                entry.sudo_actor.clone().into()
            }),
            detail(field::text("host"), |Entry { entry, .. }| entry.host.as_str().into()),
            detail(field::text("program_version"), |Entry { entry, .. }| {
                entry.program_version.as_str().into()
            }),
            detail(field::uuid("change_id").or_null(), |Entry { entry, .. }| {
                entry.change_id.into()
            }),
            detail(field::integer("change_step").or_null(), |Entry { entry, .. }| {
                entry.change_step.map(i64::from).into()
            }),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.entry.id.to_string())
    }
}
