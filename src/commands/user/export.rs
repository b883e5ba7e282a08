use super::filters::Filters;
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::Access;
use crate::db::users::{self, User};
use crate::error::{Error, Result};
use crate::interrupt;
use crate::output::{Column, Format, Prints, Record, field, shown};

/// Export users as CSV or JSONL
///
/// Rows come in no particular order: `user list` sorts. Deleted users are left out, unless --status
/// says otherwise. `user import --as-is` reads the file.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Row>())]
pub struct Args {
    #[command(flatten)]
    filters: Filters,
}

const EXAMPLES: &str = r#"
$ iamctl user export > users.csv

$ iamctl user export --status any -o jsonl | gzip > users.jsonl.gz
"#;

/// A user in the columns of the table, and no others.
struct Row(User);

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    match context.output.format {
        Format::Csv | Format::Jsonl => {}
        _ if context.output.is_default => context.output.format = Format::Csv,
        _ => {
            return Err(Error::usage(
                "an export is csv or jsonl: pass -o csv or -o jsonl; `user list` has the others",
            ));
        }
    }
    let mut rows = context.output.list::<Row>()?;
    let mut database = context.connect()?;
    let filter = args.filters.resolve(context, &mut database)?;
    let mut any = false;
    let exported = database.transaction(Access::READ.bulk(true), |conn| {
        users::each(conn, &filter, |user| {
            any = true;
            rows.push(&Row(user)).inspect_err(interrupt::end_if_gone)
        })
    });
    if any { exported } else { context.found(exported, &args.filters.searched()) }?;
    rows.finish()
}

impl Record for Row {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::uuid("id"), |Row(user)| user.id.into()),
            shown(field::time("created_at"), |Row(user)| user.created_at.into()),
            shown(field::text("username"), |Row(user)| user.username.as_str().into()),
            shown(field::text("username_fingerprint"), |Row(user)| user.fingerprint().into()),
            shown(field::text("email"), |Row(user)| user.email.as_str().into()),
            shown(field::flag("email_verified"), |Row(user)| user.email_verified.into()),
            shown(field::time("email_verified_at").or_null(), |Row(user)| {
                user.email_verified_at.into()
            }),
            shown(field::flag("blocked"), |Row(user)| user.blocked.into()),
            shown(field::flag("deleted"), |Row(user)| user.deleted.into()),
            shown(field::time("deleted_at").or_null(), |Row(user)| user.deleted_at.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.0.id.to_string())
    }
}
