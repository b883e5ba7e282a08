//! Issuing a token, and rotating one. Each is one statement, in a transaction that began with the
//! locks that its checks need; it changes nothing where one of them fails.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::{Audit, EXPIRES_AT};
use crate::db::locks::{self, Scope};
use crate::db::owners::{self, OwnerOf};
use crate::db::row_ids::{Rows, token_id};
use crate::db::targets::TARGETS;
use crate::db::tokens::{self, ApiToken, MAY_LOG_IN};
use crate::db::{Bpchar, StoredSecret, lifetime};
use crate::domain::{StoredTime, TimeOrDuration, TokenName};
use crate::error::Result;

#[derive(Debug)]
pub struct NewApiToken<'a> {
    pub owner: OwnerOf<'a>,
    pub name: &'a TokenName,
    pub stored: StoredSecret,
    pub end: TimeOrDuration,
    /// Also where no user of the owner may log in.
    pub force: bool,
}

impl NewApiToken<'_> {
    /// CTEs that give at most one `owner (user_id, owner_id, made)`: a user who has none gets the id
    /// in the parameter `new`.
    fn owner(&self, new: usize) -> String {
        match self.owner {
            OwnerOf::User(_) => format!(
                "{TARGETS}, owner as (
                     select t.id as user_id, coalesce(own.ids[1], ${new}) as owner_id,
                            cardinality(own.ids) = 0 as made
                     from targets t cross join lateral (select {own} as ids) own
                     where (select count(*) from targets) = 1 and cardinality(own.ids) <= 1
                     and {user_held} and (cardinality(own.ids) = 0 or {owner_held})
                 )",
                own = owners::own_owners("t.id"),
                user_held = locks::held(Scope::Owner, "t.id"),
                owner_held = locks::held(Scope::Tokens, "own.ids[1]"),
            ),
            OwnerOf::Owner(_) => format!(
                "owner as (
                     select null::uuid as user_id, $1::uuid as owner_id, false as made
                     where {}
                 )",
                owners::known("$1")
            ),
        }
    }
}

/// Inserts the token with its audit row, and the owner of a user who has none yet; in a transaction
/// that began with `Locks::to_issue`. `None` where something forbids it.
pub fn issue(
    conn: &mut PgConnection,
    new: NewApiToken<'_>,
    audit: &Audit,
) -> Result<Option<ApiToken>> {
    let first = new.owner.binds() + 1;
    let [id, name, token, end, force, first_of_audit] = std::array::from_fn(|n| first + n);
    let ending = lifetime::end(new.end, end);
    let details = format!(
        "jsonb_build_object('owner_id', owner_id, 'owner_created', made, 'expires_at', {EXPIRES_AT})"
    );
    let query = diesel::sql_query(format!(
        "with {owner}, members as (
             select u.* from owner o join api_token_owners p on p.owner_id = o.owner_id
             join users u on u.id = p.user_id
             union all
             select u.* from owner o join users u on u.id = o.user_id where o.made
         ), allowed as (
             select o.*, {ending} as expires_at from owner o
             where {ending} > now()
             and (${force} or exists (select from members where {MAY_LOG_IN}))
             and not exists (
                 select from api_tokens t where t.owner_id = o.owner_id and t.name = ${name}
                 and not t.revoked and t.expires_at > now())
         ), made as (
             insert into api_token_owners (owner_id, user_id)
             select owner_id, user_id from allowed where made
         ), issued as (
             insert into api_tokens (owner_id, created_at, expires_at, name, token)
             select owner_id, now(), expires_at, ${name}, ${token} from allowed
             returning *
         ), audited as ({insert})
         select {columns} from issued t",
        owner = new.owner(id),
        insert = Audit::insert(
            first_of_audit,
            &token_id("token"),
            &details,
            "(select i.*, a.made from issued i cross join allowed a) i",
        ),
        // The row of an owner that is made here is not to be seen yet.
        columns = tokens::columns_over(
            "exists (select from members where not blocked and not deleted)",
            "select username::text from members order by username",
        ),
    ))
    .into_boxed::<Pg>();
    let query = new
        .owner
        .bind(query)
        .bind::<SqlUuid, _>(Uuid::new_v4())
        .bind::<Text, _>(new.name.as_str())
        .bind::<Bpchar, _>(new.stored);
    let query = lifetime::bind(query, new.end).bind::<Bool, _>(new.force);
    Ok(audit.bind(query).get_result(conn).optional()?)
}

