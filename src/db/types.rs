//! How columns become values of ours, and values columns.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io::Write as _;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::data_types::PgTimestamp;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Jsonb, SqlType, Text, Timestamp, Timestamptz};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::domain::{CHARACTERS_OF_ID, RowId, Secret, StoredText, StoredTime, with_escapes};

/// `char(n)`, bound as `bpchar`. Diesel's own type is `text`, and comparing a `char(44)` column
/// with a `text` parameter scans the table.
#[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
#[diesel(postgres_type(oid = 1042, array_oid = 1014))]
pub struct Bpchar;

impl diesel::sql_types::SqlOrd for Bpchar {}

/// A stored code, refresh token or token digest. Only its id may be shown.
#[derive(Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Bpchar)]
pub struct StoredSecret(Zeroizing<Vec<u8>>);

impl StoredSecret {
    pub fn new(value: &str) -> Self {
        Self(Zeroizing::new(value.as_bytes().to_vec()))
    }

    /// The id that names the row; `None` where the value does not have the shape of a secret.
    pub fn id(&self) -> Option<String> {
        RowId::of_stored(str::from_utf8(&self.0).ok()?)
    }

    /// The id in a message.
    pub fn shown_id(&self) -> String {
        self.id().map_or_else(|| "(without an id)".to_owned(), |id| format!("`{id}`"))
    }

    /// What an id of this row begins with.
    pub fn start(&self) -> String {
        let start = self.0.get(..CHARACTERS_OF_ID.into()).unwrap_or(&self.0);
        String::from_utf8_lossy(start).into_owned()
    }

    /// Whether the id names the row.
    pub fn is_named_by(&self, id: &RowId) -> bool {
        self.0.starts_with(id.stored_start().as_bytes())
    }

    /// Whether this is what is stored of the secret.
    pub fn is(&self, secret: &Secret) -> bool {
        self.0.as_slice() == secret.expose().as_bytes()
    }

    /// Whether it is a token that is stored as it is: a digest ends in `.`, a code in `=`.
    pub fn is_verbatim(&self) -> bool {
        self.0.ends_with(b"=")
    }
}

impl PartialOrd for StoredSecret {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for StoredSecret {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.as_slice().cmp(other.0.as_slice())
    }
}

impl Hash for StoredSecret {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_slice().hash(state);
    }
}

impl fmt::Debug for StoredSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredSecret(…)")
    }
}

impl ToSql<Bpchar, Pg> for StoredSecret {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.0)?;
        Ok(IsNull::No)
    }
}

impl FromSql<Bpchar, Pg> for StoredSecret {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Zeroizing::new(value.as_bytes().to_vec())))
    }
}

/// `tid`, the place of a row in the file of its table.
#[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
#[diesel(postgres_type(oid = 27, array_oid = 1010))]
pub struct Tid;

/// A place in the file of a table, as PostgreSQL sends it: page and row in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Tid)]
pub struct Place([u8; 6]);

impl Place {
    /// Before the first row, which is row 1 of page 0.
    pub const START: Self = Self([0; 6]);
}

impl ToSql<Tid, Pg> for Place {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.0)?;
        Ok(IsNull::No)
    }
}

impl FromSql<Tid, Pg> for Place {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(value.as_bytes().try_into()?))
    }
}

/// Every text of a row is read as `StoredText`, also where the row is one of the catalogue: the `String` of
/// Diesel fails on bytes that are not UTF-8.
#[derive(AsExpression, FromSqlRow)]
#[diesel(foreign_derive, sql_type = Text)]
#[expect(dead_code, reason = "Diesel derives its traits for the type of the field")]
struct TextColumn(StoredText);

impl ToSql<Text, Pg> for StoredText {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Text, Pg> for StoredText {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_bytes(value.as_bytes()))
    }
}

/// `StoredTime` is a column with a zone, or one in UTC without a zone, as in `refresh_tokens`.
#[derive(AsExpression, FromSqlRow)]
#[diesel(foreign_derive, sql_type = Timestamptz, sql_type = Timestamp)]
#[expect(dead_code, reason = "Diesel derives its traits for the type of the field")]
struct TimeColumn(StoredTime);

impl ToSql<Timestamptz, Pg> for StoredTime {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamptz, Pg>::to_sql(&PgTimestamp(self.microseconds()), &mut out.reborrow())
    }
}

impl FromSql<Timestamptz, Pg> for StoredTime {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let PgTimestamp(microseconds) = FromSql::<Timestamptz, Pg>::from_sql(value)?;
        Ok(Self::from_microseconds(microseconds))
    }
}

impl ToSql<Timestamp, Pg> for StoredTime {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamp, Pg>::to_sql(&PgTimestamp(self.microseconds()), &mut out.reborrow())
    }
}

impl FromSql<Timestamp, Pg> for StoredTime {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let PgTimestamp(microseconds) = FromSql::<Timestamp, Pg>::from_sql(value)?;
        Ok(Self::from_microseconds(microseconds))
    }
}

/// A `jsonb` value as PostgreSQL writes it. Not a `serde_json::Value`: that has no numbers like `1e400`,
/// and no nesting deeper than 127, which PostgreSQL accepts.
#[derive(Debug, Clone, FromSqlRow)]
pub struct JsonText(pub String);

impl FromSql<Jsonb, Pg> for JsonText {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        // The first byte is the version of the format, which is 1; the text follows.
        match value.as_bytes().split_first() {
            // Bytes that are not UTF-8 are in strings, in which JSON writes a backslash as two.
            Some((1, text)) => Ok(Self(with_escapes(text, r"\\x"))),
            _ => Err("an unknown version of jsonb".into()),
        }
    }
}

/// The first and the last of the ids: the planner reads a range of an index where it would scan the
/// table for many ids.
pub fn range_of(ids: &[Uuid]) -> (Uuid, Uuid) {
    let nil = Uuid::nil();
    (ids.iter().min().copied().unwrap_or(nil), ids.iter().max().copied().unwrap_or(nil))
}
