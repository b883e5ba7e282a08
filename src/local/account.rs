//! The user of the operating system that the server runs as.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::{MetadataExt as _, lchown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::errno::Errno;
use nix::unistd::{Gid, Uid, User};

use crate::error::{Error, Result};

/// What a child inherits. Nothing else: a `PGPORT` or `PGDATA` would lead it astray, and the server
/// outlives this command, possibly as another user, who must not find a password in
/// `/proc/*/environ`.
const INHERITED: [&str; 3] = ["PATH", "TZ", "LD_LIBRARY_PATH"];

/// Who owns the cluster and runs its programs.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    uid: u32,
    gid: u32,
    /// This process is root, and children change to the account.
    switched: bool,
}

impl Account {
    /// The user of this process. The server refuses to run as root: then it is `postgres`, which
    /// its packages create, or else `nobody`.
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
            "PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody` \
             to run it; use another user",
        ))
    }

    /// The account for a cluster that exists: its owner, whoever would be chosen today. (The
    /// user `postgres` may have come later.)
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

    /// Whether this process is root and the account another.
    pub fn is_switched(self) -> bool {
        self.switched
    }

    /// Whether the account can pass through a directory. ACLs are not looked at.
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

    /// Hands a file that this process has just made to the account.
    pub fn give(self, path: &Path) -> io::Result<()> {
        if self.switched { lchown(path, Some(self.uid), Some(self.gid)) } else { Ok(()) }
    }

    /// A program that runs as the account, without this command's input, directory and variables.
    pub fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").current_dir("/").stdin(Stdio::null());
        for name in INHERITED {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        if self.switched {
            // Also drops the supplementary groups: the standard library does, for root.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }
}

fn unknown_users(error: Errno) -> Error {
    Error::io("look up the users of this system", &error.into())
}
