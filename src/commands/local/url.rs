use crate::error::Result;
use crate::local::LocalServer;
use crate::output::Output;

/// Print the URL of the private PostgreSQL, for psql and others on this machine
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args) -> Result<()> {
    Output::text(&format!("{}\n", LocalServer::locate()?.url()))
}
