//! What a failed query means.
//!
//! Diesel does not hand out every SQLSTATE, and messages follow the server's `lc_messages`. So an
//! error is told by Diesel's kind and by constraint names, else by asking the catalogue after the
//! rollback.

use std::time::Duration;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as QueryError};
use uuid::Uuid;

use super::access::{Access, Timeouts};
use super::cancellation::{Cancellation, cancellation};
use super::deadlock::is_detail_of_deadlock;
use super::encoding::Lacking;
use super::enquiry::{ask, speaks_english};
use super::lock_holders;
use super::message::message;
use super::violation::{self, Violation};
use crate::db::maintenance::expected_schema::{AUDIT_LOG, all_tables};
use crate::db::maintenance::interceptors::{self, Interceptor};
use crate::db::maintenance::rights::{self, TableRights};
use crate::db::maintenance::{actual_schema, additions, migrations, namespace, schema_check};
use crate::domain::{RowId, listed};
use crate::error::Error;
use crate::interrupt::CommitAnswer;

pub fn is_closed(error: &QueryError) -> bool {
    matches!(error, QueryError::DatabaseError(DatabaseErrorKind::ClosedConnection, _))
}

/// What the result of COMMIT says about its outcome.
pub fn answer(committed: &QueryResult<()>) -> CommitAnswer {
    match committed {
        Ok(()) => CommitAnswer::Committed,
        Err(error @ QueryError::DatabaseError(..)) if !is_closed(error) => CommitAnswer::Refused,
        Err(_) => CommitAnswer::Unknown,
    }
}

/// Whether a query violated the unique key. A distributed PostgreSQL names that of a shard.
pub fn violates(error: &Error, constraint: &str) -> bool {
    let Error::Query(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, information)) =
        error
    else {
        return false;
    };
    violation::constraint_name(&**information) == Some(constraint)
}

/// What went wrong in a transaction.
pub struct Failure<'a> {
    pub query: &'a QueryError,
    /// The name of the advisory lock that the query waited for.
    pub awaited: Option<&'a str>,
    /// How long the query took.
    pub took: Duration,
}

/// Names the kind of an error. The transaction is rolled back; the connection works.
pub fn explain(
    conn: &mut PgConnection,
    failure: &Failure<'_>,
    access: Access,
    timeouts: Timeouts,
) -> Error {
    if let Some(lacking) = Lacking::of_query(failure.query) {
        let message = format!("{lacking}; leave it out, or use a database in UTF8");
        return Error::Unencodable { character: lacking.character, message };
    }
    let message = message(failure.query);
    let migrating = access.is_ddl();
    let violation = violation::find(conn, failure.query);
    match failure.query {
        QueryError::DatabaseError(..)
            if violation.as_ref().is_some_and(|it| it.table == AUDIT_LOG) =>
        {
            return Error::Schema(format!(
                "the audit log refused the entry, and so the change ({message}); see `iamctl db check`"
            ));
        }
        QueryError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => {
            return Error::Forbidden(format!(
                "the server, or this role on it, is read-only ({message}); connect to the primary as \
                 a role that may write"
            ));
        }
        QueryError::DatabaseError(kind, information)
            if matches!(kind, DatabaseErrorKind::SerializationFailure)
                || is_deadlock(&**information) =>
        {
            return same_rows(&message);
        }
        QueryError::DatabaseError(..) => {}
        _ => return Error::internal(format!("a query could not be run: {message}")),
    }

    if let Some(error) = refused_row(conn, failure.query, violation.as_ref(), &message) {
        return match refused_key(failure.query) {
            Some(row) => error.with(&of_row(&row)),
            None => error,
        };
    }
    let known = ask(conn, |conn| {
        let refused = ruled(conn, &message)?;
        if refused.is_some() {
            return Ok(refused);
        }
        let lacking = if migrating { may_not_migrate(conn)? } else { forbidden(conn, &message)? };
        if lacking.is_some() {
            return Ok(lacking);
        }
        match migrations::state(conn) {
            Err(Error::Query(_)) => Ok(None),
            Err(error) => Ok(Some(error)),
            // A migration that fails leaves others pending: that is not the cause.
            Ok(_) if migrating => Ok(None),
            Ok(state) => Ok(state.require_current().err()),
        }
    });
    if let Some(error) = known {
        return error;
    }
    if migrating && message.contains("already exists") {
        return Error::Schema(format!(
            "{message}: it has a name that iamctl needs; rename it, or give iamctl's tables a schema \
             of their own"
        ));
    }
    if let (true, QueryError::DatabaseError(_, information)) = (migrating, failure.query)
        && let Some(details) = information.details()
    {
        let details = details.replace('\n', ", ");
        // PostgreSQL's hint has the SQL in every language.
        return if information.hint().is_some_and(|hint| hint.contains("DROP ... CASCADE")) {
            Error::Refused(format!("{message}: {details}; drop these first"))
        } else {
            Error::internal(format!("the database refused: {message}: {details}"))
        };
    }
    let exceeds = |limit| failure.took >= limit;
    let took_too_long = access.limits(timeouts).into_iter().flatten().any(exceeds);
    match cancellation(conn, &message, took_too_long) {
        Some(Cancellation::ByAdministrator) => {
            return Error::Busy(format!(
                "an administrator cancelled the statement ({message}); find out why, then try again"
            ));
        }
        Some(Cancellation::InTime) => {
            let timed_out = format!("the database timed out: {message}");
            let what = with_lock_holders(conn, &timed_out, failure, access);
            return Error::Busy(format!(
                "{what}; try again, or raise --lock-timeout or --statement-timeout"
            ));
        }
        None => {}
    }
    let refused = format!("the database refused: {message}");
    if migrating {
        return Error::internal(refused);
    }
    if let Some(drifted) = ask(conn, drift) {
        return drifted;
    }
    let watched = ask(conn, |conn| Ok(interceptors::watch_deleted_rows(conn)?.then_some(())));
    if watched.is_some() { Error::Raised(refused) } else { Error::internal(refused) }
}

