//! Creates the cluster and starts its server.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::process::{Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::binaries::Binaries;
use super::places::{DATABASE, LOG, PATIENCE, Places, ROLE, remove_tree};
use crate::error::{Error, Result};

const OLD_LOG: &str = "server.log.1";
/// In bytes. A longer log is renamed to `OLD_LOG` at the next start.
const LONGEST_LOG: u64 = 1024 * 1024;

/// The settings that differ from PostgreSQL's defaults. The durability settings keep theirs.
///
/// - No TCP: only the owner can connect, through a socket in a directory of mode 0700.
/// - When a user logs out, systemd-logind removes the user's POSIX shared memory, and a server that
///   uses it fails. `mmap` uses files instead.
/// - Failed statements are not logged, because they may contain personal data.
const SETTINGS: [(&str, &str); 7] = [
    ("listen_addresses", ""),
    ("port", "5432"),
    ("unix_socket_permissions", "0700"),
    ("dynamic_shared_memory_type", "mmap"),
    ("cluster_name", "iamctl"),
    ("log_checkpoints", "off"),
    ("log_min_error_statement", "panic"),
];

/// The major version of the cluster; `None` if the directory does not exist or is empty.
pub fn major(places: &Places) -> Result<Option<u32>> {
    let data = &places.data;
    let not_ours = || {
        Error::Refused(format!(
            "`{}` exists, but is not the directory of a PostgreSQL cluster; move it away",
            data.display(),
        ))
    };
    if let Some(text) = places.account.read(&data.join("PG_VERSION"))? {
        return text.trim().parse().map(Some).map_err(|_| not_ours());
    }
    match fs::read_dir(data) {
        Ok(mut entries) => {
            if entries.next().is_none() {
                Ok(None)
            } else {
                Err(not_ours())
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(not_ours()),
        Err(error) => Err(Error::io(format!("read the directory `{}`", data.display()), &error)),
    }
}

/// Creates the cluster, its role and its database in a temporary directory, and renames the
/// directory once it is complete. So a command that is killed leaves no incomplete cluster.
pub fn create(places: &Places, binaries: &Binaries) -> Result<()> {
    places.remove_temporaries()?;
    let fresh = places.temporary();
    let made = fill(places, binaries, &fresh).and_then(|()| {
        fs::rename(&fresh, &places.data)
            .and_then(|()| File::open(&places.base)?.sync_all())
            .map_err(|error| Error::io(format!("create `{}`", places.data.display()), &error))
    });
    if made.is_err() {
        _ = remove_tree(&fresh);
    }
    made
}

fn fill(places: &Places, binaries: &Binaries, fresh: &Path) -> Result<()> {
    let cannot = |error| Error::io(format!("create the directory `{}`", fresh.display()), &error);
    DirBuilder::new().mode(0o700).create(fresh).map_err(cannot)?;
    places.account.give(fresh).map_err(cannot)?;

    // `trust` is safe: only the owner and root can reach the socket, because of the modes of the
    // socket and its directory. `peer` would admit the same users, but fails for a user id without
    // a name. The locale C exists on every system, and makes the log English, which `start` reads.
    let initdb = places
        .account
        .command(binaries.program("initdb"))
        .args(["--username", ROLE, "--encoding=UTF8", "--locale=C", "--no-instructions"])
        .args(["--auth-local=trust", "--auth-host=reject", "--pgdata"])
        .arg(fresh)
        .output();
    succeeded(places, "initdb", initdb)?;

    // The server in single-user mode reads one statement per line. It writes the settings itself,
    // so that root writes no file in a directory that another user controls. It runs on the template of
    // new databases: before PostgreSQL 15, every role may create in their schema `public`.
    let mut statements = String::new();
    let socket_dir = places.socket_dir.display().to_string();
    for (name, value) in SETTINGS.into_iter().chain([("unix_socket_directories", &*socket_dir)]) {
        _ = writeln!(statements, "alter system set {name} = '{value}'");
    }
    _ = writeln!(statements, "revoke create on schema public from public");
    _ = writeln!(statements, "create database {DATABASE}");
    let single = places
        .account
        .command(binaries.program("postgres"))
        .args(["--single", "-c", "exit_on_error=on", "-D"])
        .arg(fresh)
        .arg("template1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .and_then(|mut child| {
            // If the server has ended, its own message says more than the error of this write.
            if let Some(mut input) = child.stdin.take() {
                _ = input.write_all(statements.as_bytes());
            }
            child.wait_with_output()
        });
    succeeded(places, "postgres", single)
}

fn succeeded(places: &Places, program: &str, result: std::io::Result<Output>) -> Result<()> {
    let output = result.map_err(|error| Error::io(format!("run {program}"), &error))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::Internal(format!(
        "cannot create the private PostgreSQL in `{}`: {program} failed ({}){}",
        places.data.display(),
        output.status,
        last_lines(&output.stderr),
    )))
}

