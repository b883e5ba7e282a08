//! `iamctl owner`: who tokens belong to. An owner is the id that one or more users share.

mod add;
mod create;
mod delete;
mod list;
mod live_tokens;
mod remove;
mod show;

use clap::Subcommand;
use uuid::Uuid;

use crate::context::Context;
use crate::db::owners::Owner;
use crate::db::users::User;
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, shown};

#[derive(Debug, Subcommand)]
pub enum OwnerCommand {
    Create(create::Args),
    List(list::Args),
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

/// One user's place in an owner.
struct Membership {
    owner: Uuid,
    user: User,
}

impl Record for Owner {
    fn columns() -> Vec<Column> {
        vec![shown("owner_id"), shown("users"), shown("live_tokens"), shown("tokens")]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.id.into(),
            Cell::Structure { json: self.users.clone().into(), text: self.users.join(", ") },
            self.live_tokens.into(),
            self.tokens.into(),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

impl Record for Membership {
    fn columns() -> Vec<Column> {
        vec![shown("owner_id"), shown("username"), shown("user_id"), detail("email")]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.owner.into(),
            self.user.username.as_str().into(),
            self.user.id.into(),
            self.user.email.as_str().into(),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.user.id.to_string())
    }
}
