use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::domain::{Secret, holds_secret};
use crate::error::{Error, Result};

/// A new file of mode 0600 that holds a secret, removed again unless it is kept.
#[derive(Debug)]
pub struct SecretFile {
    path: PathBuf,
    keep: bool,
}

impl SecretFile {
    /// Creates the file, with the secret and a newline, and flushes it to the disk. One that is there
    /// already is a `usage` error, never overwritten. `option` is what named the file, such as
    /// "--write-to".
    pub fn create(option: &str, path: &Path, secret: &Secret) -> Result<Self> {
        refuse_secret(option, path)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| unusable(option, path, &error))?;
        // From here on, an error removes the file.
        let created = Self { path: path.to_owned(), keep: false };
        writeln!(file, "{}", secret.expose())
            .and_then(|()| file.sync_all())
            .map_err(|error| Error::io(format!("write `{}`", path.display()), &error))?;
        Ok(created)
    }

    /// Fails where `create` would, as far as can be told without creating anything.
    pub fn check(option: &str, path: &Path) -> Result<()> {
        refuse_secret(option, path)?;
        let exists = path.symlink_metadata().is_ok();
        let parent =
            path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let error = match (exists, parent.is_dir()) {
            (true, _) => io::ErrorKind::AlreadyExists,
            (false, false) => io::ErrorKind::NotFound,
            (false, true) => return Ok(()),
        };
        Err(unusable(option, path, &error.into()))
    }

    /// Keeps the files where the transaction committed, and where the connection was lost during COMMIT:
    /// then the tokens may be there, and their secrets must be, too.
    pub fn keep_with<T>(files: impl IntoIterator<Item = Self>, result: &Result<T>) {
        if matches!(result, Ok(_) | Err(Error::Unreachable(_))) {
            files.into_iter().for_each(Self::keep);
        }
    }

    fn keep(mut self) {
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
fn refuse_secret(option: &str, path: &Path) -> Result<()> {
    if holds_secret(&path.to_string_lossy()) {
        return Err(Error::usage(format!(
            "{option} wants the name of a file, and that is a secret"
        )));
    }
    Ok(())
}

fn unusable(option: &str, path: &Path, error: &io::Error) -> Error {
    let path = path.display();
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Error::usage(format!("`{path}` is there already; {option} never overwrites"));
    }
    Error::usage(format!("{option} cannot create `{path}`: {error}"))
}
