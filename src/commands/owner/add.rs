use crate::commands::given::{self, Given};
use crate::context::{ChangeArgs, Context};
use crate::db::owners::{self, Membership};
use crate::db::{self, targets};
use crate::domain::{Changed, OwnerSelector, UserSelector};
use crate::error::{Error, Result};

/// Add users to an owner: they share its tokens from now on
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The owner_id
    #[arg(value_name = "ID")]
    owner: OwnerSelector,
    /// Usernames, emails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<Given<UserSelector>>,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let OwnerSelector(owner) = args.owner;
    let selectors: Vec<UserSelector> = given::collect(&args.users)?;
    let rows = context.output.list::<Changed<Membership>>()?;
    let audit = context.audit("owner.add", &args.change)?;
    let added = context.connect()?.transaction(args.change.access(), |conn| {
        // Against an offboarding, which reports what the owner shares, and against its own end.
        db::lock(conn, owners::TOKEN_NAMES, owner)?;
        if !owners::exists(conn, owner)? {
            return Err(Error::not_found("owner", owner));
        }
        let users = targets::resolve(conn, &selectors)?;
        owners::add(conn, owner, users.into_iter().map(|user| user.id).collect(), &audit)
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&added)
}
