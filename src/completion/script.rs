use clap::Command;
use clap_complete::{Shell, generate};

/// The completion script of a shell. Those of bash, zsh and fish ask iamctl at each Tab; the others hold the
/// command tree, `root`.
pub fn script(shell: Shell, mut root: Command) -> String {
    match shell {
        Shell::Bash => include_str!("../../completions/iamctl.bash").to_owned(),
        Shell::Zsh => include_str!("../../completions/_iamctl").to_owned(),
        Shell::Fish => include_str!("../../completions/iamctl.fish").to_owned(),
        _ => {
            let mut script = Vec::new();
            generate(shell, &mut root, "iamctl", &mut script);
            String::from_utf8_lossy(&script).into_owned()
        }
    }
}
