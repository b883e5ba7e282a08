use crate::context::Context;
use crate::db::Access;
use crate::db::maintenance::migrations::{self, MigrationStatus};
use crate::error::Result;

/// List migrations: applied, pending, unknown
///
/// Only reads. Exits with 7 if any is pending, or if the database is newer than this program.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.list::<MigrationStatus>()?;
    let state = context.connect()?.transaction(Access::INSPECTION, migrations::state)?;
    let printed = rows.all(&state.migrations);
    state.require_current().and(printed)
}
