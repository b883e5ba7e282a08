use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::json;
use uuid::Uuid;

use super::change::{self, named};
use super::ended::{CountPerUser, Ended};
use crate::commands::ending::{remove_codes, revoke_sessions, revoke_tokens};
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::{Audit, NewAuditEntry};
use crate::db::functions::clock;
use crate::db::lookup::users::LockedUsers;
use crate::db::tokens::{self, ApiToken};
use crate::db::types::StoredSecret;
use crate::db::users::{self, User};
use crate::db::{PgConnection, lookup, owners, require_all_changed};
use crate::domain::{CodeKind, UserSelector, counted, listed};
use crate::error::{Error, Result};
use crate::output::{Column, Record, detail, shown};

/// Offboard users: block them, end every session, revoke or hand over tokens, remove codes
///
/// All in one transaction. Tokens of owners that they share with users who stay, and are neither
/// blocked nor deleted, go on working, and are shown as kept: rotate those whose secret they know, and
/// those that are handed over. --dry-run shows it all, row by row.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<ValueOrStdin<UserSelector>>,
    /// Hand their tokens over to this user, in place of revoking them: the secrets stay the same
    #[arg(long, value_name = "USER")]
    hand_over_to: Option<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let output = context.output.list::<AffectedRow>()?;
    let audit = context.audit("user.offboard", &args.change)?;
    let mut database = context.connect()?;
    if !selectors.is_empty() {
        let tokens = match &args.hand_over_to {
            Some(heir) => format!("hand tokens over to `{heir}`, whose secrets they still know"),
            None => "revoke tokens".to_owned(),
        };
        let question = format!("Offboard {} (block, end sessions, {tokens})", named(&selectors));
        context.confirm(&mut database, &args.change, &question)?;
    }
    let access = args.change.access_for(selectors.len());
    let (rows, kept) = database.transaction(access, |conn| {
        let (leaving, recipient) = lock(conn, &selectors, args.hand_over_to.as_ref())?;
        offboard(conn, leaving, recipient.as_ref(), &audit)
    })?;
    let handed_over: BTreeSet<_> = rows
        .iter()
        .filter(|affected| affected.row.outcome == HANDED_OVER)
        .map(|affected| affected.row.id.as_deref().unwrap_or("(without an id)"))
        .collect();
    if !handed_over.is_empty() {
        let ids: Vec<_> = handed_over.iter().map(ToString::to_string).collect();
        context.terminal.notice(&format!(
            "handed over {} whose secrets the users who leave still know; \
             `iamctl token rotate ID --overlap 0s` gives each a new secret: {}",
            counted(ids.len(), "token"),
            listed(&ids)
        ));
    }
    if kept > 0 {
        context.terminal.notice(&format!(
            "kept {} of shared owners; rotate those whose secret is known",
            counted(kept, "token")
        ));
    }
    context.notice_dry_run(&args.change);
    output.all(&rows)
}

/// The user who receives the tokens, and the selector that named them.
struct Recipient<'a> {
    selector: &'a UserSelector,
    user: User,
}

/// Locks the users who leave, the user who receives their tokens, and all who share an owner with
/// them, with one statement.
fn lock<'a>(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
    recipient: Option<&'a UserSelector>,
) -> Result<(LockedUsers, Option<Recipient<'a>>)> {
    let Some(recipient) = recipient else {
        return Ok((lookup::users::lock_with_co_owners(conn, selectors)?, None));
    };
    let all: Vec<_> = selectors.iter().chain([recipient]).cloned().collect();
    let mut locked = lookup::users::lock_with_co_owners(conn, &all)?;
    // Resolved apart from the others: a selector may name the recipient, too.
    let user = lookup::users::resolve_one(recipient, &locked.users)?;
    let leaving = lookup::users::resolve(selectors, locked.users)?;
    if leaving.iter().any(|leaver| leaver.id == user.id) {
        return Err(Error::usage("--hand-over-to names a user who is to be offboarded"));
    }
    if !user.may_log_in() {
        return Err(Error::Refused(format!(
            "user `{}` is {}, may not log in, and cannot take tokens over",
            user.username,
            user.status()
        )));
    }
    // The owners of the recipient stay among those of `sharing`.
    locked.users = leaving;
    Ok((locked, Some(Recipient { selector: recipient, user })))
}

