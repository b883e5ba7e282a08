//! `iamctl owner`: who tokens belong to. An owner is the id that one or more users share.

mod add;
mod create;
mod delete;
mod list;
mod live_tokens;
mod membership;
mod remove;
mod show;

use clap::Subcommand;

use crate::context::Context;
use crate::db::owners::Owner;
use crate::error::Result;
use crate::output::{Cell, Column, Record, field, shown};

#[derive(Debug, Subcommand)]
pub enum OwnerCommand {
    #[command(alias = "new")]
    Create(create::Args),
    #[command(alias = "ls")]
    List(list::Args),
    #[command(aliases = ["get", "info"])]
    Show(show::Args),
    Add(add::Args),
    Remove(remove::Args),
    Delete(delete::Args),
}

impl OwnerCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Create(args) => create::run(args, context),
            Self::List(args) => list::run(args, context),
            Self::Show(args) => show::run(args, context),
            Self::Add(args) => add::run(args, context),
            Self::Remove(args) => remove::run(args, context),
            Self::Delete(args) => delete::run(args, context),
        }
    }
}

impl Record for Owner {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::uuid("owner_id"), |owner| owner.id.into()),
            shown(field::texts("users"), |owner| Cell::list(&owner.users)),
            shown(field::integer("live_tokens"), |owner| owner.live_tokens.into()),
            shown(field::integer("tokens"), |owner| owner.tokens.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}
