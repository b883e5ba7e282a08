use super::server_status::ServerStatus;
use crate::context::Context;
use crate::error::Result;
use crate::local::LocalServer;

/// Show whether the private PostgreSQL runs, and where it is
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<ServerStatus>()?;
    rows.all([&ServerStatus::of(&LocalServer::locate()?)?])
}
