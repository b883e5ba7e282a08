//! What the verbs that change the state of tokens share.

use super::named::{self, Chosen, Owner, Targets};
use crate::context::{ChangeArgs, Context};
use crate::db::PgConnection;
use crate::db::row_ids::Rows;
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
    let each = if change == TokenChange::Revoke { "every token" } else { "the newest token" };
    if let Some(question) = question.and_then(|verb| chosen.question(verb, each)) {
        context.confirm(&mut database, args, &question)?;
    }
    let changed = database.transaction(args.access_for(chosen.count()), |conn| {
        let tokens = resolve(&chosen, change, conn)?;
        tokens::change(conn, &tokens, change, &audit)
    })?;
    context.notice_dry_run(args);
    rows.all(&changed)
}

fn resolve<'a>(
    chosen: &'a Chosen<'_>,
    change: TokenChange,
    conn: &mut PgConnection,
) -> Result<Rows<'a>> {
    let stored = match chosen {
        Chosen::Ids(ids) => return Ok(Rows::Ids(ids)),
        Chosen::Values(values) => named::by_values(conn, values)?,
        Chosen::All(owner) => match owner.find(conn)? {
            Some(Owner::Known(owner)) => {
                tokens::unrevoked(conn, owner)?.into_iter().map(|token| token.token).collect()
            }
            Some(Owner::NotYet) | None => Vec::new(),
        },
        Chosen::Name(owner, name) => {
            let all = named::by_name(conn, owner, name)?;
            // Those of an earlier year, long revoked, say nothing; but if there is nothing else,
            // that it is so already is what the operator wants to know.
            let mut live: Vec<_> = all.iter().filter(|token| !token.revoked).collect();
            if live.is_empty() {
                live.extend(all.first());
            }
            if change != TokenChange::Revoke {
                live.truncate(1);
            }
            live.into_iter().map(|token| token.token.clone()).collect()
        }
    };
    Ok(Rows::Stored(stored))
}
