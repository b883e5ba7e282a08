//! Ends sessions, codes and tokens that belong to users and owners, and fails where the database kept
//! some.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::tokens::{self, ApiToken, count_done};
use crate::db::types::StoredSecret;
use crate::db::{PgConnection, codes, require_all_changed, require_none_left, sessions, users};
use crate::domain::CodeKind;
use crate::error::Result;

/// Revokes the live sessions of the users, and returns user and key of each. `at` is the time of the
/// change. The users are locked with `RowLock::Update`, so that none gets a session meanwhile.
pub fn revoke_sessions(
    conn: &mut PgConnection,
    users: &[Uuid],
    at: DateTime<Utc>,
) -> Result<Vec<(Uuid, StoredSecret)>> {
    let revoked = revoke_live(conn, users, at)?;
    require_none_left(sessions::count_live_of(conn, users, at)?, "session")?;
    Ok(revoked)
}

/// Revokes the live sessions of the users, and removes their authorization codes: a client that has
/// just refreshed makes its next session from one. Returns user and key of each session, then of each
/// code. Otherwise like `revoke_sessions`.
pub fn end_logins(
    conn: &mut PgConnection,
    users: &[Uuid],
    at: DateTime<Utc>,
) -> Result<[Vec<(Uuid, StoredSecret)>; 2]> {
    let revoked = revoke_live(conn, users, at)?;
    let removed = codes::delete_of(conn, CodeKind::Authorization, users)?;
    require_none_left(users::count_logins_of(conn, users, at)?, "session or authorization code")?;
    Ok([revoked, removed])
}

fn revoke_live(
    conn: &mut PgConnection,
    users: &[Uuid],
    at: DateTime<Utc>,
) -> Result<Vec<(Uuid, StoredSecret)>> {
    let revoked = sessions::revoke_of(conn, users, at)?;
    let done = revoked.iter().filter(|(.., is_revoked)| *is_revoked).count();
    require_all_changed("sessions", done, revoked.len())?;
    Ok(revoked.into_iter().map(|(user, key, _)| (user, key)).collect())
}

/// Removes the codes of this kind of the users, and returns user and key of each. The users are locked
/// with `RowLock::Update`, so that none gets a code meanwhile.
pub fn remove_codes(
    conn: &mut PgConnection,
    kind: CodeKind,
    users: &[Uuid],
) -> Result<Vec<(Uuid, StoredSecret)>> {
    let removed = codes::delete_of(conn, kind, users)?;
    require_none_left(codes::count_of(conn, kind, users)?, "code")?;
    Ok(removed)
}

/// Removes the codes of both kinds.
pub fn remove_all_codes(
    conn: &mut PgConnection,
    users: &[Uuid],
) -> Result<Vec<(Uuid, StoredSecret)>> {
    let mut removed = Vec::new();
    for kind in CodeKind::ALL {
        removed.extend(remove_codes(conn, kind, users)?);
    }
    Ok(removed)
}

/// Revokes the tokens, which are locked and not revoked, and returns them as they are then. `at` is the
/// time of the change.
pub fn revoke_tokens(
    conn: &mut PgConnection,
    tokens: &[ApiToken],
    at: DateTime<Utc>,
) -> Result<Vec<ApiToken>> {
    let keys: Vec<_> = tokens.iter().map(|token| token.key.clone()).collect();
    let revoked = tokens::revoke(conn, &keys, at)?;
    let done = count_done(tokens, &revoked, ApiToken::is_revoked_as);
    require_all_changed("tokens", done, tokens.len())?;
    Ok(revoked)
}
