//! The queries on `refresh_tokens`, the sessions of users. Their times are UTC without a zone: they
//! are compared with `now() at time zone 'utc'`, and shown as instants (contract 1).

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::Audit;
use crate::db::filter::Conditions;
use crate::db::row_ids::{self, Position, Rows, SecretTable};
use crate::db::{Bpchar, StoredSecret};
use crate::domain::{Changed, StoredTime};
use crate::error::Result;

pub const TABLE: SecretTable =
    SecretTable { table: "refresh_tokens", column: "token", noun: "session" };

/// A session with its user, as lists show it: the refresh token stays hidden.
#[derive(Debug, Clone, QueryableByName)]
pub struct Session {
    #[diesel(sql_type = Bpchar)]
    pub token: StoredSecret,
    #[diesel(sql_type = SqlUuid)]
    pub user_id: Uuid,
    #[diesel(sql_type = Text)]
    pub username: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: StoredTime,
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: StoredTime,
    #[diesel(sql_type = Bool)]
    pub revoked: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub revoked_at: Option<StoredTime>,
    #[diesel(sql_type = Text)]
    pub status: String,
}

const NOW: &str = "now() at time zone 'utc'";

/// The columns of `Session`, over a row `s` and its user `u`. One that is marked revoked and has
/// not expired still works: the service never reads the mark. As of this statement: another may have
/// ended the session since the transaction began.
const COLUMNS: &str = "s.token, s.user_id, u.username::text, u.email::text,
     s.created_at at time zone 'utc' as created_at,
     s.expires_at at time zone 'utc' as expires_at,
     s.revoked, s.revoked_at at time zone 'utc' as revoked_at,
     case when s.expires_at > statement_timestamp() at time zone 'utc' then 'live'
          when s.revoked then 'revoked'
          else 'expired' end as status";

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum SessionStatus {
    /// The service still accepts it
    Live,
    /// Over by itself
    Expired,
    /// Ended before its time
    Revoked,
}

#[derive(Debug, Default, Clone)]
pub struct SessionFilter {
    pub user: Option<Uuid>,
    pub status: Option<SessionStatus>,
    pub created_after: Option<DateTime<Utc>>,
    pub created_before: Option<DateTime<Utc>>,
    /// Only what comes after this session in the list.
    pub after: Option<Position>,
    pub limit: Option<i64>,
}

impl SessionFilter {
    fn conditions(&self) -> Conditions<'_> {
        let mut conditions = Conditions::default();
        if let Some(user) = self.user {
            conditions.add_bound("s.user_id = {}", move |query| query.bind::<SqlUuid, _>(user));
        }
        match self.status {
            Some(SessionStatus::Live) => conditions.add(&format!("s.expires_at > {NOW}")),
            Some(SessionStatus::Expired) => {
                conditions.add(&format!("s.expires_at <= {NOW} and not s.revoked"));
            }
            Some(SessionStatus::Revoked) => {
                conditions.add(&format!("s.expires_at <= {NOW} and s.revoked"));
            }
            None => {}
        }
        for (bound, side) in [(self.created_after, ">="), (self.created_before, "<")] {
            if let Some(bound) = bound {
                let condition = format!("s.created_at {side} ({{}} at time zone 'utc')");
                conditions.add_bound(&condition, move |query| query.bind::<Timestamptz, _>(bound));
            }
        }
        if let Some(after) = &self.after {
            conditions.add_bound(
                "(s.created_at, s.token) < (({} at time zone 'utc'), {})",
                |query| {
                    query
                        .bind::<Timestamptz, _>(after.created_at)
                        .bind::<Bpchar, _>(after.stored.clone())
                },
            );
        }
        conditions
    }
}

