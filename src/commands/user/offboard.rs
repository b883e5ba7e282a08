use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::offboarding::{self, Holding};
use crate::db::user_changes::{self, Ending, UserChange};
use crate::db::users::User;
use crate::db::{PgConnection, Stored, owners, targets};
use crate::domain::UserSelector;
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, shown};

/// Offboard a user: block, end every session, revoke or hand over tokens, remove codes
///
/// All in one transaction. Tokens of owners that the user shares with others go on working, and
/// are shown as kept: rotate those whose secret the user knows. --dry-run shows it all, row by row.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Username, email or id
    user: UserSelector,
    /// Hand the user's tokens over to this user, in place of revoking them
    #[arg(long, value_name = "USER")]
    hand_over_to: Option<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// One row that the offboarding concerns, and what became of it.
struct Impact {
    kind: String,
    id: Option<String>,
    name: Option<String>,
    outcome: &'static str,
    changed: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<Impact>()?;
    let audit = context.audit("user.offboard", &args.change)?;
    let mut database = context.connect()?;
    let tokens = match &args.hand_over_to {
        Some(heir) => format!("hand tokens over to `{heir}`"),
        None => "revoke tokens".to_owned(),
    };
    let question = format!("Offboard user `{}` (block, end sessions, {tokens})", args.user);
    context.confirm(&mut database, &args.change, &question)?;
    let impacts =
        database.transaction(args.change.access(), |conn| offboard(args, &audit, conn))?;
    let kept = impacts.iter().filter(|impact| impact.outcome == KEPT).count();
    if kept > 0 {
        context.terminal.notice(&format!(
            "{kept} tokens of shared owners go on working; rotate those whose secret the user knows"
        ));
    }
    context.notice_dry_run(&args.change);
    rows.all(&impacts)
}

const KEPT: &str = "kept: shared";

fn offboard(args: &Args, audit: &Audit, conn: &mut PgConnection) -> Result<Vec<Impact>> {
    let user = targets::resolve_one(conn, &args.user)?;
    let heir = match &args.hand_over_to {
        Some(heir) => Some(targets::resolve_one(conn, heir)?),
        None => None,
    };
    let concerned: Vec<_> =
        std::iter::once(user.id).chain(heir.as_ref().map(|heir| heir.id)).collect();
    owners::lock_tokens_of(conn, &concerned)?;
    let holdings = offboarding::holdings(conn, user.id)?;
    if let Some(heir) = &heir {
        let own: Vec<Stored> = holdings
            .iter()
            .filter(|holding| holding.kind == "token" && !holding.shared)
            .map(|holding| holding.stored.clone())
            .collect();
        hand_over(&user, heir, &own, audit, conn)?;
    }
    let revoke_tokens = heir.is_none();
    let ending = Ending { sessions: true, codes: true, tokens: revoke_tokens };
    // By id: the name may be another's by now.
    let (blocked, _) =
        user_changes::apply(conn, &[UserSelector::Id(user.id)], &UserChange::Block, ending, audit)?;
    let mut impacts = vec![Impact {
        kind: "user".to_owned(),
        id: Some(user.id.to_string()),
        name: Some(user.username),
        outcome: "blocked",
        changed: blocked.iter().any(|user| user.changed) && !user.blocked,
    }];
    impacts.extend(holdings.into_iter().map(|holding| Impact::of(holding, revoke_tokens)));
    Ok(impacts)
}

fn hand_over(
    user: &User,
    heir: &User,
    tokens: &[Stored],
    audit: &Audit,
    conn: &mut PgConnection,
) -> Result<()> {
    if heir.id == user.id {
        return Err(Error::usage("--hand-over-to names the user who is to be offboarded"));
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
    fn of(holding: Holding, revoke_tokens: bool) -> Self {
        let outcome = match holding.kind.as_str() {
            "session" => "revoked",
            "token" if holding.shared => KEPT,
            "token" if revoke_tokens => "revoked",
            "token" => "handed over",
            _ => "removed",
        };
        Self {
            id: holding.stored.id(),
            kind: holding.kind,
            name: holding.name,
            outcome,
            changed: outcome != KEPT,
        }
    }
}

impl Record for Impact {
    fn columns() -> Vec<Column> {
        vec![shown("kind"), shown("id"), shown("name"), shown("outcome"), shown("changed")]
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
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
