//! Imports users by the million: COPY in PostgreSQL's binary format, as fast as `psql \copy`.

use std::cell::RefCell;
use std::io::{BufWriter, Write};

use diesel::pg::CopyFormat;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel::sql_types::Bool;
use uuid::Uuid;

use crate::db::connection::deadline;
use crate::db::functions::{TextOf, pg_backend_pid};
use crate::db::schema::users;
use crate::db::users::User;
use crate::domain::{StoredTime, from_hex};
use crate::error::{Error, Result};

/// A user, and the line of the input that it stands on.
pub type Numbered = (u64, User);

/// What made a row clash with another: a unique column, and the value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Id(Uuid),
    Fingerprint(Vec<u8>),
    Email(String),
}

impl Key {
    /// The key that PostgreSQL's error names; `None` where it names none, as for a role that may
    /// not read the table.
    pub fn of_violation(error: &Error) -> Option<Self> {
        let Error::Query(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, error)) =
            error
        else {
            return None;
        };
        // The message is translated as `lc_messages` says; the part `(column)=(value)` is not.
        let (before, behind) = error.details()?.split_once(")=(")?;
        let (_, column) = before.rsplit_once('(')?;
        let (value, _) = behind.rsplit_once(')')?;
        match column {
            "id" => value.parse().ok().map(Self::Id),
            "email" => Some(Self::Email(value.to_owned())),
            // The server writes bytes as its setting `bytea_output` says.
            "username_fingerprint" => match value.strip_prefix("\\x") {
                Some(digits) => from_hex(digits).map(Self::Fingerprint),
                None => Some(Self::Fingerprint(value.as_bytes().to_vec())),
            },
            _ => None,
        }
    }

    pub fn is_of(&self, user: &User) -> bool {
        match self {
            Self::Id(id) => *id == user.id,
            Self::Fingerprint(fingerprint) => *fingerprint == user.username_fingerprint,
            Self::Email(email) => user.email == *email,
        }
    }
}

/// Whether a user has the key.
pub fn is_taken(conn: &mut PgConnection, key: &Key) -> Result<bool> {
    // Reads no column but the key: the role may have no right to read others.
    let mut query = users::table.select(true.into_sql::<Bool>()).into_boxed();
    query = match key {
        Key::Id(id) => query.filter(users::id.eq(*id)),
        Key::Fingerprint(bytes) => query.filter(users::username_fingerprint.eq(bytes.clone())),
        Key::Email(email) => query.filter(TextOf::new(users::email).eq(email.clone())),
    };
    Ok(diesel::select(diesel::dsl::exists(query)).get_result(conn)?)
}

/// The process of the server that serves the connection.
pub fn server_process(conn: &mut PgConnection) -> Result<i32> {
    Ok(diesel::select(pg_backend_pid()).get_result(conn)?)
}

/// Copies no rows. Fails, after a time, where COPY is not passed on, as by a pooler that does not know it in
/// the form in which Diesel sends it: an import would wait for ever, and hold its locks.
pub fn require_copy(conn: &mut PgConnection) -> Result<()> {
    let write = |out: &mut dyn Write| {
        let written = out.write_all(HEADER).and_then(|()| out.write_all(&TRAILER));
        written.map_err(|error| QueryError::SerializationError(Box::new(error)))
    };
    let copied = deadline::short(|| {
        diesel::copy_from(users::table)
            .from_raw_data((users::id,), write)
            .with_format(CopyFormat::Binary)
            .execute(conn)
    });
    Ok(copied.map(drop)?)
}

/// Inserts all rows, and returns how many they were.
///
/// `next` gives one row after the other; its error ends it all. Violates `users_unique_fingerprint`,
/// `users_unique_email` or `users_pkey` when something is taken.
pub fn insert(
    conn: &mut PgConnection,
    next: impl FnMut() -> Result<Option<Numbered>>,
) -> Result<u64> {
    let columns = (
        users::id,
        users::created_at,
        users::username,
        users::username_fingerprint,
        users::email,
        users::email_verified,
        users::email_verified_at,
        users::blocked,
        users::deleted,
        users::deleted_at,
    );
    let rows = Rows::new(next, false);
    let copied = diesel::copy_from(users::table)
        .from_raw_data(columns, |out| rows.write(out))
        .with_format(CopyFormat::Binary)
        .execute(conn);
    rows.outcome(copied)
}

/// Signature, no flags, no header extension. Source: PostgreSQL's documentation of COPY.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

/// Writes rows into a COPY, and keeps the error that stopped it: the server's error says less.
pub struct Rows<N> {
    next: RefCell<N>,
    failure: RefCell<Option<Error>>,
    with_lines: bool,
}

impl<N: FnMut() -> Result<Option<Numbered>>> Rows<N> {
    pub fn new(next: N, with_lines: bool) -> Self {
        Self { next: RefCell::new(next), failure: RefCell::new(None), with_lines }
    }

    pub fn write(&self, out: &mut dyn Write) -> Result<()> {
        let mut out = BufWriter::with_capacity(64 * 1024, out);
        self.write_all(&mut out).map_err(|error| {
            self.failure.replace(Some(error));
            // libpq sends this message to the server, which may log it; so it holds no value.
            Error::internal("the rows were withdrawn")
        })
    }

    fn write_all(&self, out: &mut impl Write) -> Result<()> {
        let sent = |result: std::io::Result<()>| {
            result.map_err(|error| {
                // Whatever the cause is, the connection cannot be used any more.
                let message = format!("the rows could not be sent: {error}");
                let closed = DatabaseErrorKind::ClosedConnection;
                Error::Query(QueryError::DatabaseError(closed, Box::new(message)))
            })
        };
        sent(out.write_all(HEADER))?;
        let mut record = Vec::new();
        let mut next = self.next.borrow_mut();
        while let Some((line, user)) = next()? {
            record.clear();
            encode(&user, self.with_lines.then_some(line), &mut record);
            sent(out.write_all(&record))?;
        }
        sent(out.write_all(&TRAILER).and_then(|()| out.flush()))
    }

    pub fn outcome(self, copied: Result<usize>) -> Result<u64> {
        match self.failure.take() {
            Some(failure) if copied.is_err() => Err(failure),
            _ => Ok(copied? as u64),
        }
    }
}

/// Appends a record in the order of the columns above.
fn encode(user: &User, line: Option<u64>, to: &mut Vec<u8>) {
    let columns: i16 = if line.is_some() { 11 } else { 10 };
    to.extend(columns.to_be_bytes());
    if let Some(line) = line {
        field(&line.to_be_bytes(), to);
    }
    field(user.id.as_bytes(), to);
    time(Some(user.created_at), to);
    field(user.username.as_bytes(), to);
    field(&user.username_fingerprint, to);
    field(user.email.as_bytes(), to);
    field(&[user.email_verified.into()], to);
    time(user.email_verified_at, to);
    field(&[user.blocked.into()], to);
    field(&[user.deleted.into()], to);
    time(user.deleted_at, to);
}

fn time(time: Option<StoredTime>, to: &mut Vec<u8>) {
    match time {
        Some(time) => field(&time.microseconds().to_be_bytes(), to),
        None => to.extend((-1_i32).to_be_bytes()),
    }
}

fn field(bytes: &[u8], to: &mut Vec<u8>) {
    // Fits: all fields are far shorter than the 1 GB that PostgreSQL allows.
    to.extend(u32::try_from(bytes.len()).unwrap_or_default().to_be_bytes());
    to.extend(bytes);
}
