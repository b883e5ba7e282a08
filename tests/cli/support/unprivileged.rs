//! Runs of the program as a user of their own, who may have few threads. Root may have any number.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use nix::unistd::Uid;

use super::proxy::Proxy;
use super::server::run;
use super::{Db, IAMCTL, Run, directory, server, skipped};

/// A user without a name and without any other process.
pub struct Unprivileged {
    uid: u32,
    /// With a copy of the program, and with a socket in front of the server: the user may enter
    /// neither the directory of the one nor that of the other.
    directory: tempfile::TempDir,
    proxy: Proxy,
}

impl Unprivileged {
    /// `None` (and a message) where the tests do not run as root, or the system does not limit
    /// threads.
    pub fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        if !Uid::effective().is_root() {
            skipped("only root can run a program as a user who has no other process");
            return None;
        }
        // Below 65536, for containers that have no more users.
        let number = std::process::id() % 2_000 * 10 + COUNT.fetch_add(1, Ordering::SeqCst) % 10;
        let directory = directory();
        let user = Self {
            uid: 30_000 + number,
            directory,
            proxy: Proxy::start(server().directory(), Duration::ZERO),
        };
        for directory in [user.directory.path(), &user.proxy.directory()] {
            fs::set_permissions(directory, Permissions::from_mode(0o755)).unwrap();
        }
        let socket = user.proxy.directory().join(".s.PGSQL.5432");
        fs::set_permissions(socket, Permissions::from_mode(0o777)).unwrap();
        let forks = |threads| {
            let mut shell = user.command(threads, Path::new("/bin/sh"));
            shell.args(["-c", "true & wait $!"]).stdout(Stdio::null()).stderr(Stdio::null());
            shell.status().is_ok_and(|status| status.success())
        };
        if forks(1) || !forks(2) {
            skipped("this system does not limit the processes of a user (prlimit, setpriv)");
            return None;
        }
        fs::copy(IAMCTL, user.program()).unwrap();
        Some(user)
    }

    fn program(&self) -> std::path::PathBuf {
        self.directory.path().join("iamctl")
    }

    /// Allows a process of the user that runs already no more than so many threads. Root might not
    /// be allowed to do so in a container.
    pub fn limit(&self, pid: u32, threads: u32) {
        let mut prlimit = self.as_user();
        run(prlimit.arg("prlimit").args([format!("--nproc={threads}"), format!("--pid={pid}")]));
    }

    fn as_user(&self) -> Command {
        let mut command = Command::new("setpriv");
        command.args([format!("--reuid={}", self.uid), format!("--regid={}", self.uid)]);
        command.arg("--clear-groups");
        command
    }

    /// A program that replaces `setpriv` and `prlimit`, and so has their process id.
    fn command(&self, threads: u32, program: &Path) -> Command {
        let mut command = self.as_user();
        command.arg("prlimit").arg(format!("--nproc={threads}")).arg(program);
        command
    }

    /// `iamctl` on this database, with at most so many threads.
    pub fn iamctl(&self, db: &Db, line: &str, threads: u32) -> Run {
        let run = Run::new(&self.proxy.url(&db.name), line);
        let mut command = self.command(threads, &self.program());
        command.args(run.command.get_args()).env_clear().current_dir("/");
        command.envs(run.command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Run { command, input: run.input }
    }
}
