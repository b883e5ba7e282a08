//! What the verbs that change users share: which users, what is printed, what is audited.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::choice::{Among, named_or_asked};
use crate::commands::value_or_stdin::ValueOrStdin;
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::NewAuditEntry;
use crate::db::functions::clock;
use crate::db::users::{self, RowLock, User};
use crate::db::{PgConnection, count_done, lookup, require_all_changed};
use crate::domain::{Changed, UserSelector, listed};
use crate::error::Result;

/// Which users to change. All change in one transaction, or none does.
#[derive(Debug, clap::Args)]
pub struct Targets {
    /// Usernames, emails or ids; `-` reads them from stdin
    ///
    /// From stdin, one a line. All of them change, or none. On a terminal, a user is asked for if none is
    /// given.
    #[arg(value_name = "USER", add = Names::User)]
    users: Vec<ValueOrStdin<UserSelector>>,
    #[command(flatten)]
    pub change: ChangeArgs,
    #[command(flatten)]
    pub limit: MaxChanges,
}

impl Targets {
    /// The users who are named, or the one whom the operator chooses.
    pub fn selectors(&self, among: Among, context: &mut Context) -> Result<Vec<UserSelector>> {
        named_or_asked(&self.users, context, &self.change, among)
    }
}

/// A query that changes the users with these ids at this time, and returns them as they are then.
type ChangeById = fn(&mut PgConnection, &[Uuid], DateTime<Utc>) -> diesel::QueryResult<Vec<User>>;

/// Whether the row before a change became the one after it. A time that it sets may be the database's own.
type IsDone = fn(&User, &User) -> bool;

/// A change of state of users.
pub struct UserChange {
    /// Of the audit log.
    pub action: &'static str,
    /// What is asked before a change of a user whom the operator has chosen: this and "user `alice`".
    pub question: &'static str,
    /// Whether it is for deleted users: near ones are suggested, too.
    pub of_deleted: bool,
    /// Whether the user has to be changed.
    pub needed: fn(&User) -> bool,
    pub done: IsDone,
    pub query: ChangeById,
}

pub fn run(targets: &Targets, change: &UserChange, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Changed<User>>()?;
    let audit = context.audit(change.action, &targets.change)?;
    context.limit_changes(targets.limit)?;
    let among = if change.of_deleted { Among::Deleted } else { Among::NotDeleted };
    let selectors = targets.selectors(among, context)?;
    let access = targets.change.access_for(selectors.len());
    let connect = if change.of_deleted { Context::connect_for_deleted } else { Context::connect };
    let mut database = connect(context)?;
    let question = format!("{} {}", change.question, named(&selectors));
    context.confirm_asked(&mut database, &targets.change, &question)?;
    let users = database.transaction(access, |conn| {
        let users = lookup::users::lock(conn, &selectors, RowLock::NoKeyUpdate)?;
        let at = clock(conn)?;
        let query = |conn: &mut PgConnection, ids: &[Uuid]| (change.query)(conn, ids, at);
        let users = apply(conn, users, change.needed, change.done, query)?;
        let changed = users.iter().filter(|user| user.changed);
        let audited = changed.map(|user| NewAuditEntry::new(user.record.id, json!({})));
        audit.record(conn, audited.collect())?;
        Ok(users)
    })?;
    context.notice_dry_run(&targets.change);
    rows.all(&users)
}

/// Changes those of the locked users for whom `needed` holds. Fails where a row is not `done`
/// afterwards: then a trigger, a rule or a policy kept or altered it.
pub fn apply(
    conn: &mut PgConnection,
    users: Vec<User>,
    needed: fn(&User) -> bool,
    done: IsDone,
    change: impl FnOnce(&mut PgConnection, &[Uuid]) -> diesel::QueryResult<Vec<User>>,
) -> Result<Vec<Changed<User>>> {
    let ids: Vec<_> = users.iter().filter(|user| needed(user)).map(|user| user.id).collect();
    let changed = if ids.is_empty() { Vec::new() } else { change(conn, &ids)? };
    let done = count_done(&users, &changed, |user| &user.id, done);
    require_all_changed("users", done, ids.len())?;
    let mut changed: HashMap<_, _> = changed.into_iter().map(|user| (user.id, user)).collect();
    Ok(users
        .into_iter()
        .map(|user| match changed.remove(&user.id) {
            Some(record) => Changed { record, changed: true },
            None => Changed { record: user, changed: false },
        })
        .collect())
}

/// Blocks those of the locked users who are not blocked.
pub fn block(conn: &mut PgConnection, users: Vec<User>) -> Result<Vec<Changed<User>>> {
    let done: IsDone = |before, after| *after == User { blocked: true, ..before.clone() };
    apply(conn, users, |user| !user.blocked, done, users::block)
}

/// The targets as a question names them.
pub fn named(selectors: &[UserSelector]) -> String {
    let names: Vec<_> = selectors.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [one] => format!("user {one}"),
        names => format!("{} users ({})", names.len(), listed(names)),
    }
}
