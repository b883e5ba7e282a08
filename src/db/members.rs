//! Putting users into owners of tokens, and taking them out. Each is one statement, in a transaction
//! that began with the lock of the owner, or of the users of a new one.

use std::collections::HashSet;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::Audit;
use crate::db::owners::{self, Membership, Owner};
use crate::db::targets::{self, Matched, TARGETS, Target};
use crate::db::tokens::{self, REVOKE};
use crate::db::users::User;
use crate::domain::{Changed, UserSelector, listed};
use crate::error::{Error, Result};

/// A user whom a statement was to put into an owner, or to take out.
#[derive(QueryableByName)]
struct Member {
    #[diesel(embed)]
    target: Target,
    #[diesel(embed)]
    verdict: Verdict,
}

/// What became of it.
#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Bool)]
    changed: bool,
    /// The owner has users or tokens.
    #[diesel(sql_type = Bool)]
    known: bool,
    /// Nothing stood against it.
    #[diesel(sql_type = Bool)]
    possible: bool,
}

impl Matched for Member {
    fn ordinal(&self) -> i32 {
        self.target.ordinal()
    }

    fn user(&self) -> &User {
        self.target.user()
    }
}

/// The parameters behind those of the targets: the owner, and what else there is.
const OWNER: usize = targets::BINDS + 1;
const SECOND: usize = OWNER + 1;

const USER_ID: &str = "jsonb_build_object('user_id', user_id)";

/// Makes an owner of the users, with an audit row for each; in a transaction that began with
/// `Locks::of_users`.
pub fn create(
    conn: &mut PgConnection,
    owner: Uuid,
    users: &[UserSelector],
    audit: &Audit,
) -> Result<Owner> {
    let rows = put_in(conn, owner, "true", users, audit)?;
    let mut seen = HashSet::new();
    let once = rows.iter().map(Matched::user).filter(|user| seen.insert(user.id));
    let names = once.map(|user| user.username.clone()).collect();
    targets::exactly_one_each(users, rows)?;
    Ok(Owner { owner_id: owner, users: names, live_tokens: 0, tokens: 0 })
}

/// Makes the users share the owner, with an audit row for each that did not already. Returns all of
/// them, in the order given. An owner without users and tokens is `not_found`.
pub fn add(
    conn: &mut PgConnection,
    owner: Uuid,
    users: &[UserSelector],
    audit: &Audit,
) -> Result<Vec<Changed<Membership>>> {
    let rows = put_in(conn, owner, &owners::known(&format!("${OWNER}")), users, audit)?;
    memberships(conn, owner, users, rows)
}

/// The users come back in the order of their names.
fn put_in(
    conn: &mut PgConnection,
    owner: Uuid,
    known: &str,
    users: &[UserSelector],
    audit: &Audit,
) -> Result<Vec<Member>> {
    let query = diesel::sql_query(format!(
        "with {TARGETS}, added as (
             insert into api_token_owners (owner_id, user_id)
             select ${OWNER}, t.id from (select distinct id from targets order by id) t where {known}
             on conflict do nothing returning *
         ), audited as ({insert})
         select t.ordinal, u.*, t.id in (select user_id from added) as changed,
                {known} as known, true as possible
         from targets t join users u on u.id = t.id order by u.username",
        insert = Audit::insert(SECOND, "owner_id", USER_ID, "added"),
    ))
    .into_boxed::<Pg>();
    let query = targets::bind(query, users).bind::<SqlUuid, _>(owner);
    Ok(audit.bind(query).load(conn)?)
}

/// Takes the users out of the owner, with an audit row for each that was in it. Returns all of them,
/// in the order given.
///
/// An owner without users has no use for live tokens, and nobody answers for them: they are revoked
/// with `revoke_tokens`, and without it that is `refused`. An owner without users and tokens is
/// `not_found`.
pub fn remove(
    conn: &mut PgConnection,
    owner: Uuid,
    users: &[UserSelector],
    revoke_tokens: bool,
    audit: &Audit,
) -> Result<Vec<Changed<Membership>>> {
    let query = diesel::sql_query(format!(
        "with {TARGETS}, leaving as (
             select user_id from api_token_owners
             where owner_id = ${OWNER} and user_id in (select id from targets)
         ), {taking_out}
         select t.ordinal, u.*, t.id in (select user_id from removed) as changed,
                {known} as known, {POSSIBLE} or ${SECOND} as possible
         from targets t join users u on u.id = t.id",
        // Whoever was not in it leaves it as it was.
        taking_out = taking_out(OWNER, "exists (select from leaving)"),
        known = owners::known(&format!("${OWNER}")),
    ))
    .into_boxed::<Pg>();
    let query =
        targets::bind(query, users).bind::<SqlUuid, _>(owner).bind::<Bool, _>(revoke_tokens);
    let rows = audit.bind(query).load(conn)?;
    memberships(conn, owner, users, rows)
}

