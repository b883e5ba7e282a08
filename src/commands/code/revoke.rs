use serde_json::json;

use super::listed_code::ListedCode;
use crate::commands::help_page::{long, short};
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::NewAuditEntry;
use crate::db::codes::{self, CodeFilter, OneTimeCode};
use crate::db::functions::clock;
use crate::db::lookup::ids::in_order;
use crate::db::types::StoredSecret;
use crate::db::users::{self, RowLock, UserKeys};
use crate::db::{PgConnection, lookup, require_none_left};
use crate::domain::{Changed, CodeKind, RowId, UserSelector};
use crate::error::{Error, Result};
use crate::output::Prints;

/// Revoke codes: they are removed
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["ids", "all"])))]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Changed<ListedCode>>())]
pub struct Args {
    /// Ids from `code list`; `-` reads them from stdin
    #[arg(value_name = "ID", add = Names::Code)]
    ids: Vec<ValueOrStdin<RowId>>,
    /// All codes of --user, of both kinds
    #[arg(long, requires = "user")]
    all: bool,
    /// Whose codes: username, email or id
    #[arg(long, requires = "all", conflicts_with = "ids", add = Names::User)]
    user: Option<UserSelector>,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl code revoke xpmfrYbLTZIm --yes
ID            KIND          USERNAME  STATUS  EXPIRES_AT            CREATED_A…
xpmfrYbLTZIm  verification  dora      live    2026-11-27T23:14:22Z  2026-11-2…

$ iamctl code revoke --all --user alice --yes
ID            KIND           USERNAME  STATUS  EXPIRES_AT            CREATED_…
njtBAOclH7Pd  authorization  alice     live    2026-11-27T23:11:23Z  2026-11-…
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let ids: Vec<RowId> = value_or_stdin::collect(&args.ids)?;
    let rows = context.output.list::<Changed<ListedCode>>()?;
    let audit = context.audit("code.revoke", &args.change)?;
    context.limit_changes(args.limit)?;
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
            Some(user) => lock_user_and_load(conn, user)?,
            None => lock_users_and_load(conn, &ids)?,
        };
        let at = clock(conn)?;
        for kind in CodeKind::ALL {
            let keys: Vec<_> = codes
                .iter()
                .filter(|code| code.kind == kind)
                .map(|code| code.key.clone())
                .collect();
            if keys.is_empty() {
                continue;
            }
            if codes::delete(conn, kind, &keys)?.len() < keys.len() {
                require_none_left(codes::count_keys(conn, kind, &keys)?, "code")?;
                // The service used one.
                return Err(Error::changed_meanwhile("a code"));
            }
        }
        let audited = codes.iter().map(|code| {
            let details = json!({ "kind": code.kind.name(), "id": code.key.id() });
            NewAuditEntry::new(code.user_id, details)
        });
        audit.record(conn, audited.collect())?;
        let gone = codes.into_iter().map(|code| ListedCode::of(code, at));
        Ok(gone.map(|record| Changed { record, changed: true }).collect::<Vec<_>>())
    })?;
    context.notice_dry_run(&args.change);
    rows.all(&gone)
}

/// Locks the user's row, and loads all codes of the user, the newest first.
fn lock_user_and_load(conn: &mut PgConnection, user: &UserSelector) -> Result<Vec<OneTimeCode>> {
    let user = lookup::users::lock_one(conn, user, RowLock::Update)?;
    let filter = CodeFilter { user: Some(user.id), ..CodeFilter::default() };
    codes::newest(conn, &CodeKind::ALL, &filter, i64::MAX)
}

/// Locks the rows of the users, and loads the codes that the ids name, in the order of the ids.
fn lock_users_and_load(conn: &mut PgConnection, ids: &[RowId]) -> Result<Vec<OneTimeCode>> {
    let keys = lookup::ids::code_keys(conn, ids)?;
    let users = UserKeys::of_ids(codes::users_of(conn, &keys)?);
    // The lock keeps other commands from removing these codes in another order. It lets the service
    // insert and delete codes of the user.
    users::lock(conn, &users, RowLock::NoKeyUpdate)?;
    in_order("code", &keys, find(conn, &keys)?, |code| (code.kind, code.key.clone()))
}

fn find(conn: &mut PgConnection, keys: &[(CodeKind, StoredSecret)]) -> Result<Vec<OneTimeCode>> {
    let mut found = Vec::new();
    for kind in CodeKind::ALL {
        let of_kind: Vec<_> = keys
            .iter()
            .filter(|(its_kind, _)| *its_kind == kind)
            .map(|(_, key)| key.clone())
            .collect();
        if !of_kind.is_empty() {
            found.extend(codes::find(conn, kind, &of_kind)?);
        }
    }
    Ok(found)
}
