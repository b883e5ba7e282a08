//! What only libpq knows: its grammar of connection strings, and its defaults.
#![expect(unsafe_code, reason = "Diesel offers neither; the lists are copied and freed here")]

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char};
use std::ptr;

use pq_sys::{
    _PQconninfoOption, ExecStatusType, PQbackendPID, PQclear, PQconndefaults, PQconnectdb,
    PQconninfoFree, PQconninfoParse, PQexec, PQfinish, PQfreemem, PQgetvalue, PQresultStatus,
};

/// The keywords that the URL or `keyword=value` list sets; `None` where libpq cannot parse it.
///
/// What libpq says about it is dropped: it repeats the text, password and all (contract 6).
pub fn parse(text: &str) -> Option<BTreeMap<String, String>> {
    let text = CString::new(text).ok()?;
    let mut message: *mut c_char = ptr::null_mut();
    // SAFETY: `text` is a C string that outlives the call; `message` receives memory of libpq's.
    let options = unsafe { PQconninfoParse(text.as_ptr(), &raw mut message) };
    if !message.is_null() {
        // SAFETY: libpq allocated it for the caller, and nothing keeps it.
        unsafe { PQfreemem(message.cast()) };
    }
    collect(options)
}

/// What applies where a connection string is silent: `PG*` variables, the service that
/// `PGSERVICE` names, what is compiled in. Empty where libpq cannot tell.
pub fn defaults() -> BTreeMap<String, String> {
    // SAFETY: takes no argument; the list is the caller's to free.
    collect(unsafe { PQconndefaults() }).unwrap_or_default()
}

/// Whether the process that libpq was told of on connecting is the one that answers: behind a
/// pooler it is not. `None` where that cannot be found out.
pub fn answers_itself(conninfo: &str) -> Option<bool> {
    let conninfo = CString::new(conninfo).ok()?;
    // SAFETY: both are C strings that outlive the calls; what libpq returns is checked for null or
    // is accepted as null by the functions it is given to, and is freed once.
    unsafe {
        let connection = PQconnectdb(conninfo.as_ptr());
        let result = PQexec(connection, c"select pg_backend_pid()".as_ptr());
        let answer = if PQresultStatus(result) == ExecStatusType::PGRES_TUPLES_OK {
            let pid = CStr::from_ptr(PQgetvalue(result, 0, 0)).to_str().ok();
            pid.and_then(|pid| pid.parse().ok()).map(|pid: i32| pid == PQbackendPID(connection))
        } else {
            None
        };
        PQclear(result);
        PQfinish(connection);
        answer
    }
}

/// Copies what the list sets, and frees it.
fn collect(options: *mut _PQconninfoOption) -> Option<BTreeMap<String, String>> {
    if options.is_null() {
        return None;
    }
    let mut found = BTreeMap::new();
    let mut next = options;
    // SAFETY: libpq ends the list with an entry whose keyword is null, and every string of it
    // lives until the list is freed.
    unsafe {
        while !(*next).keyword.is_null() {
            if !(*next).val.is_null() {
                let text = |start| CStr::from_ptr(start).to_string_lossy().into_owned();
                found.insert(text((*next).keyword), text((*next).val));
            }
            next = next.add(1);
        }
        PQconninfoFree(options);
    }
    Some(found)
}
