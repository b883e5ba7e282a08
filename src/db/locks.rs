//! Advisory locks: limits and find-or-create race without them (contract 6).
//!
//! They travel with BEGIN and cost no round trip of their own; what others did under a lock, the
//! statement behind it sees. An id that has to be looked up for that may be another one by then, so
//! that the statement asks with `held` whether what it finds is what is locked.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::row_ids::{self, SecretTable};
use super::{owners, targets};
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

/// Statements that take locks, until the transaction ends. In one order everywhere: users before
/// owners, each by id.
///
/// Each lock is an entry in memory that all sessions share, and thousands of them would fill it:
/// many users at once take one lock in place of theirs, which all others share.
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
        let mut locks = Self::new();
        locks.take(Scope::Tokens, &format!("values ('{owner}'::uuid)"));
        locks
    }

    /// To make an owner of the users.
    pub fn of_users(users: &[UserSelector]) -> Self {
        let mut locks = Self::new();
        locks.take(Scope::Owner, &users_named(users));
        locks
    }

    /// To give a token to the owner that is the user's alone, or is to be.
    pub fn to_issue(user: &UserSelector) -> Self {
        let users = std::slice::from_ref(user);
        let mut locks = Self::of_users(users);
        locks.take(Scope::Tokens, &own_owners_of(users));
        locks
    }

    /// To replace a token of the owner that is the user's alone.
    pub fn of_own_owner(user: &UserSelector) -> Self {
        let mut locks = Self::new();
        locks.take(Scope::Tokens, &own_owners_of(std::slice::from_ref(user)));
        locks
    }

    /// To replace the token.
    pub fn of_token(table: SecretTable, id: &RowId) -> Self {
        let named = row_ids::literal(&[table], std::slice::from_ref(id));
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
        if users.len() >= MANY_USERS {
            return Self::of_everything();
        }
        let named = users_named(users);
        let mut locks = Self::of_users(users);
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
    pub fn and_rows_of(mut self, users: &[UserSelector]) -> Self {
        self.0.push(format!(
            "select set_config('iamctl.held', concat({HELD}, string_agg(',' || {}, '')), true)
             from (select id from users where id in ({}) order by id for update) u",
            Scope::Row.key("id"),
            users_named(users)
        ));
        self
    }

    /// To add to the user's verification codes.
    pub fn of_codes(user: &UserSelector) -> Self {
        let mut locks = Self::new();
        locks.take(Scope::Codes, &users_named(std::slice::from_ref(user)));
        locks
    }

    /// Keeps others from blocking, deleting or reviving those who share an owner with the users, and
    /// the heir of their tokens: what is shared at first is shared at the end.
    #[must_use]
    pub fn and_those_beside(mut self, users: &[UserSelector], heir: Option<&UserSelector>) -> Self {
        let users = users_named(users);
        let heir = users_named(heir.map_or(&[], std::slice::from_ref));
        self.0.push(format!(
            "with named (id) as materialized ({users})
             select from users where id in (
                 select p.user_id from api_token_owners o join api_token_owners p using (owner_id)
                 where o.user_id in (select id from named)
                 and p.user_id not in (select id from named)
                 union all ({heir}))
             order by id for share"
        ));
        self
    }

    /// Takes them in a transaction that has begun.
    pub fn take_now(&self, conn: &mut PgConnection) -> Result<()> {
        Ok(conn.batch_execute(&self.0.join("; "))?)
    }

    /// The statements.
    pub fn statements(&self) -> &[String] {
        &self.0
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

/// The keys that this transaction holds, with commas between.
const HELD: &str = "current_setting('iamctl.held', true)";

/// What stands for all of them.
const EVERYTHING: &str = "everything";

/// SQL: whether this transaction holds the lock of `scope` on the id, as one of those that `Locks`
/// found.
pub fn held(scope: Scope, id: &str) -> String {
    let key = scope.key(id);
    // Each of them is looked at once: with many users the setting is long.
    format!(
        "((select {HELD} like '{EVERYTHING}%')
          or {key} in (select unnest(string_to_array({HELD}, ','))))"
    )
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

fn own_owners_of(users: &[UserSelector]) -> String {
    format!("select unnest({}) from ({}) u", owners::own_owners("u.id"), users_named(users))
}
