//! What ends a command early (signals, a server that does not answer, panics), and what is said then: the
//! open transaction is rolled back, and the error says what is committed.

mod commits;

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::unistd::alarm;
use signal_hook::consts::{SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::register_conditional_shutdown;
use signal_hook::iterator::Handle;
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

pub use self::commits::CommitAnswer;
use self::commits::Commits;
use crate::error::{Error, Result};
use crate::panics::{self, lock};

/// How long a command may take to end after a signal. A batch takes a fraction of this. A command
/// that waits for a lock or for the server may take longer: then the process exits, and the server
/// rolls back.
const GRACE: Duration = Duration::from_secs(2);

/// How long the report of what ended a command may take, in seconds.
const LONGEST_REPORT: u32 = 1;

/// How often `Interrupt::every_tick` runs, in milliseconds.
pub const TICK: u8 = 250;

/// Signals within this time count as one: GNU `timeout` signals the process and then its group.
const ONE_SIGNAL: Duration = Duration::from_millis(200);

/// Exits with 0 at once if the reader of standard output has closed it. Otherwise the driver would
/// fetch the rest of a long list only to discard it. Call it only from commands that change
/// nothing.
pub fn end_if_gone(error: &Error) {
    if matches!(error, Error::ReaderGone) {
        exit(0);
    }
}

/// The signal received, and what to report about the run. The command shares it with the thread
/// that waits for signals.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    signal: Arc<AtomicI32>,
    commits: Arc<Mutex<Commits>>,
    ending: Arc<Mutex<Ending>>,
    /// Unset only before `run`.
    signals: Arc<OnceLock<Handle>>,
    /// What the thread that waits for signals does besides.
    look: Arc<OnceLock<fn()>>,
    /// The operator types Ctrl-C for a pager that shows a list.
    pager_shows: Arc<AtomicBool>,
}

/// Undoes what a prompt did to the terminal.
type Restore = Box<dyn Fn() + Send>;

/// Prints an error.
type Report = Box<dyn Fn(&Error) -> ExitCode + Send>;

/// How another thread ends the process while the command is at work. Locked until the process exits, so
/// that there is only one report.
#[derive(Default)]
struct Ending {
    /// The command ended first.
    command_ended: bool,
    report: Option<Report>,
    /// Restores the terminal that a prompt has changed; `None` while it is as it was.
    restore_terminal: Option<Restore>,
}

impl fmt::Debug for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ending").field("command_ended", &self.command_ended).finish_non_exhaustive()
    }
}

impl Interrupt {
    /// Fails once a signal has been received. Called before every COMMIT and between batches.
    pub fn check(&self) -> Result<()> {
        match self.signal.load(Ordering::SeqCst) {
            0 => Ok(()),
            signal => Err(interrupted(signal, &self.commits().words())),
        }
    }

    /// Sleeps, in short pieces: until `is_over`, or a signal, which is an error.
    pub fn sleep(&self, pause: Duration, is_over: impl Fn() -> bool) -> Result<()> {
        let begun = Instant::now();
        loop {
            self.check()?;
            let left = pause.saturating_sub(begun.elapsed());
            if left.is_zero() || is_over() {
                return Ok(());
            }
            thread::sleep(left.min(Duration::from_millis(100)));
        }
    }

    /// Sets the part of the error message that says what is committed so far.
    pub fn set_committed(&self, report: String) {
        self.commits().report = report;
    }

    /// Whether this run has committed a change.
    pub fn has_committed(&self) -> bool {
        self.commits().changed
    }

    /// Whether a COMMIT was sent and never answered: its outcome is unknown.
    pub fn lost_a_commit(&self) -> bool {
        self.commits().has_pending()
    }

    /// Forgets COMMITs that were never answered, as it is known by now what became of them.
    pub fn forget_lost_commits(&self) {
        self.commits().forget_pending();
    }

    /// Records that COMMIT is sent now. Its outcome is unknown until it is answered; `tells` is what a message then says
    /// of how to find it out.
    pub fn commit_sent(&self, tells: String) {
        self.commits().send(tells);
    }

    /// Records how COMMIT was answered.
    pub fn commit_answered(&self, answer: CommitAnswer) {
        self.commits().answer(answer);
    }

