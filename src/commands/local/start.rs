use super::server_status::ServerStatus;
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::domain::Changed;
use crate::error::Result;
use crate::local::{LocalServer, Startup};
use crate::output::Prints;

/// Start the private PostgreSQL
///
/// Creates it if there is none. Every command with `--local` does the same, and leaves it running.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<ServerStatus>>())]
pub struct Args {}

const EXAMPLES: &str = r#"
$ iamctl local start
created a private PostgreSQL in …
status    running
pid       …
version   …
data_dir  …
url       postgresql:///iam?host=…
log       …
changed   yes
"#;

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<ServerStatus>>()?;
    let server = LocalServer::locate()?;
    let startup = context.start(&server)?;
    let record = ServerStatus::of(&server)?;
    rows.all([&Changed { record, changed: startup != Startup::AlreadyRunning }])
}
