use clap::Command;
use clap_complete::{Shell, generate};

use crate::context::Context;
use crate::error::Result;

/// Print the completion script of a shell
///
/// For bash: `iamctl completions bash > /etc/bash_completion.d/iamctl`
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

/// `root` is the whole command tree.
pub fn run(args: &Args, mut root: Command, context: &Context) -> Result<()> {
    let mut script = Vec::new();
    generate(args.shell, &mut root, "iamctl", &mut script);
    context.output.document("script", &String::from_utf8_lossy(&script))
}
