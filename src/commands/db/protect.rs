use serde_json::json;

use crate::commands::help_page::{long, short};
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::NewAuditEntry;
use crate::db::protection::{self, Protection};
use crate::domain::Changed;
use crate::error::Result;
use crate::output::{Column, Prints, Record, field, shown};

/// Protect the database: --yes alone changes nothing
///
/// From then on, every change that passes --yes has to name the database: `--yes=iam_prod`. A script that was
/// written for another database then does no harm here. Questions on a terminal name the database already, and
/// purges of what has expired go on. The mark is the setting `iamctl.protected` of
/// the database, which a superuser can change, or its owner with the right SET on that parameter.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<Protection>>())]
pub struct Args {
    /// End the protection
    #[arg(long)]
    off: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = r#"
$ iamctl db protect
database   iam_prod
protected  yes
changed    yes

$ iamctl db protect --off --yes=iam_prod
database   iam_prod
protected  no
changed    no
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<Protection>>()?;
    let audit = context.audit("db.protect", &args.change)?;
    let mut database = context.connect()?;
    let protected = !args.off;
    if args.off {
        context.confirm(&mut database, &args.change, "End the protection")?;
    }
    let done = database.transaction(args.change.access(), |conn| {
        let before = protection::read(conn)?;
        let changed = before.protected != protected;
        if changed {
            before.require_owner()?;
            protection::set(conn, protected).map_err(|refused| before.explain(refused))?;
            let details = json!({ "protected": protected });
            audit.record(conn, vec![NewAuditEntry::untargeted(details)])?;
        }
        Ok(Changed { record: Protection { protected, ..before }, changed })
    })?;
    context.notice_dry_run(&args.change);
    rows.all([&done])
}

impl Record for Protection {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("database"), |it| it.database.as_str().into()),
            shown(field::flag("protected"), |it| it.protected.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.database.to_string())
    }
}
