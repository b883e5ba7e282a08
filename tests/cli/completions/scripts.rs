//! The scripts in `completions/` are the output of `iamctl completions SHELL`.

use std::path::Path;
use std::{env, fs};

use crate::support::Run;

#[test]
fn checked_in_scripts_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    // The scripts of the first three ask iamctl; the others have every command.
    for (shell, file, has) in [
        ("bash", "iamctl.bash", "IAMCTL_COMPLETE=bash"),
        ("zsh", "_iamctl", "IAMCTL_COMPLETE=zsh"),
        ("fish", "iamctl.fish", "IAMCTL_COMPLETE=fish"),
        ("powershell", "_iamctl.ps1", "unblock"),
        ("elvish", "iamctl.elv", "unblock"),
    ] {
        let script = Run::without_database(&format!("completions {shell}")).ok().stdout;
        assert!(script.contains(has), "{shell}: {script}");
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

#[test]
fn help_says_where_each_script_belongs() {
    let help = Run::without_database("completions --help").ok().stdout;
    for place in [
        "bash-completion/completions/iamctl",
        "site-functions/_iamctl",
        "vendor_completions.d/iamctl.fish",
        "$PROFILE",
        "rc.elv",
    ] {
        assert!(help.contains(place), "{place}: {help}");
    }
}