/// Blocks the users, ends their sessions, removes their codes, revokes their tokens or hands them
/// over, and writes the audit rows. Returns every row that this concerns, user by user, and how many
/// tokens go on working.
fn offboard(
    conn: &mut PgConnection,
    leaving: LockedUsers,
    recipient: Option<&Recipient<'_>>,
    audit: &Audit,
) -> Result<(Vec<AffectedRow>, usize)> {
    let ids = leaving.ids();
    let leaving_ids: HashSet<_> = ids.iter().copied().collect();
    let owners_of_recipient = recipient
        .map(|recipient| leaving.sharing.personal_owners(recipient.user.id))
        .unwrap_or_default();
    if let [owner] = owners_of_recipient.as_slice() {
        // Before the tokens, as in every command.
        owners::lock(conn, *owner)?;
    }
    // Each owner that ends, with its users who leave.
    let ending_owners = leaving.owners_without_other_active_users();
    let owners: Vec<_> = leaving
        .sharing
        .iter()
        .filter(|(_, users)| users.iter().any(|user| leaving_ids.contains(user)))
        .map(|(owner, _)| owner)
        .chain(owners_of_recipient.iter().copied())
        .collect();
    let mut live = tokens::lock_live_of(conn, &owners)?;
    let at = clock(conn)?;
    // One may have expired while its lock was awaited.
    live.retain(|token| token.is_live(at));
    let (of_recipient, live): (Vec<_>, Vec<_>) =
        live.into_iter().partition(|token| owners_of_recipient.contains(&token.owner_id));
    let (ending, kept): (Vec<_>, Vec<_>) =
        live.into_iter().partition(|token| ending_owners.contains_key(&token.owner_id));

    let sessions = revoke_sessions(conn, &ids, at)?;
    let verification_codes = remove_codes(conn, CodeKind::Verification, &ids)?;
    let authorization_codes = remove_codes(conn, CodeKind::Authorization, &ids)?;
    let keys: Vec<_> = ending.iter().map(|token| token.key.clone()).collect();
    let mut ended = Ended {
        sessions: Some(CountPerUser::of_rows(&sessions)),
        codes: Some(CountPerUser::of_rows(verification_codes.iter().chain(&authorization_codes))),
        tokens: None,
    };
    let (outcome, transfers) = match recipient {
        None => {
            revoke_tokens(conn, &keys, at)?;
            ended.tokens = Some(CountPerUser::of_tokens(&ending, &ending_owners));
            ("revoked", Vec::new())
        }
        Some(recipient) => {
            let personal = Personal { owners: &owners_of_recipient, live: &of_recipient };
            (HANDED_OVER, hand_over(conn, &ending, &keys, recipient, &personal)?)
        }
    };

    let sharing = leaving.sharing;
    let mut users = change::apply(conn, leaving.users, |user| !user.blocked, users::block)?;
    let blocked: Vec<_> = users.iter().map(|user| user.changed).collect();
    ended.mark_changed(&mut users);
    let mut audit_rows = ended.audit_rows(&users);
    audit_rows.extend(transfers);
    audit.record(conn, audit_rows)?;

    let mut rows_of = HashMap::<Uuid, Vec<Row>>::new();
    let mut add = |user: Uuid, row: Row| rows_of.entry(user).or_default().push(row);
    for (kind, outcome, keys) in [
        (Kind::Session, "revoked", &sessions),
        (Kind::VerificationCode, "removed", &verification_codes),
        (Kind::AuthorizationCode, "removed", &authorization_codes),
    ] {
        for (user, key) in keys {
            add(*user, Row { kind, id: key.id(), name: None, outcome, changed: true });
        }
    }
    let users_of: BTreeMap<_, _> = sharing.iter().collect();
    for (tokens, outcome) in [(&ending, outcome), (&kept, KEPT)] {
        for token in tokens {
            let users = users_of.get(&token.owner_id).copied().unwrap_or_default();
            for user in users.iter().filter(|user| leaving_ids.contains(user)) {
                let (id, name) = (token.key.id(), Some(token.name.clone()));
                let changed = outcome != KEPT;
                add(*user, Row { kind: Kind::Token, id, name, outcome, changed });
            }
        }
    }
    let mut affected = Vec::new();
    for (user, changed) in users.into_iter().zip(blocked) {
        let user = Rc::new(user.record);
        let mut rows = rows_of.remove(&user.id).unwrap_or_default();
        rows.sort_by(|one, other| {
            (one.kind, &one.name, &one.id).cmp(&(other.kind, &other.name, &other.id))
        });
        let (id, name) = (Some(user.id.to_string()), Some(user.username.clone()));
        rows.insert(0, Row { kind: Kind::User, id, name, outcome: "blocked", changed });
        affected.extend(rows.into_iter().map(|row| AffectedRow { user: Rc::clone(&user), row }));
    }
    Ok((affected, kept.len()))
}

