use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::domain::{Secret, holds_secret};
use crate::error::{Error, Result};

/// A new file of mode 0600 for a secret, removed again unless it is kept.
#[derive(Debug)]
pub struct SecretFile {
    path: PathBuf,
    file: File,
    keep: bool,
}

impl SecretFile {
    /// Creates the file; one that is there already is a `usage` error, never overwritten.
    pub fn create(path: &Path) -> Result<Self> {
        refuse_secret(path)?;
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| unusable(path, &error))?;
        Ok(Self { path: path.to_owned(), file, keep: false })
    }

    /// Fails where `create` would, as far as can be told without creating anything.
    pub fn check(path: &Path) -> Result<()> {
        refuse_secret(path)?;
        let exists = path.symlink_metadata().is_ok();
        let parent =
            path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let error = match (exists, parent.is_dir()) {
            (true, _) => io::ErrorKind::AlreadyExists,
            (false, false) => io::ErrorKind::NotFound,
            (false, true) => return Ok(()),
        };
        Err(unusable(path, &error.into()))
    }

    /// Writes the secret and a newline through to the disk.
    pub fn write(&mut self, secret: &Secret) -> Result<()> {
        writeln!(self.file, "{}", secret.expose())
            .and_then(|()| self.file.sync_all())
            .map_err(|error| Error::io(format!("write `{}`", self.path.display()), &error))
    }

    pub fn keep(mut self) {
        self.keep = true;
    }
}

impl Drop for SecretFile {
    fn drop(&mut self) {
        if !self.keep {
            _ = fs::remove_file(&self.path);
        }
    }
}

/// A secret in the place of a file's name would stand in the directory for all to see.
fn refuse_secret(path: &Path) -> Result<()> {
    if holds_secret(&path.to_string_lossy()) {
        return Err(Error::usage("--write-to wants the name of a file, and that is a secret"));
    }
    Ok(())
}

fn unusable(path: &Path, error: &io::Error) -> Error {
    let path = path.display();
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Error::usage(format!("`{path}` is there already; --write-to never overwrites"));
    }
    Error::usage(format!("--write-to cannot create `{path}`: {error}"))
}
