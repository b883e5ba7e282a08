use super::server_status::ServerStatus;
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::domain::Changed;
use crate::error::Result;
use crate::local::LocalServer;
use crate::output::Prints;

/// Stop the private PostgreSQL, and keep its data
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<ServerStatus>>())]
pub struct Args {}

const EXAMPLES: &str = r#"
$ iamctl local stop
status    stopped
pid       -
version   …
data_dir  …
url       postgresql:///iam?host=…
log       …
changed   yes
"#;

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<ServerStatus>>()?;
    context.refuse_if_read_only("local.stop")?;
    let server = LocalServer::locate()?;
    context.interrupt.set_committed(
        "the private PostgreSQL may be stopping; see `iamctl local status`".to_owned(),
    );
    let changed = server.stop()?;
    let record = ServerStatus::of(&server)?;
    rows.all([&Changed { record, changed }])
}
