//! The scripts in `completions/` are the output of `iamctl completions SHELL`.

use std::path::Path;
use std::{env, fs};

use crate::support::Run;

#[test]
fn checked_in_scripts_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (shell, file) in [
        ("bash", "iamctl.bash"),
        ("zsh", "_iamctl"),
        ("fish", "iamctl.fish"),
        ("powershell", "_iamctl.ps1"),
        ("elvish", "iamctl.elv"),
    ] {
        let script = Run::without_database(&format!("completions {shell}")).ok().stdout;
        assert!(script.contains("unblock"), "{shell}: {script}");
        let path = folder.join(file);
        if env::var_os("UPDATE_COMPLETIONS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &script).unwrap();
        }
        assert!(
            fs::read_to_string(&path).is_ok_and(|found| found == script),
            "{} is stale; run UPDATE_COMPLETIONS=1 cargo test checked_in_scripts",
            path.display(),
        );
    }
}
