//! Advisory locks, without which limits and find-or-create race (contract 6), and locks of rows.
//!
//! They travel with BEGIN and cost no round trip of their own; what others did under a lock, the
//! statement behind it sees. An id that has to be looked up for that may be another one by then, so
//! that the statement asks with `held` whether what it finds is what is locked.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use crate::db::owners::{self, OwnerOf};
use crate::db::{row_ids, targets, tokens};
use crate::domain::{RowId, UserSelector};
use crate::error::Result;

/// What an id is locked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A user's: an owner is made for it.
    Owner,
    /// An owner's: it gets and loses tokens and users.
    Tokens,
    /// A user's: live verification codes are counted, and added.
    Codes,
    /// A user's row: what hangs on it ends. Not an advisory lock.
    Row,
}

impl Scope {
    /// The key that is hashed, in SQL.
    fn key(self, id: &str) -> String {
        let scope = match self {
            Self::Owner => "owner",
            Self::Tokens => "token name",
            Self::Codes => "codes",
            Self::Row => "row",
        };
        format!("('{scope}' || {id}::text)")
    }
}

/// Statements that take locks, until the transaction ends. In one order everywhere: users, then owners,
/// then rows of users, each by id.
///
/// Each advisory lock is an entry in memory that all sessions share, and thousands of them would fill
/// it: many users at once take one in place of theirs, which whoever takes others shares.
#[derive(Debug, Default)]
pub struct Locks(Vec<String>);

impl Locks {
    fn new() -> Self {
        Self(vec![format!("select pg_advisory_xact_lock_shared({MANY})")])
    }

    fn of_everything() -> Self {
        Self(vec![format!(
            "select set_config('iamctl.held', '{EVERYTHING}', true), pg_advisory_xact_lock({MANY})"
        )])
    }

    /// To change who an owner is, or to give it a token.
    pub fn of_owner(owner: Uuid) -> Self {
        Self::to_replace(OwnerOf::Owner(owner))
    }

    /// To make an owner of the users.
    pub fn of_users(users: &[UserSelector]) -> Self {
        if users.len() >= MANY_USERS {
            return Self::of_everything();
        }
        let mut locks = Self::new();
        locks.take(Scope::Owner, &users_named(users));
        locks
    }

    /// To give a token to the owner, or to make it.
    pub fn to_issue(owner: OwnerOf<'_>) -> Self {
        let locks = match owner {
            OwnerOf::User(user) => Self::of_users(std::slice::from_ref(user)),
            OwnerOf::Owner(_) => Self::new(),
        };
        locks.and_owner(owner)
    }

    /// To replace a token of the owner, or to end its tokens.
    pub fn to_replace(owner: OwnerOf<'_>) -> Self {
        Self::new().and_owner(owner)
    }

    fn and_owner(mut self, owner: OwnerOf<'_>) -> Self {
        let ids = match owner {
            OwnerOf::User(user) => {
                let own = owners::own_owners("u.id");
                format!("select unnest({own}) from ({}) u", users_named(std::slice::from_ref(user)))
            }
            OwnerOf::Owner(owner) => format!("values ('{owner}'::uuid)"),
        };
        self.take(Scope::Tokens, &ids);
        self
    }

    /// To replace the token.
    pub fn of_token(id: &RowId) -> Self {
        let named = row_ids::literal(&[tokens::TABLE], std::slice::from_ref(id));
        let mut locks = Self::new();
        locks.take(
            Scope::Tokens,
            &format!("select t.owner_id from ({named}) n join api_tokens t on t.token = n.stored"),
        );
        locks
    }

    /// Against whoever would give these users a token: what is revoked or handed over then is all
    /// there is.
    pub fn of_tokens_of(users: &[UserSelector]) -> Self {
        let mut locks = Self::of_users(users);
        if users.len() >= MANY_USERS {
            return locks;
        }
        let named = users_named(users);
        // Only now it is known which owners they have.
        locks.take(
            Scope::Tokens,
            &format!("select owner_id from api_token_owners where user_id in ({named})"),
        );
        locks
    }

