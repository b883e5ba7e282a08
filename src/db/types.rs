//! How columns that hold secrets travel to and from PostgreSQL.

use std::fmt;
use std::hash::{Hash, Hasher};

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::data_types::PgTimestamp;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{SqlType, Text, Timestamptz};
use zeroize::Zeroizing;

use crate::domain::{RowId, Secret, StoredTime};

/// `char(n)`, bound as `bpchar`. Diesel's own is `text`, and a `char(44)` column compared with a
/// `text` parameter is a sequential scan (contract 6).
#[derive(Debug, Clone, Copy, Default, QueryId, SqlType)]
#[diesel(postgres_type(oid = 1042, array_oid = 1014))]
pub struct Bpchar;

impl diesel::sql_types::SqlOrd for Bpchar {}

/// A stored code, refresh token or token digest. Only its id may be shown.
#[derive(Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Bpchar)]
pub struct StoredSecret(Zeroizing<String>);

impl StoredSecret {
    pub fn new(value: &str) -> Self {
        Self(Zeroizing::new(value.to_owned()))
    }

    /// The id by which the row is named; `None` where it does not have the shape of a secret.
    pub fn id(&self) -> Option<String> {
        RowId::of_stored(&self.0)
    }

    /// Whether this is what is stored of the secret.
    pub fn is(&self, secret: &Secret) -> bool {
        self.0.as_str() == secret.expose()
    }
}

impl Hash for StoredSecret {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

impl fmt::Debug for StoredSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredSecret(…)")
    }
}

impl ToSql<Bpchar, Pg> for StoredSecret {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <str as ToSql<Text, Pg>>::to_sql(self.0.as_str(), out)
    }
}

impl FromSql<Bpchar, Pg> for StoredSecret {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <String as FromSql<Text, Pg>>::from_sql(value).map(|text| Self(Zeroizing::new(text)))
    }
}

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
