use super::change::named;
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::offboarding::{Impact, KEPT, Offboarding};
use crate::domain::UserSelector;
use crate::error::Result;
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
    let offboarding = Offboarding { users: &selectors, heir: args.hand_over_to.as_ref() };
    let access = args.change.access_for(selectors.len());
    let impacts = database
        .locking(&offboarding.locks(), access, |conn| offboarding.carry_out(conn, &audit))?;
    let kept = impacts.iter().filter(|impact| impact.outcome == KEPT).count();
    if kept > 0 {
        context.terminal.notice(&format!(
            "{kept} tokens of shared owners go on working; rotate those whose secret is known"
        ));
    }
    context.notice_dry_run(&args.change);
    rows.all(&impacts)
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
            self.outcome.as_str().into(),
            self.changed.into(),
        ]
    }

    fn id(&self) -> Option<String> {
        self.id.clone()
    }
}
