//! Changes to users: selecting them, changing them and writing the audit rows is one statement.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Bytea, Integer, Text};

use crate::db::audit_log::Audit;
use crate::db::filter::Query;
use crate::db::locks::{self, Locks, Scope};
use crate::db::owners;
use crate::db::schema::users;
use crate::db::sessions;
use crate::db::targets::{self, Matched, TARGETS};
use crate::db::tokens;
use crate::db::users::User;
use crate::domain::{Changed, Email, UserSelector, Username};
use crate::error::Result;

/// A change to users. The UPDATE changes only rows that are not so already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserChange {
    Block,
    Unblock,
    /// The soft delete.
    Delete,
    Restore,
    VerifyEmail,
    UnverifyEmail,
    Rename(Username),
    /// Takes the verification away, unless the new address is known to be the user's.
    SetEmail {
        email: Email,
        verified: bool,
    },
}

impl UserChange {
    pub fn action(&self) -> &'static str {
        match self {
            Self::Block => "user.block",
            Self::Unblock => "user.unblock",
            Self::Delete => "user.delete",
            Self::Restore => "user.restore",
            Self::VerifyEmail => "user.verify-email",
            Self::UnverifyEmail => "user.unverify-email",
            Self::Rename(_) => "user.rename",
            Self::SetEmail { .. } => "user.set-email",
        }
    }

    /// What the UPDATE sets, and on which rows it has anything to do. `{1}` and `{2}` are the
    /// parameters of `bind`.
    fn set_where(&self) -> (&'static str, &'static str) {
        match self {
            Self::Block => ("blocked = true", "not u.blocked"),
            Self::Unblock => ("blocked = false", "u.blocked"),
            Self::Delete => ("deleted = true, deleted_at = now()", "not u.deleted"),
            Self::Restore => ("deleted = false, deleted_at = null", "u.deleted"),
            Self::VerifyEmail => {
                ("email_verified = true, email_verified_at = now()", "not u.email_verified")
            }
            Self::UnverifyEmail => {
                ("email_verified = false, email_verified_at = null", "u.email_verified")
            }
            // A fingerprint that is not the name's is repaired, too.
            Self::Rename(_) => (
                "username = {1}, username_fingerprint = {2}",
                "(u.username, u.username_fingerprint) is distinct from ({1}, {2})",
            ),
            Self::SetEmail { .. } => (
                "email = {1}, email_verified = {2}, email_verified_at = case when {2} then now() end",
                "(u.email is distinct from {1} or ({2} and not u.email_verified))",
            ),
        }
    }

    fn bind<'a>(&self, query: Query<'a>) -> Query<'a> {
        match self {
            Self::Rename(username) => query
                .bind::<Text, _>(username.as_str().to_owned())
                .bind::<Bytea, _>(username.fingerprint().as_bytes().to_vec()),
            Self::SetEmail { email, verified } => {
                query.bind::<Text, _>(email.as_str().to_owned()).bind::<Bool, _>(*verified)
            }
            _ => query,
        }
    }
}

/// What ends together with a change. It ends also where the change itself is so already: another
/// program may have left it behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ending {
    /// Revoked as the service understands it: contract 1.
    pub sessions: bool,
    /// Removed.
    pub codes: Option<Whose>,
    /// Revoked: those of owners that have no other users who are neither blocked nor deleted.
    pub tokens: bool,
}

/// Of which targets something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    All,
    /// Only of those whom the change really changes.
    Changed,
}

impl Whose {
    fn cte(self) -> &'static str {
        match self {
            Self::All => "targets",
            Self::Changed => "flipped",
        }
    }
}

impl Ending {
    /// What ending it for the users needs.
    pub fn locks(self, users: &[UserSelector]) -> Locks {
        if self == Self::default() {
            return if users.len() > 1 { Locks::of_rows(users) } else { Locks::default() };
        }
        let locks = if self.tokens { Locks::of_tokens_of(users) } else { Locks::default() };
        locks.and_rows_of(users)
    }

    /// SQL: whether the transaction holds them for this user.
    fn held(self, user: &str) -> String {
        if self == Self::default() {
            return "true".to_owned();
        }
        if self.tokens { locks::held_with_tokens(user) } else { locks::held(Scope::Row, user) }
    }

