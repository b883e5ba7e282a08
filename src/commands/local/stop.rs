use super::server_status::ServerStatus;
use crate::context::Context;
use crate::domain::Changed;
use crate::error::Result;
use crate::local::LocalServer;

/// Stop the private PostgreSQL; its data stays
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<ServerStatus>>()?;
    let server = LocalServer::locate()?;
    context.interrupt.set_committed(
        "the private PostgreSQL may be stopping; see `iamctl local status`".to_owned(),
    );
    let changed = server.stop()?;
    let record = ServerStatus::of(&server)?;
    rows.all([&Changed { record, changed }])
}
