//! Offboarding: what users who leave hold ends, or is handed over, in one statement.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::audit_log::Audit;
use crate::db::locks::{self, Locks, Scope};
use crate::db::owners;
use crate::db::row_ids::token_id;
use crate::db::targets::{self, Matched, NAMED};
use crate::db::tokens::MAY_LOG_IN;
use crate::db::user_changes::{self, Ending, UserChange, Whose};
use crate::db::users::User;
use crate::db::{Bpchar, StoredSecret};
use crate::domain::{UserSelector, listed};
use crate::error::{Error, Result};

#[derive(Debug)]
pub struct Offboarding<'a> {
    pub users: &'a [UserSelector],
    /// Who gets their tokens, in place of their being revoked.
    pub heir: Option<&'a UserSelector>,
}

/// One row that the offboarding concerns, and what became of it.
#[derive(Debug)]
pub struct Impact {
    pub user_id: Uuid,
    pub username: String,
    pub email: String,
    /// A user, a session, a code, a token.
    pub kind: String,
    /// `None` where the row does not have the shape of a secret.
    pub id: Option<String>,
    /// Of users and tokens.
    pub name: Option<String>,
    pub outcome: String,
    pub changed: bool,
}

/// What becomes of the tokens of owners with other users, who stay and are neither blocked nor
/// deleted.
pub const KEPT: &str = "kept: shared";

const HANDED_OVER: &str = "handed over";

/// A user who leaves, once for each row that the offboarding concerns; the first is the user's own.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(embed)]
    user: User,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Bpchar>)]
    stored: Option<StoredSecret>,
    #[diesel(sql_type = Nullable<Text>)]
    token_name: Option<String>,
    #[diesel(sql_type = Text)]
    outcome: String,
    #[diesel(sql_type = Bool)]
    changed: bool,
    /// The locks of this transaction are those of this user.
    #[diesel(sql_type = Bool)]
    held: bool,
    /// There is somebody to hand tokens over to, if that is wanted.
    #[diesel(sql_type = Bool)]
    heir_found: bool,
    /// The names that several live tokens of the heir would bear.
    #[diesel(sql_type = Array<Text>)]
    clashes: Vec<String>,
}

impl Matched for Row {
    fn ordinal(&self) -> i32 {
        self.ordinal
    }

    fn user(&self) -> &User {
        &self.user
    }
}

/// The parameters behind those of `user_changes::bind_ctes`: the place of the heir among the selectors,
/// and the id of an owner that may have to be made.
const HEIR: usize = targets::BINDS + Audit::BINDS + 1;
const NEW_OWNER: usize = HEIR + 1;

impl Offboarding<'_> {
    /// The selectors of all, the heir last.
    fn selectors(&self) -> Vec<UserSelector> {
        self.users.iter().chain(self.heir).cloned().collect()
    }

    /// Against new tokens of theirs, and against changes of those who share an owner with them, or get
    /// their tokens.
    pub fn locks(&self) -> Locks {
        Locks::of_tokens_of(&self.selectors()).and_rows_beside(self.users, self.heir)
    }

    /// Blocks the users, and ends or hands over what they hold, with the audit rows; in a transaction
    /// that began with `locks`. Returns every row that it concerns, user by user. An error rolls back
    /// what was done.
    pub fn carry_out(&self, conn: &mut PgConnection, audit: &Audit) -> Result<Vec<Impact>> {
        let change = UserChange::Block;
        let tokens = self.heir.is_none();
        let ending = Ending { sessions: true, codes: Some(Whose::All), tokens };
        let shared = owners::has_others("p.user_id not in (select id from targets)");
        let query = diesel::sql_query(format!(
            "with {NAMED}, targets as (
                 select ordinal, id from named where ordinal < ${HEIR}
             ), {changes}, held_tokens as (
                 select o.user_id, o.owner_id, t.token, t.name::text as name, {shared} as shared
                 from (select distinct id from targets) l
                 join api_token_owners o on o.user_id = l.id
                 join api_tokens t on t.owner_id = o.owner_id
                 where not t.revoked and t.expires_at > now()
             ), {handing_over}, listed as (
                 select 0 as place, id as user_id, 'user' as kind, null::bpchar as stored,
                        null::text as token_name, 'blocked' as outcome,
                        id in (select id from flipped) as changed
                 from now_standing
                 union all
                 select 1, user_id, 'session', stored, null, 'revoked', true
                 from ended_sessions
                 union all
                 select 2, user_id, 'verification code', stored, null, 'removed', true
                 from ended_verification_codes
                 union all
                 select 3, user_id, 'authorization code', stored, null, 'removed', true
                 from ended_authorization_codes
                 union all
                 select 4, user_id, 'token', token, name,
                        case when shared then '{KEPT}' else '{outcome}' end, not shared
                 from held_tokens
             )
             select t.ordinal, u.*, l.kind, l.stored, l.token_name, l.outcome, l.changed,
                    {held} as held, {heir_found} as heir_found,
                    array(select name from clashes order by name) as clashes
             from targets t join now_standing u on u.id = t.id join listed l on l.user_id = t.id
             order by t.ordinal, l.place, l.token_name, l.stored",
            changes = user_changes::ctes(&change, ending),
            handing_over = handing_over(),
            outcome = if tokens { "revoked" } else { HANDED_OVER },
            held = locks::held_with_tokens("t.id"),
            heir_found = if tokens { "true" } else { "exists (select from heir)" },
        ))
        .into_boxed::<Pg>();
        let query = targets::bind(query, &self.selectors());
        let query = user_changes::bind_ctes(query, &change, audit)
            .bind::<Integer, _>(i32::try_from(self.users.len()).unwrap_or(i32::MAX))
            .bind::<SqlUuid, _>(Uuid::new_v4());
        let (own, others): (Vec<Row>, Vec<Row>) =
            query.load::<Row>(conn)?.into_iter().partition(|row| row.kind == "user");
        let leavers = targets::exactly_one_each(self.users, own)?;
        let any_tokens = others.iter().any(|row| row.outcome == HANDED_OVER);
        self.check(&leavers, any_tokens, conn)?;
        let mut others = others.into_iter().peekable();
        let mut impacts = Vec::new();
        for leaver in leavers {
            let ordinal = leaver.ordinal;
            impacts.push(Impact::of(leaver));
            while let Some(row) = others.next_if(|row| row.ordinal <= ordinal) {
                // A user who was named twice is listed once.
                impacts.extend((row.ordinal == ordinal).then(|| Impact::of(row)));
            }
        }
        Ok(impacts)
    }

    fn check(&self, leavers: &[Row], any_tokens: bool, conn: &mut PgConnection) -> Result<()> {
        if let Some(heir) = self.heir
            && !leavers.first().is_some_and(|row| row.heir_found)
        {
            check_heir(heir, leavers, any_tokens, conn)?;
        }
        targets::all_held(leavers, |row| row.held)?;
        match leavers.first() {
            Some(Row { clashes, .. }) if !clashes.is_empty() => Err(Error::Conflict(format!(
                "the new owner would have several live tokens of these names: {}; revoke all but \
                 one",
                listed(clashes)
            ))),
            _ => Ok(()),
        }
    }
}

