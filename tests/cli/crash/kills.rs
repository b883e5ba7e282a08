//! SIGKILL at each system call of each changing command that writes, sends or receives.

use std::fs::File;
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::{CASES, Case, Point, on_two_threads, run};
use crate::support::Db;

/// Those that the program uses for files, standard output and the connection.
const CALLS: [&str; 12] = [
    "sendto",
    "recvfrom",
    "write",
    "writev",
    "openat",
    "ftruncate",
    "fsync",
    "fdatasync",
    "rename",
    "renameat2",
    "unlink",
    "flock",
];

/// Kills the command at each of its system calls in turn, until it ends by itself. Returns how often.
fn kill_at_each_call(base: &Db, case: &Case) -> usize {
    let mut points = 0;
    for call in CALLS {
        for nth in 1.. {
            points += 1;
            if kill_at(base, case, call, nth) {
                break;
            }
        }
    }
    points
}

/// Returns whether the command ended by itself.
fn kill_at(base: &Db, case: &Case, call: &str, nth: usize) -> bool {
    let point = Point::new(base, case);
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:signal=SIGKILL:when={nth}");
    let strace = ["-f", "-qqq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    let outcome = run(case, &point.db.url(), &point.files).under("strace", &strace).run();
    let seen = format!("{} {call} {nth}: {outcome:#?}", case.line);
    let is_changed = point.is_changed(case, &seen);
    let files = point.files();
    if outcome.code == 0 {
        assert!(is_changed, "{seen}");
        return true;
    }
    // By signal 9, which strace passes on.
    assert!([-9, 137].contains(&outcome.code), "{seen}");
    if is_changed && case.line.contains("{dir}") {
        assert!(!files.is_empty(), "a secret without its file: {seen}");
    }
    // An empty file that is younger may be that of a command at work.
    for name in &files {
        let file = File::options().write(true).open(point.files.path().join(name)).unwrap();
        if file.metadata().unwrap().len() == 0 {
            file.set_modified(SystemTime::now() - Duration::from_secs(20)).unwrap();
        }
    }
    let again = point.again(case, &seen);
    if !is_changed && !files.is_empty() && again.code == 0 {
        // A file holds a secret that is not there, or nothing.
        assert!(again.stderr.contains("left behind"), "{again:#?} after {files:?} of {seen}");
    }
    false
}

#[test]
#[ignore = "takes ten minutes, and strace; see CONTRIBUTING.md"]
fn every_change_is_made_or_not_wherever_it_is_killed() {
    let strace = Command::new("strace").arg("-V").output();
    assert!(strace.is_ok_and(|it| it.status.success()), "install strace");
    on_two_threads(&CASES, kill_at_each_call);
}
