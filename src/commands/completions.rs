use clap::Command;
use clap_complete::Shell;

use crate::commands::help_page::{long, short};
use crate::completion::script;
use crate::context::Context;
use crate::error::Result;
use crate::output::Prints;

/// Print the completion script of a shell
///
/// Write it where the shell looks for it, and start a new shell:
///
/// bash: /usr/share/bash-completion/completions/iamctl, or
/// ~/.local/share/bash-completion/completions/iamctl for yourself (with the package bash-completion; else
/// `source <(iamctl completions bash)` in ~/.bashrc)
///
/// zsh: /usr/local/share/zsh/site-functions/_iamctl, or as _iamctl in any directory of `fpath`
///
/// fish: /usr/share/fish/vendor_completions.d/iamctl.fish, or ~/.config/fish/completions/iamctl.fish
///
/// PowerShell: at the end of $PROFILE; elvish: at the end of ~/.config/elvish/rc.elv
///
/// In bash, zsh and fish, Tab also completes users, owners, ids of tokens, sessions and codes, and actions of the
/// audit log, from the database that the command line or the environment names.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::document("script"))]
pub struct Args {
    /// Shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = r#"
$ iamctl completions bash > iamctl.bash

$ iamctl completions zsh > _iamctl
"#;

/// `root` is the whole command tree.
pub fn run(args: &Args, root: Command, context: &Context) -> Result<()> {
    context.output.document("script", &script(args.shell, root))
}
