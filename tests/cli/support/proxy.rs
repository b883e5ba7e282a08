//! A proxy in front of the server. It counts round trips, can delay each direction, can stop to pass
//! anything on, and can garble an answer.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

pub struct Proxy {
    directory: tempfile::TempDir,
    count: Arc<Count>,
}

#[derive(Default)]
struct Count {
    round_trips: AtomicUsize,
    /// Whether the last bytes came from the client. More bytes from it belong to the same round
    /// trip.
    asking: AtomicBool,
    /// How many times the client has sent something.
    sent: AtomicUsize,
    /// From this time on, nothing that the client sends is passed on; 0 passes everything on.
    stall: AtomicUsize,
    /// A connection that sends these bytes gets no answer to them. Others do.
    swallow: Mutex<Option<&'static [u8]>>,
    /// What the server gets in place of what the client sends; of the same length.
    replace: Mutex<Vec<(&'static [u8], &'static [u8])>>,
    /// The time that the client sends something at which its connection is lost, and how. Others are served.
    lose: Mutex<Option<(usize, Loss)>>,
    /// What ends the session with `Loss::Ended`.
    end: Mutex<Option<Box<dyn Fn() + Send>>>,
    /// Bytes of an answer to be garbled, the first time that they occur.
    garble: Mutex<Option<&'static [u8]>>,
    /// The proxy is gone: connections that stall are closed.
    gone: AtomicBool,
}

/// How a connection is lost at a message of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The server does not get it.
    Before,
    /// The server gets half of it.
    Within,
    /// The server has answered; the client does not get the answer.
    After,
    /// The client gets half of the answer.
    WithinAnswer,
    /// The server ends its session first.
    Ended,
    /// The server does not get it, and neither end learns that nothing is passed on any more.
    StallBefore,
    /// The server has answered; neither end learns that nothing is passed on any more.
    StallAfter,
}

impl Loss {
    /// Those that at least one of the ends learns of.
    pub const SOON: [Self; 5] =
        [Self::Before, Self::Within, Self::After, Self::WithinAnswer, Self::Ended];
    pub const STALLS: [Self; 2] = [Self::StallBefore, Self::StallAfter];
}

/// What is passed on.
enum Pass {
    All,
    /// Half, and then the connection is closed.
    Half,
    /// Nothing, and the connection is closed.
    Nothing,
}

/// In place of a number of `Proxy::lose_at`.
pub const NEXT_COMMIT: usize = 0;

const SOCKET: &str = ".s.PGSQL.5432";

impl Proxy {
    /// Listens in front of the server whose socket is in `server`. `delay` is the time of one
    /// direction.
    pub fn start(server: &Path, delay: Duration) -> Self {
        let directory =
            tempfile::Builder::new().prefix("iamctl-proxy-").tempdir_in("/tmp").unwrap();
        let listener = UnixListener::bind(directory.path().join(SOCKET)).unwrap();
        let count = Arc::new(Count::default());
        let counted = Arc::clone(&count);
        let server = server.join(SOCKET);
        thread::spawn(move || {
            for client in listener.incoming() {
                let Ok(client) = client else { return };
                serve(client, &server, delay, &counted);
            }
        });
        Self { directory, count }
    }

    /// Passes on nothing more from the `nth` time on that the client sends something, and does not
    /// close the connection.
    pub fn stall_at(&self, nth: usize) {
        self.count.stall.store(nth, Ordering::SeqCst);
    }

    /// Passes on nothing more of a connection from the message on that has these bytes, as a pooler that does
    /// not know that kind of message. Serves other connections.
    pub fn swallow(&self, bytes: &'static [u8]) {
        *self.count.swallow.lock().unwrap() = Some(bytes);
    }

    /// Passes on `to` in place of `from`, each time that the client sends it.
    pub fn replace(&self, from: &'static str, to: &'static str) {
        assert_eq!(from.len(), to.len(), "a message has a length");
        self.count.replace.lock().unwrap().push((from.as_bytes(), to.as_bytes()));
    }

    /// Closes the connection from the `nth` time on that the client sends something.
    pub fn cut_at(&self, nth: usize) {
        self.count.gone.store(true, Ordering::SeqCst);
        self.stall_at(nth);
    }

    /// Loses one connection: the one that sends something for the `nth` time. `end` is what happens before with
    /// `Loss::Ended`.
    pub fn lose_at(&self, nth: usize, loss: Loss, end: impl Fn() + Send + 'static) {
        *self.count.end.lock().unwrap() = Some(Box::new(end));
        *self.count.lose.lock().unwrap() = Some((nth, loss));
    }

    /// How many times the client has sent something.
    pub fn sent(&self) -> usize {
        self.count.sent.load(Ordering::SeqCst)
    }

    /// The first answer with these bytes gets the byte 0xFF in place of the first of them.
    pub fn garble(&self, bytes: &'static [u8]) {
        *self.count.garble.lock().unwrap() = Some(bytes);
    }

