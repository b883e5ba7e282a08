use super::server_status::ServerStatus;
use crate::context::Context;
use crate::domain::Changed;
use crate::error::Result;
use crate::local::{LocalServer, Startup};

/// Start the private PostgreSQL, creating it if there is none
///
/// Every command with `--local` does so itself; the server keeps running behind it.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<ServerStatus>>()?;
    let server = LocalServer::locate()?;
    let startup = context.start(&server)?;
    let record = ServerStatus::of(&server)?;
    rows.all([&Changed { record, changed: startup != Startup::AlreadyRunning }])
}
