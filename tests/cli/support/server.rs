//! A PostgreSQL server for tests and benchmarks.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid, User};

use super::client;

/// A server on a Unix socket. It ends with this process, even if that is killed: a watchdog waits
/// for the pipe between them to close, then stops the server and removes its files.
pub struct Server {
    directory: PathBuf,
    binaries: PathBuf,
    account: Option<(u32, u32)>,
    _watchdog: Child,
}

/// Settings for a server that starts quickly and need not survive a crash. Autovacuum would start a process
/// every tenth of a second, one after the other for each database of a test.
pub const THROW_AWAY: &[(&str, &str)] = &[
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("autovacuum", "off"),
];

/// Settings that change how SQL is read, how values are written or how statements are planned, turned the
/// unusual way: none of them may change a result. The variable `IAMCTL_TEST_SETTINGS` with the value
/// `unusual` runs the tests with them. The tests' own `psql` keeps the usual ones.
const UNUSUAL: &[(&str, &str)] = &[
    ("array_nulls", "off"),
    ("backslash_quote", "on"),
    ("bytea_output", "escape"),
    ("check_function_bodies", "off"),
    ("client_encoding", "LATIN1"),
    ("client_min_messages", "debug1"),
    ("constraint_exclusion", "on"),
    ("cursor_tuple_fraction", "1"),
    ("datestyle", "SQL, DMY"),
    ("default_statistics_target", "1"),
    ("default_transaction_deferrable", "on"),
    ("default_transaction_isolation", "serializable"),
    ("escape_string_warning", "off"),
    ("extra_float_digits", "-15"),
    ("gin_fuzzy_search_limit", "1"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("idle_session_timeout", "30s"),
    ("intervalstyle", "sql_standard"),
    ("lock_timeout", "1s"),
    ("plan_cache_mode", "force_generic_plan"),
    ("quote_all_identifiers", "on"),
    ("row_security", "off"),
    ("standard_conforming_strings", "off"),
    ("statement_timeout", "3s"),
    ("synchronize_seqscans", "off"),
    ("timezone", "Asia/Kolkata"),
    ("transform_null_equals", "on"),
    ("xmlbinary", "hex"),
    ("xmloption", "document"),
];

pub fn settings_are_unusual() -> bool {
    std::env::var_os("IAMCTL_TEST_SETTINGS").is_some_and(|value| value == "unusual")
}

/// The values of `UNUSUAL` that PostgreSQL has by itself, for the tests' own `psql`.
const USUAL: &str = "-c array_nulls=on -c backslash_quote=safe_encoding -c bytea_output=hex \
     -c check_function_bodies=on -c client_encoding=UTF8 -c client_min_messages=notice \
     -c constraint_exclusion=partition -c cursor_tuple_fraction=0.1 -c datestyle=ISO,MDY \
     -c default_statistics_target=100 -c default_transaction_deferrable=off \
     -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=0 \
     -c lock_timeout=0 -c row_security=on \
     -c escape_string_warning=on -c extra_float_digits=1 \
     -c gin_fuzzy_search_limit=0 -c idle_session_timeout=0 -c intervalstyle=postgres \
     -c plan_cache_mode=auto -c quote_all_identifiers=off \
     -c standard_conforming_strings=on -c statement_timeout=0 \
     -c synchronize_seqscans=on -c timezone=GMT -c transform_null_equals=off \
     -c xmlbinary=base64 -c xmloption=content";

impl Server {
    pub fn start(settings: &[(&str, &str)]) -> Self {
        let server = Self::prepare();
        server.create(settings);
        server
    }

    /// A streaming standby of `primary`.
    pub fn standby_of(primary: &Self) -> Self {
        let server = Self::prepare();
        let data = server.directory.join("data");
        run(server
            .program("pg_basebackup")
            .args(["--checkpoint=fast", "--no-sync", "-D"])
            .arg(&data)
            .arg("-d")
            .arg(primary.url("postgres")));
        // Not --write-recovery-conf: a newer pg_basebackup writes parameters that the server does not know.
        let mut settings =
            fs::OpenOptions::new().append(true).open(data.join("postgresql.auto.conf")).unwrap();
        writeln!(
            settings,
            "unix_socket_directories = '{}'\nprimary_conninfo = 'host={} user=postgres'",
            server.directory.display(),
            primary.directory.display()
        )
        .unwrap();
        run(command(Path::new("touch"), server.account).arg(data.join("standby.signal")));
        server.run();
        server
    }

    /// Makes a directory for the server, and starts the watchdog that removes it.
    fn prepare() -> Self {
        let binaries = binaries();
        // PostgreSQL refuses to run as root.
        let account = Uid::effective().is_root().then(|| {
            let user = ["postgres", "nobody"]
                .iter()
                .find_map(|name| User::from_name(name).unwrap())
                .expect("a user `postgres` or `nobody` to run PostgreSQL as");
            (user.uid.as_raw(), user.gid.as_raw())
        });
        // A short path, because the path of a socket is limited.
        let directory =
            tempfile::Builder::new().prefix("iamctl-").tempdir_in("/tmp").unwrap().keep();
        if let Some((uid, gid)) = account {
            chown(&directory, Some(uid), Some(gid)).unwrap();
        }
        let stop_and_remove =
            r#"read -r _; "$1/pg_ctl" -D "$2/data" -m immediate stop; rm -rf "$2""#;
        let watchdog = command(Path::new("sh"), account)
            .args(["-c", stop_and_remove, "sh"])
            .args([&binaries, &directory])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        Self { directory, binaries, account, _watchdog: watchdog }
    }

    fn create(&self, settings: &[(&str, &str)]) {
        let data = self.directory.join("data");
        let initdb =
            ["--no-sync", "--locale=C", "--encoding=UTF8", "--auth=trust", "-U", "postgres"];
        run(self.program("initdb").args(initdb).arg("-D").arg(&data));
        let mut text = format!(
            "listen_addresses = ''\nunix_socket_directories = '{}'\nmax_connections = 200\n\
             log_line_prefix = '%d|'\n",
            self.directory.display()
        );
        let unusual = if settings_are_unusual() { UNUSUAL } else { &[] };
        for (name, value) in settings.iter().chain(unusual) {
            _ = writeln!(text, "{name} = '{value}'");
        }
        fs::write(data.join("postgresql.auto.conf"), text).unwrap();
        // Only this role needs a password.
        let hba = "local all password_role scram-sha-256\nlocal all all trust\nlocal replication all trust\n";
        fs::write(data.join("pg_hba.conf"), hba).unwrap();
        self.run();
        if self.major() < 15 {
            let port = settings.iter().find(|(name, _)| *name == "port");
            self.close_public(port.map_or("5432", |(_, port)| port));
        }
    }

    /// Takes CREATE on `public` from PUBLIC in every database, as PostgreSQL 15 and later do.
    fn close_public(&self, port: &str) {
        let sql = |database: &str, sql: &str| {
            client::query(&format!("{}&port={port}", self.url(database)), sql).unwrap();
        };
        sql("postgres", "alter database template0 allow_connections on");
        for database in ["template0", "template1", "postgres"] {
            sql(database, "revoke create on schema public from public");
        }
        sql("postgres", "alter database template0 allow_connections off");
    }

    /// The major version of PostgreSQL.
    pub fn major(&self) -> u32 {
        let version = fs::read_to_string(self.directory.join("data/PG_VERSION")).unwrap();
        version.trim().parse().unwrap()
    }

    /// Starts the server.
    pub fn run(&self) {
        run(self
            .program("pg_ctl")
            .args(["start", "--wait", "--silent", "-D"])
            .arg(self.directory.join("data"))
            .arg("-l")
            .arg(self.log()));
    }

    /// Ends the server as a crash does, and starts it again.
    pub fn crash(&self) {
        self.restart("immediate");
    }

    /// Stops the server, in a mode of `pg_ctl stop`, and starts it again.
    pub fn restart(&self, mode: &str) {
        self.stop(mode);
        self.run();
    }

    /// Stops the server, in a mode of `pg_ctl stop`.
    pub fn stop(&self, mode: &str) {
        let data = self.directory.join("data");
        run(self.program("pg_ctl").args(["stop", "-m", mode, "--silent", "-D"]).arg(data));
    }

    /// Stops all processes of the server with SIGSTOP, as on a machine that hangs, until the value is
    /// dropped.
    pub fn freeze(&self) -> Frozen {
        let file = fs::read_to_string(self.directory.join("data/postmaster.pid")).unwrap();
        let postmaster: i32 = file.lines().next().unwrap().parse().unwrap();
        // The postmaster first, so that it starts no other.
        let mut frozen = Frozen::of(postmaster);
        let children = format!("/proc/{postmaster}/task/{postmaster}/children");
        for child in fs::read_to_string(children).unwrap().split_whitespace() {
            frozen.stop(child.parse().unwrap());
        }
        frozen
    }

    /// The directory of the socket. Tests may put files into it, which are removed with the server.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    pub fn log(&self) -> PathBuf {
        self.directory.join("log")
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgresql:///{database}?host={}&user=postgres", self.directory.display())
    }

    /// A program of the server's version, run as the server's account.
    pub fn program(&self, name: &str) -> Command {
        let mut command = command(&self.binaries.join(name), self.account);
        command.current_dir(&self.directory);
        command
    }

    /// `psql` itself, not the distribution's wrapper, run as the current user.
    pub fn psql(&self) -> Command {
        let mut psql = command(&self.binaries.join("psql"), None);
        // Also on databases in other encodings.
        psql.env("PGCLIENTENCODING", "UTF8");
        if settings_are_unusual() {
            psql.env("PGOPTIONS", USUAL);
        }
        psql
    }

    /// Runs SQL and returns its rows: columns separated by `|`, one row a line.
    #[track_caller]
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let mut url = self.url(database);
        if settings_are_unusual() {
            let options = USUAL.replace('=', "%3D").replace(' ', "%20");
            _ = write!(url, "&options={options}");
        }
        match client::query(&url, sql) {
            Ok(rows) => rows.trim_end().to_owned(),
            Err(error) => panic!("{sql}\nfailed: {error}"),
        }
    }
}

