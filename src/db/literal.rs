//! Values written into SQL, for the statements that take no parameters: BEGIN, and what travels with
//! it. Texts are hexadecimal digits there, so that nothing in them can end a literal.

use std::fmt::Display;

use uuid::Uuid;

use crate::domain::to_hex;

/// What is safe as it is written.
pub trait Plain: Display {}

impl Plain for i32 {}
impl Plain for Uuid {}

/// An array of these, to be cast to its type; `None` is NULL.
pub fn array<T: Plain>(elements: impl IntoIterator<Item = Option<T>>) -> String {
    let null = || "null".to_owned();
    let elements = elements.into_iter().map(|value| value.map_or_else(null, |it| it.to_string()));
    format!("'{{{}}}'", elements.collect::<Vec<_>>().join(","))
}

/// The same of texts. The planner knows how many there are.
pub fn texts(elements: impl IntoIterator<Item = Option<String>>) -> String {
    // The name of the encoding would lend its collation, for which no column has an index.
    constructed(elements, |text| {
        let digits = to_hex(text.as_bytes());
        format!("convert_from(decode('{digits}', 'hex'), 'UTF8') collate \"default\"")
    })
}

/// The same of bytes.
pub fn bytes(elements: impl IntoIterator<Item = Option<Vec<u8>>>) -> String {
    constructed(elements, |bytes| format!("decode('{}', 'hex')", to_hex(&bytes)))
}

fn constructed<T>(
    elements: impl IntoIterator<Item = Option<T>>,
    write: impl Fn(T) -> String,
) -> String {
    let elements =
        elements.into_iter().map(|value| value.map_or_else(|| "null".to_owned(), &write));
    format!("array[{}]", elements.collect::<Vec<_>>().join(","))
}

/// The query with these arrays in the places of its parameters, each of which is cast there.
pub fn fill(sql: &str, arrays: impl IntoIterator<Item = String>) -> String {
    (1..).zip(arrays).fold(sql.to_owned(), |sql, (parameter, array)| {
        sql.replace(&format!("${parameter}::"), &format!("{array}::"))
    })
}
