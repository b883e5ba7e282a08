//! The private PostgreSQL: a cluster in the user's data directory that iamctl creates and runs, for
//! operators without a database of their own.
//!
//! `locate` finds its directories, `ensure_running` creates and starts it. The server keeps running
//! after the command, so that the next command only has to connect.

mod account;
mod binaries;
mod cluster;
mod lock;
mod places;
mod postmaster;
mod server_process;

use std::fmt::Write as _;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use binaries::Binaries;
use lock::Lock;
use places::{DATABASE, LOG, PATIENCE, Places, ROLE, remove_tree};
use postmaster::Condition;

use crate::error::{Error, Result};

/// The state of the private PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is no cluster.
    Absent,
    /// There is a cluster of this major version, and no server runs.
    Stopped {
        major: u32,
    },
    Running {
        pid: i32,
        major: u32,
    },
}

/// What `ensure_running` did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Startup {
    AlreadyRunning,
    Started,
    /// The cluster was created with an empty database, and started.
    Created,
}

/// The private PostgreSQL, which may not exist yet.
#[derive(Debug)]
pub struct LocalServer {
    places: Places,
}

impl LocalServer {
    /// Determines its directories and its system user. Changes nothing.
    pub fn locate() -> Result<Self> {
        Ok(Self { places: Places::locate()? })
    }

    /// The cluster's directory.
    pub fn data_dir(&self) -> &Path {
        &self.places.data
    }

    /// The server's log.
    pub fn log(&self) -> PathBuf {
        self.places.data.join(LOG)
    }

    /// The URL of the database, for clients on this machine that may access the socket.
    pub fn url(&self) -> String {
        let mut url = format!("postgresql:///{DATABASE}?host=");
        for byte in self.places.socket_dir.as_os_str().as_bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
                url.push(char::from(*byte));
            } else {
                _ = write!(url, "%{byte:02X}");
            }
        }
        _ = write!(url, "&port=5432&user={ROLE}");
        url
    }

    /// The name of the system user that runs the server, if it is not this process's own.
    pub fn account(&self) -> Option<String> {
        self.places.account.other_name()
    }

    pub fn state(&self) -> Result<State> {
        let Some(major) = cluster::major(&self.places)? else { return Ok(State::Absent) };
        Ok(match postmaster::observe(&self.places)?.pid() {
            Some(pid) => State::Running { pid, major },
            None => State::Stopped { major },
        })
    }

    /// Creates the cluster if there is none, and starts its server unless it runs.
    ///
    /// Fails with `usage` if the machine has no suitable server programs, with `busy` if another
    /// command holds the lock for too long, and with `unreachable` if the server does not start.
    pub fn ensure_running(&self) -> Result<Startup> {
        let places = &self.places;
        if let Condition::Ready(_) = postmaster::observe(places)? {
            return Ok(Startup::AlreadyRunning);
        }
        let find = |major| Binaries::find(places.account, major);
        if cluster::major(places)?.is_none() {
            // Checked before any directory is created.
            find(None)?;
        }
        let lock = Lock::acquire(places)?;
        if self.settle()? {
            return Ok(Startup::AlreadyRunning);
        }
        let major = cluster::major(places)?;
        let binaries = find(major)?;
        if major.is_none()
            && let Err(error) = cluster::create(places, &binaries)
        {
            _ = lock.remove();
            return Err(error);
        }
        places.make_socket_dir()?;
        postmaster::require_silence(places)?;
        places.remove_stale_socket()?;
        postmaster::remove_stale_pid_file(places)?;
        cluster::start(places, &binaries)?;
        Ok(if major.is_none() { Startup::Created } else { Startup::Started })
    }

    /// Shuts down the server and terminates its connections; `false` if it was not running.
    pub fn stop(&self) -> Result<bool> {
        if !self.places.data.exists() {
            return Ok(false);
        }
        let _lock = Lock::acquire(&self.places)?;
        // PostgreSQL's fast shutdown.
        postmaster::end(&self.places, Signal::SIGINT)
    }

    /// Stops the server and removes all files and directories created for it; `false` if there was
    /// no cluster.
    pub fn destroy(&self) -> Result<bool> {
        let places = &self.places;
        if !places.base.exists() {
            return Ok(false);
        }
        let lock = Lock::acquire(places)?;
        let existed = cluster::major(places)?.is_some();
        if existed {
            // PostgreSQL's immediate shutdown: the data is removed anyway.
            postmaster::end(places, Signal::SIGQUIT)?;
            postmaster::kill_orphans(places);
            places.remove_temporaries()?;
            // Renamed first, so that a `destroy` that is killed leaves no incomplete cluster.
            let doomed = places.temporary();
            fs::rename(&places.data, &doomed).map_err(|error| {
                Error::io(format!("remove `{}`", places.data.display()), &error)
            })?;
            remove_tree(&doomed)?;
        } else {
            places.remove_temporaries()?;
        }
        places.remove_socket_dir()?;
        lock.remove()?;
        Ok(existed)
    }

    /// Waits while the server is starting or stopping. Returns whether it runs afterwards.
    fn settle(&self) -> Result<bool> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match postmaster::observe(&self.places)? {
                Condition::Down => return Ok(false),
                Condition::Ready(_) => return Ok(true),
                Condition::Changing(pid) if Instant::now() >= deadline => {
                    return Err(Error::Unreachable(format!(
                        "the private PostgreSQL (pid {pid}) has been starting or stopping for {} s; \
                         its log is `{}`",
                        PATIENCE.as_secs(),
                        self.log().display(),
                    )));
                }
                Condition::Changing(_) => thread::sleep(Duration::from_millis(20)),
                Condition::Unreachable(pid) => {
                    return Err(Error::Unreachable(format!(
                        "the private PostgreSQL runs (pid {pid}), but its socket `{}` is missing; stop \
                         it with `iamctl local stop`, and the next command starts it again",
                        self.places.socket().display(),
                    )));
                }
            }
        }
    }
}
