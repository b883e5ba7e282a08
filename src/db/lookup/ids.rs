//! From the ids of tokens, sessions and codes to rows. An id is the beginning of the row's key.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use diesel::pg::PgConnection;

use crate::db::codes::{self, CodePlace};
use crate::db::sessions::{self, Session};
use crate::db::tokens::{self, ApiToken};
use crate::db::types::StoredSecret;
use crate::domain::{CodeKind, RowId};
use crate::error::{Error, Result};

/// The keys of the tokens that the ids name, in the order of the ids, each once.
///
/// An id that names no row is `not_found`, one that names several is a `conflict`.
pub fn token_keys(conn: &mut PgConnection, ids: &[RowId]) -> Result<Vec<StoredSecret>> {
    let keys = tokens::keys_with_ids(conn, &stored_ids(ids))?;
    exactly_one_each("token", ids, keys, |key| key)
}

/// The same of sessions.
pub fn session_keys(conn: &mut PgConnection, ids: &[RowId]) -> Result<Vec<StoredSecret>> {
    let keys = sessions::keys_with_ids(conn, &stored_ids(ids))?;
    exactly_one_each("session", ids, keys, |key| key)
}

/// The same of codes, which are of either kind.
pub fn code_keys(conn: &mut PgConnection, ids: &[RowId]) -> Result<Vec<(CodeKind, StoredSecret)>> {
    let stored_ids = stored_ids(ids);
    let mut keys = Vec::new();
    for kind in CodeKind::ALL {
        let of_kind = codes::keys_with_ids(conn, kind, &stored_ids)?;
        keys.extend(of_kind.into_iter().map(|key| (kind, key)));
    }
    exactly_one_each("code", ids, keys, |(_, key)| key)
}

/// The token that the id names.
pub fn token(conn: &mut PgConnection, id: &RowId) -> Result<ApiToken> {
    the_one("token", id, tokens::find_by_id(conn, id)?)
}

/// The session that the id names.
pub fn session(conn: &mut PgConnection, id: &RowId) -> Result<Session> {
    the_one("session", id, sessions::find_by_id(conn, id)?)
}

/// The place in a list of the code that the id names.
pub fn code(conn: &mut PgConnection, id: &RowId) -> Result<CodePlace> {
    let mut found = Vec::new();
    for kind in CodeKind::ALL {
        let of_kind = codes::find_by_id(conn, kind, id)?.into_iter();
        found.extend(of_kind.map(|(key, created_at)| CodePlace { created_at, kind, key }));
    }
    the_one("code", id, found)
}

/// The rows in the order of their keys, each once. A key whose row is gone by now is
/// `changed_meanwhile`. `noun` names the rows, such as "token".
pub fn in_order<K: Eq + Hash, R>(
    noun: &str,
    keys: &[K],
    rows: Vec<R>,
    key_of: impl Fn(&R) -> K,
) -> Result<Vec<R>> {
    let mut by_key: HashMap<_, _> = rows.into_iter().map(|row| (key_of(&row), row)).collect();
    let mut seen = HashSet::new();
    keys.iter()
        .filter(|key| seen.insert(*key))
        .map(|key| by_key.remove(key).ok_or_else(|| Error::changed_meanwhile(format!("a {noun}"))))
        .collect()
}

/// The error for a secret, given on standard input as the one of this number, that no row has. It
/// does not repeat the secret.
pub fn unknown_value(noun: &str, number: usize) -> Error {
    Error::NotFound(format!(
        "{noun} {number} of those on standard input is in no row of the database; see `iamctl {noun} list`"
    ))
}

fn stored_ids(ids: &[RowId]) -> Vec<String> {
    ids.iter().map(RowId::stored_id).collect()
}

fn the_one<R>(noun: &str, id: &RowId, mut found: Vec<R>) -> Result<R> {
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(ambiguous(noun, id)),
        (None, _) => Err(Error::not_found(noun, id)),
    }
}

/// The keys in the order of the ids, each once. The first id that does not name exactly one is the
/// error. Among the keys may be some that no id names.
fn exactly_one_each<K: Eq + Hash + Clone>(
    noun: &str,
    ids: &[RowId],
    keys: Vec<K>,
    secret_of: impl Fn(&K) -> &StoredSecret,
) -> Result<Vec<K>> {
    let mut places: HashMap<_, Vec<_>> = HashMap::new();
    for (place, id) in ids.iter().enumerate() {
        places.entry(id.stored_id()).or_default().push(place);
    }
    let mut named: Vec<Named<K>> = ids.iter().map(|_| Named::Nothing).collect();
    for key in keys {
        let secret = secret_of(&key);
        let same_start = places.get(&secret.start()).into_iter().flatten();
        for &place in same_start.filter(|place| secret.is_named_by(&ids[**place])) {
            let several = !matches!(named[place], Named::Nothing);
            named[place] = if several { Named::Several } else { Named::One(key.clone()) };
        }
    }
    let mut seen = HashSet::new();
    let mut keys = Vec::with_capacity(ids.len());
    for (id, named) in ids.iter().zip(named) {
        match named {
            Named::One(key) => {
                if seen.insert(key.clone()) {
                    keys.push(key);
                }
            }
            Named::Nothing => return Err(Error::not_found(noun, id)),
            Named::Several => return Err(ambiguous(noun, id)),
        }
    }
    Ok(keys)
}

/// What an id names.
enum Named<K> {
    Nothing,
    One(K),
    Several,
}

fn ambiguous(noun: &str, id: &RowId) -> Error {
    Error::Conflict(format!("`{id}` matches several {noun}s; give more characters of the id"))
}

#[cfg(test)]
mod tests {
    use super::exactly_one_each;
    use crate::db::types::StoredSecret;
    use crate::domain::RowId;
    use crate::error::Error;

    #[test]
    fn each_id_names_one_row() -> Result<(), Box<dyn std::error::Error>> {
        let ids: [RowId; 3] =
            ["aaaaaaaaaaaa".parse()?, "bbbbbbbbbbbb".parse()?, "bbbbbbbbbbbbb-".parse()?];
        let keys = |found: &[&str]| {
            let found = found.iter().map(|key| StoredSecret::new(key)).collect();
            exactly_one_each("token", &ids, found, |key| key)
        };
        let (a, other_a) = ("aaaaaaaaaaaa1", "aaaaaaaaaaaa2");
        let (b, other_b) = ("bbbbbbbbbbbbb+", "bbbbbbbbbbbbc");
        assert_eq!(keys(&[b, a])?, [StoredSecret::new(a), StoredSecret::new(b)]);
        assert!(matches!(keys(&[a]), Err(Error::NotFound(text)) if text.contains("bbb")));
        assert!(
            matches!(keys(&[a, other_a, b]), Err(Error::Conflict(text)) if text.contains("aaa"))
        );
        // The longer id names one of the two.
        assert!(
            matches!(keys(&[a, b, other_b]), Err(Error::Conflict(text)) if text.contains("`bbbbbbbbbbbb`"))
        );
        assert!(
            matches!(keys(&[a, other_b]), Err(Error::NotFound(text)) if text.contains("bbbbbbbbbbbbb-"))
        );
        // The first id with a problem is reported.
        assert!(matches!(keys(&[b, other_b]), Err(Error::NotFound(text)) if text.contains("aaa")));
        Ok(())
    }
}
