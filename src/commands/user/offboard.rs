use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::json;
use uuid::Uuid;

use super::change::{self, named};
use super::ended::{Count, Ended};
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::{Audit, AuditRow};
use crate::db::functions::clock;
use crate::db::lookup::users::WithCoOwners;
use crate::db::tokens::{self, ApiToken};
use crate::db::types::StoredSecret;
use crate::db::users::{self, User};
use crate::db::{PgConnection, codes, lookup, owners, require_all, sessions};
use crate::domain::{CodeKind, UserSelector, counted, listed};
use crate::error::{Error, Result};
use crate::output::{Column, Record, detail, shown};

/// Offboard users: block them, end every session, revoke or hand over tokens, remove codes
///
/// All in one transaction. Tokens of owners that they share with users who stay, and are neither
/// blocked nor deleted, go on working, and are shown as kept: rotate those whose secret they know.
/// --dry-run shows it all, row by row.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<ValueOrStdin<UserSelector>>,
    /// Hand their tokens over to this user, in place of revoking them
    #[arg(long, value_name = "USER")]
    hand_over_to: Option<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&args.users)?;
    let rows = context.output.list::<Impact>()?;
    let audit = context.audit("user.offboard", &args.change)?;
    let mut database = context.connect()?;
    if !selectors.is_empty() {
        let tokens = match &args.hand_over_to {
            Some(heir) => format!("hand tokens over to `{heir}`"),
            None => "revoke tokens".to_owned(),
        };
        let question = format!("Offboard {} (block, end sessions, {tokens})", named(&selectors));
        context.confirm(&mut database, &args.change, &question)?;
    }
    let access = args.change.access_for(selectors.len());
    let impacts = database.transaction(access, |conn| {
        let (leaving, heir) = lock(conn, &selectors, args.hand_over_to.as_ref())?;
        offboard(conn, leaving, heir, &audit)
    })?;
    let kept = impacts.iter().filter(|impact| impact.row.outcome == KEPT).count();
    if kept > 0 {
        context.terminal.notice(&format!(
            "kept {} of shared owners; rotate those whose secret is known",
            counted(kept, "token")
        ));
    }
    context.notice_dry_run(&args.change);
    rows.all(&impacts)
}

/// Who gets the tokens, and the owner that is this user's alone, if there is one.
struct Heir<'a> {
    selector: &'a UserSelector,
    user: User,
}

/// Locks the users who leave, the user who gets their tokens, and all who share an owner with them,
/// in one statement.
fn lock<'a>(
    conn: &mut PgConnection,
    selectors: &[UserSelector],
    heir: Option<&'a UserSelector>,
) -> Result<(WithCoOwners, Option<Heir<'a>>)> {
    let Some(heir) = heir else {
        return Ok((lookup::users::lock_with_co_owners(conn, selectors)?, None));
    };
    let all: Vec<_> = selectors.iter().chain([heir]).cloned().collect();
    let mut locked = lookup::users::lock_with_co_owners(conn, &all)?;
    let user = lookup::users::resolve(std::slice::from_ref(heir), locked.users.clone())?.remove(0);
    // The heir is the last one, unless another selector names the same user.
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
    locked.users = leaving;
    Ok((locked, Some(Heir { selector: heir, user })))
}

/// Blocks the users, ends their sessions, removes their codes, revokes their tokens or hands them
/// over, and writes the audit rows. Returns every row that this concerns, user by user.
fn offboard(
    conn: &mut PgConnection,
    leaving: WithCoOwners,
    heir: Option<Heir<'_>>,
    audit: &Audit,
) -> Result<Vec<Impact>> {
    let ids = leaving.ids();
    let at = clock(conn)?;
    let sessions = sessions::revoke_of(conn, &ids, at)?;
    let verification_codes = codes::remove_of(conn, CodeKind::Verification, &ids)?;
    let authorization_codes = codes::remove_of(conn, CodeKind::Authorization, &ids)?;

    let ends = leaving.owners_nobody_else_uses();
    let is_leaving: HashSet<_> = ids.iter().copied().collect();
    let of_leaving = leaving
        .sharing
        .iter()
        .filter(|(_, users)| users.iter().any(|user| is_leaving.contains(user)));
    let owners: Vec<_> = of_leaving.map(|(owner, _)| owner).collect();
    let (ending, kept): (Vec<_>, Vec<_>) = tokens::lock_live_of(conn, &owners)?
        .into_iter()
        .partition(|token| ends.contains_key(&token.owner_id));
    let keys: Vec<_> = ending.iter().map(|token| token.token.clone()).collect();
    let revokes = heir.is_none();
    let (outcome, changed, moves) = match heir {
        _ if keys.is_empty() => ("revoked", 0, Vec::new()),
        None => ("revoked", tokens::revoke(conn, &keys)?.len(), Vec::new()),
        Some(heir) => {
            let (moved, rows) = hand_over(conn, &ending, &keys, &heir, &leaving)?;
            ("handed over", moved, rows)
        }
    };
    require_all("tokens", changed, keys.len())?;

    let ended = Ended {
        sessions: Some(Count::of(sessions.iter().map(|(user, _)| *user))),
        codes: Some(Count::of(
            verification_codes.iter().chain(&authorization_codes).map(|(user, _)| *user),
        )),
        tokens: revokes
            .then(|| Count::of(ending.iter().filter_map(|it| ends.get(&it.owner_id).copied()))),
    };
    let sharing = leaving.sharing;
    let mut users = change::apply(conn, leaving.users, |user| !user.blocked, users::block)?;
    let blocked: Vec<_> = users.iter().map(|user| user.changed).collect();
    let mut rows = ended.audit_rows(&mut users);
    rows.extend(moves);
    audit.record(conn, rows)?;

    let mut rows_of = HashMap::<Uuid, Vec<Row>>::new();
    let mut add = |user: Uuid, row: Row| rows_of.entry(user).or_default().push(row);
    for (kind, outcome, rows) in [
        (Kind::Session, "revoked", &sessions),
        (Kind::VerificationCode, "removed", &verification_codes),
        (Kind::AuthorizationCode, "removed", &authorization_codes),
    ] {
        for (user, key) in rows {
            add(*user, Row { kind, id: key.id(), name: None, outcome, changed: true });
        }
    }
    let users_of: BTreeMap<_, _> = sharing.iter().collect();
    for (tokens, outcome) in [(&ending, outcome), (&kept, KEPT)] {
        for token in tokens {
            let users = users_of.get(&token.owner_id).copied().unwrap_or_default();
            for user in users.iter().filter(|user| is_leaving.contains(user)) {
                let (id, name) = (token.token.id(), Some(token.name.clone()));
                let changed = outcome != KEPT;
                add(*user, Row { kind: Kind::Token, id, name, outcome, changed });
            }
        }
    }
    let mut impacts = Vec::new();
    for (user, changed) in users.into_iter().zip(blocked) {
        let user = Rc::new(user.record);
        let mut rows = rows_of.remove(&user.id).unwrap_or_default();
        rows.sort_by(|one, other| {
            (one.kind, &one.name, &one.id).cmp(&(other.kind, &other.name, &other.id))
        });
        let (id, name) = (Some(user.id.to_string()), Some(user.username.clone()));
        rows.insert(0, Row { kind: Kind::User, id, name, outcome: "blocked", changed });
        impacts.extend(rows.into_iter().map(|row| Impact { user: Rc::clone(&user), row }));
    }
    Ok(impacts)
}

