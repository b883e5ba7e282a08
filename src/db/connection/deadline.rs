//! How long this program waits for the server. The server's own timeouts do not end a wait for a server
//! or a pooler that accepts a connection and does not answer.

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::{Connection as _, Instrumentation, InstrumentationEvent};
use diesel::pg::PgConnection;
use nix::sys::socket::{Shutdown, shutdown};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// How often the thread looks at the deadlines.
const TICK: Duration = Duration::from_millis(250);

/// Runs `work` in a thread of its own; `None` where it does not end `within` this time. It is left
/// behind then: it may wait for ever inside libpq.
pub fn within<T: Send + 'static>(
    within: Option<Duration>,
    interrupt: &Interrupt,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<T>> {
    let (done, result) = sync_channel(1);
    thread::Builder::new()
        // The receiver is gone where it gave up.
        .spawn(move || _ = done.send(work()))
        .map_err(|error| Error::io("start a thread", &error))?;
    let begun = Instant::now();
    loop {
        match result.recv_timeout(Duration::from_millis(100)) {
            Ok(value) => return Ok(Some(value)),
            Err(RecvTimeoutError::Disconnected) => return Err(crate::panics::error()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        interrupt.check()?;
        if within.is_some_and(|within| begun.elapsed() >= within) {
            return Ok(None);
        }
    }
}

/// A socket of this process: its number, and the inode that tells whether the number still means it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Socket {
    fd: i32,
    inode: u64,
}

impl Socket {
    /// All sockets that are open. None where the system has no `/proc`.
    pub fn all() -> HashSet<Self> {
        let Ok(entries) = fs::read_dir("/proc/self/fd") else { return HashSet::new() };
        let numbers =
            entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        numbers.filter_map(Self::of).collect()
    }

    fn of(fd: i32) -> Option<Self> {
        let metadata = fs::metadata(format!("/proc/self/fd/{fd}")).ok()?;
        metadata.file_type().is_socket().then(|| Self { fd, inode: metadata.ino() })
    }

    fn shut_down(self) {
        if Self::of(self.fd) == Some(self) {
            _ = shutdown(self.fd, Shutdown::Both);
        }
    }
}

/// The deadline of a connection. Diesel does not hand out libpq's socket: a thread shuts it down once a
/// request takes too long, and the request then ends with an error.
#[derive(Debug)]
pub struct Deadline(Arc<Watched>);

#[derive(Debug)]
struct Watched {
    sockets: Vec<Socket>,
    /// The limit of a request, in milliseconds; 0 has none.
    limit: AtomicU64,
    /// In milliseconds of `now`; 0 where no request is under way.
    give_up_at: AtomicU64,
    expired: AtomicBool,
}

impl Deadline {
    /// Watches the connection, whose sockets these are.
    pub fn watch(conn: &mut PgConnection, sockets: Vec<Socket>) -> Result<Self> {
        let watched = Arc::new(Watched {
            sockets,
            limit: AtomicU64::new(0),
            give_up_at: AtomicU64::new(0),
            expired: AtomicBool::new(false),
        });
        conn.set_instrumentation(Hook(Arc::clone(&watched)));
        start_watching(&watched)?;
        Ok(Self(watched))
    }

    /// Limits each request from now on; `None` has no limit.
    pub fn set_limit(&self, limit: Option<Duration>) {
        let limit = limit.map_or(0, |limit| milliseconds(limit.saturating_sub(TICK)).max(1));
        self.0.limit.store(limit, Ordering::SeqCst);
        self.0.give_up_at.store(0, Ordering::SeqCst);
    }

    /// Whether a request took too long, and the connection was given up.
    pub fn has_expired(&self) -> bool {
        self.0.expired.load(Ordering::SeqCst)
    }
}

/// Whether this program does something else while rows of a request arrive.
static PAUSED: AtomicBool = AtomicBool::new(false);

/// Runs `work`, such as printing a row to a reader that may pause, without counting the time.
pub fn pause_while<T>(work: impl FnOnce() -> T) -> T {
    PAUSED.store(true, Ordering::SeqCst);
    let done = work();
    PAUSED.store(false, Ordering::SeqCst);
    done
}

/// Diesel tells of the begin and the end of each request.
struct Hook(Arc<Watched>);

impl Instrumentation for Hook {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let limit = self.0.limit.load(Ordering::SeqCst);
        let give_up_at = match event {
            InstrumentationEvent::StartQuery { .. } if limit > 0 => now() + limit,
            InstrumentationEvent::StartQuery { .. } | InstrumentationEvent::FinishQuery { .. } => 0,
            _ => return,
        };
        self.0.give_up_at.store(give_up_at, Ordering::SeqCst);
    }
}

/// Every connection of this process.
static ALL: Mutex<Vec<Weak<Watched>>> = Mutex::new(Vec::new());

fn start_watching(watched: &Arc<Watched>) -> Result<()> {
    let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    let is_first = all.is_empty();
    all.push(Arc::downgrade(watched));
    if is_first {
        let started = thread::Builder::new().name("deadlines".to_owned()).spawn(look_for_ever);
        started.map_err(|error| Error::io("start a thread", &error))?;
    }
    Ok(())
}

fn look_for_ever() {
    loop {
        thread::sleep(TICK);
        for watched in ALL.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            if let Some(watched) = watched.upgrade() {
                watched.look();
            }
        }
    }
}

impl Watched {
    fn look(&self) {
        let give_up_at = self.give_up_at.load(Ordering::SeqCst);
        if give_up_at != 0 && PAUSED.load(Ordering::SeqCst) {
            let later = now() + self.limit.load(Ordering::SeqCst);
            // Unless the request ends at this moment.
            let (seen, same) = (Ordering::SeqCst, Ordering::SeqCst);
            _ = self.give_up_at.compare_exchange(give_up_at, later, seen, same);
        } else if give_up_at != 0 && now() >= give_up_at {
            self.expired.store(true, Ordering::SeqCst);
            self.sockets.iter().for_each(|socket| socket.shut_down());
        }
    }
}

/// Milliseconds since the first call, from 1 on.
fn now() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    milliseconds(START.elapsed()) + 1
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX - 1)
}
