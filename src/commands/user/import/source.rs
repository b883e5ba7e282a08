//! The input of an import: hashed and counted while it is read, and readable a second time.

use std::cell::Cell;
use std::env;
use std::fs::{File, Permissions};
use std::io::{self, Read, Seek as _, Write as _, stdin};
use std::os::fd::AsFd as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use crate::domain::to_hex;
use crate::error::{Error, Result};

/// In bytes. A row that fits the columns is far shorter.
const LONGEST_RECORD: usize = 1024 * 1024;

/// A file, or standard input, which is copied to an unlinked temporary file while it is read.
pub struct Source {
    file: File,
    /// The copy of an input that can be read only once; `None` for a regular file.
    spool: Option<File>,
    /// In bytes; `None` if unknown.
    pub size: Option<u64>,
}

impl Source {
    /// Opens a file; `-` is standard input.
    pub fn open(path: &Path) -> Result<Self> {
        let cannot = |error| Error::usage(format!("cannot read `{}`: {error}", path.display()));
        let file = if path == Path::new("-") {
            stdin().as_fd().try_clone_to_owned().map(File::from)
        } else {
            File::open(path)
        }
        .map_err(cannot)?;
        let metadata = file.metadata().map_err(cannot)?;
        if metadata.is_dir() {
            return Err(Error::usage(format!("`{}` is a directory", path.display())));
        }
        if path != Path::new("-") && metadata.is_file() {
            return Ok(Self { file, spool: None, size: Some(metadata.len()) });
        }
        let spool = tempfile::tempfile()
            .and_then(|spool| {
                // Other users could open an unlinked file through /proc.
                spool.set_permissions(Permissions::from_mode(0o600)).map(|()| spool)
            })
            .map_err(|error| Error::io("keep the input", &of_temporary_file(&error)))?;
        Ok(Self { file, spool: Some(spool), size: None })
    }

    /// Whether `other` is the same file.
    pub fn is(&self, other: &File) -> io::Result<bool> {
        let (ours, other) = (self.file.metadata()?, other.metadata()?);
        Ok((ours.dev(), ours.ino()) == (other.dev(), other.ino()))
    }

    /// Reads the input for the first time.
    pub fn read(&self) -> Result<Input> {
        let opened = self.file.try_clone().and_then(|file| {
            let spool = self.spool.as_ref().map(File::try_clone).transpose()?;
            Ok(Input::new(file, spool))
        });
        opened.map_err(|error| Error::io("read the input", &error))
    }

    /// Reads the input a second time. Call it only after the first time.
    pub fn read_again(&self) -> Result<Input> {
        let opened = self.spool.as_ref().unwrap_or(&self.file).try_clone().and_then(|mut file| {
            file.rewind()?;
            Ok(Input::new(file, None))
        });
        opened.map_err(|error| Error::io("read the input again", &error))
    }
}

/// The error, with where the temporary file is.
fn of_temporary_file(error: &io::Error) -> io::Error {
    let directory = env::temp_dir();
    let message = format!("a temporary file in `{}` (TMPDIR): {error}", directory.display());
    io::Error::new(error.kind(), message)
}

/// Reads the input without its byte order mark. Fails once a record is longer than
/// `LONGEST_RECORD`.
pub struct Input {
    file: File,
    spool: Option<File>,
    hash: Sha256,
    /// The first bytes without the byte order mark; `None` until they are read.
    front: Option<io::Cursor<Vec<u8>>>,
    meter: Rc<Meter>,
}

/// How many bytes were read, and how many bytes the current record may still have.
#[derive(Debug, Default)]
pub struct Meter {
    read: Cell<u64>,
    left: Cell<usize>,
}

impl Meter {
    /// In bytes.
    pub fn read(&self) -> u64 {
        self.read.get()
    }

    /// Starts counting the bytes of the next record.
    pub fn begin_record(&self) {
        self.left.set(LONGEST_RECORD);
    }
}

impl Input {
    fn new(file: File, spool: Option<File>) -> Self {
        Self { file, spool, hash: Sha256::new(), front: None, meter: Rc::default() }
    }

    pub fn meter(&self) -> Rc<Meter> {
        Rc::clone(&self.meter)
    }

    /// The SHA-256 of everything read, in hexadecimal digits.
    pub fn sha256(self) -> String {
        to_hex(&self.hash.finalize())
    }

    /// Reads from the file, and updates the hash, the copy and the meter.
    fn take(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let bytes = buffer.get(..count).unwrap_or_default();
        self.hash.update(bytes);
        if let Some(spool) = &mut self.spool {
            spool.write_all(bytes).map_err(|error| of_temporary_file(&error))?;
        }
        self.meter.read.set(self.meter.read.get() + count as u64);
        Ok(count)
    }

    fn read_front(&mut self) -> io::Result<io::Cursor<Vec<u8>>> {
        let mut front = Vec::new();
        let mut buffer = [0; 3];
        while front.len() < buffer.len() {
            let most = buffer.len() - front.len();
            match self.take(&mut buffer[..most])? {
                0 => break,
                count => front.extend_from_slice(&buffer[..count]),
            }
        }
        match front.as_slice() {
            [0xef, 0xbb, 0xbf] => front.clear(),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "it is UTF-16; convert it to UTF-8 first",
                ));
            }
            _ => {}
        }
        Ok(io::Cursor::new(front))
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut front = match self.front.take() {
            Some(front) => front,
            None => self.read_front()?,
        };
        let from_front = front.read(buffer)?;
        self.front = Some(front);
        if from_front > 0 {
            return Ok(from_front);
        }
        let left = self.meter.left.get();
        if left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it is longer than 1 MiB; is a closing quote or a line end missing?",
            ));
        }
        let most = left.min(buffer.len());
        let count = self.take(&mut buffer[..most])?;
        self.meter.left.set(left - count);
        Ok(count)
    }
}