    /// To end what hangs on the users: whoever is adding to it is waited for, and the statement behind
    /// this sees it. To be taken after the others.
    #[must_use]
    pub fn and_rows_of(self, users: &[UserSelector]) -> Self {
        self.take_rows(users, NOBODY, "for update")
    }

    /// To change many users: whoever else does takes them in the same order.
    pub fn of_rows(users: &[UserSelector]) -> Self {
        Self::default().take_rows(users, NOBODY, "for no key update")
    }

    /// To add to the user's verification codes.
    pub fn of_codes(user: &UserSelector) -> Self {
        let mut locks = Self::new();
        locks.take(Scope::Codes, &users_named(std::slice::from_ref(user)));
        locks
    }

    /// As `and_rows_of`, and keeps others from blocking, deleting or reviving those who share an owner
    /// with the users, and the heir of their tokens: what is shared at first is shared at the end.
    #[must_use]
    pub fn and_rows_beside(self, users: &[UserSelector], heir: Option<&UserSelector>) -> Self {
        let heir = users_named(heir.map_or(&[], std::slice::from_ref));
        let beside = format!(
            "select p.user_id from api_token_owners o join api_token_owners p using (owner_id)
             where o.user_id in (select id from leaving)
             union all ({heir})"
        );
        self.take_rows(users, &beside, "for update")
    }

    /// Takes them in a transaction that has begun.
    pub fn take_now(&self, conn: &mut PgConnection) -> Result<()> {
        Ok(conn.batch_execute(&self.0.join("; "))?)
    }

    /// The statements.
    pub fn statements(&self) -> &[String] {
        &self.0
    }

    /// The rows of the users, and of those in the query `beside`, all in one order.
    fn take_rows(mut self, users: &[UserSelector], beside: &str, strength: &str) -> Self {
        self.0.push(format!(
            "with leaving (id) as materialized ({users})
             select set_config('iamctl.held',
                               concat({HELD}, string_agg(',' || {key}, '') filter (where leaves)), true)
             from (select id, id in (select id from leaving) as leaves from users
                   where id in (select id from leaving union all {beside})
                   order by id {strength}) u",
            users = users_named(users),
            key = Scope::Row.key("id"),
        ));
        self
    }

    /// `ids` is a query of one column.
    fn take(&mut self, scope: Scope, ids: &str) {
        // A setting of the transaction remembers which they were.
        self.0.push(format!(
            "select set_config('iamctl.held', concat({HELD}, string_agg(',' || key || taken, '')), true)
             from (select key, pg_advisory_xact_lock(hashtextextended(key, 0))::text as taken
                   from (select distinct {} as key from ({ids}) i (id) order by key) k) l",
            scope.key("id")
        ));
    }
}

/// From how many users on they take one lock. PostgreSQL has room for some 6,400 as it comes, and
/// each user has a lock, and one for each owner.
const MANY_USERS: usize = 100;

/// The lock that many users take in place of theirs.
const MANY: &str = "hashtextextended('many', 0)";

const NOBODY: &str = "select null where false";

/// The keys that this transaction holds, with commas between.
const HELD: &str = "current_setting('iamctl.held', true)";

/// What stands for all of them.
const EVERYTHING: &str = "everything";

/// SQL: whether this transaction holds the lock of `scope` on the id, as one of those that `Locks`
/// found. Rows are named one by one, however many.
pub fn held(scope: Scope, id: &str) -> String {
    // Each subquery is run once: with many users the setting is long.
    let key = format!("{} in (select unnest(string_to_array({HELD}, ',')))", scope.key(id));
    match scope {
        Scope::Row => key,
        _ => format!("((select {HELD} like '{EVERYTHING}%') or {key})"),
    }
}

/// SQL: whether it holds the row of the user, and the locks of what makes owners and tokens of theirs.
pub fn held_with_tokens(user: &str) -> String {
    format!(
        "({} and {} and not exists (
             select from api_token_owners m where m.user_id = {user} and not {}))",
        held(Scope::Row, user),
        held(Scope::Owner, user),
        held(Scope::Tokens, "m.owner_id")
    )
}

/// The ids of the users that the selectors name.
fn users_named(selectors: &[UserSelector]) -> String {
    format!("with {} select distinct id from targets", targets::literal(selectors))
}
