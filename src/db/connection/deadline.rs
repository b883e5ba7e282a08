//! How long this program waits for the server. The server's own timeouts do not end a wait for a server
//! or a pooler that accepts a connection and does not answer.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, Weak};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::{Connection as _, Instrumentation, InstrumentationEvent};
use diesel::pg::PgConnection;

use super::socket::Socket;
use crate::config::Probe;
use crate::interrupt::{self, Interrupt};
use crate::panics::lock;

/// How often `look` is called.
const TICK: Duration = Duration::from_millis(interrupt::TICK as u64);

/// How long a request, or an attempt to connect, may take to end once its socket is shut down. Where that
/// does not end it, such as on a system without `/proc`, the process exits.
pub const LAST_RESORT: Duration = Duration::from_secs(2);

/// What happens to a request that takes long.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// It is given up after this time.
    Request(Duration),
    /// It may take as long as the server answers other connections, which is tried each time that this
    /// time is over.
    Bulk(Duration),
}

/// The deadline of a connection. Diesel does not hand out libpq's socket: another thread shuts it down once
/// a request takes too long, and the request then ends with an error.
#[derive(Debug)]
pub struct Deadline(Arc<Watched>);

#[derive(Debug)]
struct Watched {
    sockets: Vec<Socket>,
    probe: Probe,
    interrupt: Interrupt,
    /// How long a request in `short` may take, in milliseconds. `None` where a lock may be waited for without a
    /// limit.
    longest_short: Option<u64>,
    /// In milliseconds; 0 before the first request.
    limit: AtomicU64,
    is_bulk: AtomicBool,
    /// When the request has taken too long, in milliseconds of `now`; 0 where none is under way.
    due_at: AtomicU64,
    /// When the last request began and ended, in milliseconds of `now`.
    begun_at: AtomicU64,
    ended_at: AtomicU64,
    is_probing: AtomicBool,
    expired: AtomicBool,
}

impl Deadline {
    /// Watches the connection, whose sockets these are. `longest_short` is how long a
    /// request in `short` may take.
    pub fn watch(
        conn: &mut PgConnection,
        sockets: Vec<Socket>,
        probe: Probe,
        interrupt: Interrupt,
        longest_short: Option<Duration>,
    ) -> Self {
        let watched = Arc::new(Watched {
            sockets,
            probe,
            interrupt,
            longest_short: longest_short.map(|limit| milliseconds(limit.saturating_sub(TICK))),
            limit: AtomicU64::new(0),
            is_bulk: AtomicBool::new(false),
            due_at: AtomicU64::new(0),
            begun_at: AtomicU64::new(0),
            ended_at: AtomicU64::new(now()),
            is_probing: AtomicBool::new(false),
            expired: AtomicBool::new(false),
        });
        conn.set_instrumentation(Hook(Arc::clone(&watched)));
        lock(&ALL).push(Arc::downgrade(&watched));
        Self(watched)
    }

    /// Limits each request from now on.
    pub fn set_limit(&self, limit: Limit) {
        let (limit, is_bulk) = match limit {
            Limit::Request(limit) => (limit, false),
            Limit::Bulk(limit) => (limit, true),
        };
        self.0.due_at.store(0, Ordering::SeqCst);
        self.0.is_bulk.store(is_bulk, Ordering::SeqCst);
        self.0.limit.store(milliseconds(limit.saturating_sub(TICK)).max(1), Ordering::SeqCst);
    }

    /// The time since the last request began: how long it took, where it has just failed.
    pub fn since_last_request(&self) -> Duration {
        Duration::from_millis(now() - self.0.begun_at.load(Ordering::SeqCst))
    }

