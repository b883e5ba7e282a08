//! All queries on `verification_codes` and `authorization_codes`, two tables of one shape.

mod kind_table;
mod stats;

use std::cmp::{Ordering, Reverse};

use chrono::{DateTime, Utc};
use diesel::dsl::now;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Record, Timestamptz};
use uuid::Uuid;

pub use stats::{Stats, stats};

use self::kind_table::on_table_of;
use super::functions::{Bytewise, id_of, is_named_by};
use super::schema::{authorization_codes, users, verification_codes};
use super::types::{Bpchar, StoredSecret};
use crate::domain::{CodeKind, CodeStatus, IdStart, RowId, StoredText, StoredTime};
use crate::error::Result;

/// A code with its user. The code itself stays hidden.
#[derive(Debug, Clone)]
pub struct OneTimeCode {
    pub kind: CodeKind,
    pub key: StoredSecret,
    pub user_id: Uuid,
    pub created_at: StoredTime,
    pub expires_at: StoredTime,
    /// `None` where the user is missing, as where the foreign key was not enforced; likewise the email.
    pub username: Option<StoredText>,
    pub email: Option<StoredText>,
}

impl OneTimeCode {
    pub fn status(&self, at: DateTime<Utc>) -> CodeStatus {
        if *self.expires_at > at { CodeStatus::Live } else { CodeStatus::Expired }
    }

    pub fn place(&self) -> CodePlace {
        CodePlace { created_at: self.created_at, kind: self.kind, key: self.key.clone() }
    }

    fn of(kind: CodeKind, row: Row) -> Self {
        let (key, user_id, created_at, expires_at, username, email) = row;
        Self { kind, key, user_id, created_at, expires_at, username, email }
    }
}

type Row = (StoredSecret, Uuid, StoredTime, StoredTime, Option<StoredText>, Option<StoredText>);

/// The columns of a `Row`.
macro_rules! row {
    ($table:ident) => {
        (
            $table::code,
            $table::user_id,
            $table::created_at,
            $table::expires_at,
            users::username.nullable(),
            users::email.nullable(),
        )
    };
}

#[derive(Debug, Default)]
pub struct CodeFilter {
    pub user: Option<Uuid>,
    pub status: Option<CodeStatus>,
    /// Only what comes after this code in the list.
    pub after: Option<CodePlace>,
}

/// The place of a code in a list. The newest is first; of one time, the verification codes are before
/// the authorization codes, and those of one kind by their keys, descending, in the database's order.
#[derive(Debug, Clone)]
pub struct CodePlace {
    pub created_at: StoredTime,
    pub kind: CodeKind,
    pub key: StoredSecret,
}

/// The table of the kind, boxed, with the conditions of the filter.
macro_rules! filtered {
    ($query:expr, $table:ident, $kind:expr, $filter:expr) => {{
        let mut query = $query;
        if let Some(user) = $filter.user {
            query = query.filter($table::user_id.eq(user));
        }
        if let Some(after) = &$filter.after {
            query = match $kind.cmp(&after.kind) {
                Ordering::Less => query.filter($table::created_at.lt(after.created_at)),
                Ordering::Greater => query.filter($table::created_at.le(after.created_at)),
                Ordering::Equal => {
                    let place = ($table::created_at, $table::code)
                        .into_sql::<Record<(Timestamptz, Bpchar)>>();
                    query.filter(place.lt((after.created_at, after.key.clone())))
                }
            };
        }
        match $filter.status {
            None => query,
            Some(CodeStatus::Live) => query.filter($table::expires_at.gt(now)),
            Some(CodeStatus::Expired) => query.filter($table::expires_at.le(now)),
        }
    }};
}

/// Up to `limit` codes of the kind that pass the filter, the newest first.
fn page(
    conn: &mut PgConnection,
    kind: CodeKind,
    filter: &CodeFilter,
    limit: i64,
) -> Result<Vec<OneTimeCode>> {
    let rows: Vec<Row> = on_table_of!(kind, codes => {
        let with_users = codes::table.left_join(users::table).into_boxed();
        filtered!(with_users, codes, kind, filter)
            .order((codes::created_at.desc(), codes::code.desc()))
            .limit(limit)
            .select(row!(codes))
            .load(conn)?
    });
    Ok(rows.into_iter().map(|row| OneTimeCode::of(kind, row)).collect())
}

/// Up to `limit` codes of these kinds that pass the filter, in the order of `CodePlace`. `kinds` are
/// in their order.
pub fn newest(
    conn: &mut PgConnection,
    kinds: &[CodeKind],
    filter: &CodeFilter,
    limit: i64,
) -> Result<Vec<OneTimeCode>> {
    let mut all = Vec::new();
    for kind in kinds {
        all.extend(page(conn, *kind, filter, limit)?);
    }
    // Stable: codes of one time stay in the order of `CodePlace`.
    all.sort_by_key(|code| Reverse(code.created_at));
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all)
}

pub fn count(conn: &mut PgConnection, kind: CodeKind, filter: &CodeFilter) -> QueryResult<i64> {
    on_table_of!(kind, codes => {
        filtered!(codes::table.into_boxed(), codes, kind, filter).count().get_result(conn)
    })
}

/// Key and time of the codes that the id names. Up to two, so that the caller
/// sees an ambiguous id.
pub fn find_by_id(
    conn: &mut PgConnection,
    kind: CodeKind,
    id: &RowId,
) -> QueryResult<Vec<(StoredSecret, StoredTime)>> {
    on_table_of!(kind, codes => codes::table
        .filter(is_named_by!(codes::code, id))
        .limit(2)
        .select((codes::code, codes::created_at))
        .load(conn))
}

