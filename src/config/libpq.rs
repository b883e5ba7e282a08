//! Functions of libpq that Diesel does not offer: parsing connection strings, its defaults, and
//! whether a server answers.
#![expect(unsafe_code, reason = "Diesel offers none of them; the lists are copied and freed here")]

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char};
use std::ptr;

use pq_sys::{
    _PQconninfoOption, PGPing, PQconndefaults, PQconnectStartParams, PQconninfo, PQconninfoFree,
    PQconninfoParse, PQfinish, PQfreemem, PQping,
};

/// The keywords that the URL or `keyword=value` list sets; `None` if libpq cannot parse it.
///
/// libpq's message is discarded because it repeats the text, including the password.
pub fn parse(text: &str) -> Option<BTreeMap<String, String>> {
    let text = CString::new(text).ok()?;
    let mut message: *mut c_char = ptr::null_mut();
    // SAFETY: `text` is a C string that outlives the call. libpq stores a message of its own in
    // `message`.
    let options = unsafe { PQconninfoParse(text.as_ptr(), &raw mut message) };
    if !message.is_null() {
        // SAFETY: libpq allocated it for the caller, and it is not used afterwards.
        unsafe { PQfreemem(message.cast()) };
    }
    collect(options)
}

/// The values for keywords that a connection string does not set, from `PG*` variables, the service
/// that `PGSERVICE` names, and libpq itself. Empty if libpq cannot determine them.
pub fn defaults() -> BTreeMap<String, String> {
    // SAFETY: It takes no argument, and `collect` frees the list.
    collect(unsafe { PQconndefaults() }).unwrap_or_default()
}

/// All parameters of a connection: those that the text sets, then those of `PG*` variables, of the
/// service that either of them names, and of libpq itself. Does not connect.
pub fn resolve(text: &str) -> BTreeMap<String, String> {
    let Ok(text) = CString::new(text) else { return BTreeMap::new() };
    // libpq fails on a value that it does not know, after it has read all parameters.
    let keywords = [c"dbname".as_ptr(), c"channel_binding".as_ptr(), ptr::null()];
    let values = [text.as_ptr(), c"?".as_ptr(), ptr::null()];
    // SAFETY: both lists end with null, and their strings outlive the call. `PQconninfo` and `PQfinish`
    // take null, too; `collect` frees the list.
    unsafe {
        let connection = PQconnectStartParams(keywords.as_ptr(), values.as_ptr(), 1);
        let options = PQconninfo(connection);
        PQfinish(connection);
        collect(options).unwrap_or_default()
    }
}

/// Whether a server answers, be it with a refusal. Waits as long as `connect_timeout` says.
pub fn answers(conninfo: &str) -> bool {
    let Ok(conninfo) = CString::new(conninfo) else { return true };
    // SAFETY: it is a C string that outlives the call.
    let answer = unsafe { PQping(conninfo.as_ptr()) };
    answer != PGPing::PQPING_NO_RESPONSE
}

/// Copies the keywords that the list sets, and frees the list.
fn collect(options: *mut _PQconninfoOption) -> Option<BTreeMap<String, String>> {
    if options.is_null() {
        return None;
    }
    let mut found = BTreeMap::new();
    let mut next = options;
    // SAFETY: libpq ends the list with an entry whose keyword is null. Its strings are valid until
    // the list is freed.
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
