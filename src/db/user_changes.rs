//! Changes to users: selecting them, changing them and writing the audit rows is one statement.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};

use super::audit::Audit;
use super::targets::{self, Matched, TARGETS};
use super::users::User;
use crate::domain::{Changed, UserSelector};
use crate::error::Result;

/// A change of state of users. The UPDATE changes only rows that are not so already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserChange {
    Block,
    Unblock,
    /// The soft delete: it also revokes the user's sessions and removes their codes.
    Delete,
    Restore,
}

impl UserChange {
    pub fn action(self) -> &'static str {
        match self {
            Self::Block => "user.block",
            Self::Unblock => "user.unblock",
            Self::Delete => "user.delete",
            Self::Restore => "user.restore",
        }
    }

    /// What the UPDATE sets, and on which rows it has anything to do.
    fn set_where(self) -> (&'static str, &'static str) {
        match self {
            Self::Block => ("blocked = true", "not u.blocked"),
            Self::Unblock => ("blocked = false", "u.blocked"),
            Self::Delete => ("deleted = true, deleted_at = now()", "not u.deleted"),
            Self::Restore => ("deleted = false, deleted_at = null", "u.deleted"),
        }
    }

    /// Whether sessions and codes go with it. They do also for a user who is deleted already:
    /// another program may have left them behind.
    fn ends_access(self) -> bool {
        self == Self::Delete
    }
}

/// What an ended access takes along: sessions revoked as the service understands it (contract 1:
/// it never reads `revoked`, so `expires_at` moves too), and codes removed.
const ENDED: &str = ", sessions as (
        update refresh_tokens r
        set revoked = true,
            revoked_at = coalesce(r.revoked_at, now() at time zone 'utc'),
            expires_at = now() at time zone 'utc'
        from (select distinct id from targets) t
        where r.user_id = t.id and r.expires_at > now() at time zone 'utc'
        returning r.user_id
    ), verification as (
        delete from verification_codes c using (select distinct id from targets) t
        where c.user_id = t.id
        returning c.user_id
    ), authorization_ as (
        delete from authorization_codes c using (select distinct id from targets) t
        where c.user_id = t.id
        returning c.user_id
    ), ended as (
        select user_id, count(*) filter (where kind = 's') as sessions,
               count(*) filter (where kind = 'c') as codes
        from (select user_id, 's' as kind from sessions
              union all select user_id, 'c' from verification
              union all select user_id, 'c' from authorization_) e
        group by user_id
    )";

const NOTHING_ENDED: &str = ", ended as (
        select null::uuid as user_id, 0::bigint as sessions, 0::bigint as codes where false
    )";

#[derive(QueryableByName)]
struct ChangedRow {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(sql_type = Bool)]
    changed: bool,
    #[diesel(embed)]
    user: User,
}

impl Matched for ChangedRow {
    fn ordinal(&self) -> i32 {
        self.ordinal
    }

    fn user(&self) -> &User {
        &self.user
    }
}

/// Changes the users that the selectors name, and returns each as it now stands.
///
/// A selector that names no user or several is an error, and then the caller's transaction rolls
/// back what the statement did for the others.
pub fn apply(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
    change: UserChange,
    audit: &Audit,
) -> Result<Vec<Changed<User>>> {
    let (set, condition) = change.set_where();
    let (ended, details) = if change.ends_access() {
        (ENDED, "jsonb_build_object('sessions_revoked', sessions, 'codes_removed', codes)")
    } else {
        (NOTHING_ENDED, "'{}'::jsonb")
    };
    let insert = Audit::insert(targets::BINDS + 1, "id", details, "effect where changed");
    let query = diesel::sql_query(format!(
        "with {TARGETS}, flipped as (
             update users u set {set}
             from (select distinct id from targets) t
             where u.id = t.id and {condition}
             returning u.*
         ) {ended}, now_standing as (
             select * from flipped
             union all
             select * from users u
             where u.id in (select id from targets) and u.id not in (select id from flipped)
         ), effect as (
             select u.id, f.id is not null or e.user_id is not null as changed,
                    coalesce(e.sessions, 0) as sessions, coalesce(e.codes, 0) as codes
             from now_standing u
             left join flipped f on f.id = u.id
             left join ended e on e.user_id = u.id
         ), audited as ({insert})
         select t.ordinal, e.changed, u.*
         from targets t join now_standing u on u.id = t.id join effect e on e.id = t.id"
    ))
    .into_boxed::<Pg>();
    let rows: Vec<ChangedRow> = audit.bind(targets::bind(query, selectors)).load(conn)?;
    let rows = targets::exactly_one_each(selectors, rows)?;
    Ok(rows.into_iter().map(|row| Changed { record: row.user, changed: row.changed }).collect())
}