    /// The time since the last request ended. Ask between requests.
    pub fn idle_for(&self) -> Duration {
        Duration::from_millis(now() - self.0.ended_at.load(Ordering::SeqCst))
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

/// Whether the request under way is short, as its transaction's others are not.
static SHORT: AtomicBool = AtomicBool::new(false);

/// Runs `work`, short requests of bulk work, which may wait for a lock and for nothing else. They are given up
/// after a time also where the server answers others: a pooler may not pass on what it does not know.
pub fn short<T>(work: impl FnOnce() -> T) -> T {
    SHORT.store(true, Ordering::SeqCst);
    let done = work();
    SHORT.store(false, Ordering::SeqCst);
    done
}

/// Diesel tells of the begin and the end of each request.
struct Hook(Arc<Watched>);

impl Instrumentation for Hook {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { .. } => {
                let now = now();
                let limit = self.0.limit.load(Ordering::SeqCst);
                self.0.due_at.store(if limit > 0 { now + limit } else { 0 }, Ordering::SeqCst);
                self.0.begun_at.store(now, Ordering::SeqCst);
            }
            InstrumentationEvent::FinishQuery { .. } => {
                self.0.due_at.store(0, Ordering::SeqCst);
                self.0.ended_at.store(now(), Ordering::SeqCst);
            }
            _ => {}
        }
    }
}

/// Every connection of this process.
static ALL: Mutex<Vec<Weak<Watched>>> = Mutex::new(Vec::new());

fn all() -> Vec<Arc<Watched>> {
    lock(&ALL).iter().filter_map(Weak::upgrade).collect()
}

/// Looks at every connection. Called now and then by another thread.
pub fn look() {
    all().iter().for_each(Watched::look);
}

impl Watched {
    fn look(self: &Arc<Self>) {
        let due_at = self.due_at.load(Ordering::SeqCst);
        if due_at == 0 {
            return;
        }
        let expired = self.expired.load(Ordering::SeqCst);
        if PAUSED.load(Ordering::SeqCst) && !expired {
            self.postpone(due_at, self.limit.load(Ordering::SeqCst));
        } else if now() < due_at {
            // It has time left.
        } else if expired {
            self.interrupt.give_up("the server stopped answering");
        } else if self.is_bulk.load(Ordering::SeqCst) && !self.is_overdue_short() {
            self.probe(due_at);
        } else {
            self.give_up();
        }
    }

    fn is_overdue_short(&self) -> bool {
        SHORT.load(Ordering::SeqCst)
            && self
                .longest_short
                .is_some_and(|limit| now() >= self.begun_at.load(Ordering::SeqCst) + limit)
    }

    /// Gives the request more time, unless it ends at this moment.
    fn postpone(&self, due_at: u64, by: u64) {
        _ = self.due_at.compare_exchange(due_at, now() + by, Ordering::SeqCst, Ordering::SeqCst);
    }

    fn give_up(&self) {
        let due_at = self.due_at.load(Ordering::SeqCst);
        self.expired.store(true, Ordering::SeqCst);
        self.sockets.iter().for_each(|socket| socket.shut_down());
        if due_at != 0 {
            self.postpone(due_at, milliseconds(LAST_RESORT));
        }
    }

    /// Tries in a thread of its own whether the server answers another connection. Where it does not,
    /// twice in a row, this process gives up all of its connections.
    fn probe(self: &Arc<Self>, due_at: u64) {
        if self.is_probing.swap(true, Ordering::SeqCst) {
            return;
        }
        let watched = Arc::clone(self);
        let started = thread::Builder::new().name("probe".to_owned()).spawn(move || {
            let silent = watched.probe.is_silent() && watched.probe.is_silent();
            if silent && watched.due_at.load(Ordering::SeqCst) == due_at {
                for watched in all() {
                    watched.give_up();
                }
            } else {
                watched.postpone(due_at, watched.limit.load(Ordering::SeqCst));
            }
            watched.is_probing.store(false, Ordering::SeqCst);
        });
        if started.is_err() {
            // The next tick tries again.
            self.is_probing.store(false, Ordering::SeqCst);
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