/// A token in the place of another one.
#[derive(Debug)]
pub struct Rotation<'a> {
    /// The old one.
    pub of: &'a Rows<'a>,
    /// What is stored of the new one, where the old one is a digest, and where it is verbatim.
    pub stored: [StoredSecret; 2],
    pub end: TimeOrDuration,
    /// The end of the old one, which never lives longer for it.
    pub overlap: TimeOrDuration,
    /// Also where no user of the owner may log in.
    pub force: bool,
}

/// The new token, and until when the old one works.
#[derive(Debug, QueryableByName)]
pub struct Rotated {
    #[diesel(embed)]
    pub token: ApiToken,
    #[diesel(sql_type = Timestamptz)]
    pub end_of_old: StoredTime,
}

/// Inserts a token of the same owner and name, lets the old one run out, and writes an audit row for
/// each that names the other; in a transaction that began with the lock of the owner. `None` where
/// something forbids it, such as a token that is not live, is blocked, or has a newer one beside it.
pub fn rotate(
    conn: &mut PgConnection,
    rotation: Rotation<'_>,
    audit: &Audit,
) -> Result<Option<Rotated>> {
    let first = rotation.of.next_parameter();
    let [digest, verbatim, end, overlap, force, first_of_audit] =
        std::array::from_fn(|n| first + n);
    let ending = lifetime::end(rotation.end, end);
    // Whoever began first may come second, and the newer one is still to be the newer one.
    let old_id = token_id("old");
    let new_id = token_id("token");
    let query = diesel::sql_query(format!(
        "with {given}, allowed as (
             select t.token, case when t.token like '%=' then ${verbatim} else ${digest} end as new
             from given g join api_tokens t on t.token = g.stored
             where (select count(*) from given) = 1 and {held} and {ending} > now()
             and not exists (
                 select from api_tokens n
                 where n.owner_id = t.owner_id and n.name = t.name and not n.revoked
                 and n.expires_at > now() and (n.created_at, n.token) > (t.created_at, t.token))
             and (${force} or {usable})
         ), shortened as (
             update api_tokens t
             set expires_at = least(t.expires_at, greatest({overlap}, now()))
             from allowed a
             where t.token = a.token and not t.revoked and not t.blocked and t.expires_at > now()
             returning t.token, t.owner_id, t.name, t.created_at, t.expires_at, a.new
         ), issued as (
             insert into api_tokens (owner_id, created_at, expires_at, name, token)
             select owner_id, greatest(now(), created_at + interval '1 microsecond'), {ending}, name,
                    new
             from shortened
             returning *
         ), pair as (
             select i.owner_id, i.token, i.expires_at, s.token as old, s.expires_at as end_of_old
             from issued i cross join shortened s
         ), audited_old as ({of_old}), audited_new as ({of_new})
         select {columns}, s.expires_at as end_of_old from issued t cross join shortened s",
        given = rotation.of.cte(&[tokens::TABLE]),
        held = locks::held(Scope::Tokens, "t.owner_id"),
        usable = tokens::usable_sql("t.owner_id"),
        overlap = lifetime::end(rotation.overlap, overlap),
        of_old = Audit::insert(
            first_of_audit,
            &old_id,
            &format!("jsonb_build_object('rotated_to', {new_id}, 'expires_at', {EXPIRES_AT})"),
            "(select old, token, end_of_old as expires_at from pair) p",
        ),
        of_new = Audit::insert(
            first_of_audit,
            &new_id,
            &format!(
                "jsonb_build_object('owner_id', owner_id, 'owner_created', false,
                                    'expires_at', {EXPIRES_AT}, 'rotated_from', {old_id})"
            ),
            "pair",
        ),
        columns = tokens::columns(),
    ))
    .into_boxed::<Pg>();
    let [of_digest, of_verbatim] = rotation.stored;
    let query = rotation.of.bind(query).bind::<Bpchar, _>(of_digest).bind::<Bpchar, _>(of_verbatim);
    let query = lifetime::bind(lifetime::bind(query, rotation.end), rotation.overlap)
        .bind::<Bool, _>(rotation.force);
    Ok(audit.bind(query).get_result(conn).optional()?)
}
