//! Hands tokens of users who leave over to another user, with new secrets where asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::commands::leftover_file;
use crate::commands::rotation::{audit_rows_of, created_too_late, end_of_overlap, leaves_a_third};
use crate::commands::secret_directory::SecretDirectory;
use crate::commands::secret_file::SecretFile;
use crate::commands::secret_generator::SecretGenerator;
use crate::context::Context;
use crate::db::audit_log::NewAuditEntry;
use crate::db::lookup::tokens::sort_newest_first;
use crate::db::tokens::{self, ApiToken, count_done};
use crate::db::types::StoredSecret;
use crate::db::users::User;
use crate::db::{PgConnection, lookup, owners, require_all_changed};
use crate::domain::{NewToken, StoredText, TimeOrDuration, UserSelector, listed};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// The user who receives the tokens, and the selector that named them.
pub struct Recipient<'a> {
    pub selector: &'a UserSelector,
    pub user: User,
}

/// The recipient's personal owners, and their live tokens. Both are locked.
pub struct Personal<'a> {
    pub owners: &'a [Uuid],
    pub live: &'a [ApiToken],
}

/// New secrets for the tokens, written to files, because those who leave know the old ones.
pub struct Rotation<'a> {
    directory: SecretDirectory<'a>,
    generator: SecretGenerator,
    /// How long the old secrets go on working; `None` ends them at once.
    overlap: Option<TimeOrDuration>,
    interrupt: Interrupt,
}

impl<'a> Rotation<'a> {
    /// `directory` is --rotate-into, and `overlap` is --overlap.
    pub fn new(
        directory: &'a Path,
        overlap: Option<TimeOrDuration>,
        context: &mut Context,
    ) -> Result<Self> {
        let directory = SecretDirectory::open("--rotate-into", directory)?;
        let generator = SecretGenerator::chosen(None, context)?;
        context.interrupt.catch_more_signals();
        Ok(Self { directory, generator, overlap, interrupt: context.interrupt.clone() })
    }

    /// When the old tokens expire, if they do not before.
    fn end(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
        self.overlap.map_or(Ok(at), |overlap| end_of_overlap(overlap, at))
    }

    /// Writes the new secrets, and returns the files, and a notice about files that were in their place. A
    /// dry run writes none, and fails where it could not.
    pub fn write_secrets(
        &self,
        conn: &mut PgConnection,
        done: &HandedOver,
        dry_run: bool,
    ) -> Result<(Vec<SecretFile>, Option<String>)> {
        let new = done.replacements.values();
        let paths = new.clone().map(|new| new.file.as_path());
        if dry_run {
            let leftovers = leftover_file::find(conn, paths.clone())?;
            let leftovers: HashSet<_> = leftovers.iter().map(|file| file.path.as_path()).collect();
            self.directory.check(paths.filter(|path| !leftovers.contains(path)))?;
            return Ok((Vec::new(), None));
        }
        let notice = leftover_file::set_aside(conn, paths)?;
        let secrets = new.map(|new| (new.file.as_path(), new.secret.plaintext()));
        Ok((self.directory.write(secrets, &self.interrupt)?, notice))
    }
}

/// What became of the tokens.
#[derive(Default)]
pub struct HandedOver {
    /// The keys of the tokens.
    pub old: Vec<StoredSecret>,
    pub audit_rows: Vec<NewAuditEntry>,
    /// By the key of the old token; empty without a `Rotation`.
    pub replacements: HashMap<StoredSecret, Replacement>,
    /// When the old tokens end, if they do not expire before.
    pub end: Option<DateTime<Utc>>,
}

/// The token that replaces another one.
pub struct Replacement {
    secret: NewToken,
    token: ApiToken,
    /// Where its secret goes.
    pub file: PathBuf,
}

impl Replacement {
    pub fn id(&self) -> Option<String> {
        self.token.key.id()
    }
}

