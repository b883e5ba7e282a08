//! SIGINT and SIGTERM: the open transaction is rolled back, and what was committed is reported.

use std::io;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use nix::sys::termios::{SetArg, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::error::{Error, Result};

/// How long a command has to end by itself after a signal. A batch takes a fraction of it; a
/// statement that waits for a lock, or a server that does not answer, takes longer, and then the
/// process ends and the server rolls back.
const GRACE: Duration = Duration::from_secs(2);

/// The signal that arrived, shared between the command and the thread that waits for it.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    signal: Arc<AtomicI32>,
    committed: Arc<Mutex<String>>,
    /// How many COMMITs were sent and are not yet answered.
    committing: Arc<AtomicUsize>,
    changed: Arc<AtomicBool>,
    main: Arc<Mutex<Option<mpsc::Sender<Event>>>>,
}

impl Interrupt {
    /// Fails once a signal has arrived: called before every COMMIT, and between batches.
    pub fn check(&self) -> Result<()> {
        match self.signal.load(Ordering::SeqCst) {
            0 => Ok(()),
            signal => Err(self.error(signal)),
        }
    }

    /// Ends the program with success at once, in the middle of a list that nobody reads any more:
    /// the server ends the statement when the connection is gone. To be called only while nothing
    /// is being changed.
    fn end_quietly(&self) {
        if let Ok(main) = self.main.lock()
            && let Some(main) = main.as_ref()
        {
            _ = main.send(Event::Done(ExitCode::SUCCESS));
        }
    }

    /// Ends the program at once where the reader of standard output went away: all that is left would
    /// be fetched, to be thrown away.
    pub fn end_if_gone(&self, error: &Error) {
        if matches!(error, Error::ReaderGone) {
            self.end_quietly();
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
        let name = if signal == SIGTERM { "SIGTERM" } else { "SIGINT" };
        let committed = self.committed.lock().map(|text| text.clone()).unwrap_or_default();
        let message = if self.committing.load(Ordering::SeqCst) > 0 {
            format!(
                "interrupted by {name} during COMMIT: look whether the change happened before you \
                 repeat it; {committed}"
            )
        } else if committed.is_empty() {
            format!("interrupted by {name}; nothing was changed")
        } else {
            format!("interrupted by {name}; {committed}")
        };
        Error::Interrupted { signal, message }
    }
}

/// Runs `work` on a thread of its own, and ends with it or, `GRACE` after a signal, without it.
///
/// `report` prints the error of a command that did not end in time.
pub fn run(
    work: impl FnOnce(Interrupt) -> ExitCode + Send + 'static,
    report: impl FnOnce(&Error) -> ExitCode,
) -> ExitCode {
    let interrupt = Interrupt::default();
    // A prompt that is cut short may leave the terminal without echo.
    let terminal = tcgetattr(io::stdin()).ok();
    let (sender, events) = mpsc::channel();

    let done = sender.clone();
    if let Ok(mut main) = interrupt.main.lock() {
        *main = Some(sender.clone());
    }
    let state = interrupt.clone();
    let worker = thread::Builder::new()
        .name("command".to_owned())
        .stack_size(8 * 1024 * 1024)
        .spawn(move || {
            let mut ended = Ended { code: ExitCode::FAILURE, sender: done };
            ended.code = work(state);
        });
    let signals = Signals::new([SIGINT, SIGTERM]);
    let (Ok(_worker), Ok(mut signals)) = (worker, signals) else {
        return report(&Error::internal("cannot start a thread or watch for signals"));
    };
    let watcher = thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            _ = sender.send(Event::Signal(signal));
        }
    });
    if let Err(error) = watcher {
        return report(&Error::io("start a thread", &error));
    }

    let signal = match events.recv() {
        Ok(Event::Done(code)) => return code,
        Ok(Event::Signal(signal)) => signal,
        Err(_) => return report(&Error::internal("the command ended without a result")),
    };
    interrupt.signal.store(signal, Ordering::SeqCst);
    if let Ok(Event::Done(code)) = events.recv_timeout(GRACE) {
        return code;
    }
    if let Some(settings) = terminal {
        _ = tcsetattr(io::stdin(), SetArg::TCSANOW, &settings);
    }
    report(&interrupt.error(signal))
}

/// Tells the main thread that the command has ended, also when it panicked.
struct Ended {
    code: ExitCode,
    sender: mpsc::Sender<Event>,
}

impl Drop for Ended {
    fn drop(&mut self) {
        _ = self.sender.send(Event::Done(self.code));
    }
}

#[derive(Debug)]
enum Event {
    Done(ExitCode),
    Signal(i32),
}
