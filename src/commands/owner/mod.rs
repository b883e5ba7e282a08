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
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("owner_id", |owner| owner.id.into()),
            shown("users", |owner| Cell::Structure {
                json: owner.users.clone().into(),
                text: owner.users.join(", "),
            }),
            shown("live_tokens", |owner| owner.live_tokens.into()),
            shown("tokens", |owner| owner.tokens.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

impl Record for Membership {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("owner_id", |membership| membership.owner.into()),
            shown("username", |membership| membership.user.username.as_str().into()),
            shown("user_id", |membership| membership.user.id.into()),
            detail("email", |membership| membership.user.email.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.user.id.to_string())
    }
}
