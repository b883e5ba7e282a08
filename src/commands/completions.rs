use clap::Command;
use clap_complete::{Shell, generate};

use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::error::Result;

/// Print the completion script of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
pub struct Args {
    /// Shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = r#"
$ iamctl completions bash > iamctl.bash
"#;

/// `root` is the whole command tree.
pub fn run(args: &Args, mut root: Command, context: &Context) -> Result<()> {
    let mut script = Vec::new();
    generate(args.shell, &mut root, "iamctl", &mut script);
    context.output.document("script", &String::from_utf8_lossy(&script))
}
