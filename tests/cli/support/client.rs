//! SQL over a new connection, as `psql -c` runs it: to start `psql` takes longer than most statements.
#![expect(unsafe_code, reason = "Diesel does not hand out the rows of several statements as text")]

use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr;

use pq_sys::{
    ConnStatusType, ExecStatusType, PGconn, PGresult, PQclear, PQconnectdb, PQerrorMessage,
    PQfinish, PQgetResult, PQgetvalue, PQnfields, PQntuples, PQresultErrorMessage, PQresultStatus,
    PQsendQuery, PQsetNoticeProcessor, PQstatus,
};

/// A connection of libpq. Dropping it closes it.
struct Connection(*mut PGconn);

impl Drop for Connection {
    fn drop(&mut self) {
        // SAFETY: nothing uses it afterwards.
        unsafe { PQfinish(self.0) }
    }
}

/// A result of libpq. Dropping it frees it.
struct Response(*mut PGresult);

impl Drop for Response {
    fn drop(&mut self) {
        // SAFETY: nothing uses it afterwards.
        unsafe { PQclear(self.0) }
    }
}

/// Runs the statements in one message, and returns the rows of all: columns separated by `|`, one row a
/// line. An error is what the server says, and ends them.
pub fn query(url: &str, sql: &str) -> Result<String, String> {
    // Also of databases in other encodings.
    let url = format!("{url}&client_encoding=UTF8");
    let (url, sql) = (CString::new(url).unwrap(), CString::new(sql).unwrap());
    // SAFETY: a C string that outlives the call. libpq accepts null from itself.
    let connection = Connection(unsafe { PQconnectdb(url.as_ptr()) });
    let failure = || text(unsafe { PQerrorMessage(connection.0) });
    // SAFETY: the connection is open until the end of this function; the texts are C strings that outlive
    // the calls.
    unsafe {
        if PQstatus(connection.0) != ConnStatusType::CONNECTION_OK {
            return Err(failure());
        }
        PQsetNoticeProcessor(connection.0, Some(ignore), ptr::null_mut());
        if PQsendQuery(connection.0, sql.as_ptr()) == 0 {
            return Err(failure());
        }
    }
    let mut lines = Vec::new();
    let mut failed = None;
    loop {
        // SAFETY: the connection is open. The result is null at the end.
        let response = Response(unsafe { PQgetResult(connection.0) });
        if response.0.is_null() {
            return failed.map_or_else(|| Ok(lines.join("\n")), Err);
        }
        // SAFETY: a result, and not null.
        match unsafe { PQresultStatus(response.0) } {
            ExecStatusType::PGRES_TUPLES_OK => lines.extend(rows(&response)),
            ExecStatusType::PGRES_COMMAND_OK | ExecStatusType::PGRES_EMPTY_QUERY => {}
            ExecStatusType::PGRES_FATAL_ERROR => {
                // SAFETY: the text is copied before the result is freed.
                failed = Some(text(unsafe { PQresultErrorMessage(response.0) }));
            }
            other => panic!("no answer to a statement: {other:?}"),
        }
    }
}

fn rows(response: &Response) -> Vec<String> {
    // SAFETY: a result with rows; the numbers of rows and columns are its own, and each text is copied.
    let (rows, columns) = unsafe { (PQntuples(response.0), PQnfields(response.0)) };
    let value = |row, column| text(unsafe { PQgetvalue(response.0, row, column) });
    let line = |row| (0..columns).map(|column| value(row, column)).collect::<Vec<_>>().join("|");
    (0..rows).map(line).collect()
}

unsafe extern "C" fn ignore(_: *mut c_void, _: *const c_char) {}

fn text(start: *const c_char) -> String {
    // SAFETY: libpq's own texts are C strings, and never null for a connection or result that is none.
    unsafe { CStr::from_ptr(start) }.to_str().unwrap().to_owned()
}