/// Starts the server and waits until it accepts connections.
///
/// `pg_ctl` starts it in a new session, so that Ctrl-C in this terminal does not stop it, and
/// redirects its output to the log, so that no reader of a pipe waits for the server to end.
pub fn start(places: &Places, binaries: &Binaries) -> Result<()> {
    let log = places.data.join(LOG);
    let cannot = |error| Error::io(format!("read `{}`", log.display()), &error);
    let length = match places.account.open(&log)? {
        Some(log) => log.metadata().map_err(cannot)?.len(),
        None => 0,
    };
    let length = if length > LONGEST_LOG {
        fs::rename(&log, places.data.join(OLD_LOG))
            .map_err(|error| Error::io(format!("rename `{}`", log.display()), &error))?;
        0
    } else {
        length
    };

    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let output =
            run_pg_ctl(places, binaries).map_err(|error| Error::io("run pg_ctl", &error))?;
        if output.status.success() {
            return Ok(());
        }
        let logged = match places.account.open(&log)? {
            Some(log) => read_from(log, length).unwrap_or_default(),
            None => Vec::new(),
        };
        // The child processes of a killed server may still be using its shared memory.
        let in_use = String::from_utf8_lossy(&logged).contains("shared memory block");
        if !in_use || Instant::now() >= deadline {
            return Err(Error::Unreachable(format!(
                "the private PostgreSQL in `{}` does not start{}\nits log is `{}`{}",
                places.data.display(),
                last_lines(&output.stderr),
                log.display(),
                last_lines(&logged),
            )));
        }
        thread::sleep(Duration::from_millis(200));
    }
}

fn run_pg_ctl(places: &Places, binaries: &Binaries) -> std::io::Result<Output> {
    // Closes inherited file descriptors. Otherwise the server would keep, for example, a lock that
    // `flock` took in a cron job. Shells other than bash support only descriptors up to 9.
    const CLOSE_AND_RUN: &str = r#"
        for fd in 3 4 5 6 7 8 9 ${BASH_VERSION:+/dev/fd/*}; do
            case ${fd##*/} in [0-2] | '*') ;; *) eval "exec ${fd##*/}>&-" ;; esac
        done
        exec "$@""#;
    let shell = if Path::new("/bin/bash").exists() { "/bin/bash" } else { "/bin/sh" };
    // `pg_ctl` passes the directory to a shell in double quotes, so some paths need `.` instead.
    // The absolute path makes the server recognizable in a process list.
    let data = places.data.to_str().filter(|path| !path.contains(['"', '$', '`', '\\', '\n']));
    // Set at every start, because the directory may have been moved since the cluster was created.
    let socket_dir = format!("-c unix_socket_directories='{}'", places.socket_dir.display());
    places
        .account
        .command(shell)
        .current_dir(&places.data)
        .args(["-c", CLOSE_AND_RUN, "sh"])
        .arg(binaries.program("pg_ctl"))
        .args(["start", "--wait", "--silent", "--timeout", &PATIENCE.as_secs().to_string()])
        .args(["--log", LOG, "--pgdata", data.unwrap_or("."), "--options", &socket_dir])
        .output()
}

/// The end of what was written to the log after its first `start` bytes.
fn read_from(mut log: File, start: u64) -> std::io::Result<Vec<u8>> {
    const ENOUGH: u64 = 8 * 1024;
    let length = log.metadata()?.len();
    log.seek(SeekFrom::Start(start.max(length.saturating_sub(ENOUGH))))?;
    let mut bytes = Vec::new();
    log.take(ENOUGH).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The last ten lines in the form of an appendix to a message: a colon, then one indented line
/// each.
fn last_lines(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = &lines[lines.len().saturating_sub(10)..];
    if last.is_empty() { String::new() } else { format!(":\n  {}", last.join("\n  ")) }
}
