use crate::context::Context;
use crate::error::Result;
use crate::local::LocalServer;

/// Print the URL of the private PostgreSQL, for psql and others on this machine
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, context: &Context) -> Result<()> {
    let mut url = LocalServer::locate()?.url();
    if !context.output.format.is_json() {
        url.push('\n');
    }
    context.output.document("url", &url)
}