/// The recipient's personal owners, and their live tokens. Both are locked.
struct Personal<'a> {
    owners: &'a [Uuid],
    live: &'a [ApiToken],
}

/// Gives the tokens to the recipient's personal owner, which is created where there is none yet.
/// Returns an audit row for each token.
fn hand_over(
    conn: &mut PgConnection,
    tokens: &[ApiToken],
    keys: &[StoredSecret],
    recipient: &Recipient<'_>,
    of_recipient: &Personal<'_>,
) -> Result<Vec<NewAuditEntry>> {
    const ADVICE: &str = "nothing says which is to get the tokens; share all but one with another \
                          user (`iamctl owner add`)";
    if tokens.is_empty() {
        return Ok(Vec::new());
    }
    let personal =
        lookup::owners::single_personal_owner(recipient.selector, of_recipient.owners, ADVICE)?;
    let clashes = clashing_names(tokens, of_recipient.live);
    if !clashes.is_empty() {
        return Err(Error::Conflict(format!(
            "the new owner would have several live tokens of these names: {}; revoke all but one",
            listed(&clashes)
        )));
    }
    let owner = personal.unwrap_or_else(Uuid::new_v4);
    if personal.is_none() {
        let added = owners::insert(conn, owner, &[recipient.user.id])?;
        require_all_changed("users of the owner", added.len(), 1)?;
    }
    let moved = tokens::transfer(conn, keys, owner)?;
    let done = moved.iter().filter(|token| token.owner_id == owner).count();
    require_all_changed("tokens", done, keys.len())?;
    let audit_rows = tokens.iter().map(|token| {
        let details = json!({
            "from_owner": token.owner_id,
            "to_owner": owner,
            "owner_created": personal.is_none(),
        });
        NewAuditEntry::for_row_id(token.key.id(), details)
    });
    Ok(audit_rows.collect())
}

/// Names that would no longer be unique: tokens of two owners have it, or a token that the recipient
/// has. Two tokens of one owner may share a name: a rotation made them.
fn clashing_names(tokens: &[ApiToken], of_recipient: &[ApiToken]) -> Vec<String> {
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

/// One row that the offboarding concerns, and the user it belongs to.
struct AffectedRow {
    user: Rc<User>,
    row: Row,
}

/// What became of a row.
struct Row {
    kind: Kind,
    /// `None` where the row does not have the shape of a secret.
    id: Option<String>,
    /// Of users and tokens.
    name: Option<String>,
    outcome: &'static str,
    changed: bool,
}

/// In the order in which the rows of a user are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    User,
    Session,
    VerificationCode,
    AuthorizationCode,
    Token,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Session => "session",
            Self::VerificationCode => "verification code",
            Self::AuthorizationCode => "authorization code",
            Self::Token => "token",
        }
    }
}

/// What becomes of tokens where there is a recipient.
const HANDED_OVER: &str = "handed over";

/// What becomes of the tokens of owners with other users, who stay and are neither blocked nor
/// deleted.
const KEPT: &str = "kept: shared";

impl Record for AffectedRow {
    fn columns() -> Vec<Column<Self>> {
        vec![
            detail("user_id", |affected| affected.user.id.into()),
            shown("username", |affected| affected.user.username.as_str().into()),
            detail("email", |affected| affected.user.email.as_str().into()),
            shown("kind", |affected| affected.row.kind.name().into()),
            shown("id", |affected| affected.row.id.clone().into()),
            shown("name", |affected| affected.row.name.clone().into()),
            shown("outcome", |affected| affected.row.outcome.into()),
            shown("changed", |affected| affected.row.changed.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        self.row.id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::clashing_names;
    use crate::db::tokens::ApiToken;
    use crate::db::types::StoredSecret;
    use crate::domain::StoredTime;
    use uuid::Uuid;

    fn token(owner: u128, name: &str) -> ApiToken {
        ApiToken {
            key: StoredSecret::new(name),
            owner_id: Uuid::from_u128(owner),
            name: name.to_owned(),
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
}
