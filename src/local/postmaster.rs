//! The server's main process: checks whether it runs, and stops it.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::places::{LOG, PATIENCE, Places};
use crate::error::{Error, Result};

const PAUSE: Duration = Duration::from_millis(10);

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
/// process id may belong to another program.
///
/// This takes a few system calls, whereas each connection attempt would start a server process.
pub fn observe(places: &Places) -> Result<Condition> {
    let Some(file) = PidFile::read(&places.data)? else { return Ok(Condition::Down) };
    let socket = places.socket();
    let private = places.socket_dir_is_private()?;
    let ours = works_in(file.pid, &places.data);
    if ours != Some(true) {
        // The process id belongs to another program, or to none (the server may run in another
        // container), or the system has no /proc. Then a connection to the socket decides.
        if !private || UnixStream::connect(&socket).is_err() {
            return Ok(Condition::Down);
        }
    }
    Ok(if !file.ready {
        Condition::Changing(file.pid)
    } else if private && socket.exists() {
        Condition::Ready(file.pid)
    } else {
        Condition::Unreachable(file.pid)
    })
}

/// Sends the signal to the server and waits until it has ended.
pub fn end(places: &Places, pid: i32, signal: Signal) -> Result<()> {
    match kill(Pid::from_raw(pid), signal) {
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(error) => {
            return Err(Error::io(
                format!("stop the private PostgreSQL (pid {pid})"),
                &error.into(),
            ));
        }
    }
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if is_gone(pid, &places.data) {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    Err(Error::Unreachable(format!(
        "the private PostgreSQL (pid {pid}) was told to stop, but still runs after {} s; its log is `{}`",
        PATIENCE.as_secs(),
        places.data.join(LOG).display(),
    )))
}

/// Removes a `postmaster.pid` whose process id now belongs to another program. Otherwise the server
/// would take a process of the same user for another server and refuse to start. Call it only if no
/// server answers.
pub fn remove_stale_pid_file(data: &Path) -> Result<()> {
    let Some(file) = PidFile::read(data)? else { return Ok(()) };
    if kill(Pid::from_raw(file.pid), None) != Ok(()) || works_in(file.pid, data) == Some(true) {
        return Ok(());
    }
    if works_in(file.pid, data).is_none() && is_called_postgres(file.pid) {
        return Ok(());
    }
    let path = PidFile::path(data);
    fs::remove_file(&path)
        .map_err(|error| Error::io(format!("remove `{}`", path.display()), &error))
}

/// Kills processes of a killed server that still run in its directory. On a system without /proc it
/// finds none. There they end by themselves as soon as they are idle.
pub fn kill_orphans(data: &Path) {
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let pid = entry.file_name().to_str().and_then(|name| name.parse().ok());
        let Some(pid) = pid else { continue };
        // A shell may have the same working directory.
        let postgres = fs::read_to_string(entry.path().join("comm"))
            .is_ok_and(|name| name.trim_end() == "postgres");
        if postgres && works_in(pid, data) == Some(true) {
            _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
            let deadline = Instant::now() + Duration::from_secs(5);
            while !is_gone(pid, data) && Instant::now() < deadline {
                thread::sleep(PAUSE);
            }
        }
    }
}

/// The content of `postmaster.pid`.
struct PidFile {
    pid: i32,
    ready: bool,
}

impl PidFile {
    fn path(data: &Path) -> PathBuf {
        data.join("postmaster.pid")
    }

    fn read(data: &Path) -> Result<Option<Self>> {
        let path = Self::path(data);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(Error::io(format!("read `{}`", path.display()), &error)),
        };
        // The first line is the process id, the eighth the state. A starting server has written
        // fewer lines.
        let mut lines = text.lines();
        let pid = lines.next().and_then(|line| line.trim().parse().ok()).filter(|pid| *pid > 0);
        let ready = lines.nth(6).is_some_and(|state| state.trim() == "ready");
        Ok(pid.map(|pid| Self { pid, ready }))
    }
}

/// Whether the working directory of the process is the cluster, as for all processes of the server.
/// `None` if the system does not provide it.
fn works_in(pid: i32, data: &Path) -> Option<bool> {
    match fs::metadata(format!("/proc/{pid}/cwd")) {
        Ok(directory) => {
            let data = fs::metadata(data).ok()?;
            Some((directory.dev(), directory.ino()) == (data.dev(), data.ino()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Path::new("/proc/self/cwd").exists().then_some(false)
        }
        Err(_) => None,
    }
}

/// Whether the process has ended. A zombie counts as ended, as does a process id that now belongs
/// to another program.
fn is_gone(pid: i32, data: &Path) -> bool {
    kill(Pid::from_raw(pid), None) == Err(Errno::ESRCH) || works_in(pid, data) == Some(false)
}

fn is_called_postgres(pid: i32) -> bool {
    let output = Command::new("ps")
        .args(["-o", "comm=", "-p", &pid.to_string()])
        .stdin(Stdio::null())
        .output();
    output.map_or(true, |output| String::from_utf8_lossy(&output.stdout).contains("postgres"))
}
