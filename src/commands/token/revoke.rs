use super::named::{self, Owner, OwnerArgs};
use crate::commands::given::{self, Given};
use crate::context::{ChangeArgs, Context};
use crate::db::tokens::{self, ApiToken};
use crate::db::{PgConnection, Stored};
use crate::domain::{Changed, RowId, TokenName, TokenValue};
use crate::error::{Error, Result};

/// Revoke tokens, for good
///
/// By id, by --user or --owner with --name (all of that name), by --all with --user or --owner, or
/// by value on standard input with --stdin. A token on the command line would be read by others.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["ids", "name", "all", "stdin"])))]
pub struct Args {
    /// Ids, as `token list` shows them; `-` reads them from standard input, one a line
    #[arg(value_name = "ID")]
    ids: Vec<Given<RowId>>,
    #[command(flatten)]
    owner: OwnerArgs,
    /// All tokens of this name, with --user or --owner
    #[arg(long)]
    name: Option<TokenName>,
    /// All tokens, with --user or --owner
    #[arg(long)]
    all: bool,
    /// Read the tokens themselves from standard input, one a line
    #[arg(long)]
    stdin: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if (args.name.is_some() || args.all) != args.owner.is_given() {
        return Err(Error::usage(
            "--name and --all go with --user or --owner, and they with --name or --all",
        ));
    }
    let ids: Vec<RowId> = given::collect(&args.ids)?;
    let values: Vec<TokenValue> = if args.stdin { given::lines()? } else { Vec::new() };

    let rows = context.output.list::<Changed<ApiToken>>()?;
    let audit = context.audit("token.revoke", &args.change)?;
    let mut database = context.connect()?;
    let nothing_named = args.name.is_none() && !args.all && ids.is_empty() && values.is_empty();
    if !nothing_named {
        context.confirm(&mut database, &args.change, &question(args, &ids, &values))?;
    }
    let changed = database.transaction(args.change.access(), |conn| {
        let targets = targets(args, &ids, &values, conn)?;
        tokens::revoke(conn, targets, &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&changed)
}

fn targets(
    args: &Args,
    ids: &[RowId],
    values: &[TokenValue],
    conn: &mut PgConnection,
) -> Result<Vec<Stored>> {
    if let Some(name) = &args.name {
        let named = named::by_name(conn, &args.owner, name)?;
        // Those of an earlier year, long revoked, say nothing; but if there is nothing else, that
        // it is so already is what the operator wants to know.
        let mut live: Vec<_> = named.iter().filter(|token| !token.revoked).collect();
        if live.is_empty() {
            live.extend(named.first());
        }
        return Ok(live.into_iter().map(|token| token.token.clone()).collect());
    }
    if args.all {
        return match args.owner.find(conn)? {
            Some(Owner::Known(owner)) => {
                Ok(tokens::unrevoked(conn, owner)?.into_iter().map(|token| token.token).collect())
            }
            Some(Owner::NotYet) | None => Ok(Vec::new()),
        };
    }
    if args.stdin { named::by_values(conn, values) } else { named::by_ids(conn, ids) }
}

fn question(args: &Args, ids: &[RowId], values: &[TokenValue]) -> String {
    let whose = args.owner.named();
    match (&args.name, ids) {
        (Some(name), _) => format!("Revoke every token `{name}` of {whose}"),
        (None, [id]) => format!("Revoke token `{id}`"),
        (None, []) if args.all => format!("Revoke every token of {whose}"),
        (None, []) => format!("Revoke the {} tokens on standard input", values.len()),
        (None, ids) => format!("Revoke {} tokens", ids.len()),
    }
}
