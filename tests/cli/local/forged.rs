//! For root, the private PostgreSQL runs as another user, who can write whatever he likes into its
//! directories. Root neither waits for that nor acts on other processes because of it.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use nix::sys::stat::Mode;
use nix::unistd::{Uid, User, gettid, mkfifo};

use super::Home;
use crate::support::{Outcome, skipped};

/// However busy the machine is: iamctl waits for nothing here.
const LONGEST: Duration = Duration::from_secs(5);

/// A cluster whose server does not run; `None` (and a message) unless the tests run as root.
struct Cluster {
    home: Home,
    data: PathBuf,
    socket: PathBuf,
    uid: u32,
}

impl Cluster {
    fn stopped() -> Option<Self> {
        if !Uid::effective().is_root() {
            skipped("only root runs the private PostgreSQL as another user");
            return None;
        }
        let home = Home::new("data");
        home.iamctl("local start").ok();
        home.iamctl("local stop").ok();
        let data = PathBuf::from(home.status()["data_dir"].as_str().unwrap());
        let socket = data.with_file_name("run").join(".s.PGSQL.5432");
        let uid = fs::metadata(&data).unwrap().uid();
        Some(Self { home, data, socket, uid })
    }

    fn pid_file(&self) -> PathBuf {
        self.data.join("postmaster.pid")
    }

    /// Writes a `postmaster.pid` as of a server that runs with this process id.
    fn forge(&self, pid: u32) {
        let directory = self.socket.parent().unwrap().display().to_string();
        let data = self.data.display();
        let text = format!("{pid}\n{data}\n1700000000\n5432\n{directory}\n\n  1 2\nready   \n");
        fs::write(self.pid_file(), text).unwrap();
        chown(self.pid_file(), Some(self.uid), None).unwrap();
    }

    /// A socket on which nobody answers. No further client fits into its queue.
    fn listen(&self) -> (UnixListener, Vec<UnixStream>) {
        _ = fs::remove_file(&self.socket);
        let listener = UnixListener::bind(&self.socket).unwrap();
        chown(&self.socket, Some(self.uid), None).unwrap();
        nix::sys::socket::listen(&listener, nix::sys::socket::Backlog::new(0).unwrap()).unwrap();
        (listener, vec![UnixStream::connect(&self.socket).unwrap()])
    }

    /// Runs it, and expects this exit code in time.
    #[track_caller]
    fn ends(&self, line: &str, code: i32) -> Outcome {
        let begun = Instant::now();
        let outcome = self.home.iamctl(line).ends_with(code);
        assert!(begun.elapsed() < LONGEST, "{line}: {:?}", begun.elapsed());
        outcome
    }

    /// Expects these commands to be refused, with this text in the message and the cluster untouched.
    #[track_caller]
    fn refuses(&self, lines: &[&str], text: &str) {
        for line in lines {
            let outcome = self.ends(line, 5);
            assert_eq!(outcome.stdout, "", "{line}");
            assert!(outcome.stderr.contains(text), "{line}: no `{text}` in {outcome:#?}");
            assert!(self.data.join("PG_VERSION").exists(), "{line} left the cluster alone");
        }
    }
}

const END: [&str; 2] = ["local stop", "local destroy --yes"];

/// A process that sleeps. Dropping the value ends it.
struct Sleeper(Child);

