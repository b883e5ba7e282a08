//! All queries on `admin_audit_log`. A change and its audit rows commit together.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::pg::{Pg, PgConnection, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text};
use serde_json::Value;
use uuid::Uuid;

use super::functions::{jsonb_extract_path_text, left, unnest};
use super::row_count::require_audited;
use super::schema::admin_audit_log;
use super::types::JsonText;
use crate::change::{Change, Step};
use crate::domain::{StoredText, StoredTime};
use crate::error::Result;
use crate::operator::Operator;

/// What every audit row of a command says: who ran it, what it does, and why.
#[derive(Debug, Clone)]
pub struct Audit {
    pub operator: Operator,
    /// Noun and verb, such as `user.block`.
    pub action: &'static str,
    pub reason: Option<String>,
    /// `None` in a dry run, whose rows are rolled back.
    pub change: Option<Change>,
}

/// One audit row to write.
#[derive(Debug, Clone)]
pub struct NewAuditEntry {
    /// The id of what was changed: never a name, an email or a secret.
    pub target: Option<String>,
    pub details: Value,
}

impl NewAuditEntry {
    pub fn new(target: Uuid, details: Value) -> Self {
        Self { target: Some(target.to_string()), details }
    }

    /// Of a token or a session. `target` is its id; `None` where the stored value is malformed.
    pub fn for_row_id(target: Option<String>, details: Value) -> Self {
        Self { target, details }
    }

    /// Of a change that has no single target.
    pub fn untargeted(details: Value) -> Self {
        Self { target: None, details }
    }
}

impl Audit {
    /// Writes the audit rows, however many, in one statement. Fails if the database wrote fewer: then
    /// the change is to be rolled back. RETURNING makes a rule that writes them elsewhere an error.
    pub fn record(&self, conn: &mut PgConnection, rows: Vec<NewAuditEntry>) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let expected = rows.len();
        let (targets, details): (Vec<_>, Vec<_>) =
            rows.into_iter().map(|row| (row.target, row.details)).unzip();
        let written = diesel::insert_into(admin_audit_log::table)
            .values(diesel::select((
                self.operator.user.as_str().into_sql::<Text>(),
                self.operator.sudo.as_deref().into_sql::<Nullable<Text>>(),
                self.operator.host.as_str().into_sql::<Text>(),
                self.action.into_sql::<Text>(),
                self.reason.as_deref().into_sql::<Nullable<Text>>(),
                env!("CARGO_PKG_VERSION").into_sql::<Text>(),
                // PostgreSQL advances both in parallel.
                unnest(targets.into_sql::<Array<Nullable<Text>>>()),
                unnest(details.into_sql::<Array<Jsonb>>()),
            )))
            .into_columns((
                admin_audit_log::actor,
                admin_audit_log::sudo_actor,
                admin_audit_log::host,
                admin_audit_log::action,
                admin_audit_log::reason,
                admin_audit_log::program_version,
                admin_audit_log::target,
                admin_audit_log::details,
            ))
            .returning(1.into_sql::<Integer>())
            .get_results::<i32>(conn)?;
        require_audited(written.len(), expected)?;
        self.recorded();
        Ok(())
    }

    /// Notes that the change has audit rows.
    pub fn recorded(&self) {
        if let Some(change) = &self.change {
            change.audited();
        }
    }

    /// The change and its audit row in one statement, for a change that returns at most one row: the
    /// row, and whether the audit row was written.
    pub fn with_audit_row<Q>(&self, change: Q, row: NewAuditEntry) -> WithAuditRow<'_, Q> {
        WithAuditRow { change, audit: self, row }
    }
}

/// `WITH changed AS (<a statement with RETURNING>), audited AS (INSERT … RETURNING 1)
/// SELECT changed.*, EXISTS (SELECT FROM audited) FROM changed`.
///
/// For `user create`, whose round trips count.
pub struct WithAuditRow<'a, Q> {
    change: Q,
    audit: &'a Audit,
    row: NewAuditEntry,
}

impl<Q: Query> Query for WithAuditRow<'_, Q> {
    type SqlType = (Q::SqlType, Bool);
}

impl<Q> RunQueryDsl<PgConnection> for WithAuditRow<'_, Q> {}