    /// Runs `create`, which creates this file for the open transaction. Where another thread ends the
    /// process before COMMIT is sent, or after it was refused, the file is removed.
    pub fn create_file(
        &self,
        path: &Path,
        create: impl FnOnce() -> io::Result<File>,
    ) -> io::Result<File> {
        self.commits().create_file(path, create)
    }

    /// Removes a file that `create_file` created.
    pub fn remove_file(&self, path: &Path) {
        self.commits().remove_file(path);
    }

    /// What to do with the files whose COMMIT was sent, where its outcome is unknown; `None` where there
    /// are none.
    pub fn advice_on_files(&self) -> Option<String> {
        self.commits().advice_on_files()
    }

    /// Sets what restores the terminal where another thread ends the process; `None` leaves it as it is.
    pub fn restore_terminal_at_exit(&self, restore: Option<Restore>) {
        self.ending().restore_terminal = restore;
    }

    /// Whether Ctrl-C is for a pager, and does not end this process.
    pub fn leave_ctrl_c_to_pager(&self, pager_shows: bool) {
        self.pager_shows.store(pager_shows, Ordering::SeqCst);
    }

    /// Lets the thread that waits for signals run `look` every `TICK`, until there is one.
    pub fn every_tick(&self, look: fn()) {
        // Set once, by the first attempt to connect.
        _ = self.look.set(look);
    }

    /// Takes the loss of the terminal (SIGHUP) and Ctrl-\ (SIGQUIT) for an interruption, too, unless they
    /// are ignored, as by `nohup`. Without this they end the process at once, and files stay behind.
    pub fn catch_more_signals(&self) {
        let Some(signals) = self.signals.get() else { return };
        for signal in [SIGHUP, SIGQUIT].into_iter().filter(|signal| !is_ignored(*signal)) {
            // It cannot fail for a signal that may be caught.
            _ = signals.add_signal(signal);
        }
    }

    /// Reports that the server cannot be reached, with what is committed, and exits. Call it from another
    /// thread, where nothing else ends a wait for the server. Does nothing if the command has ended.
    pub fn give_up(&self, why: &str) {
        self.exit(|committed| Error::Unreachable(format!("{why}{committed}")));
    }

    /// `error` gets what is committed.
    fn exit(&self, error: impl FnOnce(&str) -> Error) {
        let ending = self.ending();
        if ending.command_ended {
            return;
        }
        // Until the process exits, the command can create no file, and send no COMMIT.
        let mut commits = self.commits();
        let mut error = error(&commits.words());
        if let Some(advice) = commits.advice_on_files() {
            error = error.with(&advice);
        }
        commits.remove_uncommitted_files();
        exit_soon(error.exit_code());
        if let Some(restore) = &ending.restore_terminal {
            restore();
        }
        if let Some(report) = &ending.report {
            report(&error);
        }
        exit(error.exit_code());
    }

    fn ending(&self) -> MutexGuard<'_, Ending> {
        lock(&self.ending)
    }

    fn commits(&self) -> MutexGuard<'_, Commits> {
        lock(&self.commits)
    }
}

fn interrupted(signal: i32, committed: &str) -> Error {
    let name = match signal {
        SIGTERM => "SIGTERM",
        SIGHUP => "SIGHUP",
        SIGQUIT => "SIGQUIT",
        _ => "SIGINT",
    };
    Error::Interrupted { signal, message: format!("interrupted by {name}{committed}") }
}

/// Whether the process was started with this signal ignored. Without `/proc` it is taken as not ignored.
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

