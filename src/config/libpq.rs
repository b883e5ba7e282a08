//! Functions of libpq that Diesel does not offer: parsing connection strings, and its defaults.
#![expect(unsafe_code, reason = "Diesel offers neither; the lists are copied and freed here")]

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char};
use std::ptr;

use pq_sys::{_PQconninfoOption, PQconndefaults, PQconninfoFree, PQconninfoParse, PQfreemem};

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
