use super::server_status::ServerStatus;
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::error::Result;
use crate::local::LocalServer;
use crate::output::Prints;

/// Show whether the private PostgreSQL is running
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<ServerStatus>())]
pub struct Args {}

const EXAMPLES: &str = r#"
$ iamctl local status
status    stopped
pid       -
version   …
data_dir  …
url       postgresql:///iam?host=…
log       …
"#;

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<ServerStatus>()?;
    rows.all([&ServerStatus::of(&LocalServer::locate()?)?])
}