/// The error of a row that a constraint or a column refused; `None` for other errors.
fn refused_row(
    conn: &mut PgConnection,
    query: &QueryError,
    violation: Option<&Violation>,
    message: &str,
) -> Option<Error> {
    let QueryError::DatabaseError(kind, information) = query else { return None };
    match kind {
        // PostgreSQL 18 tells ON DELETE RESTRICT from other foreign keys.
        DatabaseErrorKind::UniqueViolation
        | DatabaseErrorKind::ForeignKeyViolation
        | DatabaseErrorKind::RestrictViolation
        | DatabaseErrorKind::ExclusionViolation => {
            Some(if ask(conn, |conn| is_of_others(conn, violation)).is_some() {
                refused_by_others(message)
            } else {
                Error::Conflict(format!("this conflicts with an existing row: {message}"))
            })
        }
        // All columns and domains of ours take what iamctl writes.
        DatabaseErrorKind::CheckViolation | DatabaseErrorKind::NotNullViolation => {
            Some(match information.table_name().filter(|_| violation.is_none()) {
                // As by a foreign key with ON DELETE SET NULL, or by a trigger.
                Some(table) => Error::Conflict(format!(
                    "this would change a row of `{table}`, which refuses that: {message}"
                )),
                None => refused_by_others(message),
            })
        }
        _ => {
            let constraint = information.constraint_name()?;
            let is_deferrable = violation.is_some_and(|it| it.is_deferrable);
            (is_deferrable && message.contains("ON CONFLICT")).then(|| {
                Error::RowRefused(format!(
                    "the key `{constraint}` is deferrable, and PostgreSQL takes no ON CONFLICT beside it \
                     ({message}); make it anew, not deferrable; see `iamctl db check`"
                ))
            })
        }
    }
}

/// Which row an error is about.
fn of_row(id: &str) -> String {
    format!("{THE_ROW}{id}`")
}

const THE_ROW: &str = "the row is `";

/// The message without the row that it is about.
pub fn without_row(message: &str) -> String {
    let Some((before, after)) = message.split_once(&format!("; {THE_ROW}")) else {
        return message.to_owned();
    };
    let (_, behind) = after.split_once('`').unwrap_or_default();
    format!("{before}{behind}")
}

/// The id of the row that a foreign key keeps, or that it misses. In every language the detail has
/// `(columns)=(values)`; a code or token among the values becomes its id.
fn refused_key(query: &QueryError) -> Option<String> {
    let QueryError::DatabaseError(kind, information) = query else { return None };
    let is_of_key = matches!(
        kind,
        DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation
    );
    let (_, value) = information.details().filter(|_| is_of_key)?.split_once(")=(")?;
    let (value, _) = value.split_once(')')?;
    let id = value.parse::<Uuid>().map(|id| id.to_string()).ok();
    id.or_else(|| RowId::of_stored(value))
}

/// What a column, a constraint or a unique index that others added refuses.
fn refused_by_others(message: &str) -> Error {
    Error::RowRefused(format!(
        "a column or constraint that others added to the tables refuses the row ({message}); see \
         `iamctl db check`"
    ))
}

/// `Some` where others put the violated constraint or unique index on a table of the service's.
fn is_of_others(conn: &mut PgConnection, violation: Option<&Violation>) -> QueryResult<Option<()>> {
    let Some(Violation { table, constraint: Some(constraint), .. }) = violation else {
        return Ok(None);
    };
    let actual = actual_schema::read(conn)?;
    Ok(additions::is_of_others(&actual, table, constraint).then_some(()))
}

/// A deadlock that a distributed PostgreSQL finds has no detail. Its messages are in English.
fn is_deadlock(information: &dyn DatabaseErrorInformation) -> bool {
    information.details().is_some_and(is_detail_of_deadlock)
        || information.message().contains("distributed deadlock")
}