    /// Whether such an answer was passed on.
    pub fn has_garbled(&self) -> bool {
        self.count.garble.lock().unwrap().is_none()
    }

    /// Whether the client has sent something that was not passed on.
    pub fn is_stalled(&self) -> bool {
        let stall = self.count.stall.load(Ordering::SeqCst);
        stall > 0 && self.count.sent.load(Ordering::SeqCst) >= stall
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgresql:///{database}?host={}&user=postgres", self.directory().display())
    }

    pub fn directory(&self) -> PathBuf {
        self.directory.path().to_owned()
    }

    /// The number of round trips since the last call. Connecting counts as one.
    pub fn round_trips(&self) -> usize {
        self.count.round_trips.swap(0, Ordering::SeqCst)
    }
}

impl Count {
    fn swallows(&self, message: &[u8]) -> bool {
        let swallow = *self.swallow.lock().unwrap();
        swallow.is_some_and(|bytes| message.windows(bytes.len()).any(|window| window == bytes))
    }

    /// How the connection is lost that sends this message, for this time.
    fn loses_at(&self, sent: usize, message: &[u8]) -> Option<Loss> {
        let is_commit = message.windows(6).any(|window| window == b"COMMIT");
        let mut lose = self.lose.lock().unwrap();
        lose.take_if(|(nth, _)| *nth == sent || (*nth == NEXT_COMMIT && is_commit))
            .map(|(_, loss)| loss)
    }

    fn stall(&self) {
        while !self.gone.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn replace(&self, message: &mut [u8]) {
        for (from, to) in self.replace.lock().unwrap().iter() {
            let is_from = |at: &usize| message[*at..].starts_with(from);
            let places: Vec<_> = (0..message.len()).filter(is_from).collect();
            for at in places {
                message[at..at + to.len()].copy_from_slice(to);
            }
        }
    }

    fn garble(&self, answer: &mut [u8]) {
        let mut garble = self.garble.lock().unwrap();
        let Some(bytes) = *garble else { return };
        if let Some(at) = answer.windows(bytes.len()).position(|window| window == bytes) {
            answer[at] = 0xff;
            *garble = None;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.count.gone.store(true, Ordering::SeqCst);
    }
}

fn serve(client: UnixStream, server: &Path, delay: Duration, count: &Arc<Count>) {
    let Ok(server) = UnixStream::connect(server) else { return };
    let (from_client, to_client) = (client.try_clone().unwrap(), client);
    let (from_server, to_server) = (server.try_clone().unwrap(), server);
    let asked = Arc::clone(count);
    // Set before the message is passed on whose answer is lost.
    let lost = Arc::new(Mutex::new(None::<Loss>));
    let loses = Arc::clone(&lost);
    thread::spawn(move || {
        pump(from_client, to_server, delay, |message| {
            let sent = asked.sent.fetch_add(1, Ordering::SeqCst) + 1;
            let stall = asked.stall.load(Ordering::SeqCst);
            if (stall > 0 && sent >= stall) || asked.swallows(message) {
                asked.stall();
                return Pass::Nothing;
            }
            match asked.loses_at(sent, message) {
                Some(Loss::Before) => return Pass::Nothing,
                Some(Loss::Within) => return Pass::Half,
                Some(Loss::StallBefore) => {
                    asked.stall();
                    return Pass::Nothing;
                }
                Some(Loss::Ended) => asked.end.lock().unwrap().as_ref().unwrap()(),
                Some(after) => *lost.lock().unwrap() = Some(after),
                None => {}
            }
            asked.replace(message);
            if !asked.asking.swap(true, Ordering::SeqCst) {
                asked.round_trips.fetch_add(1, Ordering::SeqCst);
            }
            Pass::All
        });
    });
    let answered = Arc::clone(count);
    thread::spawn(move || {
        pump(from_server, to_client, delay, |answer| {
            answered.asking.store(false, Ordering::SeqCst);
            answered.garble(answer);
            match *loses.lock().unwrap() {
                None => Pass::All,
                Some(Loss::WithinAnswer) => Pass::Half,
                Some(Loss::StallAfter) => {
                    answered.stall();
                    Pass::Nothing
                }
                Some(_) => Pass::Nothing,
            }
        });
    });
}

/// Passes on what `seen` says.
fn pump(
    mut from: UnixStream,
    mut to: UnixStream,
    delay: Duration,
    seen: impl Fn(&mut [u8]) -> Pass,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        // libpq's Terminate message has no answer.
        let is_end = count == 5 && buffer[0] == b'X';
        let pass = if is_end { Pass::All } else { seen(&mut buffer[..count]) };
        let passed = match pass {
            Pass::All => count,
            Pass::Half => count / 2,
            Pass::Nothing => 0,
        };
        thread::sleep(delay);
        if to.write_all(&buffer[..passed]).is_err() || passed < count {
            break;
        }
    }
    _ = to.shutdown(Shutdown::Both);
}
