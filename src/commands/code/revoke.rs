use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::{ChangeArgs, Context};
use crate::db::codes::{self, CodeRow};
use crate::db::row_ids::Rows;
use crate::domain::{Changed, RowId, UserSelector};
use crate::error::Result;

/// Revoke codes: they are removed, and no longer work
///
/// By id, or all of one user.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["ids", "all"])))]
pub struct Args {
    /// Ids, as `code list` shows them; `-` reads them from standard input, one a line
    #[arg(value_name = "ID")]
    ids: Vec<ValueOrStdin<RowId>>,
    /// All codes of --user, of both kinds
    #[arg(long, requires = "user")]
    all: bool,
    /// Whose codes: username, email or id
    #[arg(long, requires = "all", conflicts_with = "ids")]
    user: Option<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let ids: Vec<RowId> = value_or_stdin::collect(&args.ids)?;
    let rows = context.output.list::<Changed<CodeRow>>()?;
    let audit = context.audit("code.revoke", &args.change)?;
    let mut database = context.connect()?;
    let question = match (&args.user, ids.as_slice()) {
        (Some(user), _) => Some(format!("Revoke every code of user `{user}`")),
        (None, []) => None,
        (None, [id]) => Some(format!("Revoke code `{id}`")),
        (None, ids) => Some(format!("Revoke {} codes", ids.len())),
    };
    if let Some(question) = question {
        context.confirm(&mut database, &args.change, &question)?;
    }
    let gone = database.transaction(args.change.access_for(ids.len()), |conn| {
        let codes = match &args.user {
            Some(user) => Rows::Of(user, codes::ALL_OF_USER),
            None => Rows::Ids(&ids),
        };
        codes::revoke(conn, &codes, &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&gone)
}
