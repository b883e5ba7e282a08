//! The server's main process: checks whether it runs, and stops it.

use std::fs;
use std::os::fd::AsRawFd as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::sys::signal::{Signal, kill};
use nix::sys::socket::{AddressFamily, SockFlag, SockType, UnixAddr, connect, socket};
use nix::unistd::Pid;

use super::places::{LOG, PATIENCE, Places};
use super::server_process::{Holder, ServerProcess};
use crate::error::{Error, Result};

/// The condition of the server's main process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Down,
    /// Starting, recovering or shutting down.
    Changing(i32),
    Ready(i32),
    /// It runs, but no client can connect because its socket was removed.
    Unreachable(i32),
}

impl Condition {
    pub fn pid(self) -> Option<i32> {
        match self {
            Self::Down => None,
            Self::Changing(pid) | Self::Ready(pid) | Self::Unreachable(pid) => Some(pid),
        }
    }
}

/// Reads `postmaster.pid` and verifies it: after a power loss the file still exists, and its
/// process id may belong to another program. For root, the user who runs the server may have forged
/// it.
///
/// This takes a few system calls, whereas each connection attempt would start a server process.
pub fn observe(places: &Places) -> Result<Condition> {
    let Some(file) = PidFile::read(places)? else { return Ok(Condition::Down) };
    let runs = match Holder::of(file.pid, places)? {
        Holder::Server(_) => true,
        // The server may run in another container. Root does not take the socket's word for it.
        Holder::Nothing | Holder::Other(_) => {
            !places.account.is_switched() && is_listening(places)?
        }
        Holder::Unknown => is_listening(places)?,
    };
    Ok(if !runs {
        Condition::Down
    } else if !file.ready {
        Condition::Changing(file.pid)
    } else if places.socket_dir_is_private()? && places.socket().exists() {
        Condition::Ready(file.pid)
    } else {
        Condition::Unreachable(file.pid)
    })
}

/// Sends the signal to the server and waits until it has ended; `false` if it was not running.
///
/// Refuses if `postmaster.pid` names another process, or a process that is not here while something
/// listens on the socket.
pub fn end(places: &Places, signal: Signal) -> Result<bool> {
    let Some(file) = PidFile::read(places)? else {
        require_silence(places)?;
        return Ok(false);
    };
    let process = match Holder::of(file.pid, places)? {
        Holder::Server(process) => process,
        Holder::Unknown if is_listening(places)? => ServerProcess::unverified(file.pid),
        Holder::Other(process) if places.account.is_switched() => {
            return Err(Error::Refused(format!(
                "`{}` names {process}, which is not the private PostgreSQL; it was left alone; if \
                 no server works in `{}`, remove that file",
                PidFile::path(places).display(),
                places.data.display(),
            )));
        }
        _ => {
            require_silence(places)?;
            return Ok(false);
        }
    };
    if process.end(signal, PATIENCE, places)? {
        return Ok(true);
    }
    Err(Error::Unreachable(format!(
        "the private PostgreSQL (pid {}) was told to stop, but still runs after {} s; its log is `{}`",
        file.pid,
        PATIENCE.as_secs(),
        places.data.join(LOG).display(),
    )))
}

/// Fails if a process listens on the socket. Call it only if no process of the server was found: it
/// may run in another container, where no signal reaches it, or another program took its place.
pub fn require_silence(places: &Places) -> Result<()> {
    if !is_listening(places)? {
        return Ok(());
    }
    let file = PidFile::path(places);
    let which = match PidFile::read(places)? {
        Some(PidFile { pid, .. }) => format!("names process {pid}, which is not this server"),
        None => "names none".to_owned(),
    };
    Err(Error::Refused(format!(
        "a process listens on `{}`, but it is not known which: `{}` {which}; it was left alone; end \
         it where it runs, such as in another container, or remove the socket",
        places.socket().display(),
        file.display(),
    )))
}

/// Removes a `postmaster.pid` whose process id now belongs to another program, or to a process that
/// has ended and that its parent has not noticed. Otherwise the server would take a process of the
/// same user for another server and refuse to start. Call it only if no server answers.
pub fn remove_stale_pid_file(places: &Places) -> Result<()> {
    let Some(file) = PidFile::read(places)? else { return Ok(()) };
    match Holder::of(file.pid, places)? {
        Holder::Other(_) => {}
        Holder::Nothing if exists(file.pid) => {}
        Holder::Unknown if exists(file.pid) && !is_called_postgres(file.pid) => {}
        Holder::Nothing | Holder::Server(_) | Holder::Unknown => return Ok(()),
    }
    let path = PidFile::path(places);
    fs::remove_file(&path)
        .map_err(|error| Error::io(format!("remove `{}`", path.display()), &error))
}

/// Kills processes of a killed server that still run in its directory. On a system without /proc it
/// finds none. There they end by themselves as soon as they are idle.
pub fn kill_orphans(places: &Places) {
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let pid = entry.file_name().to_str().and_then(|name| name.parse().ok());
        let Some(pid) = pid else { continue };
        // A shell may have the same working directory.
        let postgres = fs::read_to_string(entry.path().join("comm"))
            .is_ok_and(|name| name.trim_end() == "postgres");
        if postgres && let Ok(Holder::Server(process)) = Holder::of(pid, places) {
            _ = process.end(Signal::SIGKILL, Duration::from_secs(5), places);
        }
    }
}

/// Whether a process listens on the socket. Does not wait until it accepts.
fn is_listening(places: &Places) -> Result<bool> {
    if !places.socket_dir_is_private()? {
        return Ok(false);
    }
    let Ok(address) = UnixAddr::new(&places.socket()) else { return Ok(false) };
    let cannot = |error: Errno| Error::io("open a socket", &error.into());
    let socket =
        socket(AddressFamily::Unix, SockType::Stream, SockFlag::empty(), None).map_err(cannot)?;
    fcntl(&socket, FcntlArg::F_SETFL(OFlag::O_NONBLOCK)).map_err(cannot)?;
    let connected = connect(socket.as_raw_fd(), &address);
    // EAGAIN: as many clients as it takes wait for it already.
    Ok(matches!(connected, Ok(()) | Err(Errno::EAGAIN | Errno::EINPROGRESS)))
}

/// The content of `postmaster.pid`.
struct PidFile {
    pid: i32,
    ready: bool,
}

impl PidFile {
    fn path(places: &Places) -> PathBuf {
        places.data.join("postmaster.pid")
    }

    fn read(places: &Places) -> Result<Option<Self>> {
        let Some(text) = places.account.read(&Self::path(places))? else { return Ok(None) };
        // The first line is the process id, the eighth the state. A starting server has written
        // fewer lines.
        let mut lines = text.lines();
        let pid = lines.next().and_then(|line| line.trim().parse().ok()).filter(|pid| *pid > 0);
        let ready = lines.nth(6).is_some_and(|state| state.trim() == "ready");
        Ok(pid.map(|pid| Self { pid, ready }))
    }
}

fn exists(pid: i32) -> bool {
    kill(Pid::from_raw(pid), None) == Ok(())
}

fn is_called_postgres(pid: i32) -> bool {
    let output = Command::new("ps")
        .args(["-o", "comm=", "-p", &pid.to_string()])
        .stdin(Stdio::null())
        .output();
    output.map_or(true, |output| String::from_utf8_lossy(&output.stdout).contains("postgres"))
}