fn same_rows(message: &str) -> Error {
    Error::ChangedMeanwhile(format!(
        "another transaction changed the same rows ({message}); try again"
    ))
}

/// Appends to the message who holds the lock that a query waited for. The server does not say which lock
/// that was, unless it is an advisory one: then it names those who may hold it.
fn with_lock_holders(
    conn: &mut PgConnection,
    message: &str,
    failure: &Failure<'_>,
    access: Access,
) -> String {
    let (verb, holders) = match failure.awaited {
        Some(name) => {
            ("the lock is held by", ask(conn, |conn| lock_holders::of_name(conn, name).map(Some)))
        }
        None => (
            "a lock may be held by",
            ask(conn, |conn| lock_holders::of_tables(conn, access.is_ddl()).map(Some)),
        ),
    };
    lock_holders::append(message, verb, &holders.unwrap_or_default())
}

/// The rules on our tables. Beside a rule, PostgreSQL has no RETURNING or ON CONFLICT, or takes no change
/// in WITH. Its error need not name the table, but has that keyword in every language.
fn ruled(conn: &mut PgConnection, message: &str) -> QueryResult<Option<Error>> {
    let mut words = message.split(|c: char| !c.is_ascii_alphanumeric());
    if !words.any(|word| ["RETURNING", "WITH", "CONFLICT"].contains(&word)) {
        return Ok(None);
    }
    let mut found = interceptors::read(conn)?;
    found.retain(Interceptor::is_rule);
    let rules: Vec<_> = found.iter().map(ToString::to_string).collect();
    Ok((!rules.is_empty()).then(|| {
        Error::Refused(format!(
            "PostgreSQL refuses this beside {} ({message}); drop it, see `iamctl db check`",
            listed(&rules)
        ))
    }))
}

/// What is missing of the tables that the migrations made.
fn drift(conn: &mut PgConnection) -> QueryResult<Option<Error>> {
    let mut missing = schema_check::missing(&actual_schema::read(conn)?);
    if namespace::has_table(conn, AUDIT_LOG).is_ok_and(|has| !has) {
        missing.push(format!("the table {AUDIT_LOG} is missing"));
    }
    Ok((!missing.is_empty()).then(|| {
        Error::Schema(format!(
            "the tables are not as iamctl's migrations made them ({}); restore what is missing, \
             and see `iamctl db check`",
            missing.join("; ")
        ))
    }))
}

/// The right to create tables, or to change those that are there, that the role lacks.
fn may_not_migrate(conn: &mut PgConnection) -> QueryResult<Option<Error>> {
    let rights::Ownership { role, may_create, not_owned } = rights::ownership(conn, &all_tables())?;
    if let Some(advice) = namespace::advice_for_empty_path(conn, &role)? {
        let message = format!("the role `{role}` may not create tables here: {advice}");
        return Ok(Some(Error::Forbidden(message)));
    }
    Ok(match not_owned {
        _ if !may_create => Some(Error::Forbidden(format!(
            "the role `{role}` may not create tables here; connect as the owner of the database, \
             or grant it CREATE on the schema"
        ))),
        Some(tables) => Some(Error::Forbidden(format!(
            "the role `{role}` does not own {tables}; connect as the role that does"
        ))),
        None => None,
    })
}

/// The table that PostgreSQL's message names, if the role lacks a right on it that an operator has. Which
/// one was needed the message says in the server's language; names of tables are not translated.
fn forbidden(conn: &mut PgConnection, message: &str) -> QueryResult<Option<Error>> {
    let tables = rights::on_tables(conn)?;
    if let Some(hidden) = tables.iter().find_map(TableRights::hidden) {
        return Ok(Some(hidden));
    }
    let words: Vec<_> = message.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let named = || tables.iter().filter(|table| words.contains(&table.table.as_str()));
    if let Some(table) = named().find(|table| table.row_security) {
        return Ok(Some(Error::Forbidden(format!(
            "row security hides or keeps rows of table `{}` from the role `{}` (policies: {}); \
             connect as a role with BYPASSRLS, or as the owner of the table",
            table.table,
            table.role,
            table.policies.as_deref().unwrap_or("none")
        ))));
    }
    if speaks_english(conn)? && !message.contains("permission denied") {
        return Ok(None);
    }
    let lacking = rights::lacking(conn, &rights::OPERATOR)?;
    let lacks = |table: &TableRights| {
        let of_table = lacking.iter().filter(|right| table.table == *right.table);
        let privileges: Vec<_> = of_table.map(|right| right.privilege.to_uppercase()).collect();
        (!privileges.is_empty()).then(|| privileges.join(", "))
    };
    let named = named().find_map(|table| Some((table, lacks(table)?)));
    Ok(named.map(|(TableRights { role, table, has, .. }, lacks)| {
        Error::Forbidden(format!(
            "the role `{role}` may not do this with table `{table}` (it may: {}); an operator may also {}. {}",
            has.as_deref().unwrap_or("nothing"),
            lacks,
            rights::grant_to(role)
        ))
    }))
}