/// The processes of a frozen server.
pub struct Frozen(Vec<Pid>);

impl Frozen {
    pub fn of(pid: i32) -> Self {
        let mut frozen = Self(Vec::new());
        frozen.stop(pid);
        frozen
    }

    fn stop(&mut self, pid: i32) {
        let pid = Pid::from_raw(pid);
        kill(pid, Signal::SIGSTOP).unwrap();
        self.0.push(pid);
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        for pid in &self.0 {
            _ = kill(*pid, Signal::SIGCONT);
        }
    }
}

fn command(program: &Path, account: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("LC_ALL", "C").stdin(Stdio::null());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    if let Some((uid, gid)) = account {
        command.uid(uid).gid(gid);
    }
    command
}

/// Runs the command to its end and returns its standard output.
#[track_caller]
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed with {}: {stderr}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Names the directory of the programs of PostgreSQL to test with.
pub const BINARIES: &str = "IAMCTL_TEST_PGBIN";

/// The directory of `postgres` and `psql`: that of `IAMCTL_TEST_PGBIN`, else the newest in the usual
/// places of packages, else by PATH.
fn binaries() -> PathBuf {
    const PROGRAMS: [&str; 3] = ["postgres", "initdb", "psql"];
    let is_complete =
        |directory: &PathBuf| PROGRAMS.iter().all(|name| directory.join(name).exists());
    if let Some(named) = std::env::var_os(BINARIES).map(PathBuf::from) {
        assert!(is_complete(&named), "{BINARIES}: {PROGRAMS:?} are not all in {}", named.display());
        return named;
    }
    let mut packaged: Vec<_> = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt"]
        .iter()
        .filter_map(|parent| fs::read_dir(parent).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    packaged.sort_by_key(|path| std::cmp::Reverse(path.to_string_lossy().into_owned()));
    let path = std::env::var_os("PATH").unwrap_or_default();
    packaged
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(is_complete)
        .expect("the server programs of PostgreSQL; on Debian: apt-get install -y postgresql")
}