impl<Q> QueryId for WithAuditRow<'_, Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for WithAuditRow<'_, Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH changed AS (");
        self.change.walk_ast(out.reborrow())?;
        out.push_sql(
            "), audited AS (INSERT INTO admin_audit_log \
             (actor, sudo_actor, host, action, reason, program_version, target, details) SELECT ",
        );
        out.push_bind_param::<Text, _>(&self.audit.operator.user)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Text>, _>(&self.audit.operator.sudo)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(&self.audit.operator.host)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(self.audit.action)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Text>, _>(&self.audit.reason)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(env!("CARGO_PKG_VERSION"))?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Text>, _>(&self.row.target)?;
        out.push_sql(", ");
        out.push_bind_param::<Jsonb, _>(&self.row.details)?;
        out.push_sql(
            " FROM changed RETURNING 1) \
             SELECT changed.*, EXISTS (SELECT FROM audited) FROM changed",
        );
        Ok(())
    }
}

/// A row of the audit log.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = admin_audit_log)]
pub struct AuditEntry {
    pub id: i64,
    pub at: StoredTime,
    pub database_role: StoredText,
    pub actor: StoredText,
    pub sudo_actor: Option<StoredText>,
    pub host: StoredText,
    pub action: StoredText,
    pub target: Option<StoredText>,
    pub reason: Option<StoredText>,
    pub details: JsonText,
    pub program_version: StoredText,
    /// `None` in entries of older versions, and in those that others wrote.
    pub change_id: Option<Uuid>,
    pub change_step: Option<i32>,
}

/// The actions in the log, each once.
///
/// PostgreSQL reads all entries for a DISTINCT. This reads one entry an action: from each one it goes on at the
/// next by the index `admin_audit_log_action`.
struct Actions<'a> {
    start: &'a str,
    limit: i64,
}

impl Query for Actions<'_> {
    type SqlType = Text;
}

impl RunQueryDsl<PgConnection> for Actions<'_> {}

impl QueryId for Actions<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for Actions<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "WITH RECURSIVE found AS (\
             (SELECT action FROM admin_audit_log WHERE action OPERATOR(pg_catalog.~>=~) ",
        );
        out.push_bind_param::<Text, _>(self.start)?;
        out.push_sql(
            " ORDER BY action USING OPERATOR(pg_catalog.~<~) LIMIT 1) \
             UNION ALL \
             SELECT (SELECT later.action FROM admin_audit_log later \
             WHERE later.action OPERATOR(pg_catalog.~>~) found.action \
             ORDER BY later.action USING OPERATOR(pg_catalog.~<~) LIMIT 1) \
             FROM found WHERE pg_catalog.starts_with(found.action, ",
        );
        out.push_bind_param::<Text, _>(self.start)?;
        out.push_sql(")) SELECT action FROM found WHERE pg_catalog.starts_with(action, ");
        out.push_bind_param::<Text, _>(self.start)?;
        out.push_sql(") LIMIT ");
        out.push_bind_param::<BigInt, _>(&self.limit)
    }
}

/// Up to `limit` actions of the log that begin with this, in the order of their bytes.
pub fn actions_beginning_with(
    conn: &mut PgConnection,
    start: &str,
    limit: i64,
) -> QueryResult<Vec<StoredText>> {
    Actions { start, limit }.load(conn)
}

#[derive(Debug, Default)]
pub struct AuditFilter {
    /// An action, such as `user.block`, or all of a noun, such as `user`.
    pub action: Option<String>,
    /// The system user, or the one behind sudo.
    pub actor: Option<String>,
    /// Any of these.
    pub targets: Vec<String>,
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
    /// What one run of a command changed.
    pub change: Option<Uuid>,
    /// Only entries with a smaller id than this.
    pub before: Option<i64>,
}

