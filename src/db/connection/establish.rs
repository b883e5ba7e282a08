//! Connecting. Each host has the connect timeout for the look-up of its name, the login and Diesel's
//! first statements; libpq's own limit is that of the login alone.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::Connection as _;
use diesel::pg::PgConnection;

use super::deadline::LAST_RESORT;
use super::refusal;
use super::socket::Socket;
use crate::config::Conninfo;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::panics::{self, lock};

/// A new connection.
pub struct Established {
    pub conn: PgConnection,
    pub sockets: Vec<Socket>,
    /// Of the host that answered.
    pub conninfo: Conninfo,
}

/// Why no host took the connection.
pub struct Unreached {
    pub message: String,
    /// Time does not change it.
    pub is_final: bool,
}

/// Connects to the first host that answers. `Unreached` says why each of them did not. With `waits`, the
/// caller tries again unless time does not change it.
pub fn establish(
    conninfo: &Conninfo,
    interrupt: &Interrupt,
    waits: bool,
) -> Result<std::result::Result<Established, Unreached>> {
    let (mut failures, mut is_final) = (Vec::new(), true);
    for host in conninfo.hosts() {
        match attempt(&host, interrupt)? {
            Ok((conn, sockets)) => return Ok(Ok(Established { conn, sockets, conninfo: host })),
            Err(message) => {
                is_final &= waits && is_final_failure(&message, &host, interrupt)?;
                failures.push(host.scrub(&message));
            }
        }
    }
    let message = format!("cannot connect to {conninfo}: {}", failures.join("; "));
    Ok(Err(Unreached { message, is_final }))
}

fn is_final_failure(message: &str, host: &Conninfo, interrupt: &Interrupt) -> Result<bool> {
    Ok(is_final_message(message)
        || (is_of_server(message) && is_refused_for_good(host, interrupt)?))
}

/// Whether a server has answered: in every language, libpq puts `FATAL:  `, with two spaces, before what the
/// server says, and nothing like it before its own words.
fn is_of_server(message: &str) -> bool {
    message.contains(":  ")
}

/// Whether the server refuses the role, the password, the database or a setting of `options`, whatever the
/// language of its messages is. Connects once more.
fn is_refused_for_good(host: &Conninfo, interrupt: &Interrupt) -> Result<bool> {
    // PostgreSQL, appendix A. In their order: role, password, database; the right to connect or to change a
    // setting; a setting that the server does not know, a value that it does not take, options it cannot read, a
    // setting of the whole server.
    const FOR_GOOD: [&str; 8] =
        ["28000", "28P01", "3D000", "42501", "42704", "22023", "42601", "55P02"];
    let text = host.render();
    let ask = move || refusal::sqlstate(text.expose());
    let refusal = connect_within(host.connect_limit(), host, interrupt, ask)?;
    let sqlstate = refusal.and_then(|(sqlstate, _)| sqlstate);
    Ok(sqlstate.is_some_and(|it| FOR_GOOD.contains(&it.as_str())))
}

/// Whether a parameter cannot be used, or an English message says that the server does not know the role, the
/// password or the database.
fn is_final_message(message: &str) -> bool {
    let is_of_parameter = message.contains("invalid ")
        && [" value: ", "for connection option", "port number"]
            .iter()
            .any(|it| message.contains(it));
    is_of_parameter
        || ["\" does not exist", "password authentication failed", "no password supplied"]
            .iter()
            .any(|it| message.contains(it))
}

type Attempted = std::result::Result<(PgConnection, Vec<Socket>), String>;

