use super::ended_counts::{CountPerUser, Ended};
use super::taken::email_taken;
use crate::commands::end_access::remove_all_codes;
use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::functions::clock;
use crate::db::users::{self, RowLock, User};
use crate::db::{lookup, require_changed, violates};
use crate::domain::{Changed, Email, UserSelector};
use crate::error::{Error, Result};
use crate::output::Prints;

/// Change the email address of a user
///
/// The new address is not verified, unless --verified is given, and the user cannot log in until it is.
/// Codes that were sent to the old address are removed.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<User>>())]
pub struct Args {
    /// Username, email or id
    #[arg(add = Names::User)]
    user: UserSelector,
    /// New address, stored in lower case
    email: Email,
    /// Mark the new address as verified
    #[arg(long)]
    verified: bool,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl user set-email alice alice@example.com --verified --yes
also removed 1 code
id                    00000000-0000-4000-8000-000000000001
username              alice
email                 alice@example.com
status                active
…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<User>>()?;
    let audit = context.audit("user.set-email", &args.change)?;
    context.limit_changes(args.limit)?;
    let mut database = context.connect()?;
    let question = format!("Set the email of user `{}` to `{}`", args.user, args.email);
    context.confirm(&mut database, &args.change, &question)?;
    let (user, ended) = database.transaction(args.change.access(), |conn| {
        let mut ended = Ended { codes: Some(CountPerUser::default()), ..Ended::default() };
        let user = lookup::users::lock_one(conn, &args.user, RowLock::Update)?;
        if has_email(&user, args) {
            return Ok((Changed { record: user, changed: false }, ended));
        }
        let at = clock(conn)?;
        let updated = users::set_email(conn, user.id, &args.email, args.verified.then_some(at))
            .map_err(|error| taken(&args.email, error.into()))?;
        let is_done = |row: &User| {
            let email_verified_at = row.email_verified_at;
            let email = args.email.as_str().into();
            let wanted = User { email, email_verified: args.verified, email_verified_at, ..user };
            email_verified_at.is_some() == args.verified && *row == wanted
        };
        let record = require_changed("user", updated.filter(is_done))?;
        // A person with access to the old mailbox could verify the new address with these codes.
        let removed = remove_all_codes(conn, &[record.id])?;
        ended.codes = Some(CountPerUser::of_rows(&removed));
        let user = Changed { record, changed: true };
        audit.record(conn, ended.audit_rows(std::slice::from_ref(&user)))?;
        Ok((user, ended))
    })?;
    if let Some(summary) = ended.summary() {
        context.terminal.notice(&summary);
    }
    context.notice_dry_run(&args.change);
    rows.all([&user])
}

fn has_email(user: &User, args: &Args) -> bool {
    user.email == args.email.as_str() && (user.email_verified || !args.verified)
}

fn taken(email: &Email, error: Error) -> Error {
    if violates(&error, "users_unique_email") { email_taken(email) } else { error }
}