    /// CTEs behind `targets` that end it, and give `ended (user_id, sessions, codes, tokens)`:
    /// how much that was of each user.
    fn ctes(self) -> String {
        let branch = |wanted: bool, name: &str, sql: &str| {
            if wanted { format!(", {name} as ({sql})") } else { String::new() }
        };
        let mut ctes = branch(
            self.sessions,
            "ended_sessions",
            &format!(
                "update refresh_tokens s {} from (select distinct id from targets) t
                 where s.user_id = t.id and {}
                 returning s.user_id, s.token as stored",
                sessions::REVOKE,
                sessions::LIVE,
            ),
        );
        for table in ["verification_codes", "authorization_codes"] {
            let whose = self.codes.map_or("", Whose::cte);
            ctes += &branch(
                self.codes.is_some(),
                &format!("ended_{table}"),
                &format!(
                    "delete from {table} c using (select distinct id from {whose}) t
                     where c.user_id = t.id
                     returning c.user_id, c.code as stored"
                ),
            );
        }
        ctes += &branch(
            self.tokens,
            "ended_tokens",
            &format!(
                "update api_tokens a set {}
                 from (select distinct o.owner_id, o.user_id
                       from targets t join api_token_owners o on o.user_id = t.id
                       where not {}) o
                 where a.owner_id = o.owner_id and not a.revoked and a.expires_at > now()
                 returning o.user_id",
                tokens::REVOKE,
                owners::has_others("p.user_id not in (select id from targets)"),
            ),
        );
        let mut counted = vec!["select null::uuid as user_id, '' as kind where false".to_owned()];
        for (wanted, source, kind) in [
            (self.sessions, "ended_sessions", "s"),
            (self.codes.is_some(), "ended_verification_codes", "c"),
            (self.codes.is_some(), "ended_authorization_codes", "c"),
            (self.tokens, "ended_tokens", "t"),
        ] {
            if wanted {
                counted.push(format!("select user_id, '{kind}' from {source}"));
            }
        }
        format!(
            "{ctes}, ended as (
                 select user_id, count(*) filter (where kind = 's') as sessions,
                        count(*) filter (where kind = 'c') as codes,
                        count(*) filter (where kind = 't') as tokens
                 from ({}) e group by user_id
             )",
            counted.join(" union all ")
        )
    }

    /// The details of the audit row, over `effect`.
    fn details(self) -> String {
        let pairs: Vec<_> = [
            (self.sessions, "'sessions_revoked', sessions"),
            (self.codes.is_some(), "'codes_removed', codes"),
            (self.tokens, "'tokens_revoked', tokens"),
        ]
        .into_iter()
        .filter_map(|(wanted, pair)| wanted.then_some(pair))
        .collect();
        format!("jsonb_build_object({})", pairs.join(", "))
    }
}

/// How much ended with a change, over all its users.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ended {
    pub sessions: i64,
    pub codes: i64,
    pub tokens: i64,
}

/// CTEs that make the change, and write the audit rows, behind `targets` with their parameters: they
/// give `flipped`, the users changed by it; what `Ending` says; `now_standing`, every user as it is
/// then; `effect (id, changed, sessions, codes, tokens)`. The parameters of `bind_ctes` follow those
/// of the targets.
pub fn ctes(change: &UserChange, ending: Ending) -> String {
    let numbered = |sql: &str| {
        let first = targets::BINDS + 1 + Audit::BINDS;
        sql.replace("{1}", &format!("${first}")).replace("{2}", &format!("${}", first + 1))
    };
    let (set, condition) = change.set_where();
    format!(
        "flipped as (
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
                    coalesce(e.sessions, 0) as sessions, coalesce(e.codes, 0) as codes,
                    coalesce(e.tokens, 0) as tokens
             from now_standing u
             left join flipped f on f.id = u.id
             left join ended e on e.user_id = u.id
         ), audited as ({insert})",
        set = numbered(set),
        condition = numbered(condition),
        ended = ending.ctes(),
        insert = Audit::insert(targets::BINDS + 1, "id", &ending.details(), "effect where changed"),
    )
}

/// Binds the parameters of `ctes`.
pub fn bind_ctes<'a>(query: Query<'a>, change: &UserChange, audit: &Audit) -> Query<'a> {
    change.bind(audit.bind(query))
}

/// A user as it now stands, and how much ended with the change.
#[derive(Debug, QueryableByName)]
struct ChangedRow {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(sql_type = Bool)]
    changed: bool,
    #[diesel(sql_type = BigInt)]
    sessions: i64,
    #[diesel(sql_type = BigInt)]
    codes: i64,
    #[diesel(sql_type = BigInt)]
    tokens: i64,
    /// The locks that the change needs are those of this user.
    #[diesel(sql_type = Bool)]
    held: bool,
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
/// The transaction began with `Ending::locks`. A selector that names no user or several is an error,
/// and then the transaction rolls back what the statement did for the others.
pub fn apply(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
    change: &UserChange,
    ending: Ending,
    audit: &Audit,
) -> Result<(Vec<Changed<User>>, Ended)> {
    let held = ending.held("t.id");
    let query = diesel::sql_query(format!(
        "with {TARGETS}, {}
         select t.ordinal, e.changed, e.sessions, e.codes, e.tokens, {held} as held, u.*
         from targets t join now_standing u on u.id = t.id join effect e on e.id = t.id",
        ctes(change, ending)
    ))
    .into_boxed::<Pg>();
    let query = bind_ctes(targets::bind(query, selectors), change, audit);
    let rows: Vec<ChangedRow> = query.load(conn)?;
    let rows = targets::exactly_one_each(selectors, rows)?;
    targets::all_held(&rows, |row| row.held)?;
    let ended = rows.iter().fold(Ended::default(), |sum, row| Ended {
        sessions: sum.sessions + row.sessions,
        codes: sum.codes + row.codes,
        tokens: sum.tokens + row.tokens,
    });
    let users = rows.into_iter().map(|row| Changed { record: row.user, changed: row.changed });
    let mut users: Vec<_> = users.collect();
    super::standing::refresh(
        &mut users,
        |user| user.id,
        |unchanged| Ok(User::query().filter(users::id.eq_any(unchanged)).load(conn)?),
    )?;
    Ok((users, ended))
}
