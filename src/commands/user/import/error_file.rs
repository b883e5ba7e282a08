use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::libc;

use super::source::Source;
use crate::domain::abridged;
use crate::error::{Error, Result};

/// The file of `--errors`: CSV with a line for each row that is unusable or was left out.
pub struct ErrorFile {
    path: PathBuf,
    /// Unbuffered, as the run may end at any row.
    file: File,
}

impl ErrorFile {
    /// Opens the file. Fails if it is the file to import. Its content is kept until `begin`.
    pub fn open(path: &Path, source: &Source) -> Result<Self> {
        let cannot = |error: io::Error| {
            Error::usage(format!("cannot write --errors `{}`: {error}", path.display()))
        };
        // Opening a FIFO would wait for its reader.
        let mut options = File::options();
        options.write(true).create(true).truncate(false).custom_flags(OFlag::O_NONBLOCK.bits());
        let file = options.open(path).map_err(|error| match error.raw_os_error() {
            Some(libc::ENXIO) => cannot(io::Error::other("it has no reader")),
            _ => cannot(error),
        })?;
        fcntl(&file, FcntlArg::F_SETFL(OFlag::empty())).map_err(|error| cannot(error.into()))?;
        if source.is(&file).map_err(cannot)? {
            return Err(Error::usage("--errors names the file to import"));
        }
        Ok(Self { path: path.to_owned(), file })
    }

    /// Truncates the file and writes the header line.
    pub fn begin(&mut self) -> Result<()> {
        if self.file.metadata().is_ok_and(|metadata| metadata.is_file()) {
            self.file
                .set_len(0)
                .map_err(|error| Error::io(format!("empty `{}`", self.path.display()), &error))?;
        }
        self.write_line("line,column,reason\n")
    }

    pub fn write(&mut self, line: u64, column: &str, reason: &str) -> Result<()> {
        let reason = abridged(reason).replace('"', "\"\"");
        self.write_line(&format!("{line},{column},\"{reason}\"\n"))
    }

    fn write_line(&mut self, line: &str) -> Result<()> {
        let written = self.file.write_all(line.as_bytes());
        written
            .map_err(|error| Error::io(format!("write --errors `{}`", self.path.display()), &error))
    }
}
