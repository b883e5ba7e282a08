//! What the verbs that change the state of tokens share.

use super::token_selector::Targets;
use crate::context::{ChangeArgs, Context};
use crate::db::tokens::{self, ApiToken, TokenChange};
use crate::domain::Changed;
use crate::error::Result;

/// Makes the change. `question` is the verb to ask with first; `None` asks nothing. A name means
/// every token that bears it for `revoke`, and the newest for every other verb (contract 5).
pub fn run(
    targets: &Targets,
    args: &ChangeArgs,
    change: TokenChange,
    question: Option<&str>,
    context: &mut Context,
) -> Result<()> {
    let chosen = targets.choose(context)?;
    let rows = context.output.list::<Changed<ApiToken>>()?;
    let audit = context.audit(change.action(), args)?;
    let mut database = context.connect()?;
    let every = change == TokenChange::Revoke;
    let each = if every { "every token" } else { "the newest token" };
    if let Some(question) = question.and_then(|verb| chosen.question(verb, each)) {
        context.confirm(&mut database, args, &question)?;
    }
    let access = args.access_for(chosen.count());
    let changed = database.locking(&chosen.locks(), access, |conn| {
        tokens::change(conn, &chosen.rows(every), change, &audit)
    })?;
    context.notice_dry_run(args);
    rows.all(&changed)
}
