//! What happens to the arguments before clap parses them.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

use crate::domain::{RowId, holds_secret};
use crate::error::{Error, Result};

/// Fails where an argument holds a token or a code, and does not repeat it. The value of
/// `--database-url` may hold a password that looks like one.
pub fn refuse_secrets(args: &[OsString]) -> Result<()> {
    const URL: &str = "--database-url";
    for (at, arg) in args.iter().enumerate().skip(1) {
        let text = arg.to_string_lossy();
        let is_url =
            args[at - 1] == URL || text.strip_prefix(URL).is_some_and(|it| it.starts_with('='));
        if holds_secret(&text) && !is_url {
            return Err(Error::usage(format!(
                "argument {at} holds a token or a code, which others can read on a command line: \
                 revoke it, and pass secrets on standard input only"
            )));
        }
    }
    Ok(())
}

/// Fails for `-yNAME`, which clap would read as `-y` and other short options, such as `-h`, which exits with 0.
pub fn refuse_joined_name(args: &[OsString], root: impl Fn() -> Command) -> Result<()> {
    let end = args.iter().position(|arg| arg == "--").unwrap_or(args.len());
    for (at, arg) in args[..end].iter().enumerate().skip(1) {
        let Some(name) = arg.to_str().and_then(|arg| arg.strip_prefix("-y")) else { continue };
        let others = name.trim_start_matches(['q', 'v']);
        let is_cluster = others.is_empty() || others == "h" || others.starts_with(['=', 'o']);
        if !is_cluster && !awaits_value(&args[at - 1], &root) {
            return Err(Error::usage(format!("write `-y={name}`, with `=`")));
        }
    }
    Ok(())
}

/// Understands `iamctl version` and `iamctl status`, which only show something.
pub fn top_level_words(args: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    args.enumerate().flat_map(|(at, arg)| {
        let words = match arg.to_str() {
            Some("version") if at == 1 => vec!["--version".into()],
            Some("status") if at == 1 => vec!["db".into(), "status".into()],
            _ => vec![arg],
        };
        words.into_iter()
    })
}

/// Writes `id:` before ids that begin with `-`, as one id in 64 does. clap would read such an id as
/// a cluster of short options, which may contain `-h` and so exit with 0. No cluster of options is
/// as long as an id.
///
/// `root` builds the command tree. It is called only where the argument before an id may be an
/// option.
pub fn ids_are_no_options(
    args: impl Iterator<Item = OsString>,
    root: impl Fn() -> Command,
) -> Vec<OsString> {
    let mut named_by_id = false;
    let mut before = OsString::new();
    args.map(|arg| {
        named_by_id |= ["token", "code", "session"].into_iter().any(|noun| arg == noun);
        let id = arg
            .to_str()
            .filter(|text| named_by_id && text.starts_with('-') && !text.starts_with("--"))
            .filter(|text| text.parse::<RowId>().is_ok() && !awaits_value(&before, &root))
            .map(|text| format!("id:{text}").into());
        before.clone_from(&arg);
        id.unwrap_or(arg)
    })
    .collect()
}

/// Whether the argument is a long option of any command, and takes the next argument as its value.
fn awaits_value(arg: &OsStr, root: impl Fn() -> Command) -> bool {
    fn in_command(command: &Command, option: &str) -> bool {
        let takes_next =
            |arg: &Arg| arg.get_action().takes_values() && !arg.is_require_equals_set();
        command.get_arguments().any(|arg| arg.get_long() == Some(option) && takes_next(arg))
            || command.get_subcommands().any(|command| in_command(command, option))
    }
    arg.to_str().and_then(|arg| arg.strip_prefix("--")).is_some_and(|option| {
        let mut root = root();
        root.build();
        in_command(&root, option)
    })
}