/// Runs `work` and returns the exit code. A second thread waits for signals: if `work` has not
/// ended `GRACE` after a signal, or at a second signal, it exits the process.
///
/// `report` prints the error and returns its exit code. It is called at most once.
pub fn run(
    work: impl FnOnce(Interrupt) -> Result<()>,
    report: impl Fn(&Error) -> ExitCode + Copy + Send + 'static,
) -> ExitCode {
    let interrupt = Interrupt::default();
    *interrupt.ending() =
        Ending { command_ended: false, report: Some(Box::new(report)), restore_terminal: None };
    let mut signals = match catch_signals() {
        Ok(signals) => signals,
        Err(error) => return report(&Error::io("watch for signals", &error)),
    };
    _ = interrupt.signals.set(signals.handle());
    let (running, ended) = mpsc::channel::<()>();
    let state = interrupt.clone();
    let watcher = thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let signal = loop {
            let signal = next_signal(&mut signals, &state.look);
            if signal != SIGINT || !state.pager_shows.load(Ordering::SeqCst) {
                break signal;
            }
        };
        state.signal.store(signal, Ordering::SeqCst);
        let begun = Instant::now();
        while begun.elapsed() < GRACE {
            if ended.recv_timeout(Duration::from_millis(20)) != Err(RecvTimeoutError::Timeout) {
                // Its error is being printed, and may wait for its reader.
                thread::sleep(GRACE.saturating_sub(begun.elapsed()));
                exit(interrupted(signal, "").exit_code());
            }
            if signals.pending().next().is_some() && begun.elapsed() > ONE_SIGNAL {
                break;
            }
        }
        state.exit(|committed| interrupted(signal, committed));
    });
    if let Err(error) = watcher {
        return report(&Error::io("start a thread", &error));
    }
    let state = interrupt.clone();
    let result = catch_unwind(AssertUnwindSafe(|| work(interrupt)));
    state.ending().command_ended = true;
    drop(running);
    match result {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => report(&error),
        Err(_) => {
            let committed = state.commits().words();
            report(&panics::error().with(committed.trim_start_matches("; ")))
        }
    }
}

type Signals = SignalDelivery<UnixStream, SignalOnly>;

fn catch_signals() -> io::Result<Signals> {
    let (read, write) = UnixStream::pair()?;
    Signals::with_pipe(read, write, SignalOnly, [SIGINT, SIGTERM])
}

/// Waits for a signal, and runs `look` every `TICK` meanwhile.
fn next_signal(signals: &mut Signals, look: &OnceLock<fn()>) -> i32 {
    loop {
        let mut arrived = [PollFd::new(signals.get_read().as_fd(), PollFlags::POLLIN)];
        // Where it fails, as by EINTR, there may be a signal all the same.
        _ = poll(&mut arrived, PollTimeout::from(TICK));
        // A choice on the terminal raises SIGINT where another signal interrupts it.
        if let Some(signal) = signals.pending().max_by_key(|signal| *signal != SIGINT) {
            return signal;
        }
        if let Some(look) = look.get() {
            look();
        }
    }
}

/// Lets the process exit once the report has taken too long. It waits for its reader, and for another thread
/// that holds the lock of standard error while it waits for that reader.
fn exit_soon(code: u8) {
    // It cannot fail for signals that may be blocked. As a background job, this thread would be stopped
    // where it writes to the terminal or changes its settings.
    _ = SigSet::from(Signal::SIGTTOU).thread_block();
    // It cannot fail for a signal that may be caught.
    _ = register_conditional_shutdown(SIGALRM, code.into(), Arc::new(AtomicBool::new(true)));
    alarm::set(LONGEST_REPORT);
}

/// Exits without waiting for other threads. The server rolls back the open transaction.
#[expect(clippy::exit, reason = "the command may wait for a server that does not answer")]
fn exit(code: u8) -> ! {
    std::process::exit(code.into())
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;

    use super::*;

    static REPORTED: Mutex<Vec<String>> = Mutex::new(Vec::new());

    #[test]
    fn a_panic_is_reported_once_with_what_is_committed() {
        let report = |error: &Error| {
            REPORTED.lock().unwrap().push(format!("{}: {error}", error.kind()));
            ExitCode::from(error.exit_code())
        };
        let code = run(
            |interrupt| {
                interrupt.set_committed("the deletion of 5 rows is committed".to_owned());
                // Neither of the types that `panic!` makes.
                panic_any(5)
            },
            report,
        );
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(1)));
        let reported = REPORTED.lock().unwrap().clone();
        assert_eq!(reported.len(), 1, "{reported:?}");
        assert!(reported[0].starts_with("internal: iamctl failed unexpectedly"), "{reported:?}");
        assert!(reported[0].ends_with("; the deletion of 5 rows is committed"), "{reported:?}");
    }
}
