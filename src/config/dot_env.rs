use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::domain::Secret;

/// The values from `.env` in the current directory. They apply only if no other source is set.
#[derive(Debug, Default)]
pub struct DotEnv {
    values: BTreeMap<String, Secret>,
    /// Why the file was ignored; `None` if it was read or does not exist.
    pub ignored: Option<String>,
}

impl DotEnv {
    /// Reads `DATABASE_URL` and `IAMCTL_*`. The file must be a regular file that belongs to the
    /// caller or root and that others cannot write. A missing file has no values.
    pub fn read(path: &Path) -> Self {
        match read(path) {
            Ok(values) => Self { values, ignored: None },
            Err(reason) => Self {
                values: BTreeMap::new(),
                ignored: Some(format!("ignoring `{}`: {reason}", path.display())),
            },
        }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(Secret::expose).filter(|value| !value.is_empty())
    }
}

fn read(path: &Path) -> Result<BTreeMap<String, Secret>, String> {
    // A link could lead to another user's file, and opening a FIFO could block.
    let flags = nix::fcntl::OFlag::O_NOFOLLOW | nix::fcntl::OFlag::O_NONBLOCK;
    let mut file = match OpenOptions::new().read(true).custom_flags(flags.bits()).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) if error.raw_os_error() == Some(nix::libc::ELOOP) => {
            return Err("it is a symbolic link".to_owned());
        }
        Err(error) => return Err(format!("it cannot be read ({error})")),
    };
    check(&file)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|error| format!("it cannot be read ({error})"))?;
    if let Some(name) = text.lines().find_map(substituted) {
        return Err(format!("the value of {name} has a `$`; put it in single quotes"));
    }
    dotenvy::from_read_iter(text.as_bytes())
        .filter(|item| item.as_ref().map_or(true, |(name, _)| wanted(name)))
        .map(|item| item.map(|(name, value)| (name, Secret::new(value))))
        .collect::<Result<_, _>>()
        // The parser's message would repeat the line with its secrets.
        .map_err(|_| "it has a line that is not NAME=value; quote values with spaces".to_owned())
}

/// Whether iamctl reads the variable.
fn wanted(name: &str) -> bool {
    name == "DATABASE_URL" || name.starts_with("IAMCTL_")
}

/// The variable of a line whose value dotenvy would change: it replaces `$NAME` by another variable, or by
/// nothing, as in a password. `None` for other lines.
fn substituted(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let changes = value.contains('$') && !value.starts_with('\'');
    (changes && wanted(name)).then_some(name)
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
