//! The sockets of this process. Diesel does not hand out that of a connection.

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};

use nix::sys::socket::{Shutdown, shutdown};

/// A socket: its number, and the inode that tells whether the number still means it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Socket {
    fd: i32,
    inode: u64,
}

impl Socket {
    /// All sockets that are open. None where the system has no `/proc`.
    pub fn all() -> HashSet<Self> {
        let Ok(entries) = fs::read_dir("/proc/self/fd") else { return HashSet::new() };
        let numbers =
            entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        numbers.filter_map(Self::of).collect()
    }

    fn of(fd: i32) -> Option<Self> {
        let metadata = fs::metadata(format!("/proc/self/fd/{fd}")).ok()?;
        metadata.file_type().is_socket().then(|| Self { fd, inode: metadata.ino() })
    }

    /// Ends what waits for it with an error.
    pub fn shut_down(self) {
        if Self::of(self.fd) == Some(self) {
            _ = shutdown(self.fd, Shutdown::Both);
        }
    }
}
