use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::Access;
use crate::db::maintenance::migrations::{self, MigrationStatus};
use crate::error::{Error, Result};
use crate::output::Prints;

/// List migrations: applied, pending, unknown
///
/// Changes nothing. Exits with 7 if any is pending, or if the database is newer than this program.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<MigrationStatus>())]
pub struct Args {}

const EXAMPLES: &str = r#"
$ iamctl db status
VERSION         NAME                                           STATUS   RUN_O…
20261124000001  2026-11-24-000001_create_iam_tables            applied  2026-…
…
"#;

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<MigrationStatus>()?;
    let state = context.connect()?.transaction(Access::INSPECTION, migrations::state)?;
    let printed = rows.all(&state.migrations);
    Error::of_all([state.require_current(), printed])
}