/// Hands the sessions that pass `filter` to `each`, newest first, as they arrive.
pub fn list(
    conn: &mut PgConnection,
    filter: &SessionFilter,
    each: impl FnMut(Session) -> Result<()>,
) -> Result<()> {
    let conditions = filter.conditions();
    let limit = filter.limit.map_or_else(String::new, |limit| format!("limit {limit}"));
    let sql = format!(
        "select {COLUMNS} from refresh_tokens s join users u on u.id = s.user_id where {}
         order by s.created_at desc, s.token desc {limit}",
        conditions.sql(),
    );
    conditions.each_row(conn, sql, each)
}

pub fn count(conn: &mut PgConnection, filter: &SessionFilter) -> Result<i64> {
    let conditions = filter.conditions();
    conditions
        .count(conn, format!("select count(*) from refresh_tokens s where {}", conditions.sql()))
}

/// What is to be revoked. Whoever revoked the session while this statement waited for it may have
/// begun later, and then its end is later than `now()`.
pub const LIVE: &str = "s.expires_at > now() at time zone 'utc'
             and s.expires_at > clock_timestamp() at time zone 'utc'";

/// The live sessions of the user `t.id`, for `Rows::Of`.
pub const LIVE_OF_USER: &str = "select s.token as stored, s.created_at from refresh_tokens s
     where s.user_id = t.id and s.expires_at > now() at time zone 'utc'";

/// The SQL that ends sessions for the service, too, which reads `expires_at` only (contract 1).
pub const REVOKE: &str = "set revoked = true,
         revoked_at = coalesce(s.revoked_at, now() at time zone 'utc'),
         expires_at = least(s.expires_at, now() at time zone 'utc')";

/// Revokes the sessions and writes an audit row for each that was not over already. Returns all of
/// them, in the order given. Fails as `Rows::check` does.
pub fn revoke(
    conn: &mut PgConnection,
    sessions: &Rows<'_>,
    audit: &Audit,
) -> Result<Vec<Changed<Session>>> {
    let details = "jsonb_build_object('user_id', user_id)";
    let insert =
        Audit::insert(sessions.next_parameter(), &row_ids::token_id("token"), details, "revoked");
    let query = diesel::sql_query(format!(
        "with {given}, revoked as (
             update refresh_tokens s {REVOKE}
             where {wanted} and {LIVE}
             returning *
         ), audited as ({insert}), now_standing as (
             select *, true as changed from revoked
             union all
             select *, false from refresh_tokens s
             where {wanted} and token not in (select token from revoked)
         )
         select {COLUMNS}, s.changed, given.ordinal
         from given join now_standing s on s.token = given.stored
         join users u on u.id = s.user_id
         order by given.ordinal",
        given = sessions.cte(&[TABLE]),
        wanted = sessions.include("s.token"),
    ))
    .into_boxed::<Pg>();
    let returned = audit.bind(sessions.bind(query)).load(conn)?;
    let mut rows = sessions.check(conn, &[TABLE], returned, |session: &Session| &session.token)?;
    super::standing::refresh(
        &mut rows,
        |session| session.token.clone(),
        |unchanged| {
            let query = format!(
                "select {COLUMNS} from refresh_tokens s join users u on u.id = s.user_id
                 where s.token = any ($1)"
            );
            Ok(diesel::sql_query(query).bind::<Array<Bpchar>, _>(unchanged).load(conn)?)
        },
    )?;
    Ok(rows)
}

/// Revokes every live session, and returns how many that were. One audit row says so.
pub fn revoke_everyone(conn: &mut PgConnection, audit: &Audit) -> Result<i64> {
    let insert = Audit::insert(
        1,
        "null",
        "jsonb_build_object('sessions_revoked', sessions, 'everyone', true)",
        "(select count(*) as sessions from revoked) c where sessions > 0",
    );
    let query = diesel::sql_query(format!(
        "with revoked as (
             update refresh_tokens s {REVOKE} where {LIVE}
             returning 1
         ), audited as ({insert})
         select count(*) from revoked"
    ))
    .into_boxed::<Pg>();
    super::filter::count(conn, audit.bind(query))
}
