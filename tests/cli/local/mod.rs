//! `--local` and `iamctl local`: the private PostgreSQL.

mod forged;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::support::{Run, directory, server};

/// A user's data directory, and the server that may run in it. Dropping the value removes both.
struct Home {
    directory: tempfile::TempDir,
    data: PathBuf,
}

impl Home {
    fn new(below: &str) -> Self {
        let directory = directory();
        // Other users need access, because root runs the server as another user.
        fs::set_permissions(directory.path(), Permissions::from_mode(0o755)).unwrap();
        let data = directory.path().join(below);
        Self { directory, data }
    }

    fn iamctl(&self, line: &str) -> Run {
        Run::without_database(line).env("XDG_DATA_HOME", &self.data)
    }

    fn status(&self) -> Value {
        self.iamctl("local status").json()
    }

    /// Processes whose current directory is in this directory.
    fn processes(&self) -> Vec<String> {
        let of_ours = |entry: &fs::DirEntry| {
            fs::read_link(entry.path().join("cwd"))
                .is_ok_and(|cwd| cwd.starts_with(self.directory.path()))
        };
        let entries = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        entries.filter(of_ours).map(|entry| format!("{entry:?}")).collect()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        self.iamctl("local destroy --yes").run();
    }
}

#[test]
fn the_first_use_creates_the_server_and_later_uses_only_connect() {
    let home = Home::new("data");
    assert_eq!(home.status()["status"], "absent");
    assert_eq!(home.iamctl("local status").json()["pid"], Value::Null);
    home.iamctl("--local db migrate").ok().says("created a private PostgreSQL");
    let status = home.status();
    assert_eq!(status["status"], "running");
    let begun = Instant::now();
    let next = home.iamctl("--local user create alice --email a@x.org --verified").ok();
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(next.stderr, "");
    let by_url = Run::without_database("user list --count").env("XDG_DATA_HOME", &home.data);
    assert_eq!(by_url.env("DATABASE_URL", "local:").ok().line(), "1");

    // Only the owner can reach the socket, the server does not listen on TCP, and commits are
    // durable.
    let url = home.iamctl("local url").ok().line();
    let socket_dir = Path::new(status["data_dir"].as_str().unwrap()).with_file_name("run");
    assert_eq!(fs::metadata(&socket_dir).unwrap().mode() & 0o777, 0o700);
    let settings = "select current_setting('listen_addresses'), current_setting('fsync'),
                           current_setting('synchronous_commit'), current_setting('full_page_writes')";
    let psql = server().psql().args(["-XAtq", "-c", settings, &url]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&psql.stdout).trim(), "|on|on|on");
    Run::new(&url, "user show alice").ok();
}

/// The server is asked while it runs, and not started otherwise.
#[test]
fn completion_asks_the_server_while_it_runs() {
    let home = Home::new("data");
    let offered = || {
        let run = home.iamctl("-- --local user show al").env("IAMCTL_COMPLETE", "fish");
        let run = run.env("IAMCTL_COMPLETE_WAIT", "30s");
        let outcome = run.ok();
        assert_eq!(outcome.stderr, "");
        outcome.stdout
    };
    home.iamctl("--local db migrate").ok();
    home.iamctl("--local user create alice --email a@x.org --verified").ok();
    assert_eq!(offered(), "values\nalice\ta@x.org\n");
    home.iamctl("local stop").ok();
    assert_eq!(offered(), "");
    assert_eq!(home.status()["status"], "stopped");
}

#[test]
fn stop_start_and_destroy_leave_no_process_and_no_file() {
    let home = Home::new("data");
    assert_eq!(home.iamctl("local start").json()["changed"], true);
    assert_eq!(home.iamctl("local start").json()["changed"], false);
    assert!(!home.processes().is_empty());
    home.iamctl("--local db migrate").ok();
    home.iamctl("--local user create alice --email a@x.org --verified").ok();

    assert_eq!(home.iamctl("local stop").json()["changed"], true);
    assert_eq!(home.status()["status"], "stopped");
    assert_eq!(home.processes(), [""; 0]);
    assert_eq!(home.iamctl("local stop").json()["changed"], false);
    home.iamctl("--local user show alice").ok().says("started the private PostgreSQL");

    home.iamctl("local destroy").fails(2).says("--yes");
    assert_eq!(home.iamctl("local destroy --dry-run").json()["changed"], true);
    home.iamctl("--local user show alice").ok();
    let mut terminal = home.iamctl("local destroy").on_terminal();
    terminal.exp_string("with all its data").unwrap();
    terminal.send_line("n").unwrap();
    terminal.exp_string("nothing was changed").unwrap();
    terminal.exp_eof().unwrap();
    home.iamctl("--local user show alice").ok();

    assert_eq!(home.iamctl("local destroy --yes").json()["changed"], true);
    assert_eq!(home.processes(), [""; 0]);
    let left: Vec<_> = fs::read_dir(home.directory.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(home.iamctl("local destroy --yes").json()["changed"], false);
}

#[test]
fn concurrent_first_uses_create_one_server() {
    let home = Home::new("data");
    thread::scope(|scope| {
        let uses: Vec<_> =
            (0..3).map(|_| scope.spawn(|| home.iamctl("--local db migrate").ok())).collect();
        for done in uses {
            done.join().unwrap();
        }
    });
    home.iamctl("--local db status").ok();
    // One audit row for each transaction of the one run that migrated.
    assert_eq!(home.iamctl("--local audit list --count").ok().line(), "5");
}

#[test]
fn a_server_that_was_killed_starts_again() {
    let home = Home::new("data");
    home.iamctl("--local db migrate").ok();
    home.iamctl("--local user create alice --email a@x.org --verified").ok();
    let pid = i32::try_from(home.status()["pid"].as_i64().unwrap()).unwrap();
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    let begun = Instant::now();
    while home.status()["status"] == "running" {
        assert!(begun.elapsed() < Duration::from_secs(10), "the killed server is still running");
        thread::sleep(Duration::from_millis(20));
    }
    home.iamctl("--local user show alice").ok();
}

#[test]
fn a_long_path_falls_back_to_a_short_directory_for_the_socket() {
    let home = Home::new(&"long/".repeat(24));
    home.iamctl("--local db migrate").ok();
    let url = home.iamctl("local url").ok().line();
    let socket_dir = url.split("host=").nth(1).unwrap().split('&').next().unwrap();
    assert!(socket_dir.starts_with("/tmp/iamctl-"), "{url}");
    assert_eq!(fs::metadata(socket_dir).unwrap().mode() & 0o777, 0o700);
    home.iamctl("local destroy --yes").ok();
    assert!(!Path::new(socket_dir).exists());
}
