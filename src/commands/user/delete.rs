use super::change::{self, Targets};
use crate::context::Context;
use crate::db::user_changes::{Ending, UserChange, Whose};
use crate::error::Result;

/// Delete users: mark them deleted, revoke their sessions, remove their codes
///
/// The rows stay, and so do username and email, which nobody else can take; `user restore` takes
/// the mark away again, and revives no session.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    targets: Targets,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let ending = Ending { sessions: true, codes: Some(Whose::All), tokens: false };
    change::run(&args.targets, &UserChange::Delete, ending, Some("Delete"), context)
}
