//! Bytes as pairs of hexadecimal digits.

use std::fmt::Write as _;

/// Two lower-case digits for each byte.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The bytes that pairs of digits stand for; `None` where they are none.
pub fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let is_pair = pair.len() == 2 && pair.iter().all(u8::is_ascii_hexdigit);
        let text = str::from_utf8(pair).ok().filter(|_| is_pair)?;
        u8::from_str_radix(text, 16).ok()
    };
    pairs.map(byte).collect()
}