fn filtered(filter: &AuditFilter) -> admin_audit_log::BoxedQuery<'_, Pg> {
    let mut query = admin_audit_log::table.into_boxed();
    if let Some(action) = &filter.action {
        // The action itself, or every action of the noun.
        query = query.filter(
            admin_audit_log::action
                .eq(action)
                .or(admin_audit_log::action.like(super::like_pattern::starts_with(action, "."))),
        );
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(
            admin_audit_log::actor.eq(actor).or(admin_audit_log::sudo_actor
                .is_not_null()
                .and(admin_audit_log::sudo_actor.assume_not_null().eq(actor))),
        );
    }
    match filter.targets.as_slice() {
        [] => {}
        [target] => query = query.filter(admin_audit_log::target.eq(target)),
        targets => query = query.filter(admin_audit_log::target.eq_any(targets)),
    }
    if let Some(since) = filter.since {
        query = query.filter(admin_audit_log::at.ge(since));
    }
    if let Some(until) = filter.until {
        query = query.filter(admin_audit_log::at.lt(until));
    }
    if let Some(change) = filter.change {
        query = query.filter(admin_audit_log::change_id.eq(change));
    }
    if let Some(before) = filter.before {
        query = query.filter(admin_audit_log::id.lt(before));
    }
    query
}

/// An entry, and which users it may be about.
#[derive(Debug)]
pub struct Concerned {
    pub entry: i64,
    /// The target, where that may be the id of a user.
    pub target: Option<Uuid>,
    /// The user in the details, as those of sessions, of owners and of tokens that were handed over have it.
    pub user: Option<Uuid>,
}

/// Up to `limit` entries that pass the filter, the newest first.
pub fn page(
    conn: &mut PgConnection,
    filter: &AuditFilter,
    limit: i64,
) -> QueryResult<Vec<Concerned>> {
    // A target may be of any length: the log accepts what any role with the right inserts.
    const LENGTH_OF_UUID: i32 = 36;
    let user = jsonb_extract_path_text(admin_audit_log::details, "user_id");
    let page: Vec<(i64, Option<StoredText>, Option<StoredText>)> = filtered(filter)
        .order(admin_audit_log::id.desc())
        .limit(limit)
        .select((
            admin_audit_log::id,
            left(admin_audit_log::target, LENGTH_OF_UUID),
            left(user, LENGTH_OF_UUID),
        ))
        .load(conn)?;
    let id = |text: Option<StoredText>| text.and_then(|text| text.parse().ok());
    let concerned = |(entry, target, user)| Concerned { entry, target: id(target), user: id(user) };
    Ok(page.into_iter().map(concerned).collect())
}

/// Hands the entries of these ids that pass the filter to `each`, the newest first, as they arrive: one
/// entry may be as large as the memory allows.
pub fn each(
    conn: &mut PgConnection,
    filter: &AuditFilter,
    ids: RangeInclusive<i64>,
    mut each: impl FnMut(AuditEntry) -> Result<()>,
) -> Result<()> {
    let rows = filtered(filter)
        .filter(admin_audit_log::id.between(*ids.start(), *ids.end()))
        .order(admin_audit_log::id.desc())
        .select(AuditEntry::as_select())
        .load_iter::<AuditEntry, PgRowByRowLoadingMode>(conn)?;
    for row in rows {
        each(row?)?;
    }
    Ok(())
}

pub fn count(conn: &mut PgConnection, filter: &AuditFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}

/// How many rows the batches of a purge have deleted from each table.
pub fn deleted_rows(conn: &mut PgConnection, change: Uuid) -> QueryResult<HashMap<String, u64>> {
    // One by one: there may be any number of them.
    let batches = admin_audit_log::table
        .filter(admin_audit_log::change_id.eq(change))
        .select((
            jsonb_extract_path_text(admin_audit_log::details, "table"),
            jsonb_extract_path_text(admin_audit_log::details, "deleted"),
        ))
        .load_iter::<(Option<StoredText>, Option<StoredText>), PgRowByRowLoadingMode>(conn)?;
    let mut tables = HashMap::new();
    for batch in batches {
        let (Some(table), Some(deleted)) = batch? else { continue };
        let deleted = deleted.parse::<u64>();
        let deleted = deleted.map_err(|error| Error::DeserializationError(Box::new(error)))?;
        *tables.entry(table.to_string()).or_default() += deleted;
    }
    Ok(tables)
}

/// Whether the entries of this transaction are there: whether it was committed.
pub fn has_entries_of(conn: &mut PgConnection, step: Step) -> QueryResult<bool> {
    let of_step = admin_audit_log::table
        .filter(admin_audit_log::change_id.eq(step.change))
        .filter(admin_audit_log::change_step.eq(step.number))
        .select(1.into_sql::<Integer>());
    diesel::select(exists(of_step)).get_result(conn)
}