/// Fails where nothing can be handed over to the heir.
fn check_heir(
    selector: &UserSelector,
    leavers: &[Row],
    any_tokens: bool,
    conn: &mut PgConnection,
) -> Result<()> {
    let heir = targets::resolve_one(conn, selector)?;
    if leavers.iter().any(|leaver| leaver.user.id == heir.id) {
        return Err(Error::usage("--hand-over-to names a user who is to be offboarded"));
    }
    if heir.status() != "active" {
        return Err(Error::Refused(format!(
            "user `{}` is {}, may not log in, and cannot take tokens over",
            heir.username,
            heir.status()
        )));
    }
    if !any_tokens {
        return Ok(());
    }
    owners::own(
        conn,
        selector,
        "nothing says which is to get the tokens; share all but one with another user \
         (`iamctl owner add`)",
    )?;
    Err(Error::changed_meanwhile(format!("user `{}`", heir.username)))
}

/// CTEs behind `held_tokens` that move those that are not shared to the heir, with an audit row each:
/// they give `heir`, at most one, and `clashes`, the names of which one owner must not have two.
fn handing_over() -> String {
    format!(
        "heirs as (
             select u.*, {own} as ids
             from named n join users u on u.id = n.id where n.ordinal = ${HEIR}
         ), heir as (
             select id, coalesce(ids[1], ${NEW_OWNER}) as owner_id, cardinality(ids) = 0 as made
             from heirs
             where (select count(*) from heirs) = 1 and cardinality(ids) <= 1 and {MAY_LOG_IN}
             and id not in (select id from targets)
             and {user_held} and (cardinality(ids) = 0 or {owner_held})
         ), going as (
             select distinct t.token, t.owner_id, t.name, h.owner_id as to_owner, h.id as heir, h.made
             from held_tokens t cross join heir h where not t.shared
         ), clashes as (
             select g.name from going g join api_tokens t on t.owner_id = g.to_owner and t.name = g.name
             where not t.revoked and t.expires_at > now()
             union
             select name from going group by name having count(distinct owner_id) > 1
         ), made as (
             insert into api_token_owners (owner_id, user_id)
             select distinct to_owner, heir from going where made
         ), moved as (
             update api_tokens t set owner_id = g.to_owner from going g where t.token = g.token
             returning t.token, g.owner_id as from_owner, g.to_owner, g.made
         ), moves as ({moves})",
        own = owners::own_owners("u.id"),
        user_held = locks::held(Scope::Owner, "id"),
        owner_held = locks::held(Scope::Tokens, "ids[1]"),
        moves = Audit::insert(
            targets::BINDS + 1,
            &token_id("token"),
            "jsonb_build_object('from_owner', from_owner, 'to_owner', to_owner,
                                'owner_created', made)",
            "moved",
        ),
    )
}

impl Impact {
    fn of(row: Row) -> Self {
        let User { id, username, email, .. } = row.user;
        let (shown, name) = match row.stored {
            Some(stored) => (stored.id(), row.token_name),
            None => (Some(id.to_string()), Some(username.clone())),
        };
        Self {
            user_id: id,
            username,
            email,
            kind: row.kind,
            id: shown,
            name,
            outcome: row.outcome,
            changed: row.changed,
        }
    }
}
