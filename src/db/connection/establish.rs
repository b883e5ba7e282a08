//! Connecting. Each host has the connect timeout for the look-up of its name, the login and Diesel's
//! first statements; libpq's own limit is that of the login alone.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use diesel::connection::Connection as _;
use diesel::pg::PgConnection;

use super::socket::Socket;
use crate::config::Conninfo;
use crate::error::{Error, Result};
use crate::panics;

/// A new connection.
pub struct Established {
    pub conn: PgConnection,
    pub sockets: Vec<Socket>,
    /// Of the host that answered.
    pub conninfo: Conninfo,
}

/// Connects to the first host that answers. `Unreachable` says why each of them did not.
pub fn establish(conninfo: &Conninfo) -> Result<Established> {
    let mut failures = Vec::new();
    for host in conninfo.hosts() {
        match attempt(&host)? {
            Ok((conn, sockets)) => return Ok(Established { conn, sockets, conninfo: host }),
            Err(message) => failures.push(host.scrub(&message)),
        }
    }
    Err(Error::Unreachable(format!("cannot connect to {conninfo}: {}", failures.join("; "))))
}

type Attempt = std::result::Result<(PgConnection, Vec<Socket>), String>;

fn attempt(host: &Conninfo) -> Result<Attempt> {
    let (limit, text) = (host.connect_limit(), host.render());
    let connected = connect_within(limit, move || PgConnection::establish(text.expose()))?;
    Ok(match connected {
        Some((Ok(conn), sockets)) => Ok((conn, sockets)),
        Some((Err(error), _)) => Err(error.to_string()),
        None => Err(format!(
            "no answer from `{}` within {} seconds (--connect-timeout)",
            host.host().as_deref().unwrap_or("the server"),
            limit.unwrap_or_default().as_secs()
        )),
    })
}

/// Runs `work`, which opens a connection, and returns the sockets that it opened, too. `None` where it
/// takes longer than `limit`: its sockets are shut down, and its thread is left behind, as nothing ends
/// the look-up of a name.
///
/// Only one thread may connect at a time: sockets that another one opens meanwhile count as its own.
pub fn connect_within<T: Send + 'static>(
    limit: Option<Duration>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<(T, Vec<Socket>)>> {
    let before = Socket::all();
    let (done, result) = sync_channel(1);
    let thread = thread::Builder::new()
        .name("connecting".to_owned())
        // The receiver is gone where it gave up.
        .spawn(move || _ = done.send(work()))
        .map_err(|error| Error::io("start a thread", &error))?;
    let result = match limit {
        Some(limit) => result.recv_timeout(limit),
        None => result.recv().map_err(RecvTimeoutError::from),
    };
    let opened = Socket::all().difference(&before).copied().collect::<Vec<_>>();
    match result {
        Ok(value) => {
            // It has ended but for its last steps; a process with few threads needs its place.
            _ = thread.join();
            Ok(Some((value, opened)))
        }
        Err(RecvTimeoutError::Timeout) => {
            opened.into_iter().for_each(Socket::shut_down);
            Ok(None)
        }
        Err(RecvTimeoutError::Disconnected) => Err(panics::error()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read as _, Write as _};
    use std::os::unix::net::UnixStream;
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::connect_within;

    const LIMIT: Duration = Duration::from_millis(200);

    /// One test: sockets of others that run at the same time would count.
    #[test]
    fn what_takes_longer_is_left_behind_and_its_sockets_are_shut_down()
    -> Result<(), Box<dyn std::error::Error>> {
        let opened = connect_within(Some(Duration::from_secs(60)), UnixStream::pair)?;
        assert!(opened.is_some_and(|(_, sockets)| sockets.len() >= 2));

        // As in the look-up of a name, where no socket is open.
        let begun = Instant::now();
        let done = connect_within(Some(LIMIT), || thread::sleep(Duration::from_secs(60)))?;
        assert!(done.is_none());
        assert!(begun.elapsed() < Duration::from_secs(10));

        let (mut before, mut other_end) = UnixStream::pair()?;
        let (ended, end) = channel();
        let stalled = connect_within(Some(LIMIT), move || -> io::Result<()> {
            let (mut silent, _other_end) = UnixStream::pair()?;
            // The end of the stream, in place of waiting for ever.
            _ = ended.send(silent.read(&mut [0; 1])?);
            Ok(())
        })?;
        assert!(stalled.is_none());
        assert_eq!(end.recv_timeout(Duration::from_secs(10)), Ok(0));
        // Sockets that were open before are left alone.
        other_end.write_all(b"x")?;
        assert_eq!(before.read(&mut [0; 1])?, 1);
        Ok(())
    }
}
