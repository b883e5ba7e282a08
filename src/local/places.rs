//! The paths and names of the private PostgreSQL.
//!
//! ```text
//! BASE/postgres         the cluster
//! BASE/postgres.lock    held while it is created, started, stopped or destroyed
//! BASE/postgres.tmp-*   a cluster that is being created or removed
//! BASE/run              the socket, unless its path would be too long
//! ```

use std::fs::{self, DirBuilder, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy as _;
use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::unistd::{Uid, UnlinkatFlags, User, unlinkat};
use sha2::{Digest as _, Sha256};

use super::account::Account;
use crate::domain::to_hex;
use crate::error::{Error, Result};

/// The role, a superuser, and the database that every private cluster has.
pub const ROLE: &str = "iamctl";
pub const DATABASE: &str = "iam";

/// The server's log, in the cluster's directory.
pub const LOG: &str = "server.log";

/// How long starting or stopping the server may take. Recovery after a crash takes longest.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The file name of the socket. The server listens on no TCP port; the port only appears here.
pub const SOCKET: &str = ".s.PGSQL.5432";
const SOCKET_LOCK: &str = ".s.PGSQL.5432.lock";

/// The longest path of a socket: the size of `sun_path` without the terminating zero.
const LONGEST_SOCKET_PATH: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// The directory of root's clusters: the server's user cannot access files in `/root`.
const SYSTEM_BASE: &str = "/var/lib/iamctl";

#[derive(Debug)]
pub struct Places {
    pub account: Account,
    pub base: PathBuf,
    pub data: PathBuf,
    pub socket_dir: PathBuf,
    pub lock: PathBuf,
    /// How many directories, from `base` upwards, only iamctl uses.
    pub own_levels: usize,
}

impl Places {
    /// Determines the paths. Changes nothing.
    ///
    /// The base is `$XDG_DATA_HOME/iamctl` or `~/.local/share/iamctl`. For root it is
    /// `$XDG_DATA_HOME/iamctl` if the server's user can access it, else `/var/lib/iamctl/local`. If
    /// `XDG_DATA_HOME` or an unusual `HOME` is set, its hash replaces `local`, so that each value
    /// has its own server.
    pub fn locate() -> Result<Self> {
        let account = Account::choose()?;
        let (base, own_levels) = if account.is_switched() {
            system_base(account)?
        } else {
            (data_home()?.join("iamctl"), 1)
        };
        let data = base.join("postgres");
        let account = match fs::symlink_metadata(&data) {
            Ok(cluster) => account.of_cluster(&data, &cluster)?,
            Err(error) if error.kind() == ErrorKind::NotFound => account,
            Err(error) => return Err(Error::io(format!("examine `{}`", data.display()), &error)),
        };
        Ok(Self {
            account,
            socket_dir: socket_dir(&base, account),
            lock: base.join("postgres.lock"),
            data,
            base,
            own_levels,
        })
    }

    pub fn socket(&self) -> PathBuf {
        self.socket_dir.join(SOCKET)
    }

    /// Creates `base` and its missing parents. Returns how many directories it created.
    pub fn make_base(&self) -> Result<usize> {
        // The server's user must be able to traverse directories that root creates, also with a
        // strict umask.
        let mode = if self.account.is_switched() { 0o755 } else { 0o700 };
        make_directories(&self.base, mode).map_err(|error| {
            Error::io(format!("create the directory `{}`", self.base.display()), &error)
        })
    }

    /// Creates the directory of the socket. Refuses an existing one that another user may have
    /// created.
    pub fn make_socket_dir(&self) -> Result<()> {
        let path = &self.socket_dir;
        match DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => self.account.give(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
        .map_err(|error| Error::io(format!("create the directory `{}`", path.display()), &error))?;
        if self.socket_dir_is_private()? { Ok(()) } else { Err(self.socket_dir_is_not_private()) }
    }

    fn socket_dir_is_not_private(&self) -> Error {
        Error::Refused(format!(
            "`{}`, where the private PostgreSQL has its socket, is not a directory of mode 0700 \
             that belongs to uid {}; remove it",
            self.socket_dir.display(),
            self.account.uid(),
        ))
    }

    /// Whether the directory of the socket exists, and only the account can create a socket in it.
    pub fn socket_dir_is_private(&self) -> Result<bool> {
        match fs::symlink_metadata(&self.socket_dir) {
            Ok(dir) => {
                Ok(dir.is_dir() && dir.uid() == self.account.uid() && dir.mode() & 0o777 == 0o700)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::io(
                format!("examine the directory `{}`", self.socket_dir.display()),
                &error,
            )),
        }
    }

    /// Removes the socket of a killed server and its lock file. A new server refuses to start if
    /// the process id in the lock file now belongs to another program.
    pub fn remove_stale_socket(&self) -> Result<()> {
        let cannot = |error| {
            Error::io(format!("clear the directory `{}`", self.socket_dir.display()), &error)
        };
        // Opened once: in `/tmp`, the server's user could put a link in its place.
        let directory = OpenOptions::new()
            .read(true)
            .custom_flags((OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW).bits())
            .open(&self.socket_dir)
            .map_err(cannot)?;
        if directory.metadata().map_err(cannot)?.uid() != self.account.uid() {
            return Err(self.socket_dir_is_not_private());
        }
        for name in [SOCKET, SOCKET_LOCK] {
            match unlinkat(&directory, name, UnlinkatFlags::NoRemoveDir) {
                Ok(()) | Err(Errno::ENOENT) => {}
                Err(error) => return Err(cannot(error.into())),
            }
        }
        Ok(())
    }

    pub fn remove_socket_dir(&self) -> Result<()> {
        if self.socket_dir_is_private()? { remove_tree(&self.socket_dir) } else { Ok(()) }
    }

    /// A directory in `base` for a cluster that is being created or removed.
    pub fn temporary(&self) -> PathBuf {
        self.base.join(format!("postgres.tmp-{}", std::process::id()))
    }

    /// Removes temporary directories of killed commands. Call it only while holding the lock.
    pub fn remove_temporaries(&self) -> Result<()> {
        let cannot =
            |error| Error::io(format!("read the directory `{}`", self.base.display()), &error);
        for entry in fs::read_dir(&self.base).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            if entry.file_name().as_bytes().starts_with(b"postgres.tmp-") {
                remove_tree(&entry.path())?;
            }
        }
        Ok(())
    }
}

/// Removes a directory and its content, without following symbolic links. Retries while a server
/// that is ending still creates files in it.
pub fn remove_tree(path: &Path) -> Result<()> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        match fs::remove_dir_all(path) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty && attempts < 20 => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(error) => return Err(Error::io(format!("remove `{}`", path.display()), &error)),
        }
    }
}