/// Takes all users out of the owner, as `remove` does; whether it had users or live tokens is what
/// `changed` says. `None` where it has no users and no tokens at all.
pub fn delete(
    conn: &mut PgConnection,
    owner: Uuid,
    revoke_tokens: bool,
    audit: &Audit,
) -> Result<Option<Changed<Owner>>> {
    #[derive(QueryableByName)]
    struct Deleted {
        #[diesel(embed)]
        verdict: Verdict,
        #[diesel(sql_type = BigInt)]
        tokens: i64,
    }
    let query = diesel::sql_query(format!(
        "with leaving as (
             select user_id from api_token_owners where owner_id = $1
         ), {taking_out}
         select exists (select from removed) or exists (select from live) as changed,
                {known} as known, {POSSIBLE} or $2 as possible,
                (select count(*) from api_tokens where owner_id = $1) as tokens",
        taking_out = taking_out(1, "true"),
        known = owners::known("$1"),
    ))
    .into_boxed::<Pg>()
    .bind::<SqlUuid, _>(owner)
    .bind::<Bool, _>(revoke_tokens);
    let Deleted { verdict, tokens } = audit.bind(query).get_result(conn)?;
    if !verdict.possible {
        return Err(would_leave_tokens(conn, owner));
    }
    let record = Owner { owner_id: owner, users: Vec::new(), live_tokens: 0, tokens };
    Ok(verdict.known.then_some(Changed { record, changed: verdict.changed }))
}

/// CTEs behind `leaving (user_id)`: they give `live`, the tokens that would be left without a user,
/// and `removed`. `owner` is the parameter of the owner; whether tokens are revoked is the next one,
/// and those of the audit row follow. Only where `condition` holds tokens matter.
fn taking_out(owner: usize, condition: &str) -> String {
    let revoke = owner + 1;
    let audit = owner + 2;
    format!(
        "live as (
             select token from api_tokens
             where owner_id = ${owner} and not revoked and expires_at > now() and {condition}
             and not exists (select from api_token_owners
                             where owner_id = ${owner}
                             and user_id not in (select user_id from leaving))
         ), removed as (
             delete from api_token_owners
             where owner_id = ${owner} and user_id in (select user_id from leaving)
             and (${revoke} or {POSSIBLE})
             returning owner_id, user_id
         ), removals as ({removals}), revoked as (
             update api_tokens set {REVOKE}
             where token in (select token from live) and not revoked and ${revoke}
             returning token, owner_id
         ), revocations as ({revocations})",
        removals = Audit::insert(audit, "owner_id", USER_ID, "removed"),
        revocations = Audit::insert(
            audit,
            &super::row_ids::token_id("token"),
            "jsonb_build_object('owner_id', owner_id)",
            "revoked"
        ),
    )
}

/// SQL: no token would be left without a user.
const POSSIBLE: &str = "not exists (select from live)";

fn memberships(
    conn: &mut PgConnection,
    owner: Uuid,
    users: &[UserSelector],
    rows: Vec<Member>,
) -> Result<Vec<Changed<Membership>>> {
    let known =
        rows.first().map_or_else(|| owners::exists(conn, owner), |row| Ok(row.verdict.known))?;
    if !known {
        return Err(Error::not_found("owner", owner));
    }
    let rows = targets::exactly_one_each(users, rows)?;
    if rows.iter().any(|row| !row.verdict.possible) {
        return Err(would_leave_tokens(conn, owner));
    }
    let memberships = rows.into_iter().map(|row| {
        let Member { target, verdict: Verdict { changed, .. } } = row;
        let User { id, username, email, .. } = target.into_user();
        Changed { record: Membership { owner_id: owner, user_id: id, username, email }, changed }
    });
    Ok(memberships.collect())
}

/// Names the tokens that would be left without a user.
fn would_leave_tokens(conn: &mut PgConnection, owner: Uuid) -> Error {
    let tokens = match tokens::live(conn, owner) {
        Ok(tokens) => tokens,
        Err(error) => return error,
    };
    let names: Vec<_> = tokens
        .iter()
        .map(|token| match token.token.id() {
            Some(id) => format!("`{}` ({id})", token.name),
            None => format!("`{}`", token.name),
        })
        .collect();
    Error::Refused(format!(
        "the owner would be left without users, and has live tokens: {}; --revoke-tokens revokes \
         them",
        listed(&names)
    ))
}
