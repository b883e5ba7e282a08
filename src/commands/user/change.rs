//! What the verbs that change the state of users share.

use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::user_changes::{self, Ended, Ending, UserChange};
use crate::db::users::User;
use crate::domain::{Changed, UserSelector, listed};
use crate::error::Result;

/// Which users to change. All change in one transaction, or none does.
#[derive(Debug, clap::Args)]
pub struct Targets {
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<ValueOrStdin<UserSelector>>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Makes the change, and ends what goes with it. `question` is what to ask first, such as "Block";
/// `None` asks nothing.
pub fn run(
    targets: &Targets,
    change: &UserChange,
    ending: Ending,
    question: Option<&str>,
    context: &mut Context,
) -> Result<()> {
    let selectors: Vec<UserSelector> = value_or_stdin::collect(&targets.users)?;
    let rows = context.output.list::<Changed<User>>()?;
    let audit = context.audit(change.action(), &targets.change)?;
    let mut database = context.connect()?;
    if let Some(verb) = question
        && !selectors.is_empty()
    {
        let question = format!("{verb} {}", named(&selectors));
        context.confirm(&mut database, &targets.change, &question)?;
    }
    let access = targets.change.access_for(selectors.len());
    let (changed, ended) = database.locking(&ending.locks(&selectors), access, |conn| {
        user_changes::apply(conn, &selectors, change, ending, &audit)
    })?;
    if ended != Ended::default() {
        context.terminal.notice(&format!(
            "ended with it: {} sessions, {} codes, {} tokens",
            ended.sessions, ended.codes, ended.tokens
        ));
    }
    context.notice_dry_run(&targets.change);
    rows.all(&changed)
}

/// The targets as a question names them.
pub fn named(selectors: &[UserSelector]) -> String {
    let names: Vec<_> = selectors.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [one] => format!("user {one}"),
        names => format!("{} users ({})", names.len(), listed(names)),
    }
}
