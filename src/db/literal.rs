//! Values written into SQL, for the statements that take no parameters: BEGIN, and what travels with
//! it. They are hexadecimal digits there, so that nothing in them can end a literal.

use std::fmt::Display;

use crate::domain::to_hex;

/// An array of texts, to be cast to the type that its elements are to have; `None` is NULL. The
/// planner counts the elements of a constructor, and no others.
pub fn array<T: Display>(elements: impl IntoIterator<Item = Option<T>>) -> String {
    let elements: Vec<_> = elements
        .into_iter()
        .map(|value| value.map_or_else(|| "null".to_owned(), |value| text(&value.to_string())))
        .collect();
    format!("array[{}]", elements.join(", "))
}

fn text(value: &str) -> String {
    // The name of the encoding would lend its collation, for which no column has an index.
    let digits = to_hex(value.as_bytes());
    format!("convert_from(decode('{digits}', 'hex'), 'UTF8') collate \"default\"")
}

/// The query with these arrays in the places of its parameters, each of which is cast there.
pub fn fill(sql: &str, arrays: impl IntoIterator<Item = String>) -> String {
    (1..).zip(arrays).fold(sql.to_owned(), |sql, (parameter, array)| {
        sql.replace(&format!("${parameter}::"), &format!("{array}::"))
    })
}