impl Sleeper {
    fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap())
    }

    fn pid(&self) -> u32 {
        self.0.id()
    }

    fn assert_lives(&mut self) {
        assert_eq!(self.0.try_wait().unwrap(), None, "it was left alone");
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// Processes that are not the private server, as the message describes them.
fn others(cluster: &Cluster) -> Vec<(Sleeper, String)> {
    let uid = cluster.uid;
    let nobody = User::from_name("nobody").unwrap().unwrap().uid;
    let (data, run) = (cluster.data.as_path(), cluster.socket.parent().unwrap());
    let sleep = |words: &str, directory: &Path| {
        let words: Vec<_> = words.split(' ').collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(directory);
        command
    };
    let runs_as = |who: &str| format!("it runs as uid {who}, the server as uid {uid}");
    let outside = format!("it does not work in `{}`", cluster.data.display());
    let as_server = format!("setpriv --reuid={uid} sleep 1000");
    [
        (sleep("sleep 1000", Path::new("/")), runs_as("0")),
        (sleep("sleep 1000", data), runs_as("0")),
        (
            sleep(&format!("setpriv --reuid={nobody} sleep 1000"), data),
            runs_as(&nobody.to_string()),
        ),
        // As a program with the set-user-id bit that the server's user started.
        (
            sleep(&format!("setpriv --ruid={uid} sleep 1000"), data),
            runs_as(&format!("{uid} and 0")),
        ),
        (sleep(&as_server, Path::new("/")), outside.clone()),
        (sleep(&as_server, run), outside),
    ]
    .map(|(mut command, how)| (Sleeper::start(&mut command), how))
    .into()
}

#[test]
fn a_forged_process_id_makes_root_signal_no_other_process() {
    let Some(cluster) = Cluster::stopped() else { return };
    for (mut sleeper, how) in others(&cluster) {
        let pid = sleeper.pid();
        // setpriv has become sleep.
        let comm = format!("/proc/{pid}/comm");
        while fs::read_to_string(&comm).unwrap() != "sleep\n" {
            std::thread::sleep(Duration::from_millis(5));
        }
        cluster.forge(pid);
        let described = format!("names process {pid} (`sleep`; {how})");
        cluster.refuses(&END, &described);
        cluster.refuses(&END, "it was left alone");
        assert_eq!(
            cluster.ends("local status -o csv", 0).lines()[1].split(',').next(),
            Some("stopped")
        );
        sleeper.assert_lives();

        // A socket beside it does not make it more credible.
        let listening = cluster.listen();
        cluster.refuses(&END, &described);
        cluster.refuses(&["local start", "--local user list"], &format!("process {pid}"));
        assert_eq!(
            cluster.ends("local status -o csv", 0).lines()[1].split(',').next(),
            Some("stopped")
        );
        sleeper.assert_lives();
        drop(listening);

        // Starting replaces the file, as it does after a power loss.
        assert_eq!(cluster.home.iamctl("local start").json()["changed"], true);
        let status = cluster.home.status();
        assert_eq!(status["status"], "running");
        assert_ne!(status["pid"], pid);
        assert_eq!(cluster.home.iamctl("local stop").json()["changed"], true);
        sleeper.assert_lives();
    }
}

/// The signal would reach this test.
#[test]
fn a_forged_thread_id_makes_root_signal_no_process() {
    let Some(cluster) = Cluster::stopped() else { return };
    let thread = gettid().as_raw().unsigned_abs();
    assert_ne!(thread, std::process::id(), "tests run in threads");
    cluster.forge(thread);
    cluster.refuses(&END, &format!("names process {thread} (a thread of another process)"));
    cluster.forge(std::process::id());
    cluster.refuses(&END, &format!("names process {} (", std::process::id()));
    cluster.forge(1);
    cluster.refuses(&END, "names process 1 (");
}

#[test]
fn a_process_id_that_means_no_process_stops_nothing() {
    let Some(cluster) = Cluster::stopped() else { return };
    let mut ended = Command::new("true").spawn().unwrap();
    // Not waited for: the process has ended, but its id still exists.
    std::thread::sleep(Duration::from_millis(300));
    for _ in 0..2 {
        cluster.forge(ended.id());
        assert_eq!(cluster.home.iamctl("local stop").json()["changed"], false);
        assert_eq!(cluster.home.status()["status"], "stopped");
        let listening = cluster.listen();
        let lines = [END[0], END[1], "local start"];
        cluster.refuses(&lines, &format!("process {}, which is not this server", ended.id()));
        drop(listening);
        ended.wait().unwrap();
    }
    for text in ["", "0\n", "-1\n", "99999999999\n", "x\n", "\n\n"] {
        fs::write(cluster.pid_file(), text).unwrap();
        chown(cluster.pid_file(), Some(cluster.uid), None).unwrap();
        assert_eq!(cluster.home.iamctl("local stop").json()["changed"], false, "{text:?}");
    }
    assert_eq!(cluster.home.iamctl("local destroy --yes").json()["changed"], true);
}

#[test]
fn a_socket_on_which_nobody_answers_is_not_waited_for() {
    let Some(cluster) = Cluster::stopped() else { return };
    let listening = cluster.listen();
    let lines = [END[0], END[1], "local start", "--local user list"];
    cluster.refuses(&lines, "it was left alone");
    cluster.refuses(&lines, &cluster.socket.display().to_string());
    cluster.ends("local status", 0);
    drop(listening);
    // The socket of a server that was killed.
    assert_eq!(cluster.home.iamctl("local start").json()["changed"], true);
}

/// Makes something at a path.
type Maker<'a> = &'a dyn Fn(&Path);

#[test]
fn root_reads_only_regular_files_of_the_servers_user() {
    let Some(cluster) = Cluster::stopped() else { return };
    let secret = cluster.home.directory.path().join("secret");
    fs::write(&secret, "15\nof root").unwrap();
    let kinds: [(&str, Maker<'_>); 6] = [
        ("a FIFO", &|path| mkfifo(path, Mode::S_IRWXU).unwrap()),
        ("a link", &|path| symlink(&secret, path).unwrap()),
        ("a link to nothing", &|path| symlink("/nonexistent", path).unwrap()),
        ("a directory", &|path| fs::create_dir(path).unwrap()),
        ("a socket", &|path| drop(UnixListener::bind(path).unwrap())),
        ("a file of root", &|path| fs::write(path, "15\n").unwrap()),
    ];
    let all = [END[0], END[1], "local start", "--local user list", "local status"];
    for (name, lines) in
        [("postmaster.pid", &all[..]), ("PG_VERSION", &all), ("server.log", &all[2..4])]
    {
        let (path, kept) = (cluster.data.join(name), cluster.data.join("kept"));
        if path.exists() {
            fs::rename(&path, &kept).unwrap();
        }
        for (kind, make) in &kinds {
            make(&path);
            if *kind == "a FIFO" {
                chown(&path, Some(cluster.uid), None).unwrap();
            }
            for line in lines {
                let outcome = cluster.ends(line, 5);
                let text = format!(
                    "`{}` is not a regular file of uid {}; move it away",
                    path.display(),
                    cluster.uid
                );
                assert!(outcome.stderr.contains(&text), "{kind}, {line}: {outcome:#?}");
            }
            assert!(fs::symlink_metadata(&path).is_ok(), "{kind}: it was left alone");
            let removed =
                if path.is_dir() { fs::remove_dir(&path) } else { fs::remove_file(&path) };
            removed.unwrap();
        }
        _ = fs::rename(&kept, &path);
    }
    assert_eq!(cluster.home.iamctl("local start").json()["changed"], true);
}

/// The process is the server's, but another program took the place of its socket.
#[test]
fn root_connects_to_no_program_of_another_user() {
    let Some(cluster) = Cluster::stopped() else { return };
    cluster.home.iamctl("local start").ok();
    fs::remove_file(&cluster.socket).unwrap();
    let _listener = UnixListener::bind(&cluster.socket).unwrap();
    let outcome = cluster.home.iamctl("--local user list").fails(6);
    assert!(outcome.stderr.contains("requirepeer"), "{outcome:#?}");
    assert_eq!(cluster.home.iamctl("local stop").json()["changed"], true);
}

/// Otherwise he could put a link in the place of what root removes.
#[test]
fn root_keeps_no_cluster_below_a_directory_that_the_servers_user_can_replace() {
    let Some(cluster) = Cluster::stopped() else { return };
    let above = cluster.home.data.join("above");
    fs::create_dir(&above).unwrap();
    let data_dir = || {
        let status = cluster.home.iamctl("local status").env("XDG_DATA_HOME", above.join("below"));
        status.json()["data_dir"].as_str().unwrap().to_owned()
    };
    assert!(data_dir().starts_with(above.to_str().unwrap()));
    chown(&above, Some(cluster.uid), None).unwrap();
    assert!(data_dir().starts_with("/var/lib/iamctl/"), "{}", data_dir());
}
