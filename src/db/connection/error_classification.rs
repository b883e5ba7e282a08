//! What a failed query means.
//!
//! Diesel does not hand out every SQLSTATE, and messages follow the server's `lc_messages`. So an
//! error is told by Diesel's kind and by constraint names, else by asking the catalogue after the
//! rollback (contract 4).

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel::sql_types::{Bool, Nullable, Text};

use crate::db::maintenance::expected_schema;
use crate::db::maintenance::migrations;
use crate::db::maintenance::schema_check;
use crate::db::{Access, Timeouts};
use crate::error::Error;

/// Every table that iamctl works with, as a list in SQL.
const OURS: &str = "('users', 'verification_codes', 'authorization_codes', 'refresh_tokens',
     'api_tokens', 'api_token_owners', 'admin_audit_log', '__diesel_schema_migrations')";

pub fn is_closed(error: &QueryError) -> bool {
    matches!(error, QueryError::DatabaseError(DatabaseErrorKind::ClosedConnection, _))
}

/// The constraint a query violated, if that is what failed.
pub fn constraint(error: &Error) -> Option<&str> {
    match error {
        Error::Query(QueryError::DatabaseError(_, information)) => information.constraint_name(),
        _ => None,
    }
}

/// PostgreSQL's words on one line.
pub fn message(error: &QueryError) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names the kind of an error. The transaction is rolled back; the connection works.
pub fn explain(
    conn: &mut PgConnection,
    error: &QueryError,
    access: Access,
    timeouts: Timeouts,
    elapsed: Duration,
) -> Error {
    let message = message(error);
    let migrating = matches!(access, Access::Migration | Access::MigrationDryRun);
    match error {
        QueryError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => {
            return Error::Forbidden(format!(
                "the server, or this role on it, is read-only ({message}); connect to the primary as \
                 a role that may write"
            ));
        }
        QueryError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => {
            return Error::Busy(format!("another session got in the way ({message}); try again"));
        }
        // The only rows that are put in without holding the user's.
        QueryError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, information)
            if !migrating && information.table_name() == Some("api_token_owners") =>
        {
            return Error::NotFound("a user was erased at this moment; look again".to_owned());
        }
        QueryError::DatabaseError(
            DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ForeignKeyViolation,
            _,
        ) => return Error::Conflict(format!("another row stands against it: {message}")),
        QueryError::DatabaseError(
            DatabaseErrorKind::CheckViolation | DatabaseErrorKind::NotNullViolation,
            _,
        ) => return Error::internal(format!("the database refused: {message}")),
        QueryError::DatabaseError(..) => {}
        _ => return Error::internal(format!("a query could not be run: {message}")),
    }

    let known = ask(conn, |conn| {
        let lacking = if migrating { may_not_migrate(conn)? } else { forbidden(conn, &message)? };
        if lacking.is_some() {
            return Ok(lacking);
        }
        match migrations::state(conn) {
            Err(Error::Query(_)) => Ok(None),
            Err(error) => Ok(Some(error)),
            // A migration that fails leaves others pending, which is not why.
            Ok(_) if migrating => Ok(None),
            Ok(state) => Ok(state.require_current().err()),
        }
    });
    if let Some(error) = known {
        return error;
    }
    if access.limits(timeouts).into_iter().flatten().any(|limit| elapsed >= limit) {
        return Error::Busy(format!(
            "the database did not get to it in time ({message}); try again, or raise \
             --lock-timeout or --statement-timeout"
        ));
    }
    if message.to_lowercase().contains("deadlock") {
        return Error::Busy(format!("another session got in the way ({message}); try again"));
    }
    let drifted = if migrating { None } else { ask(conn, drift) };
    drifted.unwrap_or_else(|| Error::internal(format!("the database refused: {message}")))
}

