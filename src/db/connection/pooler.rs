//! Finds out whether a pooler answers in place of the server.
#![expect(
    unsafe_code,
    reason = "Diesel does not say which process libpq was told of on connecting"
)]

use std::ffi::{CStr, CString};

use pq_sys::{
    ExecStatusType, PQbackendPID, PQclear, PQconnectdb, PQexec, PQfinish, PQgetvalue,
    PQresultStatus,
};

/// Whether another process answers than the one that libpq was told of on connecting, as behind a
/// pooler. `None` where that cannot be found out. Connects once more.
pub fn is_between(conninfo: &str) -> Option<bool> {
    let conninfo = CString::new(conninfo).ok()?;
    // SAFETY: both are C strings that outlive the calls; what libpq returns is checked for null or
    // is accepted as null by the functions it is given to, and is freed once.
    unsafe {
        let connection = PQconnectdb(conninfo.as_ptr());
        let result = PQexec(connection, c"select pg_backend_pid()".as_ptr());
        let answer = if PQresultStatus(result) == ExecStatusType::PGRES_TUPLES_OK {
            let pid = CStr::from_ptr(PQgetvalue(result, 0, 0)).to_str().ok();
            pid.and_then(|pid| pid.parse().ok()).map(|pid: i32| pid != PQbackendPID(connection))
        } else {
            None
        };
        PQclear(result);
        PQfinish(connection);
        answer
    }
}
