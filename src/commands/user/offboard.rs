use uuid::Uuid;

use super::change::named;
use crate::commands::given::{self, Given};
use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::offboarding::{self, Holding};
use crate::db::user_changes::{self, Ending, UserChange, Whose};
use crate::db::users::User;
use crate::db::{PgConnection, Stored, owners, targets};
use crate::domain::UserSelector;
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, detail, shown};

/// Offboard users: block them, end every session, revoke or hand over tokens, remove codes
///
/// All in one transaction. Tokens of owners that they share with users who stay, and are neither
/// blocked nor deleted, go on working, and are shown as kept: rotate those whose secret they know.
/// --dry-run shows it all, row by row.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<Given<UserSelector>>,
    /// Hand their tokens over to this user, in place of revoking them
    #[arg(long, value_name = "USER")]
    hand_over_to: Option<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// One row that the offboarding concerns, and what became of it.
struct Impact {
    user_id: Uuid,
    username: String,
    email: String,
    kind: String,
    id: Option<String>,
    name: Option<String>,
    outcome: &'static str,
    changed: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let selectors: Vec<UserSelector> = given::collect(&args.users)?;
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
    let impacts = database.transaction(args.change.access_for(selectors.len()), |conn| {
        offboard(&selectors, args.hand_over_to.as_ref(), &audit, conn)
    })?;
    let kept = impacts.iter().filter(|impact| impact.outcome == KEPT).count();
    if kept > 0 {
        context.terminal.notice(&format!(
            "{kept} tokens of shared owners go on working; rotate those whose secret is known"
        ));
    }
    context.notice_dry_run(&args.change);
    rows.all(&impacts)
}

const KEPT: &str = "kept: shared";

fn offboard(
    selectors: &[UserSelector],
    heir: Option<&UserSelector>,
    audit: &Audit,
    conn: &mut PgConnection,
) -> Result<Vec<Impact>> {
    let leavers = targets::resolve(conn, selectors)?;
    let heir = heir.map(|heir| targets::resolve_one(conn, heir)).transpose()?;
    let ids: Vec<Uuid> = leavers.iter().map(|leaver| leaver.id).collect();
    let concerned: Vec<_> = ids.iter().copied().chain(heir.as_ref().map(|heir| heir.id)).collect();
    owners::lock_tokens_of(conn, &concerned)?;
    offboarding::hold_co_owners(conn, &ids)?;
    let mut holdings = offboarding::holdings(conn, &ids)?;
    if let Some(heir) = &heir {
        let theirs = holdings.iter().filter(|holding| holding.kind == "token" && !holding.shared);
        let theirs: Vec<_> = theirs.map(|holding| holding.stored.clone()).collect();
        hand_over(&leavers, heir, &theirs, audit, conn)?;
    }
    let revoke_tokens = heir.is_none();
    let ending = Ending { sessions: true, codes: Some(Whose::All), tokens: revoke_tokens };
    // By id: a name may be another's by now.
    let by_id: Vec<_> = ids.into_iter().map(UserSelector::Id).collect();
    let (blocked, _) = user_changes::apply(conn, &by_id, &UserChange::Block, ending, audit)?;
    let mut impacts = Vec::new();
    for (leaver, blocked) in leavers.iter().zip(blocked) {
        impacts.push(Impact::of(leaver, "user", "blocked", blocked.changed && !leaver.blocked));
        let held = holdings.extract_if(.., |holding| holding.user_id == leaver.id);
        impacts.extend(held.map(|holding| Impact::of_holding(leaver, holding, revoke_tokens)));
    }
    Ok(impacts)
}

fn hand_over(
    leavers: &[User],
    heir: &User,
    tokens: &[Stored],
    audit: &Audit,
    conn: &mut PgConnection,
) -> Result<()> {
    if leavers.iter().any(|leaver| leaver.id == heir.id) {
        return Err(Error::usage("--hand-over-to names a user who is to be offboarded"));
    }
    if heir.status() != "active" {
        return Err(Error::Refused(format!(
            "user `{}` is {}, may not log in, and cannot take tokens over",
            heir.username,
            heir.status()
        )));
    }
    if tokens.is_empty() {
        return Ok(());
    }
    let (owner, created) = owners::own_or_create(conn, heir.id)?;
    offboarding::hand_over(conn, tokens, owner, created, audit)
}

impl Impact {
    fn of(leaver: &User, kind: &str, outcome: &'static str, changed: bool) -> Self {
        Self {
            user_id: leaver.id,
            username: leaver.username.clone(),
            email: leaver.email.clone(),
            kind: kind.to_owned(),
            id: Some(leaver.id.to_string()),
            name: Some(leaver.username.clone()),
            outcome,
            changed,
        }
    }

    fn of_holding(leaver: &User, holding: Holding, revoke_tokens: bool) -> Self {
        let outcome = match holding.kind.as_str() {
            "session" => "revoked",
            "token" if holding.shared => KEPT,
            "token" if revoke_tokens => "revoked",
            "token" => "handed over",
            _ => "removed",
        };
        Self {
            id: holding.stored.id(),
            name: holding.name,
            ..Self::of(leaver, &holding.kind, outcome, outcome != KEPT)
        }
    }
}

impl Record for Impact {
    fn columns() -> Vec<Column> {
        vec![
            detail("user_id"),
            shown("username"),
            detail("email"),
            shown("kind"),
            shown("id"),
            shown("name"),
            shown("outcome"),
            shown("changed"),
        ]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.user_id.into(),
            self.username.as_str().into(),
            self.email.as_str().into(),
            self.kind.as_str().into(),
            self.id.clone().into(),
            self.name.clone().into(),
            self.outcome.into(),
            self.changed.into(),
        ]
    }

    fn id(&self) -> Option<String> {
        self.id.clone()
    }
}
