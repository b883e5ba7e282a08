//! A pooler that hands the server's own connections to its clients, as pgagroal does: a client gets the
//! process id of its server process, and what a client sets stays for the next one.

use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const SOCKET: &str = ".s.PGSQL.5432";

/// For one database and role.
pub struct Pool {
    directory: tempfile::TempDir,
    idle: Arc<Mutex<Vec<Idle>>>,
}

/// A connection to the server without a client, and how the server answered its login.
struct Idle {
    server: UnixStream,
    greeting: Vec<u8>,
}

impl Pool {
    pub fn start(server: &Path) -> Self {
        let directory = tempfile::Builder::new().prefix("iamctl-pool-").tempdir_in("/tmp").unwrap();
        let listener = UnixListener::bind(directory.path().join(SOCKET)).unwrap();
        let idle = Arc::<Mutex<Vec<Idle>>>::default();
        let (server, kept) = (server.join(SOCKET), Arc::clone(&idle));
        thread::spawn(move || {
            for client in listener.incoming() {
                let Ok(client) = client else { return };
                let (server, idle) = (server.clone(), Arc::clone(&kept));
                thread::spawn(move || _ = serve(client, &server, &idle));
            }
        });
        Self { directory, idle }
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgresql:///{database}?host={}&user=postgres", self.directory.path().display())
    }

    /// How many connections to the server have no client.
    pub fn idle(&self) -> usize {
        self.idle.lock().unwrap().len()
    }
}

/// Serves one client, and keeps the connection to the server.
fn serve(mut client: UnixStream, server: &PathBuf, idle: &Mutex<Vec<Idle>>) -> std::io::Result<()> {
    let mut startup = vec![0; 4];
    client.read_exact(&mut startup)?;
    startup.resize(u32::from_be_bytes(startup[..4].try_into().unwrap()) as usize, 0);
    client.read_exact(&mut startup[4..])?;
    let kept = idle.lock().unwrap().pop();
    let mut connection = match kept {
        Some(idle) => idle,
        None => login(server, &startup)?,
    };
    client.write_all(&connection.greeting)?;

    let left = AtomicBool::new(false);
    thread::scope(|scope| {
        let (mut answers, mut to_client) = (connection.server.try_clone()?, client.try_clone()?);
        answers.set_read_timeout(Some(Duration::from_millis(10)))?;
        let left = &left;
        scope.spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while !left.load(Ordering::SeqCst) {
                match answers.read(&mut buffer) {
                    Ok(count @ 1..) => _ = to_client.write_all(&buffer[..count]),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                    _ => return,
                }
            }
        });
        let passed = (|| {
            while let Some(message) = read_message(&mut client)? {
                connection.server.write_all(&message)?;
            }
            std::io::Result::Ok(())
        })();
        left.store(true, Ordering::SeqCst);
        passed
    })?;
    idle.lock().unwrap().push(connection);
    Ok(())
}

fn login(server: &PathBuf, startup: &[u8]) -> std::io::Result<Idle> {
    let mut server = UnixStream::connect(server)?;
    server.write_all(startup)?;
    let mut greeting = Vec::new();
    while let Some(message) = read_message(&mut server)? {
        greeting.extend(&message);
        // Ready for a query.
        if message[0] == b'Z' {
            break;
        }
    }
    Ok(Idle { server, greeting })
}

/// The next message; `None` at the end, and for the client's farewell.
fn read_message(from: &mut UnixStream) -> std::io::Result<Option<Vec<u8>>> {
    let mut message = vec![0; 5];
    match from.read_exact(&mut message) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    if message[0] == b'X' {
        return Ok(None);
    }
    let length = u32::from_be_bytes(message[1..].try_into().unwrap()) as usize;
    message.resize(1 + length, 0);
    from.read_exact(&mut message[5..])?;
    Ok(Some(message))
}
