//! Where the files of the private server are.
//!
//! ```text
//! BASE/postgres         the cluster
//! BASE/postgres.lock    held while it is created, started, stopped or destroyed
//! BASE/postgres.tmp-*   a cluster not yet whole, or no longer
//! BASE/run              the socket, unless its path would be too long
//! ```

use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy as _;
use nix::unistd::{Uid, User};
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

/// The longest path of a socket: `sun_path` without its final zero.
const LONGEST_SOCKET_PATH: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// Where root's files are: the server's user cannot reach anything under `/root`.
const SYSTEM_BASE: &str = "/var/lib/iamctl";

#[derive(Debug)]
pub struct Places {
    pub account: Account,
    pub base: PathBuf,
    pub data: PathBuf,
    pub socket_dir: PathBuf,
    pub lock: PathBuf,
    /// How many directories, `base` and upwards, belong to iamctl alone.
    pub own_levels: usize,
}

impl Places {
    /// Decides, and changes nothing.
    ///
    /// `$XDG_DATA_HOME/iamctl` or `~/.local/share/iamctl`. For root, `XDG_DATA_HOME` counts when
    /// the server's user can reach it; else it is `/var/lib/iamctl/local`, or a directory named
    /// after `XDG_DATA_HOME` or an unusual `HOME`, so that each has its own server.
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
            Err(error) => return Err(Error::io(format!("look at `{}`", data.display()), &error)),
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

    /// Makes `base` and whatever is missing above it; returns how many directories that were.
    pub fn make_base(&self) -> Result<usize> {
        // Root's are for the server's user to pass through, whatever the umask says.
        let mode = if self.account.is_switched() { 0o755 } else { 0o700 };
        make_directories(&self.base, mode).map_err(|error| {
            Error::io(format!("create the directory `{}`", self.base.display()), &error)
        })
    }

    /// Makes the directory of the socket, or refuses one that somebody else could have made.
    pub fn make_socket_dir(&self) -> Result<()> {
        let path = &self.socket_dir;
        match DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => self.account.give(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
        .map_err(|error| Error::io(format!("create the directory `{}`", path.display()), &error))?;
        if self.socket_dir_is_private()? {
            return Ok(());
        }
        Err(Error::Refused(format!(
            "`{}`, where the private PostgreSQL has its socket, is not a directory of mode 0700 \
             that belongs to uid {}; remove it",
            path.display(),
            self.account.uid(),
        )))
    }

    /// Whether the directory of the socket is there, and nobody but the account can put a socket
    /// into it.
    pub fn socket_dir_is_private(&self) -> Result<bool> {
        match fs::symlink_metadata(&self.socket_dir) {
            Ok(dir) => {
                Ok(dir.is_dir() && dir.uid() == self.account.uid() && dir.mode() & 0o777 == 0o700)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::io(
                format!("look at the directory `{}`", self.socket_dir.display()),
                &error,
            )),
        }
    }

    /// Removes what a server that was killed left in the socket's directory. Its lock file names a
    /// process id, and a new server refuses to start when that is some other program's by now.
    pub fn remove_stale_socket(&self) -> Result<()> {
        for name in [SOCKET, SOCKET_LOCK] {
            let path = self.socket_dir.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::io(format!("remove `{}`", path.display()), &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    pub fn remove_socket_dir(&self) -> Result<()> {
        if self.socket_dir_is_private()? { remove_tree(&self.socket_dir) } else { Ok(()) }
    }

    /// A directory beside the cluster, from which it is renamed into place or out of it.
    pub fn temporary(&self) -> PathBuf {
        self.base.join(format!("postgres.tmp-{}", std::process::id()))
    }

    /// Removes what killed commands left. Only for the holder of the lock.
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

/// Removes a directory and what is in it, without following symbolic links. That a dying server
/// still writes into it is no reason to fail.
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
        if is_usable(&data_home, account) {
            return Ok((data_home.join("iamctl"), 1));
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

/// Whether root may make the server's files there: the server's user can pass through everything
/// above, and no third user can exchange any of it.
fn is_usable(path: &Path, account: Account) -> bool {
    let safe = |directory: &Metadata| {
        let writable_by_all = directory.mode() & 0o1002 == 0o0002;
        let owned = directory.uid() == 0 || directory.uid() == account.uid();
        owned && !writable_by_all && account.can_traverse(directory)
    };
    let Some(existing) = path.ancestors().find(|ancestor| ancestor.exists()) else { return false };
    let Ok(existing) = existing.canonicalize() else { return false };
    existing.ancestors().all(|ancestor| fs::metadata(ancestor).is_ok_and(|found| safe(&found)))
}

/// `BASE/run`, or a short directory in `/tmp` where that does not do for a socket. Not in
/// `TMPDIR` or `XDG_RUNTIME_DIR`: cron has others than a login, and a logout empties the latter.
fn socket_dir(base: &Path, account: Account) -> PathBuf {
    let usual = base.join("run");
    if usual.as_os_str().len() + 1 + SOCKET.len() <= LONGEST_SOCKET_PATH && is_plain(&usual) {
        return usual;
    }
    PathBuf::from(format!("/tmp/iamctl-{}-{}", account.uid(), short_hash(base)))
}

/// Whether libpq, the server's settings and a shell take the path as it is. To libpq and the
/// server a comma separates two of them.
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
