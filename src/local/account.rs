//! The system user that runs the server.

use std::ffi::OsStr;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, lchown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::unistd::{Gid, Uid, User};

use crate::error::{Error, Result};

/// The variables that a child process inherits. `PGPORT` or `PGDATA` would misdirect it. Passwords
/// in variables would stay readable in `/proc/*/environ` as long as the server runs, possibly for
/// another user.
const INHERITED: [&str; 3] = ["PATH", "TZ", "LD_LIBRARY_PATH"];

/// The user that owns the cluster and runs its programs.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    uid: u32,
    gid: u32,
    /// This process runs as root, and child processes switch to the account.
    switched: bool,
}

impl Account {
    /// The user of this process. PostgreSQL refuses to run as root: for root it is `postgres`,
    /// which packages create, or else `nobody`.
    pub fn choose() -> Result<Self> {
        let uid = Uid::effective();
        if !uid.is_root() {
            let gid = Gid::effective();
            return Ok(Self { uid: uid.as_raw(), gid: gid.as_raw(), switched: false });
        }
        for name in ["postgres", "nobody"] {
            let user = User::from_name(name).map_err(unknown_users)?;
            if let Some(user) = user.filter(|user| !user.uid.is_root()) {
                let (uid, gid) = (user.uid.as_raw(), user.gid.as_raw());
                return Ok(Self { uid, gid, switched: true });
            }
        }
        Err(Error::usage(
            "PostgreSQL does not run as root, and this system has neither a user `postgres` nor \
             `nobody` to run it; run iamctl as another user",
        ))
    }

    /// The account for an existing cluster: its owner. `choose` may return another user, for
    /// example because the user `postgres` was created later.
    pub fn of_cluster(self, data: &Path, cluster: &Metadata) -> Result<Self> {
        let (uid, gid) = (cluster.uid(), cluster.gid());
        if uid == self.uid {
            Ok(self)
        } else if self.switched && uid != 0 {
            Ok(Self { uid, gid, ..self })
        } else {
            Err(Error::Refused(format!(
                "the private PostgreSQL in `{}` belongs to another user (uid {uid}); run iamctl \
                 as that user, or set XDG_DATA_HOME to another directory",
                data.display(),
            )))
        }
    }

    pub fn uid(self) -> u32 {
        self.uid
    }

    /// Whether this process runs as root and the account is another user.
    pub fn is_switched(self) -> bool {
        self.switched
    }

    /// Whether the account may traverse a directory. ACLs are not considered.
    pub fn can_traverse(self, directory: &Metadata) -> bool {
        let execute = if directory.uid() == self.uid {
            0o100
        } else if directory.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        directory.is_dir() && directory.mode() & execute != 0
    }

    /// Whether the account, or every user, may rename and remove what root puts into the directory.
    /// ACLs are not considered.
    pub fn can_replace_entries(self, directory: &Metadata) -> bool {
        let write = if directory.gid() == self.gid { 0o022 } else { 0o002 };
        let sticky = directory.mode() & 0o1000 != 0;
        directory.uid() == self.uid || (directory.mode() & write != 0 && !sticky)
    }

    /// Opens a regular file that belongs to the account; `None` if there is none. Root does not
    /// trust the directory that it is in: a link would lead elsewhere, and a FIFO has no end.
    pub fn open(self, path: &Path) -> Result<Option<File>> {
        let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_NOCTTY;
        let opened = OpenOptions::new().read(true).custom_flags(flags.bits()).open(path);
        let cannot = |error| Error::io(format!("read `{}`", path.display()), &error);
        let is_ours = match &opened {
            Ok(file) => {
                let metadata = file.metadata().map_err(cannot)?;
                metadata.is_file() && metadata.uid() == self.uid
            }
            Err(error) => match error.raw_os_error().map(Errno::from_raw) {
                Some(Errno::ENOENT | Errno::ENOTDIR) => return Ok(None),
                // A symbolic link, or a socket.
                Some(Errno::ELOOP | Errno::ENXIO) => false,
                _ => true,
            },
        };
        if is_ours {
            return opened.map(Some).map_err(cannot);
        }
        Err(Error::Refused(format!(
            "`{}` is not a regular file of uid {}; move it away",
            path.display(),
            self.uid,
        )))
    }

    /// The text of such a file, which is short.
    pub fn read(self, path: &Path) -> Result<Option<String>> {
        const ENOUGH: u64 = 8 * 1024;
        let Some(file) = self.open(path)? else { return Ok(None) };
        let mut text = Vec::new();
        file.take(ENOUGH)
            .read_to_end(&mut text)
            .map_err(|error| Error::io(format!("read `{}`", path.display()), &error))?;
        Ok(Some(String::from_utf8_lossy(&text).into_owned()))
    }

    /// The name of the account; `None` if it is this process's own, or has none.
    pub fn other_name(self) -> Option<String> {
        let user = User::from_uid(Uid::from_raw(self.uid)).ok().flatten();
        user.filter(|_| self.switched).map(|user| user.name)
    }

    /// Makes the account the owner of a file that this process has just created.
    pub fn give(self, path: &Path) -> io::Result<()> {
        if self.switched { lchown(path, Some(self.uid), Some(self.gid)) } else { Ok(()) }
    }

    /// A command that runs as the account, without this process's standard input, working directory
    /// and variables.
    pub fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").current_dir("/").stdin(Stdio::null());
        for name in INHERITED {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        if self.switched {
            // For root, the standard library also drops the supplementary groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }
}

fn unknown_users(error: Errno) -> Error {
    Error::io("look up the users of this system", &error.into())
}
