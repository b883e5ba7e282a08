use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::domain::Secret;
use crate::error::{Error, Result};

/// The values from `.env` in the current directory. They apply only if no other source is set.
#[derive(Debug, Default)]
pub struct DotEnv {
    values: BTreeMap<String, Secret>,
    /// The variables whose values have lost a part.
    damaged: BTreeSet<String>,
    /// Why the file was ignored; `None` if it was read or does not exist.
    pub ignored: Option<String>,
}

impl DotEnv {
    /// Reads `DATABASE_URL` and `IAMCTL_*`. The file must be a regular file that belongs to the
    /// caller or root and that others cannot write. A missing file has no values.
    pub fn read(path: &Path) -> Self {
        match text(path) {
            Ok(text) => Self::parse(&text),
            Err(reason) => Self {
                ignored: Some(format!("ignoring `{}`: {reason}", path.display())),
                ..Self::default()
            },
        }
    }

    /// The values that iamctl reads. Outside of single quotes dotenvy replaces `$NAME` by another variable, or by
    /// nothing, as in a password: such a value reads otherwise with an ordinary character in the place of `$`.
    fn parse(text: &str) -> Self {
        // No text has this character, which Unicode keeps free for internal use.
        const ORDINARY: char = '\u{10ffff}';
        let ordinary = text.replace('$', &ORDINARY.to_string());
        let as_it_is = dotenvy::from_read_iter(text.as_bytes());
        let mut parsed = Self::default();
        let mut is_unreadable = false;
        for pair in as_it_is.zip(dotenvy::from_read_iter(ordinary.as_bytes())) {
            match pair {
                (Ok((name, _)), _) | (_, Ok((name, _))) if !wanted(&name) => {}
                (Ok((name, value)), Ok((_, ordinary)))
                    if ordinary.replace(ORDINARY, "$") == value =>
                {
                    parsed.values.insert(name, Secret::new(value));
                }
                (Ok((name, _)), _) | (_, Ok((name, _))) => _ = parsed.damaged.insert(name),
                (Err(_), Err(_)) => is_unreadable = true,
            }
        }
        if is_unreadable {
            // dotenvy does not say whose value it could not read, as where a blank is not quoted.
            parsed.damaged.extend(text.lines().filter_map(unreadable));
        }
        parsed
    }

    /// The value; `None` where it is not set or empty. Fails where it cannot be read as it is written, as one
    /// with a `$` outside of single quotes.
    pub fn get(&self, name: &str) -> Result<Option<&str>> {
        if self.damaged.contains(name) {
            return Err(Error::usage(format!(
                "`.env`: {name} cannot be read as it is written; put its value in single quotes"
            )));
        }
        Ok(self.values.get(name).map(Secret::expose).filter(|value| !value.is_empty()))
    }
}

/// The text of the file, or why it is not read.
fn text(path: &Path) -> Result<String, String> {
    // A link could lead to another user's file, and opening a FIFO could block.
    let flags = nix::fcntl::OFlag::O_NOFOLLOW | nix::fcntl::OFlag::O_NONBLOCK;
    let mut file = match OpenOptions::new().read(true).custom_flags(flags.bits()).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) if error.raw_os_error() == Some(nix::libc::ELOOP) => {
            return Err("it is a symbolic link".to_owned());
        }
        Err(error) => return Err(format!("it cannot be read ({error})")),
    };
    check(&file)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|error| format!("it cannot be read ({error})"))?;
    Ok(text)
}

/// The variable of a line that cannot be read, if it is one of ours.
fn unreadable(line: &str) -> Option<String> {
    let fails = dotenvy::from_read_iter(line.as_bytes()).any(|read| read.is_err());
    let line = line.trim_start();
    let exported = line.strip_prefix("export").filter(|rest| rest.starts_with(char::is_whitespace));
    let is_of_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let name = exported.unwrap_or(line).trim_start().split(|char| !is_of_name(char)).next()?;
    (fails && wanted(name)).then(|| name.to_owned())
}

/// Whether iamctl reads the variable.
fn wanted(name: &str) -> bool {
    name == "DATABASE_URL" || name.starts_with("IAMCTL_")
}

fn check(file: &File) -> Result<(), String> {
    let metadata = file.metadata().map_err(|error| format!("it cannot be examined ({error})"))?;
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    if ![0, nix::unistd::geteuid().as_raw()].contains(&metadata.uid()) {
        return Err("it belongs to another user".to_owned());
    }
    if metadata.mode() & 0o022 != 0 {
        return Err("others can write it; run `chmod go-w .env`".to_owned());
    }
    Ok(())
}
