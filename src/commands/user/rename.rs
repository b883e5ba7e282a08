use serde_json::json;

use super::taken::username_taken;
use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::NewAuditEntry;
use crate::db::users::{self, RowLock, User};
use crate::db::{lookup, require_changed, violates};
use crate::domain::{Changed, UserSelector, Username};
use crate::error::{Error, Result};
use crate::output::Prints;

/// Change the username of a user
///
/// The new name must not belong to another user, deleted users included. A change of case or
/// punctuation only is possible.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<User>>())]
pub struct Args {
    /// Username, email or id
    #[arg(add = Names::User)]
    user: UserSelector,
    /// New username, stored as typed
    new_username: Username,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = r#"
$ iamctl user rename alice alice-w
id                    00000000-0000-4000-8000-000000000001
username              alice-w
email                 alice@example.org
status                active
…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<User>>()?;
    let audit = context.audit("user.rename", &args.change)?;
    let name = &args.new_username;
    let renamed = context.connect()?.transaction(args.change.access(), |conn| {
        // PostgreSQL takes this lock for a change of a unique column.
        let user = lookup::users::lock_one(conn, &args.user, RowLock::Update)?;
        if is_named(&user, name) {
            return Ok(Changed { record: user, changed: false });
        }
        let renamed =
            users::rename(conn, user.id, name).map_err(|error| taken(name, error.into()))?;
        let wanted = User {
            username: name.as_str().into(),
            username_fingerprint: name.fingerprint().as_bytes().to_vec(),
            ..user
        };
        let record = require_changed("user", renamed.filter(|row| *row == wanted))?;
        audit.record(conn, vec![NewAuditEntry::new(record.id, json!({}))])?;
        Ok(Changed { record, changed: true })
    })?;
    context.notice_dry_run(&args.change);
    rows.all([&renamed])
}

/// A fingerprint that is not the name's is repaired, too.
fn is_named(user: &User, name: &Username) -> bool {
    user.username == name.as_str() && user.username_fingerprint == name.fingerprint().as_bytes()
}

fn taken(name: &Username, error: Error) -> Error {
    if violates(&error, "users_unique_fingerprint") { username_taken(name) } else { error }
}