/// Gives the tokens to the recipient's personal owner, which is created where there is none yet. `leavers`
/// are the users who leave, by owner; `at` is the time of the change.
pub fn hand_over(
    conn: &mut PgConnection,
    tokens: &[ApiToken],
    recipient: &Recipient<'_>,
    of_recipient: &Personal<'_>,
    leavers: &BTreeMap<Uuid, Vec<Uuid>>,
    rotation: Option<&Rotation<'_>>,
    at: DateTime<Utc>,
) -> Result<HandedOver> {
    const ADVICE: &str = "nothing says which is to get the tokens; share all but one with another \
                          user (`iamctl owner add`)";
    if tokens.is_empty() {
        return Ok(HandedOver::default());
    }
    let personal =
        lookup::owners::single_personal_owner(recipient.selector, of_recipient.owners, ADVICE)?;
    let clashes = clashing_names(tokens, of_recipient.live);
    if !clashes.is_empty() {
        return Err(Error::Conflict(format!(
            "`{}` and those who leave both have live tokens of these names: {}. `iamctl token list --user USER` \
             shows their ids, and `iamctl token revoke ID` ends one",
            recipient.user.username,
            listed(&clashes)
        )));
    }
    let owner = personal.unwrap_or_else(Uuid::new_v4);
    if personal.is_none() {
        let added = owners::insert(conn, owner, &[recipient.user.id])?;
        require_all_changed("users of the owner", added.len(), 1)?;
    }
    let target = Target { owner, is_new: personal.is_none() };
    let mut handed_over = match rotation {
        None => transfer(conn, tokens, &target)?,
        Some(rotation) => replace(conn, tokens, &target, rotation, at)?,
    };
    name_users(&mut handed_over.audit_rows, tokens, leavers);
    Ok(handed_over)
}

/// Adds to the audit rows of these tokens the user who leaves, where that is one: the log then shows the name.
fn name_users(
    rows: &mut [NewAuditEntry],
    tokens: &[ApiToken],
    leavers: &BTreeMap<Uuid, Vec<Uuid>>,
) {
    let leavers =
        tokens.iter().filter_map(|token| match leavers.get(&token.owner_id)?.as_slice() {
            [one] => Some((token.key.id()?, *one)),
            _ => None,
        });
    let user_of: HashMap<_, _> = leavers.collect();
    for row in rows {
        if let Some(user) = row.target.as_ref().and_then(|id| user_of.get(id)) {
            row.details["user_id"] = json!(user);
        }
    }
}

/// The owner that gets the tokens.
struct Target {
    owner: Uuid,
    is_new: bool,
}

/// The secrets stay as they are.
fn transfer(conn: &mut PgConnection, tokens: &[ApiToken], target: &Target) -> Result<HandedOver> {
    let old = keys(tokens);
    let moved = tokens::transfer(conn, &old, target.owner)?;
    let wanted = |old: &ApiToken| ApiToken { owner_id: target.owner, ..old.clone() };
    let done = count_done(tokens, &moved, |before, after| *after == wanted(before));
    require_all_changed("tokens", done, tokens.len())?;
    let audit_rows = tokens.iter().map(|token| {
        let details = json!({
            "from_owner": token.owner_id,
            "to_owner": target.owner,
            "owner_created": target.is_new,
        });
        NewAuditEntry::for_row_id(token.key.id(), details)
    });
    Ok(HandedOver { audit_rows: audit_rows.collect(), old, ..HandedOver::default() })
}

/// Each token gets a new one beside it, with another secret, and ends.
fn replace(
    conn: &mut PgConnection,
    tokens: &[ApiToken],
    target: &Target,
    rotation: &Rotation<'_>,
    at: DateTime<Utc>,
) -> Result<HandedOver> {
    let end = rotation.end(at)?;
    refuse_third(tokens, end > at)?;
    let replacements = replacements(tokens, target.owner, rotation, at)?;
    let new: Vec<_> = replacements.values().map(|it| it.token.clone()).collect();
    let inserted = tokens::insert_all(conn, &new)?;
    let inserted: HashMap<_, _> = inserted.iter().map(|token| (&token.key, token)).collect();
    let is_inserted = |token: &&ApiToken| {
        inserted.get(&token.key).is_some_and(|inserted| token.is_stored_as(inserted))
    };
    let done = new.iter().filter(is_inserted).count();
    require_all_changed("tokens", done, new.len())?;
    // The old ones go to the new owner, too: while they work, its users decide whether they do.
    let old = keys(tokens);
    let moved = tokens::transfer_until(conn, &old, target.owner, end)?;
    let wanted = |old: &ApiToken| ApiToken {
        owner_id: target.owner,
        expires_at: old.expires_at.min(end.into()),
        ..old.clone()
    };
    let done = count_done(tokens, &moved, |before, after| *after == wanted(before));
    require_all_changed("tokens", done, tokens.len())?;
    let audit_rows = tokens.iter().filter_map(|old| {
        let new = &replacements.get(&old.key)?.token;
        let end = (*old.expires_at).min(end);
        Some(audit_rows_of(old, end, new, target.is_new))
    });
    let audit_rows = audit_rows.flatten().collect();
    Ok(HandedOver { old, audit_rows, replacements, end: Some(end) })
}