/// Up to `limit` codes whose ids begin with this, those of one kind after the other; the newest where it is
/// empty.
pub fn beginning_with(
    conn: &mut PgConnection,
    start: &IdStart,
    limit: i64,
) -> Result<Vec<OneTimeCode>> {
    if start.is_empty() {
        return newest(conn, &CodeKind::ALL, &CodeFilter::default(), limit);
    }
    let mut all = Vec::new();
    for kind in CodeKind::ALL {
        let rows: Vec<Row> = on_table_of!(kind, codes => codes::table
            .left_join(users::table)
            .filter(id_of!(codes::code).like(start.stored_pattern()))
            .order(Bytewise::new(id_of!(codes::code)))
            .limit(limit)
            .select(row!(codes))
            .load(conn)?);
        all.extend(rows.into_iter().map(|row| OneTimeCode::of(kind, row)));
    }
    Ok(all)
}

/// The keys with these ids, each as `RowId::stored_id`, in the table of the kind.
pub fn keys_with_ids(
    conn: &mut PgConnection,
    kind: CodeKind,
    ids: &[String],
) -> QueryResult<Vec<StoredSecret>> {
    on_table_of!(kind, codes => codes::table
        .filter(id_of!(codes::code).eq_any(ids))
        .select(codes::code)
        .load(conn))
}

/// The users of the codes with these keys.
pub fn users_of(
    conn: &mut PgConnection,
    keys: &[(CodeKind, StoredSecret)],
) -> QueryResult<Vec<Uuid>> {
    let keys: Vec<_> = keys.iter().map(|(_, key)| key).collect();
    verification_codes::table
        .filter(verification_codes::code.eq_any(&keys))
        .select(verification_codes::user_id)
        .union(
            authorization_codes::table
                .filter(authorization_codes::code.eq_any(&keys))
                .select(authorization_codes::user_id),
        )
        .load(conn)
}

/// The codes with these keys, with their users.
pub fn find(
    conn: &mut PgConnection,
    kind: CodeKind,
    keys: &[StoredSecret],
) -> QueryResult<Vec<OneTimeCode>> {
    let rows: Vec<Row> = on_table_of!(kind, codes => codes::table
        .left_join(users::table)
        .filter(codes::code.eq_any(keys))
        .select(row!(codes))
        .load(conn)?);
    Ok(rows.into_iter().map(|row| OneTimeCode::of(kind, row)).collect())
}

/// How many codes of the user work at `at`.
pub fn count_live(
    conn: &mut PgConnection,
    kind: CodeKind,
    user: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<i64> {
    on_table_of!(kind, codes => codes::table
        .filter(codes::user_id.eq(user))
        .filter(codes::expires_at.gt(at))
        .count()
        .get_result(conn))
}

/// Removes all codes of the kind of users from `first` to `last`, in the order of their ids, and returns
/// their keys. The planner would scan the table for hundreds of ids.
pub fn delete_between(
    conn: &mut PgConnection,
    kind: CodeKind,
    first: Uuid,
    last: Uuid,
) -> QueryResult<Vec<StoredSecret>> {
    on_table_of!(kind, codes => diesel::delete(codes::table)
        .filter(codes::user_id.between(first, last))
        .returning(codes::code)
        .get_results(conn))
}

/// How many codes with these keys there are.
pub fn count_keys(
    conn: &mut PgConnection,
    kind: CodeKind,
    keys: &[StoredSecret],
) -> QueryResult<i64> {
    on_table_of!(kind, codes => codes::table
        .filter(codes::code.eq_any(keys))
        .count()
        .get_result(conn))
}

/// How many codes of the kind the users have, expired ones included.
pub fn count_of(conn: &mut PgConnection, kind: CodeKind, users: &[Uuid]) -> QueryResult<i64> {
    on_table_of!(kind, codes => codes::table
        .filter(codes::user_id.eq_any(users))
        .count()
        .get_result(conn))
}

/// Inserts the code, created at `at`. RETURNING makes a rule that replaces the insertion an error.
pub fn insert(
    conn: &mut PgConnection,
    kind: CodeKind,
    user: Uuid,
    code: &StoredSecret,
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    on_table_of!(kind, codes => diesel::insert_into(codes::table)
        .values((
            codes::user_id.eq(user),
            codes::created_at.eq(at),
            codes::expires_at.eq(expires_at),
            codes::code.eq(code),
        ))
        .returning(codes::code)
        .get_results::<StoredSecret>(conn)
        .map(drop))
}

/// Removes the codes, and returns the keys of those that were there.
pub fn delete(
    conn: &mut PgConnection,
    kind: CodeKind,
    keys: &[StoredSecret],
) -> QueryResult<Vec<StoredSecret>> {
    on_table_of!(kind, codes => diesel::delete(codes::table.filter(codes::code.eq_any(keys)))
        .returning(codes::code)
        .get_results(conn))
}

/// Removes all codes of the users of one kind, and returns user and key of each.
pub fn delete_of(
    conn: &mut PgConnection,
    kind: CodeKind,
    users: &[Uuid],
) -> QueryResult<Vec<(Uuid, StoredSecret)>> {
    on_table_of!(kind, codes => diesel::delete(codes::table.filter(codes::user_id.eq_any(users)))
        .returning((codes::user_id, codes::code))
        .get_results(conn))
}
