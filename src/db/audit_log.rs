//! The audit log: written in the statement that makes the change, read by `audit list`.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz};
use serde_json::Value;

use crate::db::filter::{Conditions, Query};
use crate::domain::StoredTime;
use crate::error::Result;
use crate::operator::Operator;

/// What the audit row of a change says besides its target and details.
#[derive(Debug, Clone)]
pub struct Audit {
    pub actor: Operator,
    /// Noun and verb, such as `user.block`.
    pub action: &'static str,
    pub reason: Option<String>,
}

/// The `expires_at` of a row as the details of an audit row show it.
pub const EXPIRES_AT: &str =
    "to_char(expires_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

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
        let query = diesel::sql_query(insert).into_boxed::<Pg>().bind::<Jsonb, _>(details);
        self.bind(query).execute(conn)?;
        Ok(())
    }
}

/// A row of the audit log, with the name that its target bears today.
#[derive(Debug, Clone, QueryableByName)]
pub struct AuditEntry {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Timestamptz)]
    pub at: StoredTime,
    #[diesel(sql_type = Text)]
    pub database_role: String,
    #[diesel(sql_type = Text)]
    pub actor: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub sudo_actor: Option<String>,
    #[diesel(sql_type = Text)]
    pub host: String,
    #[diesel(sql_type = Text)]
    pub action: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub target: Option<String>,
    /// The username of a target that is a user and is still there.
    #[diesel(sql_type = Nullable<Text>)]
    pub username: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    #[diesel(sql_type = Jsonb)]
    pub details: Value,
    #[diesel(sql_type = Text)]
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
    pub until: Option<DateTime<Utc>>,
    /// Only entries older than this one.
    pub before_id: Option<i64>,
    pub limit: Option<i64>,
}

impl AuditFilter {
    /// Conditions over a row `a`.
    fn conditions(&self) -> Conditions<'_> {
        let mut conditions = Conditions::default();
        if let Some(action) = &self.action {
            // `purge` is an action without a noun.
            conditions.add_bound("(a.action = {} or a.action like {})", move |query| {
                query
                    .bind::<Text, _>(action.clone())
                    .bind::<Text, _>(super::filter::starts_with(action, "."))
            });
        }
        if let Some(actor) = &self.actor {
            conditions.add_bound("(a.actor = {} or a.sudo_actor = {})", move |query| {
                query.bind::<Text, _>(actor.clone()).bind::<Text, _>(actor.clone())
            });
        }
        if let Some(target) = &self.target {
            conditions
                .add_bound("a.target = {}", move |query| query.bind::<Text, _>(target.clone()));
        }
        for (bound, side) in [(self.since, ">="), (self.until, "<")] {
            if let Some(bound) = bound {
                conditions.add_bound(&format!("a.at {side} {{}}"), move |query| {
                    query.bind::<Timestamptz, _>(bound)
                });
            }
        }
        if let Some(id) = self.before_id {
            conditions.add_bound("a.id < {}", move |query| query.bind::<BigInt, _>(id));
        }
        conditions
    }
}

/// Hands the entries that pass `filter` to `each`, newest first, as they arrive.
pub fn list(
    conn: &mut PgConnection,
    filter: &AuditFilter,
    each: impl FnMut(AuditEntry) -> Result<()>,
) -> Result<()> {
    let conditions = filter.conditions();
    let limit = filter.limit.map_or_else(String::new, |limit| format!("limit {limit}"));
    let sql = format!(
        "select a.*, (
             select u.username::text from users u
             where u.id = case when a.target ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$'
                               then a.target::uuid end
         ) as username
         from admin_audit_log a where {} order by a.id desc {limit}",
        conditions.sql()
    );
    conditions.each_row(conn, sql, each)
}

pub fn count(conn: &mut PgConnection, filter: &AuditFilter) -> Result<i64> {
    let conditions = filter.conditions();
    conditions
        .count(conn, format!("select count(*) from admin_audit_log a where {}", conditions.sql()))
}
