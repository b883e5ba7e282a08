//! The queries on `verification_codes` and `authorization_codes`, which are alike.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::{Audit, EXPIRES_AT};
use crate::db::filter::Conditions;
use crate::db::locks::{self, Locks, Scope};
use crate::db::row_ids::{CODE_ID, Position, Rows, SecretTable};
use crate::db::targets::{self, TARGETS};
use crate::db::tokens::MAY_LOG_IN;
use crate::db::{Bpchar, StoredSecret, lifetime};
use crate::domain::{Changed, Code, StoredTime, TimeOrDuration, UserSelector};
use crate::error::Result;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum CodeKind {
    /// Proves that the user reads the email
    Verification,
    /// Logs the user in
    Authorization,
}

impl CodeKind {
    pub const ALL: [Self; 2] = [Self::Verification, Self::Authorization];

    pub const TABLES: [SecretTable; 2] = [
        SecretTable { table: "verification_codes", column: "code", noun: "code" },
        SecretTable { table: "authorization_codes", column: "code", noun: "code" },
    ];

    pub fn table(self) -> &'static str {
        match self {
            Self::Verification => "verification_codes",
            Self::Authorization => "authorization_codes",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Authorization => "authorization",
        }
    }
}

/// A code with its user, as lists show it: the code itself stays hidden.
#[derive(Debug, Clone, QueryableByName)]
pub struct CodeRow {
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Bpchar)]
    pub code: StoredSecret,
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
    #[diesel(sql_type = Text)]
    pub status: String,
}

/// The service refuses a fourth live verification code for one user (contract 1).
pub const MOST_LIVE_VERIFICATION_CODES: i64 = 3;

/// How many verification codes of the user still work.
pub fn live_verification_codes(conn: &mut PgConnection, user: Uuid) -> Result<i64> {
    let query = diesel::sql_query(
        "select count(*) from verification_codes where user_id = $1 and expires_at > now()",
    )
    .into_boxed()
    .bind::<SqlUuid, _>(user);
    super::filter::count(conn, query)
}

#[derive(Debug)]
pub struct NewCode<'a> {
    pub kind: CodeKind,
    pub user: &'a UserSelector,
    pub code: &'a Code,
    pub end: TimeOrDuration,
    /// Also where the service would refuse it.
    pub force: bool,
}

impl NewCode<'_> {
    /// What the check of it needs.
    pub fn locks(&self) -> Locks {
        match self.kind {
            CodeKind::Verification if !self.force => Locks::of_codes(self.user),
            _ => Locks::default(),
        }
    }

    /// SQL over the user `u`: whether the service would take the code (contract 1).
    fn accepted(&self) -> String {
        match self.kind {
            _ if self.force => "true".to_owned(),
            CodeKind::Authorization => MAY_LOG_IN.to_owned(),
            CodeKind::Verification => format!(
                "not u.email_verified and not u.blocked and not u.deleted and {} and (
                     select count(*) from verification_codes c
                     where c.user_id = u.id and c.expires_at > now()
                 ) < {MOST_LIVE_VERIFICATION_CODES}",
                locks::held(Scope::Codes, "u.id")
            ),
        }
    }
}

/// Inserts the code with its audit row, in a transaction that began with `NewCode::locks`; waits for
/// whoever is changing the user. `None` where something forbids it: then nothing was changed.
pub fn issue(conn: &mut PgConnection, new: &NewCode<'_>, audit: &Audit) -> Result<Option<CodeRow>> {
    const FIRST: usize = targets::BINDS + 1;
    let [end, code, kind, first_of_audit] = [FIRST, FIRST + 1, FIRST + 2, FIRST + 3];
    let ending = lifetime::end(new.end, end);
    let details = format!("jsonb_build_object('kind', ${kind}::text, 'expires_at', {EXPIRES_AT})");
    let query = diesel::sql_query(format!(
        "with {TARGETS}, accepting as (
             select u.* from users u
             where u.id in (select id from targets) and (select count(*) from targets) = 1
             and {accepted}
             for share of u
         ), issued as (
             insert into {table} (user_id, created_at, expires_at, code)
             select id, now(), {ending}, ${code} from accepting where {ending} > now()
             returning *
         ), audited as ({insert})
         select ${kind} as kind, i.code, i.user_id, u.username::text, u.email::text, i.created_at,
                i.expires_at, {STATUS} as status
         from issued i join accepting u on u.id = i.user_id",
        table = new.kind.table(),
        accepted = new.accepted(),
        insert = Audit::insert(first_of_audit, "user_id", &details, "issued"),
    ))
    .into_boxed::<Pg>();
    let query = lifetime::bind(targets::bind(query, std::slice::from_ref(new.user)), new.end)
        .bind::<Bpchar, _>(StoredSecret::new(new.code.expose()))
        .bind::<Text, _>(new.kind.name());
    Ok(audit.bind(query).get_result(conn).optional()?)
}

/// All codes of the user `t.id`, for `Rows::Of`.
pub const ALL_OF_USER: &str = "select c.code as stored, c.created_at from verification_codes c
     where c.user_id = t.id
     union all
     select c.code, c.created_at from authorization_codes c where c.user_id = t.id";

