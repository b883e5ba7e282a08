use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use nix::errno::Errno;

use crate::domain::{Secret, holds_secret};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// A new file of mode 0600 that holds a secret, removed again unless it is kept.
#[derive(Debug)]
pub struct SecretFile {
    path: PathBuf,
    /// Locked, so that another command does not take it for one that was left behind (`leftover_file`).
    open: Option<File>,
    keep: bool,
    interrupt: Interrupt,
}

impl SecretFile {
    /// Creates the file, with the secret and a newline, and flushes it to the disk. One that is there
    /// already is a `usage` error, never overwritten. `option` is what named the file, such as
    /// "--write-to". The entry in the directory is not flushed, see `flush_directory`.
    pub fn create(
        option: &str,
        path: &Path,
        secret: &Secret,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        refuse_secret(option, path)?;
        let create = || OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let mut file =
            interrupt.create_file(path, create).map_err(|error| unusable(option, path, &error))?;
        // From here on, an error removes the file.
        let mut created =
            Self { path: path.to_owned(), open: None, keep: false, interrupt: interrupt.clone() };
        // Not every file system has locks. On one without, no file counts as left behind.
        _ = file.lock();
        // The umask may have taken even the owner's rights.
        file.set_permissions(Permissions::from_mode(0o600))
            .and_then(|()| writeln!(file, "{}", secret.expose()))
            .and_then(|()| file.sync_all())
            .map_err(|error| Error::io(format!("write `{}`", path.display()), &error))?;
        created.open = Some(file);
        Ok(created)
    }

    /// Gives up the lock and the place among the open files, of which a process may have a thousand only.
    pub fn close(mut self) -> Self {
        self.open = None;
        self
    }

    /// Fails where `create` would, as far as can be told without creating anything.
    pub fn check(option: &str, path: &Path) -> Result<()> {
        refuse_secret(option, path)?;
        let exists = path.symlink_metadata().is_ok();
        let error = match (exists, directory_of(path).is_dir()) {
            (true, _) => io::ErrorKind::AlreadyExists,
            (false, false) => io::ErrorKind::NotFound,
            (false, true) => return Ok(()),
        };
        Err(unusable(option, path, &error.into()))
    }

    /// Keeps the files unless the transaction, whose result this is, was rolled back. Where the outcome of
    /// COMMIT is unknown, the tokens may be there, and so their secrets must be: the error says what to do.
    pub fn keep_unless_rolled_back<T>(
        files: impl IntoIterator<Item = Self>,
        result: Result<T>,
        interrupt: &Interrupt,
    ) -> Result<T> {
        let advice = interrupt.advice_on_files();
        if result.is_ok() || advice.is_some() {
            files.into_iter().for_each(Self::keep);
        }
        match advice {
            Some(advice) => result.map_err(|error| error.with(&advice)),
            None => result,
        }
    }

    fn keep(mut self) {
        self.keep = true;
    }
}

/// Flushes the directory, so that the new files in it outlast a loss of power.
pub fn flush_directory(path: &Path) -> Result<()> {
    match File::open(path).and_then(|directory| directory.sync_all()) {
        // Some file systems do not flush directories, and one may write a directory that one may not read.
        // PostgreSQL ignores the same errors.
        Err(error)
            if !matches!(
                error.raw_os_error().map(Errno::from_raw),
                Some(Errno::EACCES | Errno::EINVAL | Errno::EBADF)
            ) =>
        {
            Err(Error::io(format!("flush `{}`", path.display()), &error))
        }
        _ => Ok(()),
    }
}

/// The directory that a file is in.
pub fn directory_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Drop for SecretFile {
    fn drop(&mut self) {
        if !self.keep {
            self.interrupt.remove_file(&self.path);
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
        return Error::usage(format!(
            "`{path}` is there already; {option} never overwrites, as it may hold the secret of an \
             earlier run"
        ));
    }
    Error::usage(format!("{option} cannot create `{path}`: {error}"))
}