fn attempt(host: &Conninfo, interrupt: &Interrupt) -> Result<Attempted> {
    let (limit, text) = (host.connect_limit(), host.render());
    let establish = move || PgConnection::establish(text.expose());
    let connected = connect_within(limit, host, interrupt, establish)?;
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

/// Locked by the thread that connects, so that the sockets which open meanwhile are those of its attempt. Holds
/// the hosts that did not answer, and when that was known.
static ONE_AT_A_TIME: Mutex<Vec<(Conninfo, Instant)>> = Mutex::new(Vec::new());

/// Runs `work`, which connects to the host, and returns the sockets that it opened, too. `None` where it
/// took longer than `limit`. Waits first while another thread connects, which does not count; where that one
/// tried the same host in vain, returns `None` at once, as each thread would wait for the same silent server.
pub fn connect_within<T: Send + 'static>(
    limit: Option<Duration>,
    host: &Conninfo,
    interrupt: &Interrupt,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<(T, Vec<Socket>)>> {
    let called_at = Instant::now();
    let mut silent = lock(&ONE_AT_A_TIME);
    let is_known = silent.iter().any(|(other, since)| other == host && *since > called_at);
    if limit.is_some() && is_known {
        return Ok(None);
    }
    let done = match limit {
        // Nothing ends the look-up of a name.
        Some(limit) if host.looks_up_a_name() => on_a_thread(limit, work)?,
        limit => on_this_thread(limit, interrupt, work),
    };
    if done.is_none() {
        silent.retain(|(other, _)| other != host);
        silent.push((host.clone(), Instant::now()));
    }
    Ok(done)
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

/// Ends the attempt also where it panics.
struct EndOfAttempt;

impl Drop for EndOfAttempt {
    fn drop(&mut self) {
        *lock(&ATTEMPT) = None;
    }
}

/// Connects on the thread of the caller: a thread of its own would cost a twentieth of a short command's
/// time. Once the limit is over, `look` shuts down every socket that `work` opens, so that it ends with an
/// error.
///
/// Sockets that a probe (`deadline`) opens meanwhile count as this connection's, and are shut down with it: the
/// probe then ends before its limit, which counts as an answer.
fn on_this_thread<T>(
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
    let _end = EndOfAttempt;
    let done = work();
    let expired = lock(&ATTEMPT).take().is_some_and(|attempt| attempt.expired);
    (!expired).then(|| (done, opened_since(&others)))
}

/// Connects on a thread of its own, which is left behind where it takes longer than `limit`.
fn on_a_thread<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<(T, Vec<Socket>)>> {
    let others = Socket::all();
    let (done, result) = sync_channel(1);
    let thread = thread::Builder::new()
        .name("connecting".to_owned())
        // The receiver is gone where it gave up.
        .spawn(move || _ = done.send(work()))
        .map_err(|error| Error::io("start a thread", &error))?;
    let result = result.recv_timeout(limit);
    let opened = opened_since(&others);
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

fn opened_since(others: &HashSet<Socket>) -> Vec<Socket> {
    Socket::all().difference(others).copied().collect()
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
    use std::os::unix::net::UnixStream;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc::channel;
    use std::sync::{Arc, Barrier};
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{ONE_AT_A_TIME, connect_within, is_of_server, look, on_a_thread, on_this_thread};
    use crate::config::Conninfo;
    use crate::interrupt::Interrupt;
    use crate::panics::lock;

    const LIMIT: Duration = Duration::from_millis(200);
    const ENOUGH: Duration = Duration::from_secs(60);

    #[test]
    fn what_a_server_says_is_told_in_every_language() {
        let of_socket = "connection to server on socket \"/x/.s.PGSQL.5432\" failed: ";
        for said in ["FATAL:  the database system is starting up", "ВАЖНО:  x", "致命错误:  x"]
        {
            assert!(is_of_server(&format!("{of_socket}{said}\n")), "{said}");
        }
        for said in ["Connection refused\n\tIs the server running?", "timeout expired"] {
            assert!(!is_of_server(&format!("{of_socket}{said}\n")), "{said}");
        }
        assert!(!is_of_server("no answer from `x` within 5 seconds (--connect-timeout)"));
    }

    /// One test: sockets of others that run at the same time would count.
    #[test]
    fn what_takes_longer_is_given_up_and_its_sockets_are_shut_down()
    -> Result<(), Box<dyn std::error::Error>> {
        let _alone = lock(&ONE_AT_A_TIME);
        let (mut before, mut other_end) = UnixStream::pair()?;
        let interrupt = Interrupt::default();
        let (end, ended) = channel::<()>();
        let watcher = thread::spawn(move || {
            while ended.recv_timeout(Duration::from_millis(50)).is_err() {
                look();
            }
        });
        let begun = Instant::now();

        let opened = on_this_thread(Some(ENOUGH), &interrupt, UnixStream::pair);
        assert!(opened.is_some_and(|(_, sockets)| sockets.len() >= 2));
        let opened = on_a_thread(ENOUGH, UnixStream::pair)?;
        assert!(opened.is_some_and(|(_, sockets)| sockets.len() >= 2));

        // The end of the stream, in place of waiting for ever.
        let mut read = None;
        let stalled = on_this_thread(Some(LIMIT), &interrupt, || read = Some(read_in_vain()));
        assert!(stalled.is_none());
        assert_eq!(read.transpose()?, Some(0));
        let (read, result) = channel();
        let stalled = on_a_thread(LIMIT, move || read.send(read_in_vain()))?;
        assert!(stalled.is_none());
        assert_eq!(result.recv_timeout(ENOUGH)??, 0);

        // As in the look-up of a name, where there may be no socket to shut down.
        assert!(on_a_thread(LIMIT, || thread::sleep(ENOUGH))?.is_none());
        assert!(begun.elapsed() < Duration::from_secs(10));

        // Sockets that were open before are left alone.
        other_end.write_all(b"x")?;
        assert_eq!(before.read(&mut [0; 1])?, 1);
        end.send(())?;
        watcher.join().map_err(|_| "the watcher panicked")?;
        Ok(())
    }

    #[test]
    fn threads_connect_one_after_the_other() -> Result<(), Box<dyn std::error::Error>> {
        // One is looked up, on a thread of its own.
        let hosts = [Conninfo::parse("host=/x", "x")?, Conninfo::parse("host=x.example", "x")?];
        let (at_work, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        thread::scope(|scope| {
            for host in hosts.iter().cycle().take(8) {
                let (at_work, most) = (Arc::clone(&at_work), Arc::clone(&most));
                let work = move || {
                    most.fetch_max(1 + at_work.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(10));
                    at_work.fetch_sub(1, Ordering::SeqCst);
                };
                scope.spawn(|| connect_within(Some(ENOUGH), host, &Interrupt::default(), work));
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), 1);
        Ok(())
    }

    #[test]
    fn threads_that_wait_for_the_same_silent_server_give_up_together()
    -> Result<(), Box<dyn std::error::Error>> {
        let silent = Conninfo::parse("host=silent.example", "x")?;
        let other = Conninfo::parse("host=other.example", "x")?;
        let interrupt = Interrupt::default();
        let (attempts, limit) = (Arc::new(AtomicU32::new(0)), Duration::from_secs(1));
        let all_are_there = Barrier::new(8);
        let connect = |host| {
            let attempts = Arc::clone(&attempts);
            let work = move || {
                attempts.fetch_add(1, Ordering::SeqCst);
                thread::sleep(limit * 2);
            };
            connect_within(Some(limit), host, &interrupt, work).is_ok_and(|done| done.is_none())
        };
        thread::scope(|scope| {
            let connecting = [&silent; 8].map(|host| {
                scope.spawn(|| {
                    all_are_there.wait();
                    connect(host)
                })
            });
            for thread in connecting {
                assert!(matches!(thread.join(), Ok(true)));
            }
        });
        assert_eq!(attempts.load(Ordering::SeqCst), 1);
        // Another host, and a later attempt, are tried.
        assert!(connect(&other) && connect(&silent));
        assert_eq!(attempts.load(Ordering::SeqCst), 3);
        Ok(())
    }

    fn read_in_vain() -> io::Result<usize> {
        let (mut silent, _other_end) = UnixStream::pair()?;
        silent.read(&mut [0; 1])
    }
}