/// Asks the catalogue in a transaction of its own. One that cannot be asked knows nothing.
fn ask(
    conn: &mut PgConnection,
    question: impl FnOnce(&mut PgConnection) -> QueryResult<Option<Error>>,
) -> Option<Error> {
    let answer = conn
        .batch_execute("begin read only; set local statement_timeout = 5000")
        .and_then(|()| question(conn));
    _ = conn.batch_execute("rollback");
    answer.ok().flatten()
}

/// What is missing of the tables that the migrations made: somebody else took it away.
fn drift(conn: &mut PgConnection) -> QueryResult<Option<Error>> {
    let Ok(actual) = expected_schema::read(conn) else { return Ok(None) };
    let mut missing = schema_check::missing(&actual);
    let audit_log = diesel::dsl::sql::<Bool>("to_regclass('admin_audit_log') is null");
    if diesel::select(audit_log).get_result(conn)? {
        missing.push("the table admin_audit_log is missing".to_owned());
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
    #[derive(QueryableByName)]
    struct Rights {
        #[diesel(sql_type = Text)]
        role: String,
        #[diesel(sql_type = Bool)]
        may_create: bool,
        #[diesel(sql_type = Nullable<Text>)]
        not_owned: Option<String>,
    }
    let rights: Rights = diesel::sql_query(format!(
        "select current_user::text as role,
                coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_create,
                (select string_agg(relname, ', ') from pg_class
                 where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace
                   and relname in {OURS}
                   and not pg_has_role(relowner, 'usage')) as not_owned",
    ))
    .get_result(conn)?;
    let Rights { role, may_create, not_owned } = rights;
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

#[derive(QueryableByName)]
struct Rights {
    #[diesel(sql_type = Text)]
    relation: String,
    /// The schema may be used.
    #[diesel(sql_type = Bool)]
    usable: bool,
    /// Some right on the table is lacking.
    #[diesel(sql_type = Bool)]
    lacking: bool,
    #[diesel(sql_type = Nullable<Text>)]
    has: Option<String>,
    #[diesel(sql_type = Text)]
    role: String,
}

/// The table that PostgreSQL's message names, if the role lacks a right on it. Which one was needed
/// the message says in the server's language; names of tables are not translated.
fn forbidden(conn: &mut PgConnection, message: &str) -> QueryResult<Option<Error>> {
    // The tables that an unqualified name means, and those hidden in a schema of the search path
    // that the role may not use. Other schemas are other programs' affair.
    let tables: Vec<Rights> = diesel::sql_query(format!(
        "select c.relname::text as relation,
                has_schema_privilege(c.relnamespace, 'usage') as usable,
                not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
                     and has_table_privilege(c.oid, 'update')
                     and has_table_privilege(c.oid, 'delete')) as lacking,
                (select string_agg(upper(p), ', ')
                 from unnest(array['select', 'insert', 'update', 'delete']) p
                 where has_table_privilege(c.oid, p)) as has,
                current_user::text as role
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and c.relname in {OURS}
           and (c.oid = to_regclass(quote_ident(c.relname))
                or (to_regclass(quote_ident(c.relname)) is null
                    and n.nspname = any (string_to_array(replace(replace(replace(
                            current_setting('search_path'), '\"$user\"', current_user),
                            ' ', ''), '\"', ''), ','))))",
    ))
    .load(conn)?;
    if let Some(table) = tables.iter().find(|table| !table.usable) {
        return Ok(Some(Error::Forbidden(format!(
            "the role `{}` may not use the schema of table `{}`; connect as a role with the rights, \
             or grant it those of `iamctl db grants`",
            table.role, table.relation
        ))));
    }
    let named = |table: &&Rights| {
        message.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == table.relation)
    };
    Ok(tables.iter().filter(named).find(|table| table.lacking).map(|table| {
        Error::Forbidden(format!(
            "the role `{}` may not do this with table `{}` (it may: {}); connect as a role with the \
             rights, or grant it those of `iamctl db grants`",
            table.role,
            table.relation,
            table.has.as_deref().unwrap_or("nothing")
        ))
    }))
}
