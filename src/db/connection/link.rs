//! What libpq knows about its connection. The server knows only its own end, which behind a pooler is
//! another connection.
#![expect(unsafe_code, reason = "Diesel does not hand out libpq's connection")]

use std::ffi::{CStr, CString, c_char, c_void};
use std::net::IpAddr;
use std::ptr::null_mut;

use pq_sys::{
    ConnStatusType, ExecStatusType, PGconn, PGresult, PQbackendPID, PQclear, PQconnectdb,
    PQconninfo, PQconninfoFree, PQexec, PQfinish, PQgetvalue, PQgssEncInUse, PQhostaddr,
    PQresultStatus, PQsetNoticeReceiver, PQsslAttribute, PQsslInUse, PQstatus,
};

/// A connection as its client sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub encryption: Encryption,
    /// As libpq uses it: of the connection string, a service file, the environment, or its default.
    pub sslmode: String,
    /// `None` on a Unix socket.
    pub address: Option<String>,
    /// Whether another process answers than the one that libpq was told of on connecting, as behind
    /// a pooler. `None` if that cannot be found out.
    pub pooled: Option<bool>,
    /// The process of the server that answers. `None` if that cannot be found out.
    pub process: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Encryption {
    None,
    /// With its version, such as `TLSv1.3`.
    Tls(String),
    Gssapi,
}

impl Link {
    /// Whether it ends on this machine, be it at a pooler or a tunnel.
    pub fn is_loopback(&self) -> bool {
        let address = self.address.as_ref().and_then(|address| address.parse().ok());
        address.is_some_and(|address: IpAddr| address.to_canonical().is_loopback())
    }
}

/// Opens another connection with these parameters, and closes it. `None` if that fails.
pub fn examine(conninfo: &str) -> Option<Link> {
    let conninfo = CString::new(conninfo).ok()?;
    // SAFETY: a C string that outlives the call. libpq accepts null from itself in all functions
    // that `Raw` calls, and `Raw` closes the connection once.
    let connection = Raw(unsafe { PQconnectdb(conninfo.as_ptr()) });
    connection.drop_notices();
    let process = connection.process();
    connection.is_ok().then(|| Link {
        encryption: connection.encryption(),
        sslmode: connection.sslmode(),
        address: connection.address(),
        pooled: process.map(|process| process != connection.announced_process()),
        process,
    })
}

/// A connection of libpq, or null.
struct Raw(*mut PGconn);

impl Drop for Raw {
    fn drop(&mut self) {
        // SAFETY: nothing uses it afterwards.
        unsafe { PQfinish(self.0) }
    }
}

impl Raw {
    /// libpq writes what the server notes to standard error otherwise. Diesel's connections drop it, too.
    fn drop_notices(&self) {
        unsafe extern "C" fn drop_notice(_: *mut c_void, _: *const PGresult) {}
        // SAFETY: open, or null; the function does not use what it is given.
        unsafe { PQsetNoticeReceiver(self.0, Some(drop_notice), null_mut()) };
    }

    fn is_ok(&self) -> bool {
        // SAFETY: open, or null, as in all methods.
        unsafe { PQstatus(self.0) == ConnStatusType::CONNECTION_OK }
    }

    fn encryption(&self) -> Encryption {
        // SAFETY: the attribute's name is a C string; the text is copied while it is open.
        unsafe {
            if PQsslInUse(self.0) != 0 {
                let protocol = text(PQsslAttribute(self.0, c"protocol".as_ptr()));
                Encryption::Tls(protocol.unwrap_or_else(|| "TLS".to_owned()))
            } else if PQgssEncInUse(self.0) != 0 {
                Encryption::Gssapi
            } else {
                Encryption::None
            }
        }
    }

    fn address(&self) -> Option<String> {
        // SAFETY: the text is copied while the connection is open.
        unsafe { text(PQhostaddr(self.0)) }.filter(|address| !address.is_empty())
    }

    fn sslmode(&self) -> String {
        let mut mode = None;
        // SAFETY: libpq ends the list with an entry whose keyword is null. Its texts are valid until
        // the list is freed, once.
        unsafe {
            let options = PQconninfo(self.0);
            let mut next = options;
            while !next.is_null() && !(*next).keyword.is_null() {
                if CStr::from_ptr((*next).keyword) == c"sslmode" {
                    mode = text((*next).val);
                }
                next = next.add(1);
            }
            PQconninfoFree(options);
        }
        mode.unwrap_or_default()
    }

    /// That of the server that answers a statement.
    fn process(&self) -> Option<i32> {
        // SAFETY: the statement is a C string; the result is freed once, after its text is copied.
        unsafe {
            let result = PQexec(self.0, c"select pg_catalog.pg_backend_pid()".as_ptr());
            let pid = (PQresultStatus(result) == ExecStatusType::PGRES_TUPLES_OK)
                .then(|| text(PQgetvalue(result, 0, 0)))
                .flatten();
            PQclear(result);
            pid?.parse().ok()
        }
    }

    /// The one that libpq was told of on connecting.
    fn announced_process(&self) -> i32 {
        // SAFETY: open, or null.
        unsafe { PQbackendPID(self.0) }
    }
}

/// A copy of a C string; `None` for null.
///
/// # Safety
///
/// `start` is null or the start of a C string.
unsafe fn text(start: *const c_char) -> Option<String> {
    // SAFETY: the caller's promise.
    (!start.is_null()).then(|| unsafe { CStr::from_ptr(start) }.to_string_lossy().into_owned())
}
