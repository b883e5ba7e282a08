use std::collections::HashMap;

use clap::builder::NonEmptyStringValueParser;
use uuid::Uuid;

use crate::commands::help_page::{long, short};
use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::audit_log::{self, AuditEntry, AuditFilter};
use crate::db::{PgConnection, users};
use crate::domain::{StoredText, TimeOrDuration};
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, shown};

/// List who changed what, when and why
///
/// The newest first.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
pub struct Args {
    /// Only this action, or those of a noun
    ///
    /// Such as `user.block`, or `user`.
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    action: Option<String>,
    /// Only changes by this system user
    ///
    /// Also those made through sudo.
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    actor: Option<String>,
    /// Only changes of this user, token or owner: its id
    ///
    /// Or of this session. A code is found by its user's id.
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID", allow_hyphen_values = true)]
    target: Option<String>,
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
2026-11-27T23:10:09Z  root   db.migrate
2026-11-27T23:10:09Z  root   db.migrate
2026-11-27T23:10:09Z  root   db.migrate
printed 3 rows, and there are more: `--after 2` continues, `--all` prints eve…

$ iamctl audit list --action db --since 7d --count
--since 7d is 2026-11-20T23:10:27Z
4
"#;

/// Entries that are fetched at a time.
const PAGE: i64 = 1000;

/// An entry, with the present username of its target.
struct Entry {
    entry: AuditEntry,
    /// `None` where the target is no user, or a user who is gone.
    username: Option<StoredText>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let mut filter = AuditFilter {
        action: args.action.clone(),
        actor: args.actor.clone(),
        target: args.target.clone(),
        since: context.ago(&mut database, "--since", args.since)?,
        until: context.ago(&mut database, "--until", args.until)?,
        before: args.after,
    };
    let searched: Vec<_> = [&args.action, &args.actor, &args.target]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if args.paging.count {
        let count = database.transaction(access, |conn| Ok(audit_log::count(conn, &filter)?));
        let count = context.found(count, &searched)?;
        return context.output.count(count);
    }
    args.paging.print::<Entry>(context, "audit entries", &searched, |limit, each| {
        database.transaction(access, |conn| {
            let mut left = limit.unwrap_or(i64::MAX);
            while left > 0 {
                let page = audit_log::page(conn, &filter, left.min(PAGE))?;
                let (Some((first, _)), Some((last, _))) = (page.first(), page.last()) else {
                    return Ok(());
                };
                let names = usernames(conn, page.iter().filter_map(|(_, target)| *target))?;
                audit_log::each(conn, &filter, *last..=*first, |entry| {
                    let target = entry.target.as_deref().and_then(|target| target.parse().ok());
                    let username = target.and_then(|id: Uuid| names.get(&id).cloned());
                    each(Entry { entry, username })
                })?;
                filter.before = Some(*last);
                left -= left.min(PAGE);
            }
            Ok(())
        })
    })?;
    Ok(())
}

/// The usernames of those targets that are users.
fn usernames(
    conn: &mut PgConnection,
    targets: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, StoredText>> {
    let ids: Vec<_> = targets.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(users::usernames(conn, &ids)?.into_iter().collect())
}

impl Record for Entry {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("id", |Entry { entry, .. }| entry.id.into()),
            shown("at", |Entry { entry, .. }| entry.at.into()),
            shown("actor", |Entry { entry, .. }| entry.actor.as_str().into()),
            shown("action", |Entry { entry, .. }| entry.action.as_str().into()),
            shown("target", |Entry { entry, .. }| entry.target.clone().into()),
            shown("username", |Entry { username, .. }| username.clone().into()),
            shown("reason", |Entry { entry, .. }| entry.reason.clone().into()),
            shown("details", |Entry { entry, .. }| Cell::Json(entry.details.0.as_str())),
            detail("database_role", |Entry { entry, .. }| entry.database_role.as_str().into()),
            detail("sudo_actor", |Entry { entry, .. }| entry.sudo_actor.clone().into()),
            detail("host", |Entry { entry, .. }| entry.host.as_str().into()),
            detail("program_version", |Entry { entry, .. }| entry.program_version.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.entry.id.to_string())
    }
}
