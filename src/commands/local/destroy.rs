use super::server_status::ServerStatus;
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::domain::Changed;
use crate::error::Result;
use crate::local::{LocalServer, State};
use crate::output::Prints;

/// Remove the private PostgreSQL, with all its data
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Changed<ServerStatus>>())]
pub struct Args {
    /// Show what would be removed, and remove nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask for confirmation
    #[arg(short, long)]
    yes: bool,
}

const EXAMPLES: &str = r#"
$ iamctl local destroy --yes
status    absent
…
changed   yes
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Changed<ServerStatus>>()?;
    let server = LocalServer::locate()?;
    if !args.dry_run {
        context.refuse_if_read_only("local.destroy")?;
    }
    let before = ServerStatus::of(&server)?;
    let exists = before.state != State::Absent;
    if args.dry_run {
        return rows.all([&Changed { record: before, changed: exists }]);
    }
    if exists && !args.yes {
        let question =
            format!("Destroy the private PostgreSQL in {} with all its data", before.data_dir);
        context.terminal.require_answers(&question)?;
        context.terminal.confirm(&format!("{question}?"))?;
    }
    context.interrupt.set_committed(
        "the private PostgreSQL may be removed in part; run `iamctl local destroy` again"
            .to_owned(),
    );
    let changed = server.destroy()?;
    let record = ServerStatus::of(&server)?;
    rows.all([&Changed { record, changed }])
}