/// `$XDG_DATA_HOME` or `~/.local/share`.
fn data_home() -> Result<PathBuf> {
    let strategy = etcetera::choose_base_strategy().map_err(|_| no_home())?;
    Ok(strategy.data_dir())
}

fn no_home() -> Error {
    Error::usage("there is no home directory for the private PostgreSQL; set HOME or XDG_DATA_HOME")
}

fn system_base(account: Account) -> Result<(PathBuf, usize)> {
    let system = Path::new(SYSTEM_BASE);
    let explicit =
        std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(data_home) = explicit {
        let base = data_home.join("iamctl");
        if is_usable(&base, account) {
            return Ok((base, 1));
        }
        return Ok((system.join(short_hash(&data_home)), 2));
    }
    let home = etcetera::home_dir().map_err(|_| no_home())?;
    let usual = match User::from_uid(Uid::from_raw(0)) {
        Ok(Some(root)) => root.dir == home,
        _ => true,
    };
    Ok((system.join(if usual { "local".to_owned() } else { short_hash(&home) }), 2))
}

/// Whether root may create the server's files in the directory: the server's user can traverse all
/// parents, and only root can replace any of them. Root renames and removes what they lead to.
fn is_usable(path: &Path, account: Account) -> bool {
    let safe = |directory: &Metadata| {
        directory.uid() == 0
            && !account.can_replace_entries(directory)
            && account.can_traverse(directory)
    };
    let Some(existing) = path.ancestors().find(|ancestor| ancestor.exists()) else { return false };
    let Ok(existing) = existing.canonicalize() else { return false };
    existing.ancestors().all(|ancestor| fs::metadata(ancestor).is_ok_and(|found| safe(&found)))
}

/// `BASE/run`, or a directory in `/tmp` if the path is too long for a socket or needs quoting. Not
/// in `TMPDIR` or `XDG_RUNTIME_DIR`: they differ between cron and a login, and a logout empties the
/// latter.
fn socket_dir(base: &Path, account: Account) -> PathBuf {
    let usual = base.join("run");
    if usual.as_os_str().len() + 1 + SOCKET.len() <= LONGEST_SOCKET_PATH && is_plain(&usual) {
        return usual;
    }
    PathBuf::from(format!("/tmp/iamctl-{}-{}", account.uid(), short_hash(base)))
}

/// Whether the path needs no quoting for libpq, the server's settings and a shell. libpq and the
/// server read a comma as a separator between two paths.
fn is_plain(path: &Path) -> bool {
    path.to_str().is_some_and(|text| {
        text.chars().all(|c| !c.is_control() && !matches!(c, ',' | '\'' | '"' | '\\'))
            && text.trim() == text
    })
}

fn short_hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_bytes());
    to_hex(&digest[..6])
}

/// Creates a directory and its missing parents with the mode. Returns how many it created.
fn make_directories(path: &Path, mode: u32) -> io::Result<usize> {
    let create = || {
        DirBuilder::new().mode(mode).create(path)?;
        fs::set_permissions(path, Permissions::from_mode(mode))
    };
    match create() {
        Ok(()) => Ok(1),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(0),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let Some(parent) = path.parent() else { return Err(error) };
            let above = make_directories(parent, mode)?;
            match create() {
                Ok(()) => Ok(above + 1),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(above),
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_path_that_is_long_or_has_a_comma_moves_to_tmp() {
        let account = Account::choose();
        assert!(account.is_ok());
        let Ok(account) = account else { return };
        let fits =
            PathBuf::from(format!("/{}", "a".repeat(107 - "/".len() - "/run/.s.PGSQL.5432".len())));
        if cfg!(target_os = "linux") {
            assert_eq!(socket_dir(&fits, account), fits.join("run"));
        }
        for base in [PathBuf::from(format!("{}b", fits.display())), PathBuf::from("/a,b")] {
            assert!(socket_dir(&base, account).starts_with("/tmp"));
        }
    }
}
