//! Users who were deleted long ago, to be erased.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Record, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::schema::users;
use crate::domain::StoredTime;

/// Up to `limit` users who were deleted before `cutoff`, as `created_at` and id, in that order, which
/// is the one of the index on deleted users; starts after `after`.
pub fn deleted_before(
    conn: &mut PgConnection,
    cutoff: DateTime<Utc>,
    after: Option<(StoredTime, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<(StoredTime, Uuid)>> {
    let mut query = users::table
        .into_boxed()
        .filter(users::deleted)
        .filter(users::deleted_at.assume_not_null().lt(cutoff));
    if let Some(after) = after {
        let place = (users::created_at, users::id).into_sql::<Record<(Timestamptz, SqlUuid)>>();
        query = query.filter(place.gt(after));
    }
    query
        .order((users::created_at, users::id))
        .limit(limit)
        .select((users::created_at, users::id))
        .load(conn)
}

/// The last of those users in that order.
pub fn newest_deleted_before(
    conn: &mut PgConnection,
    cutoff: DateTime<Utc>,
) -> QueryResult<Option<Uuid>> {
    users::table
        .filter(users::deleted)
        .filter(users::deleted_at.assume_not_null().lt(cutoff))
        .order((users::created_at.desc(), users::id.desc()))
        .select(users::id)
        .first(conn)
        .optional()
}

/// How many users were deleted before `cutoff`.
pub fn count_deleted_before(conn: &mut PgConnection, cutoff: DateTime<Utc>) -> QueryResult<i64> {
    users::table
        .filter(users::deleted)
        .filter(users::deleted_at.assume_not_null().lt(cutoff))
        .count()
        .get_result(conn)
}
