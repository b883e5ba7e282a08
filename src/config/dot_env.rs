use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::domain::Secret;

/// What `.env` of the current directory says, which is the last resort (contract 6).
#[derive(Debug, Default)]
pub struct DotEnv {
    values: BTreeMap<String, Secret>,
    /// Why the file was not used, if it is there and was not.
    pub ignored: Option<String>,
}

impl DotEnv {
    /// Reads `DATABASE_URL` and `IAMCTL_*` from a regular file of the caller or root that others
    /// cannot write. No file is no values; any other file is `ignored`, with the reason.
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
    // A link could point to a file of somebody else's; a FIFO would hang.
    let flags = nix::fcntl::OFlag::O_NOFOLLOW | nix::fcntl::OFlag::O_NONBLOCK;
    let file = match OpenOptions::new().read(true).custom_flags(flags.bits()).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) if error.raw_os_error() == Some(nix::libc::ELOOP) => {
            return Err("it is a symbolic link".to_owned());
        }
        Err(error) => return Err(format!("it cannot be read ({error})")),
    };
    check(&file)?;
    let wanted = |name: &str| name == "DATABASE_URL" || name.starts_with("IAMCTL_");
    dotenvy::from_read_iter(file)
        .filter(|item| item.as_ref().map_or(true, |(name, _)| wanted(name)))
        .map(|item| item.map(|(name, value)| (name, Secret::new(value))))
        .collect::<Result<_, _>>()
        // The parser's own message repeats the line, secrets included.
        .map_err(|_| "a line of it is not NAME=value; quote values with spaces".to_owned())
}

fn check(file: &File) -> Result<(), String> {
    let metadata = file.metadata().map_err(|error| format!("it cannot be examined ({error})"))?;
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    if ![0, nix::unistd::geteuid().as_raw()].contains(&metadata.uid()) {
        return Err("it belongs to somebody else".to_owned());
    }
    if metadata.mode() & 0o022 != 0 {
        return Err("others can write it; run `chmod go-w .env`".to_owned());
    }
    Ok(())
}
