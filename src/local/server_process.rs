//! Which process an id means, and whether it is one of the private server.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::libc;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::places::Places;
use crate::domain::printable;
use crate::error::{Error, Result};

const PAUSE: Duration = Duration::from_millis(10);

/// What an id means.
#[derive(Debug)]
pub enum Holder {
    /// No process, or one that has ended.
    Nothing,
    Server(ServerProcess),
    /// Another process. The text says which, and why it is not the server's.
    Other(String),
    /// The system has no `/proc`.
    Unknown,
}

/// A process that runs as the server's user in the cluster's directory, as all processes of the
/// server do.
#[derive(Debug)]
pub struct ServerProcess {
    pid: i32,
    /// Means this process even after it has ended and its id has become that of another. `None` on
    /// a system without pidfd.
    handle: Option<OwnedFd>,
}

impl Holder {
    /// Opens the handle first: should the id then pass to another process, `/proc` describes that
    /// one, but no signal reaches it.
    pub fn of(pid: i32, places: &Places) -> Result<Self> {
        let handle = match handle::open(pid) {
            Ok(handle) => handle,
            Err(Errno::ESRCH) => return Ok(Self::Nothing),
            Err(Errno::EINVAL | Errno::ENOENT) => {
                return Ok(Self::Other(format!("process {pid} (a thread of another process)")));
            }
            Err(error) => return Err(cannot_examine(pid, &error.into())),
        };
        let status = match fs::read(format!("/proc/{pid}/status")) {
            Ok(status) => String::from_utf8_lossy(&status).into_owned(),
            Err(_) if !Path::new("/proc/self/status").exists() => return Ok(Self::Unknown),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::Nothing),
            // The process ended meanwhile.
            Err(error) if error.raw_os_error() == Some(libc::ESRCH) => return Ok(Self::Nothing),
            Err(error) => return Err(cannot_examine(pid, &error)),
        };
        // `/proc` escapes line breaks in the name.
        let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name));
        let state = field("State:").unwrap_or_default();
        if state.trim_start().starts_with(['Z', 'X']) {
            return Ok(Self::Nothing);
        }
        let name = printable(field("Name:").unwrap_or_default().trim());
        let other = |why| Ok(Self::Other(format!("process {pid} (`{name}`; {why})")));
        // Real, effective, saved, and that of the file system.
        let uid = places.account.uid();
        let mut uids: Vec<_> = field("Uid:").unwrap_or_default().split_whitespace().collect();
        uids.dedup();
        if uids != [uid.to_string()] {
            let uids = uids.join(" and ");
            return other(format!("it runs as uid {uids}, the server as uid {uid}"));
        }
        if !works_in(pid, &places.data) {
            return other(format!("it does not work in `{}`", places.data.display()));
        }
        Ok(Self::Server(ServerProcess { pid, handle }))
    }
}

fn cannot_examine(pid: i32, error: &io::Error) -> Error {
    Error::io(format!("examine process {pid}"), error)
}

impl ServerProcess {
    /// A process of a system without `/proc`. Root does not signal it; other users can signal only
    /// processes of their own.
    pub fn unverified(pid: i32) -> Self {
        Self { pid, handle: None }
    }

    /// Sends the signal and waits until the process has ended; `false` if it has not in this time.
    pub fn end(&self, signal: Signal, patience: Duration, places: &Places) -> Result<bool> {
        let sent = match &self.handle {
            Some(handle) => handle::send(handle, signal),
            None if places.account.is_switched() => return Err(no_handle(self.pid, places)),
            None => kill(Pid::from_raw(self.pid), signal),
        };
        match sent {
            Ok(()) => self.has_ended_after(patience, places),
            Err(Errno::ESRCH) => Ok(true),
            Err(error) => Err(Error::io(
                format!("stop the private PostgreSQL (pid {})", self.pid),
                &error.into(),
            )),
        }
    }

    fn has_ended_after(&self, patience: Duration, places: &Places) -> Result<bool> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let ended = match &self.handle {
                Some(handle) => {
                    // Readable once the process has ended.
                    let mut handles = [PollFd::new(handle.as_fd(), PollFlags::POLLIN)];
                    let timeout = PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX);
                    poll(&mut handles, timeout).is_ok_and(|ready| ready > 0)
                }
                None => match Holder::of(self.pid, places)? {
                    Holder::Nothing | Holder::Other(_) => true,
                    Holder::Server(_) => false,
                    Holder::Unknown => kill(Pid::from_raw(self.pid), None) == Err(Errno::ESRCH),
                },
            };
            if ended || left.is_zero() {
                return Ok(ended);
            }
            if self.handle.is_none() {
                thread::sleep(PAUSE);
            }
        }
    }
}

/// Whether the working directory of the process is the cluster.
fn works_in(pid: i32, data: &Path) -> bool {
    match (fs::metadata(format!("/proc/{pid}/cwd")), fs::metadata(data)) {
        (Ok(directory), Ok(data)) => (directory.dev(), directory.ino()) == (data.dev(), data.ino()),
        _ => false,
    }
}

fn no_handle(pid: i32, places: &Places) -> Error {
    Error::Refused(format!(
        "as root, iamctl signals a process of uid {} only through a pidfd, which this system does \
         not have (Linux has it from 5.3 on); process {pid} was left alone; stop the server as that \
         user, with `pg_ctl stop -D '{}'`",
        places.account.uid(),
        places.data.display(),
    ))
}

#[cfg(target_os = "linux")]
mod handle {
    use std::os::fd::OwnedFd;

    use nix::errno::Errno;
    use nix::sys::signal::Signal;
    use rustix::process::{self, Pid, PidfdFlags};

    /// `None` if the kernel, or a sandbox around this process, has no pidfd.
    pub fn open(pid: i32) -> Result<Option<OwnedFd>, Errno> {
        let pid = Pid::from_raw(pid).ok_or(Errno::ESRCH)?;
        match process::pidfd_open(pid, PidfdFlags::empty()).map_err(errno) {
            Ok(handle) => Ok(Some(handle)),
            Err(Errno::ENOSYS | Errno::EPERM) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub fn send(handle: &OwnedFd, signal: Signal) -> Result<(), Errno> {
        let signal = match signal {
            Signal::SIGINT => process::Signal::INT,
            Signal::SIGQUIT => process::Signal::QUIT,
            Signal::SIGKILL => process::Signal::KILL,
            _ => return Err(Errno::EINVAL),
        };
        process::pidfd_send_signal(handle, signal).map_err(errno)
    }

    fn errno(error: rustix::io::Errno) -> Errno {
        Errno::from_raw(error.raw_os_error())
    }
}

#[cfg(not(target_os = "linux"))]
mod handle {
    use std::os::fd::OwnedFd;

    use nix::errno::Errno;
    use nix::sys::signal::Signal;

    pub fn open(_pid: i32) -> Result<Option<OwnedFd>, Errno> {
        Ok(None)
    }

    pub fn send(_handle: &OwnedFd, _signal: Signal) -> Result<(), Errno> {
        Err(Errno::ENOSYS)
    }
}
