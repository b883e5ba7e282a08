//! `iamctl user`: accounts.

mod block;
mod change;
mod create;
mod delete;
mod ended;
mod erase;
mod export;
mod filters;
mod import;
mod list;
mod offboard;
mod rename;
mod restore;
mod set_email;
mod show;
mod taken;
mod unblock;
mod unverify_email;
mod verify_email;

use clap::Subcommand;

use crate::context::Context;
use crate::db::users::User;
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, shown};

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    Create(create::Args),
    Show(show::Args),
    List(list::Args),
    Block(block::Args),
    Unblock(unblock::Args),
    Delete(delete::Args),
    Restore(restore::Args),
    Erase(erase::Args),
    Rename(rename::Args),
    SetEmail(set_email::Args),
    VerifyEmail(verify_email::Args),
    UnverifyEmail(unverify_email::Args),
    Offboard(offboard::Args),
    Import(import::Args),
    Export(export::Args),
}

impl UserCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Create(args) => create::run(args, context),
            Self::Show(args) => show::run(args, context),
            Self::List(args) => list::run(args, context),
            Self::Block(args) => block::run(args, context),
            Self::Unblock(args) => unblock::run(args, context),
            Self::Delete(args) => delete::run(args, context),
            Self::Restore(args) => restore::run(args, context),
            Self::Erase(args) => erase::run(args, context),
            Self::Rename(args) => rename::run(args, context),
            Self::SetEmail(args) => set_email::run(args, context),
            Self::VerifyEmail(args) => verify_email::run(args, context),
            Self::UnverifyEmail(args) => unverify_email::run(args, context),
            Self::Offboard(args) => offboard::run(args, context),
            Self::Import(args) => import::run(args, context),
            Self::Export(args) => export::run(args, context),
        }
    }
}

impl Record for User {
    fn columns() -> Vec<Column> {
        vec![
            shown("id"),
            shown("username"),
            shown("email"),
            shown("status"),
            shown("created_at"),
            detail("email_verified"),
            detail("email_verified_at"),
            detail("blocked"),
            detail("deleted"),
            detail("deleted_at"),
            detail("username_fingerprint"),
        ]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.id.into(),
            self.username.as_str().into(),
            self.email.as_str().into(),
            self.status().name().into(),
            self.created_at.into(),
            self.email_verified.into(),
            self.email_verified_at.into(),
            self.blocked.into(),
            self.deleted.into(),
            self.deleted_at.into(),
            self.fingerprint().into(),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}
