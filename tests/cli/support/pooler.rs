//! PgBouncer in front of the tests' server.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::server::Frozen;
use super::{Db, directory, server};

/// Serves one database in transaction mode. Dropping the value stops it.
pub struct Pooler {
    process: std::process::Child,
    directory: tempfile::TempDir,
    database: String,
}

impl Pooler {
    pub fn start(db: &Db) -> Self {
        Self::launch_for(db, "")
    }

    /// Like `start`, with further lines of its configuration.
    pub fn launch_for(db: &Db, settings: &str) -> Self {
        let directory = server().directory();
        if nix::unistd::Uid::effective().is_root() {
            let nobody = nix::unistd::User::from_name("nobody").unwrap().unwrap();
            std::os::unix::fs::chown(directory, None, Some(nobody.gid.as_raw())).unwrap();
            fs::set_permissions(directory, Permissions::from_mode(0o710)).unwrap();
        }
        let settings = format!("listen_port = 5432\n{settings}");
        Self::launch(&db.name, &format!("host={}", directory.display()), &settings)
    }

    /// In front of the server of `keywords`. `settings` are further lines of its configuration.
    pub fn launch(database: &str, keywords: &str, settings: &str) -> Self {
        let directory = directory();
        let path = directory.path().display();
        let config = directory.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n{database} = {keywords} user=postgres\n[pgbouncer]\n\
             unix_socket_dir = {path}\nauth_type = any\npool_mode = transaction\n\
             logfile = {path}/log\npidfile = {path}/pid\n{settings}",
        );
        fs::write(&config, text).unwrap();
        let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"]
            .into_iter()
            .find(|path| Path::new(path).exists())
            .expect("pgbouncer; on Debian: apt-get install -y pgbouncer");
        let mut command = Command::new(program);
        if nix::unistd::Uid::effective().is_root() {
            // PgBouncer refuses to run as root.
            let nobody = nix::unistd::User::from_name("nobody").unwrap().unwrap();
            for file in [directory.path(), config.as_path()] {
                std::os::unix::fs::chown(file, Some(nobody.uid.as_raw()), None).unwrap();
            }
            command.args(["-u", "nobody"]);
        }
        let process =
            command.arg(&config).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let pooler = Self { process, directory, database: database.to_owned() };
        let is_socket = |entry: &fs::DirEntry| {
            entry.file_name().to_str().is_some_and(|name| name.starts_with(".s.PGSQL."))
        };
        for _ in 0..100 {
            let mut entries = fs::read_dir(pooler.directory.path()).unwrap().flatten();
            if entries.any(|entry| is_socket(&entry)) {
                return pooler;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!(
            "pgbouncer does not start: {:?}",
            fs::read_to_string(pooler.directory.path().join("log"))
        );
    }

    /// Stops it with SIGSTOP until the value is dropped.
    pub fn freeze(&self) -> Frozen {
        Frozen::of(self.process.id().cast_signed())
    }

    pub fn url(&self) -> String {
        let directory = self.directory.path().display();
        format!("postgresql:///{}?host={directory}&user=postgres", self.database)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
