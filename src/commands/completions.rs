use clap::CommandFactory as _;
use clap_complete::{Shell, generate};

use crate::cli::Cli;
use crate::error::Result;
use crate::output::Output;

/// Print the completion script of a shell
///
/// For bash: `iamctl completions bash > /etc/bash_completion.d/iamctl`
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args) -> Result<()> {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "iamctl", &mut script);
    Output::text(&String::from_utf8_lossy(&script))
}
