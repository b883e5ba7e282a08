//! The audit log: written in the statement that makes the change, read by `audit list`.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use serde_json::Value;

use super::actor::Actor;
use super::filter::Query;
use super::schema::admin_audit_log;
use crate::error::Result;

/// What the audit row of a change says besides its target and details.
#[derive(Debug, Clone)]
pub struct Audit {
    pub actor: Actor,
    /// Noun and verb, such as `user.block`.
    pub action: &'static str,
    pub reason: Option<String>,
}

impl Audit {
    /// How many parameters `bind` adds.
    pub const BINDS: usize = 6;

    /// An INSERT of one audit row for every row of `from`, to be a CTE of the statement that
    /// makes the change: both commit, or neither does. `target` and `details` are expressions
    /// over `from`; the parameters of `bind` start at `$first`.
    pub fn insert(first: usize, target: &str, details: &str, from: &str) -> String {
        let [actor, sudo, host, action, reason, version]: [usize; Self::BINDS] =
            std::array::from_fn(|index| first + index);
        format!(
            "insert into admin_audit_log
                 (actor, sudo_actor, host, action, reason, program_version, target, details)
             select ${actor}, ${sudo}, ${host}, ${action}, ${reason}, ${version},
                    ({target})::text, {details}
             from {from}"
        )
    }

    /// Binds the parameters of `insert`.
    pub fn bind<'a>(&self, query: Query<'a>) -> Query<'a> {
        query
            .bind::<Text, _>(self.actor.user.clone())
            .bind::<Nullable<Text>, _>(self.actor.sudo.clone())
            .bind::<Text, _>(self.actor.host.clone())
            .bind::<Text, _>(self.action)
            .bind::<Nullable<Text>, _>(self.reason.clone())
            .bind::<Text, _>(env!("CARGO_PKG_VERSION"))
    }

    /// Writes an audit row by itself, for a change that is DDL.
    pub fn record(&self, conn: &mut PgConnection, details: Value) -> Result<()> {
        let insert = Self::insert(2, "null", "$1::jsonb", "(values (1)) as one(n)");
        let query = diesel::sql_query(insert)
            .into_boxed::<Pg>()
            .bind::<diesel::sql_types::Jsonb, _>(details);
        self.bind(query).execute(conn)?;
        Ok(())
    }
}

/// A row of the audit log.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = admin_audit_log)]
pub struct AuditEntry {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub database_role: String,
    pub actor: String,
    pub sudo_actor: Option<String>,
    pub host: String,
    pub action: String,
    pub target: Option<String>,
    pub reason: Option<String>,
    pub details: Value,
    pub program_version: String,
}

#[derive(Debug, Default)]
pub struct AuditFilter {
    /// An action, such as `user.block`, or all of a noun, such as `user`.
    pub action: Option<String>,
    /// The system user, or the one behind sudo.
    pub actor: Option<String>,
    pub target: Option<String>,
    pub since: Option<DateTime<Utc>>,
    /// Only entries older than this one.
    pub before_id: Option<i64>,
    pub limit: Option<i64>,
}

type Boxed = admin_audit_log::BoxedQuery<'static, Pg>;

fn filtered(mut query: Boxed, filter: &AuditFilter) -> Boxed {
    if let Some(action) = &filter.action {
        let action = action.clone();
        query = if action.contains('.') {
            query.filter(admin_audit_log::action.eq(action))
        } else {
            query.filter(admin_audit_log::action.like(super::filter::starts_with(&action, ".")))
        };
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(
            admin_audit_log::actor
                .eq(actor.clone())
                .or(admin_audit_log::sudo_actor.assume_not_null().eq(actor.clone())),
        );
    }
    if let Some(target) = &filter.target {
        query = query.filter(admin_audit_log::target.eq(target.clone()));
    }
    if let Some(since) = filter.since {
        query = query.filter(admin_audit_log::at.ge(since));
    }
    if let Some(id) = filter.before_id {
        query = query.filter(admin_audit_log::id.lt(id));
    }
    query
}

/// Hands the entries that pass `filter` to `each`, newest first, as they arrive.
pub fn list(
    conn: &mut PgConnection,
    filter: &AuditFilter,
    mut each: impl FnMut(AuditEntry) -> Result<()>,
) -> Result<()> {
    let mut query =
        filtered(admin_audit_log::table.into_boxed(), filter).order(admin_audit_log::id.desc());
    if let Some(limit) = filter.limit {
        query = query.limit(limit);
    }
    let rows = query
        .select(AuditEntry::as_select())
        .load_iter::<AuditEntry, diesel::pg::PgRowByRowLoadingMode>(conn)?;
    for row in rows {
        each(row?)?;
    }
    Ok(())
}

pub fn count(conn: &mut PgConnection, filter: &AuditFilter) -> Result<i64> {
    Ok(filtered(admin_audit_log::table.into_boxed(), filter).count().get_result(conn)?)
}