/// Tokens like these with new secrets, by the keys of these. Those of a name keep their order.
fn replacements(
    tokens: &[ApiToken],
    owner: Uuid,
    rotation: &Rotation<'_>,
    at: DateTime<Utc>,
) -> Result<HashMap<StoredSecret, Replacement>> {
    let mut oldest_first = tokens.to_vec();
    sort_newest_first(&mut oldest_first);
    oldest_first.reverse();
    let mut newest_of = HashMap::<StoredText, ApiToken>::new();
    let mut replacements = HashMap::new();
    for old in oldest_first {
        let before = newest_of.get(&old.name);
        let created_at = before
            .map_or(Some(at), |before| before.replaced_at(at))
            .and_then(|at| old.replaced_at(at))
            .ok_or_else(|| created_too_late(&format!("`{}`", old.name), "revoke it first"))?;
        let secret = rotation.generator.replace(&old.key)?;
        let key = StoredSecret::new(secret.stored().expose());
        let token = ApiToken { key, owner_id: owner, created_at: created_at.into(), ..old.clone() };
        newest_of.insert(old.name.clone(), token.clone());
        // Named by the old id, by which the operator knows the token; some rows have none.
        let id = old.key.id().or_else(|| token.key.id()).unwrap_or_default();
        let file = rotation.directory.file(&old.name, &id);
        replacements.insert(old.key, Replacement { secret, token, file });
    }
    Ok(replacements)
}

fn keys(tokens: &[ApiToken]) -> Vec<StoredSecret> {
    tokens.iter().map(|token| token.key.clone()).collect()
}

/// Fails where more than two tokens of a name would be live, as `token rotate` does: the new ones, and
/// the old ones where these `overlap`.
fn refuse_third(tokens: &[ApiToken], overlap: bool) -> Result<()> {
    let mut count_of = BTreeMap::<_, usize>::new();
    for token in tokens {
        *count_of.entry(&token.name).or_default() += 1;
    }
    let crowded: Vec<_> = count_of
        .into_iter()
        .filter(|(_, count)| leaves_a_third(*count, overlap, 0))
        .map(|(name, _)| name.clone())
        .collect();
    if crowded.is_empty() {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "more than two tokens of these names would be live: {}; revoke the older ones first, wait until \
         they expire{}",
        listed(&crowded),
        if overlap { ", or leave out --overlap" } else { "" }
    )))
}

/// Names that would no longer be unique: tokens of two owners have it, or a token that the recipient
/// has. Two tokens of one owner may share a name: a rotation made them.
fn clashing_names(tokens: &[ApiToken], of_recipient: &[ApiToken]) -> Vec<StoredText> {
    let names_of_recipient: HashSet<_> = of_recipient.iter().map(|token| &token.name).collect();
    let mut owners_of = BTreeMap::<_, BTreeSet<_>>::new();
    for token in tokens {
        owners_of.entry(&token.name).or_default().insert(token.owner_id);
    }
    owners_of
        .into_iter()
        .filter(|(name, owners)| owners.len() > 1 || names_of_recipient.contains(*name))
        .map(|(name, _)| name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{clashing_names, refuse_third};
    use crate::db::tokens::ApiToken;
    use crate::db::types::StoredSecret;
    use crate::domain::StoredTime;
    use crate::error::Error;
    use uuid::Uuid;

    fn token(owner: u128, name: &str) -> ApiToken {
        ApiToken {
            key: StoredSecret::new(name),
            owner_id: Uuid::from_u128(owner),
            name: name.into(),
            created_at: StoredTime::from_microseconds(0),
            expires_at: StoredTime::from_microseconds(1),
            blocked: false,
            revoked: false,
            revoked_at: None,
        }
    }

    #[test]
    fn one_owner_has_no_two_live_tokens_of_a_name() {
        let moved = [token(1, "ci"), token(2, "ci"), token(1, "web"), token(1, "web")];
        assert_eq!(clashing_names(&moved, &[]), ["ci"]);
        assert_eq!(clashing_names(&moved[2..], &[token(3, "web")]), ["web"]);
        assert!(clashing_names(&moved[1..], &[token(3, "other")]).is_empty());
    }

    #[test]
    fn at_most_two_tokens_of_a_name_are_live() {
        let tokens = ["ci", "ci", "ci", "web", "web", "deploy"].map(|name| token(1, name));
        let refused = |tokens: &[ApiToken], overlap| match refuse_third(tokens, overlap) {
            Err(Error::Refused(message)) => message,
            _ => String::new(),
        };
        assert_eq!(refused(&tokens[1..], false), "");
        assert!(refused(&tokens, false).contains("live: ci; revoke"));
        assert!(refused(&tokens[1..], true).contains("live: ci, web; revoke"));
        assert_eq!(refused(&tokens[4..], true), "");
    }
}
