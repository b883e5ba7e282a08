//! How long this program waits for the server. The server's own timeouts do not end a wait for a server
//! or a pooler that accepts a connection and does not answer.

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::{Connection as _, Instrumentation, InstrumentationEvent};
use diesel::pg::PgConnection;
use nix::sys::socket::{Shutdown, shutdown};

use crate::error::{Error, Result};

/// How often the thread looks at the deadlines.
const TICK: Duration = Duration::from_millis(250);

/// Opens a connection: runs `work`, and returns the sockets that it opened. Where it takes longer than
/// `limit`, they are shut down: it fails then, or goes on with the next host, which has the same limit.
/// Name look-ups have limits of their own.
pub fn connecting<T>(
    limit: Option<Duration>,
    work: impl FnOnce() -> T,
) -> Result<(T, Vec<Socket>)> {
    let before = Socket::all();
    if let Some(limit) = limit {
        start_watching()?;
        *lock(&CONNECTING) = Some(Connecting::new(before.clone(), limit));
    }
    let done = work();
    *lock(&CONNECTING) = None;
    let opened = Socket::all().difference(&before).copied().collect();
    Ok((done, opened))
}

/// A connection that is being opened.
struct Connecting {
    /// The sockets of other connections.
    before: HashSet<Socket>,
    limit: Duration,
    give_up_at: Instant,
}

static CONNECTING: Mutex<Option<Connecting>> = Mutex::new(None);

impl Connecting {
    fn new(before: HashSet<Socket>, limit: Duration) -> Self {
        Self { before, limit, give_up_at: Instant::now() + limit }
    }

    fn look(&mut self) {
        if Instant::now() >= self.give_up_at {
            Socket::all().difference(&self.before).for_each(|socket| socket.shut_down());
            self.give_up_at = Instant::now() + self.limit;
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
        start_watching()?;
        lock(&ALL).push(Arc::downgrade(&watched));
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

/// Starts the thread, once.
fn start_watching() -> Result<()> {
    static STARTED: AtomicBool = AtomicBool::new(false);
    if STARTED.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    let started = thread::Builder::new().name("deadlines".to_owned()).spawn(look_for_ever);
    started.map(drop).map_err(|error| Error::io("start a thread", &error))
}

fn look_for_ever() {
    loop {
        thread::sleep(TICK);
        if let Some(connecting) = lock(&CONNECTING).as_mut() {
            connecting.look();
        }
        lock(&ALL).iter().filter_map(Weak::upgrade).for_each(|watched| watched.look());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watched {
    fn look(&self) {
        let give_up_at = self.give_up_at.load(Ordering::SeqCst);
        if give_up_at != 0 && PAUSED.load(Ordering::SeqCst) {
            let later = now() + self.limit.load(Ordering::SeqCst);
            // Unless the request ends at this moment.
            _ = self.give_up_at.compare_exchange(
                give_up_at,
                later,
                Ordering::SeqCst,
                Ordering::SeqCst,
            );
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
