//! `iamctl user`: accounts.

mod block;
mod change;
pub mod choice;
mod create;
mod delete;
mod ended_counts;
mod erase;
mod export;
mod filters;
mod hand_over;
mod import;
mod list;
mod offboard;
mod offboarded_row;
mod offboarding_summary;
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
use crate::domain::UserStatus;
use crate::error::Result;
use crate::output::{Column, Record, detail, field, shown};

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    #[command(aliases = ["add", "new"])]
    Create(create::Args),
    #[command(aliases = ["get", "info"])]
    Show(show::Args),
    #[command(alias = "ls")]
    List(list::Args),
    Block(block::Args),
    Unblock(unblock::Args),
    Delete(delete::Args),
    #[command(alias = "undelete")]
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
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::uuid("id"), |user| user.id.into()),
            shown(field::text("username"), |user| user.username.as_str().into()),
            shown(field::text("email"), |user| user.email.as_str().into()),
            shown(field::one_of("status", UserStatus::ALL.map(UserStatus::name)), |user| {
                user.status().name().into()
            }),
            shown(field::time("created_at"), |user| user.created_at.into()),
            detail(field::flag("email_verified"), |user| user.email_verified.into()),
            detail(field::time("email_verified_at").or_null(), |user| {
                user.email_verified_at.into()
            }),
            detail(field::flag("blocked"), |user| user.blocked.into()),
            detail(field::flag("deleted"), |user| user.deleted.into()),
            detail(field::time("deleted_at").or_null(), |user| user.deleted_at.into()),
            detail(field::text("username_fingerprint"), |user| user.fingerprint().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}
