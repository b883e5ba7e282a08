//! `iamctl db`: migrations, checks and rights of the tables.

mod adopt;
mod busy;
pub mod check;
mod grants;
mod migrate;
mod protect;
mod report;
mod revert;
mod status;

use clap::Subcommand;

use crate::context::Context;
use crate::db::maintenance::migrations::{MigrationState, MigrationStatus};
use crate::error::Result;
use crate::output::{Cell, Column, Record, field, shown};

#[derive(Debug, Subcommand)]
pub enum DbCommand {
    Migrate(migrate::Args),
    Status(status::Args),
    Revert(revert::Args),
    Check(check::Args),
    Adopt(adopt::Args),
    Grants(grants::Args),
    Protect(protect::Args),
}

impl DbCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Migrate(args) => migrate::run(args, context),
            Self::Status(args) => status::run(args, context),
            Self::Revert(args) => revert::run(args, context),
            Self::Check(args) => check::run(args, context),
            Self::Adopt(args) => adopt::run(args, context),
            Self::Grants(args) => grants::run(args, context),
            Self::Protect(args) => protect::run(args, context),
        }
    }
}

impl Record for MigrationStatus {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("version"), |status| status.version.as_str().into()),
            shown(field::text("name").or_null(), |status| status.name.clone().into()),
            shown(field::one_of("status", ["applied", "pending", "unknown"]), |status| {
                Cell::from(match status.state {
                    MigrationState::Applied => "applied",
                    MigrationState::Pending => "pending",
                    MigrationState::Unknown => "unknown",
                })
            }),
            shown(field::time("run_on").or_null(), |status| status.run_on.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.version.clone())
    }
}
