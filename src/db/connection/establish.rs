//! Connecting. Each host has the connect timeout for the look-up of its name, the login and Diesel's
//! first statements; libpq's own limit is that of the login alone.

use std::collections::HashSet;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use diesel::connection::Connection as _;
use diesel::pg::PgConnection;

use super::deadline::LAST_RESORT;
use super::socket::Socket;
use crate::config::Conninfo;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::panics::lock;

/// A new connection.
pub struct Established {
    pub conn: PgConnection,
    pub sockets: Vec<Socket>,
    /// Of the host that answered.
    pub conninfo: Conninfo,
}

/// Connects to the first host that answers. `Unreachable` says why each of them did not.
pub fn establish(conninfo: &Conninfo, interrupt: &Interrupt) -> Result<Established> {
    let mut failures = Vec::new();
    for host in conninfo.hosts() {
        match attempt(&host, interrupt) {
            Ok((conn, sockets)) => return Ok(Established { conn, sockets, conninfo: host }),
            Err(message) => failures.push(host.scrub(&message)),
        }
    }
    Err(Error::Unreachable(format!("cannot connect to {conninfo}: {}", failures.join("; "))))
}

fn attempt(
    host: &Conninfo,
    interrupt: &Interrupt,
) -> std::result::Result<(PgConnection, Vec<Socket>), String> {
    let (limit, text) = (host.connect_limit(), host.render());
    match connect_within(limit, interrupt, || PgConnection::establish(text.expose())) {
        Some((Ok(conn), sockets)) => Ok((conn, sockets)),
        Some((Err(error), _)) => Err(error.to_string()),
        None => Err(format!(
            "no answer from `{}` within {} seconds (--connect-timeout)",
            host.host().as_deref().unwrap_or("the server"),
            limit.unwrap_or_default().as_secs()
        )),
    }
}

/// The attempt to connect that is under way, if it has a limit.
static ATTEMPT: Mutex<Option<Attempt>> = Mutex::new(None);

#[derive(Debug)]
struct Attempt {
    due_at: Instant,
    expired: bool,
    /// Those that were open before.
    others: HashSet<Socket>,
    interrupt: Interrupt,
}

/// Runs `work`, which opens a connection, and returns the sockets that it opened, too. `None` where it
/// took longer than `limit`: from then on `look` shuts down every socket that it opens, also to look up a
/// name, so that it ends with an error.
///
/// Only one thread may connect at a time: sockets that another one opens meanwhile count as its own.
pub fn connect_within<T>(
    limit: Option<Duration>,
    interrupt: &Interrupt,
    work: impl FnOnce() -> T,
) -> Option<(T, Vec<Socket>)> {
    let others = Socket::all();
    *lock(&ATTEMPT) = limit.map(|limit| Attempt {
        due_at: Instant::now() + limit,
        expired: false,
        others: others.clone(),
        interrupt: interrupt.clone(),
    });
    let done = work();
    let expired = lock(&ATTEMPT).take().is_some_and(|attempt| attempt.expired);
    let opened = Socket::all().difference(&others).copied().collect();
    (!expired).then_some((done, opened))
}

/// Ends the attempt to connect once it has taken too long. Called now and then by another thread.
pub fn look() {
    let mut attempt = lock(&ATTEMPT);
    let Some(attempt) = attempt.as_mut().filter(|attempt| attempt.due_at <= Instant::now()) else {
        return;
    };
    attempt.expired = true;
    Socket::all().difference(&attempt.others).for_each(|socket| socket.shut_down());
    if attempt.due_at.elapsed() > LAST_RESORT {
        attempt.interrupt.give_up("the server did not answer within the time of --connect-timeout");
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read as _, Write as _};
    use std::net::UdpSocket;
    use std::os::unix::net::UnixStream;
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{connect_within, look};
    use crate::interrupt::Interrupt;

    const LIMIT: Duration = Duration::from_millis(200);

    /// One test: sockets of others that run at the same time would count.
    #[test]
    fn the_sockets_of_what_takes_longer_are_shut_down() -> Result<(), Box<dyn std::error::Error>> {
        let interrupt = Interrupt::default();
        let (end, ended) = channel::<()>();
        let watcher = thread::spawn(move || {
            while ended.recv_timeout(Duration::from_millis(50)).is_err() {
                look();
            }
        });
        let (mut before, mut other_end) = UnixStream::pair()?;

        let opened = connect_within(Some(Duration::from_secs(60)), &interrupt, UnixStream::pair);
        assert!(opened.is_some_and(|(_, sockets)| sockets.len() >= 2));

        let begun = Instant::now();
        let mut read = None;
        let stalled = connect_within(Some(LIMIT), &interrupt, || {
            read = Some(silent_server().and_then(|mut silent| silent.0.read(&mut [0; 1])));
        });
        assert!(stalled.is_none());
        // The end of the stream, in place of waiting for ever.
        assert_eq!(read.transpose()?, Some(0));

        // As in the look-up of a name, which asks one server after the other.
        let mut received = Vec::new();
        let stalled = connect_within(Some(LIMIT), &interrupt, || {
            for _ in 0..3 {
                received.push(silent_name_server().and_then(|silent| silent.0.recv(&mut [0; 1])));
            }
        });
        assert!(stalled.is_none());
        assert_eq!(received.into_iter().collect::<io::Result<Vec<_>>>()?, [0, 0, 0]);
        assert!(begun.elapsed() < Duration::from_secs(10));

        // Sockets that were open before are left alone.
        other_end.write_all(b"x")?;
        assert_eq!(before.read(&mut [0; 1])?, 1);
        end.send(())?;
        watcher.join().map_err(|_| "the watcher panicked")?;
        Ok(())
    }

    fn silent_server() -> io::Result<(UnixStream, UnixStream)> {
        UnixStream::pair()
    }

    fn silent_name_server() -> io::Result<(UdpSocket, UdpSocket)> {
        let server = UdpSocket::bind("127.0.0.1:0")?;
        let client = UdpSocket::bind("127.0.0.1:0")?;
        client.connect(server.local_addr()?)?;
        Ok((client, server))
    }
}
