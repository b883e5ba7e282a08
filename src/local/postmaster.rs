//! The server's main process: whether it runs, and how it is stopped.

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

/// What the server's main process is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Down,
    /// Starting, recovering or shutting down: soon something else.
    Changing(i32),
    Ready(i32),
    /// It runs, and nobody can connect: its socket was removed.
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

/// Reads `postmaster.pid`, and makes sure that it tells the truth: after a power loss it is still
/// there, and its process id may be another program's by now.
///
/// Costs a few system calls. A connection to try would cost the server a process.
pub fn observe(places: &Places) -> Result<Condition> {
    let Some(file) = PidFile::read(&places.data)? else { return Ok(Condition::Down) };
    let socket = places.socket();
    let private = places.socket_dir_is_private()?;
    let ours = works_in(file.pid, &places.data);
    if ours != Some(true) {
        // Another program's process id, or none (it may be a server in another container), or a
        // system without /proc: whether somebody answers decides.
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

/// Ends the server with the signal and waits until it is gone.
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
        "the private PostgreSQL (pid {pid}) was told to stop and still runs after {} s; its log is `{}`",
        PATIENCE.as_secs(),
        places.data.join(LOG).display(),
    )))
}

/// Removes a `postmaster.pid` whose process id is another program's by now: the server takes any
/// process of its user for itself and refuses to start. Only when nobody answers.
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

/// Kills what a server that was itself killed has left running in its directory. Finds nothing on
/// a system without /proc; there they end by themselves as soon as they are idle.
pub fn kill_orphans(data: &Path) {
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let pid = entry.file_name().to_str().and_then(|name| name.parse().ok());
        let Some(pid) = pid else { continue };
        // The directory may also be that of somebody's shell.
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

/// What the server says of itself.
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
        // The first line is the process id, the eighth the state; while it starts there are fewer.
        let mut lines = text.lines();
        let pid = lines.next().and_then(|line| line.trim().parse().ok()).filter(|pid| *pid > 0);
        let ready = lines.nth(6).is_some_and(|state| state.trim() == "ready");
        Ok(pid.map(|pid| Self { pid, ready }))
    }
}

/// Whether the process has the cluster as its directory, as the server's processes have and no
/// other program is likely to. `None` when the system does not tell.
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

/// Also when it is dead and nobody has collected it, or its number belongs to another program.
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