/// Removes the codes, of either kind, with an audit row each; returns them as they were, in the
/// order given. Fails as `Rows::check` does.
pub fn revoke(
    conn: &mut PgConnection,
    codes: &Rows<'_>,
    audit: &Audit,
) -> Result<Vec<Changed<CodeRow>>> {
    let details = format!("jsonb_build_object('kind', kind, 'id', {CODE_ID})");
    let insert = Audit::insert(codes.next_parameter(), "user_id", &details, "gone");
    let query = diesel::sql_query(format!(
        "with {given}, verification as (
             delete from verification_codes where {wanted} returning *
         ), authorization_ as (
             delete from authorization_codes where {wanted} returning *
         ), gone as (
             select 'verification' as kind, * from verification
             union all
             select 'authorization', * from authorization_
         ), audited as ({insert})
         select i.kind, i.code, i.user_id, u.username::text, u.email::text, i.created_at,
                i.expires_at, {STATUS} as status, true as changed, given.ordinal
         from given join gone i on i.code = given.stored join users u on u.id = i.user_id
         order by given.ordinal",
        given = codes.cte(&CodeKind::TABLES),
        wanted = codes.include("code"),
    ))
    .into_boxed::<Pg>();
    let returned = audit.bind(codes.bind(query)).load(conn)?;
    codes.check(conn, &CodeKind::TABLES, returned, |code: &CodeRow| &code.code)
}

/// How much is in the table of one kind.
#[derive(Debug, Clone, QueryableByName)]
pub struct Stats {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = BigInt)]
    pub live: i64,
    #[diesel(sql_type = BigInt)]
    pub expired: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest_expired: Option<StoredTime>,
    /// On disk, with its indexes and partitions.
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
}

/// Counts by the index on `expires_at`, each entry of it once.
pub fn stats(conn: &mut PgConnection, kind: CodeKind) -> Result<Stats> {
    let table = kind.table();
    Ok(diesel::sql_query(format!(
        "select '{table}' as table,
                (select count(*) from {table} where expires_at > now()) as live,
                (select count(*) from {table} where expires_at <= now()) as expired,
                (select min(expires_at) from {table} where expires_at <= now()) as oldest_expired,
                coalesce((select sum(pg_total_relation_size(relid))
                          from pg_partition_tree('{table}')),
                         pg_total_relation_size('{table}'))::bigint as bytes"
    ))
    .get_result(conn)?)
}

const STATUS: &str = "case when i.expires_at > now() then 'live' else 'expired' end";

#[derive(Debug, Default, Clone)]
pub struct CodeFilter {
    pub kind: Option<CodeKind>,
    pub user: Option<Uuid>,
    /// Only what still works, or only what has expired.
    pub live: Option<bool>,
    /// Only what comes after this code in the list.
    pub after: Option<Position>,
    pub limit: Option<i64>,
}

impl CodeFilter {
    fn kinds(&self) -> Vec<CodeKind> {
        self.kind.map_or_else(|| CodeKind::ALL.to_vec(), |kind| vec![kind])
    }

    fn conditions(&self) -> Conditions<'_> {
        let mut conditions = Conditions::default();
        if let Some(user) = self.user {
            conditions.add_bound("c.user_id = {}", move |query| query.bind::<SqlUuid, _>(user));
        }
        match self.live {
            Some(true) => conditions.add("c.expires_at > now()"),
            Some(false) => conditions.add("c.expires_at <= now()"),
            None => {}
        }
        if let Some(after) = &self.after {
            conditions.add_bound("(c.created_at, c.code) < ({}, {})", |query| {
                query
                    .bind::<Timestamptz, _>(after.created_at)
                    .bind::<Bpchar, _>(after.stored.clone())
            });
        }
        conditions
    }
}

/// Hands the codes that pass `filter` to `each`, newest first, as they arrive.
pub fn list(
    conn: &mut PgConnection,
    filter: &CodeFilter,
    each: impl FnMut(CodeRow) -> Result<()>,
) -> Result<()> {
    let limit = filter.limit.map_or_else(String::new, |limit| format!("limit {limit}"));
    let conditions = filter.conditions();
    // The limit inside lets each table stop at its index; the one outside is the list's.
    let branches: Vec<_> = filter
        .kinds()
        .into_iter()
        .map(|kind| {
            format!(
                "(select '{}' as kind, c.code, c.user_id, c.created_at, c.expires_at from {} c
                  where {} order by c.created_at desc, c.code desc {limit})",
                kind.name(),
                kind.table(),
                conditions.sql(),
            )
        })
        .collect();
    let sql = format!(
        "select i.kind, i.code, i.user_id, u.username::text, u.email::text, i.created_at,
                i.expires_at, {STATUS} as status
         from ({}) i join users u on u.id = i.user_id
         order by i.created_at desc, i.code desc {limit}",
        branches.join(" union all "),
    );
    conditions.each_row(conn, sql, each)
}

pub fn count(conn: &mut PgConnection, filter: &CodeFilter) -> Result<i64> {
    let conditions = filter.conditions();
    let counts: Vec<_> = filter
        .kinds()
        .into_iter()
        .map(|kind| format!("(select count(*) from {} c where {})", kind.table(), conditions.sql()))
        .collect();
    conditions.count(conn, format!("select {} as count", counts.join(" + ")))
}
