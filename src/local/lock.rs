//! The lock that allows only one command at a time to change the cluster.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::thread;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;

use super::places::Places;
use crate::error::{Error, Result};

/// As long as creating and starting the cluster may take in another command.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(20);

/// The lock, held until this value is dropped. The kernel releases it if the process is killed.
///
/// The file contains the number of directories that were created for it, so that `remove` can
/// remove them.
pub struct Lock<'a> {
    places: &'a Places,
    file: File,
}

impl<'a> Lock<'a> {
    /// Creates the directory if it is missing, and waits for the lock.
    pub fn acquire(places: &'a Places) -> Result<Self> {
        let deadline = Instant::now() + PATIENCE;
        let cannot =
            |error| Error::io(format!("lock the file `{}`", places.lock.display()), &error);
        loop {
            let made = places.make_base()?;
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false).mode(0o600);
            options.custom_flags(OFlag::O_NOFOLLOW.bits());
            let file = match options.open(&places.lock) {
                // A concurrent `destroy` has just removed the directory.
                Err(error) if error.kind() == ErrorKind::NotFound && Instant::now() < deadline => {
                    continue;
                }
                opened => opened.map_err(cannot)?,
            };
            loop {
                match file.try_lock() {
                    Ok(()) => break,
                    Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                        thread::sleep(PAUSE);
                    }
                    Err(TryLockError::WouldBlock) => {
                        return Err(Error::Busy(format!(
                            "another iamctl has been starting or stopping the private PostgreSQL \
                             for {} s (it holds the lock on `{}`); try again, or end it",
                            PATIENCE.as_secs(),
                            places.lock.display(),
                        )));
                    }
                    Err(TryLockError::Error(error)) => return Err(cannot(error)),
                }
            }
            // A concurrent `destroy` may have removed the file during the wait.
            let held = file.metadata().map_err(cannot)?;
            if fs::symlink_metadata(&places.lock)
                .is_ok_and(|found| (found.dev(), found.ino()) == (held.dev(), held.ino()))
            {
                let mut lock = Self { places, file };
                lock.record(made).map_err(cannot)?;
                return Ok(lock);
            }
        }
    }

    /// Removes the file, and the directories that were created for it as long as they are empty.
    pub fn remove(mut self) -> Result<()> {
        let levels = self.recorded().max(self.places.own_levels);
        let path = &self.places.lock;
        fs::remove_file(path)
            .map_err(|error| Error::io(format!("remove `{}`", path.display()), &error))?;
        for directory in self.places.base.ancestors().take(levels) {
            if fs::remove_dir(directory).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn record(&mut self, made: usize) -> std::io::Result<()> {
        if made > self.recorded() {
            self.file.set_len(0)?;
            self.file.seek(SeekFrom::Start(0))?;
            writeln!(self.file, "{made}")?;
        }
        Ok(())
    }

    fn recorded(&mut self) -> usize {
        let mut text = String::new();
        let read =
            self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.read_to_string(&mut text));
        read.ok().and_then(|_| text.trim().parse().ok()).unwrap_or(0)
    }
}