/// Gives the tokens to the heir's own owner, which is made where there is none yet. Returns how many
/// were moved, and the audit rows.
fn hand_over(
    conn: &mut PgConnection,
    tokens: &[ApiToken],
    keys: &[StoredSecret],
    heir: &Heir<'_>,
    locked: &WithCoOwners,
) -> Result<(usize, Vec<AuditRow>)> {
    const ADVICE: &str = "nothing says which is to get the tokens; share all but one with another \
                          user (`iamctl owner add`)";
    let own = locked.sharing.of_user_alone(heir.user.id);
    let own = lookup::owners::at_most_one(heir.selector, &own, ADVICE)?;
    let of_heir = match own {
        Some(owner) => {
            owners::lock(conn, owner)?;
            tokens::live_names(conn, owner)?
        }
        None => Vec::new(),
    };
    let clashes = clashing_names(tokens, &of_heir);
    if !clashes.is_empty() {
        return Err(Error::Conflict(format!(
            "the new owner would have several live tokens of these names: {}; revoke all but one",
            listed(&clashes)
        )));
    }
    let owner = own.unwrap_or_else(Uuid::new_v4);
    if own.is_none() {
        owners::insert(conn, owner, &[heir.user.id])?;
    }
    let moved = tokens::set_owner(conn, keys, owner)?.len();
    let rows = tokens.iter().map(|token| {
        AuditRow::with_id(
            token.token.id(),
            json!({
                "from_owner": token.owner_id,
                "to_owner": owner,
                "owner_created": own.is_none(),
            }),
        )
    });
    Ok((moved, rows.collect()))
}

/// The names that several live tokens of one owner would have: of tokens of several owners, or of a
/// token and one that the heir has.
fn clashing_names(tokens: &[ApiToken], of_heir: &[String]) -> Vec<String> {
    let mut owners_of = BTreeMap::<_, BTreeSet<_>>::new();
    for token in tokens {
        owners_of.entry(&token.name).or_default().insert(token.owner_id);
    }
    owners_of
        .into_iter()
        .filter(|(name, owners)| owners.len() > 1 || of_heir.contains(name))
        .map(|(name, _)| name.clone())
        .collect()
}

/// One row that the offboarding concerns, and whose it is.
struct Impact {
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

/// What becomes of the tokens of owners with other users, who stay and are neither blocked nor
/// deleted.
const KEPT: &str = "kept: shared";

impl Record for Impact {
    fn columns() -> Vec<Column<Self>> {
        vec![
            detail("user_id", |impact| impact.user.id.into()),
            shown("username", |impact| impact.user.username.as_str().into()),
            detail("email", |impact| impact.user.email.as_str().into()),
            shown("kind", |impact| impact.row.kind.name().into()),
            shown("id", |impact| impact.row.id.clone().into()),
            shown("name", |impact| impact.row.name.clone().into()),
            shown("outcome", |impact| impact.row.outcome.into()),
            shown("changed", |impact| impact.row.changed.into()),
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
            token: StoredSecret::new(name),
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
        // The two of one owner are there by a rotation.
        assert_eq!(clashing_names(&moved, &[]), ["ci"]);
        assert_eq!(clashing_names(&moved[2..], &["web".to_owned()]), ["web"]);
        assert!(clashing_names(&moved[1..], &["other".to_owned()]).is_empty());
    }
}
