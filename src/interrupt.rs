//! SIGINT and SIGTERM: the open transaction is rolled back, and what was committed is reported.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, TryRecvError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::termios::{SetArg, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::error::{Error, Result};

/// How long a command has to end by itself after a signal. A batch takes a fraction of it; a
/// statement that waits for a lock, or a server that does not answer, takes longer, and then the
/// process ends and the server rolls back.
const GRACE: Duration = Duration::from_secs(2);

/// Signals closer together than this are one: `timeout` of GNU sends its own to the process, and
/// then to the process group.
const ONE_SIGNAL: Duration = Duration::from_millis(200);

/// Ends the program with success at once where the reader of standard output went away: all that is
/// left of a list would be fetched, to be thrown away. To be called only while nothing is being
/// changed.
pub fn end_if_gone(error: &Error) {
    if matches!(error, Error::ReaderGone) {
        exit(0);
    }
}

/// The signal that arrived, shared between the command and the thread that waits for it.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    signal: Arc<AtomicI32>,
    committed: Arc<Mutex<String>>,
    /// How many COMMITs were sent and are not yet answered.
    committing: Arc<AtomicUsize>,
    changed: Arc<AtomicBool>,
}

impl Interrupt {
    /// Fails once a signal has arrived: called before every COMMIT, and between batches.
    pub fn check(&self) -> Result<()> {
        match self.signal.load(Ordering::SeqCst) {
            0 => Ok(()),
            signal => Err(self.error(signal)),
        }
    }

    /// Says what has been committed so far, for the report of an interrupted run.
    pub fn set_committed(&self, report: String) {
        if let Ok(mut committed) = self.committed.lock() {
            *committed = report;
        }
    }

    /// Whether this run has committed a change.
    pub fn has_committed(&self) -> bool {
        self.changed.load(Ordering::SeqCst)
    }

    /// Says that a change was committed.
    pub fn set_changed(&self) {
        self.changed.store(true, Ordering::SeqCst);
    }

    /// Says that the answer to a COMMIT is awaited, until which nobody knows what became of it.
    pub fn set_committing(&self, committing: bool) {
        if committing {
            self.committing.fetch_add(1, Ordering::SeqCst);
        } else {
            self.committing.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn error(&self, signal: i32) -> Error {
        let mut message = "interrupted by ".to_owned();
        message += if signal == SIGTERM { "SIGTERM" } else { "SIGINT" };
        let committing = self.committing.load(Ordering::SeqCst) > 0;
        if committing {
            message += " during COMMIT: look whether the change happened before you repeat it";
        }
        let committed = self.committed.lock().map(|text| text.clone()).unwrap_or_default();
        if !committed.is_empty() {
            message += "; ";
            message += &committed;
        } else if self.has_committed() {
            message += "; the change was made, and is committed";
        } else if !committing {
            message += "; nothing was changed";
        }
        Error::Interrupted { signal, message }
    }
}

/// Runs `work`, and ends with it or, `GRACE` after a signal, without it: a second thread waits for
/// signals. A second signal ends it at once.
///
/// `report` prints the error of a command that failed, or did not end in time: one of them.
pub fn run(
    work: impl FnOnce(Interrupt) -> Result<()>,
    report: impl Fn(&Error) -> ExitCode + Copy + Send + 'static,
) -> ExitCode {
    let interrupt = Interrupt::default();
    // A prompt that is cut short may leave the terminal without echo.
    let terminal = tcgetattr(io::stdin()).ok();
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else {
        return report(&Error::internal("cannot watch for signals"));
    };
    let (running, ended) = mpsc::channel::<()>();
    let ending = Arc::new(Mutex::new(()));
    let (state, exclusively) = (interrupt.clone(), Arc::clone(&ending));
    let watcher = thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        state.signal.store(signal, Ordering::SeqCst);
        let begun = Instant::now();
        while begun.elapsed() < GRACE {
            if ended.recv_timeout(Duration::from_millis(20)) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            if signals.pending().next().is_some() && begun.elapsed() > ONE_SIGNAL {
                break;
            }
        }
        // Held until the process is gone, so that the command does not report, too. It may have
        // been faster.
        let _ending = exclusively.lock();
        if ended.try_recv() == Err(TryRecvError::Disconnected) {
            return;
        }
        if let Some(settings) = terminal {
            _ = tcsetattr(io::stdin(), SetArg::TCSANOW, &settings);
        }
        let error = state.error(signal);
        report(&error);
        exit(error.exit_code());
    });
    if let Err(error) = watcher {
        return report(&Error::io("start a thread", &error));
    }
    let result = catch_unwind(AssertUnwindSafe(|| work(interrupt)));
    let _ending = ending.lock();
    drop(running);
    match result {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => report(&error),
        // The panic has said what it is.
        Err(_) => ExitCode::FAILURE,
    }
}

/// Ends the process, whatever its threads are at: the server rolls back what is open.
#[expect(clippy::exit, reason = "the command may wait for a server that does not answer")]
fn exit(code: u8) -> ! {
    std::process::exit(code.into())
}
