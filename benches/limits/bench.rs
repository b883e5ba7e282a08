//! The server, the databases on it, and the two programs that are compared.

use std::fs::{self, File};
use std::io::Write as _;
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::proxy::Proxy;
use crate::scale::Scale;
use crate::server::{Server, run};

const IAMCTL: &str = env!("CARGO_BIN_EXE_iamctl");

/// The server is durable: each COMMIT waits for the disk. No checkpoint and no autovacuum starts
/// during a measurement, where it would slow down only one of the programs.
const SETTINGS: &[(&str, &str)] = &[
    ("shared_buffers", "1GB"),
    ("min_wal_size", "1GB"),
    ("max_wal_size", "8GB"),
    ("checkpoint_timeout", "1h"),
    ("autovacuum", "off"),
];

pub struct Bench {
    pub scale: Scale,
    server: Server,
    /// The time of some flushes while the disk has nothing else to do.
    flushes: Duration,
}

impl Bench {
    pub fn start(scale: Scale) -> Self {
        let server = Server::start(SETTINGS);
        let flushes = (0..5).map(|_| time_of_flushes(server.directory())).min().unwrap();
        Self { scale, server, flushes }
    }

    /// Waits until the disk flushes as fast as at the start of the benchmark, at most a minute.
    ///
    /// After a large copy, the disk of a virtual machine may be slow for a while: 3 ms for a flush in
    /// place of 0.2 ms were measured. A purge waits for a hundred flushes, one `DELETE` for one.
    pub fn wait_for_disk(&self) {
        let begun = Instant::now();
        while time_of_flushes(self.directory()) > self.flushes * 3 / 2
            && begun.elapsed() < Duration::from_secs(60)
        {
            thread::sleep(Duration::from_millis(500));
        }
    }

    /// The properties of the machine and the server that affect the results.
    pub fn machine(&self) -> Value {
        json!({
            "cores": thread::available_parallelism().map_or(1, NonZero::get),
            "postgresql": self.sql("postgres", "show server_version"),
            "date": self.sql("postgres", "select current_date"),
        })
    }

    /// Creates a database with the tables of `iamctl`.
    pub fn create(&self, database: &str) {
        self.sql("postgres", &format!("create database {database}"));
        run(&mut iamctl_on(&self.url(database), "db migrate"));
    }

    /// Replaces the database `copy` with a file-level copy of `database`.
    pub fn copy(&self, database: &str, copy: &str) {
        // Before PostgreSQL 15, CREATE DATABASE always copied files and had no option for it.
        let number = self.sql("postgres", "show server_version_num");
        let strategy = if number.as_str() < "150000" { "" } else { "strategy file_copy" };
        self.sql("postgres", &format!("drop database if exists {copy}"));
        self.sql("postgres", &format!("create database {copy} template {database} {strategy}"));
    }

    pub fn drop(&self, database: &str) {
        self.sql("postgres", &format!("drop database {database}"));
    }

    /// Runs SQL and returns its rows.
    #[track_caller]
    pub fn sql(&self, database: &str, sql: &str) -> String {
        self.server.sql(database, sql)
    }

    /// The directory for files of a measurement. It is removed at the end.
    pub fn directory(&self) -> &Path {
        self.server.directory()
    }

    pub fn url(&self, database: &str) -> String {
        self.server.url(database)
    }

    /// A proxy to the server that delays each direction by `one_way`.
    pub fn link(&self, one_way: Duration) -> Proxy {
        Proxy::start(self.server.directory(), one_way)
    }

    /// `psql` that runs one statement on the database of the URL.
    pub fn psql_on(&self, url: &str, sql: &str) -> Command {
        let mut command = self.psql();
        command.args(["-X", "-q", "-c", sql, url]);
        command
    }

    pub fn psql(&self) -> Command {
        bare(self.server.psql())
    }
}

/// The time of as many flushes as a purge of 1 M rows has batches, each of a little WAL.
fn time_of_flushes(directory: &Path) -> Duration {
    let path = directory.join("flushes");
    let mut file = File::create(&path).unwrap();
    let begun = Instant::now();
    for _ in 0..100 {
        file.write_all(&[0; 16 * 1024]).unwrap();
        file.sync_data().unwrap();
    }
    let elapsed = begun.elapsed();
    fs::remove_file(&path).unwrap();
    elapsed
}

/// `iamctl` on the database of the URL, with the words of `line` as arguments.
pub fn iamctl_on(url: &str, line: &str) -> Command {
    let mut command = iamctl(line);
    command.env("DATABASE_URL", url);
    command
}

/// `iamctl` with the words of `line` as arguments.
pub fn iamctl(line: &str) -> Command {
    let mut command = bare(Command::new(IAMCTL));
    command.args(line.split_whitespace());
    command
}

/// Gives both programs the same environment.
fn bare(mut command: Command) -> Command {
    command.env_clear().env("LC_ALL", "C").env("HOME", "/nonexistent");
    command.current_dir("/").stdin(Stdio::null());
    command
}
