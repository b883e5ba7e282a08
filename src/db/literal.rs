//! Values written into SQL, for the statements that take no parameters: BEGIN, and what travels with
//! it. Their text is in hexadecimal digits, so that nothing in it can end the literal.

use std::fmt::Display;

use crate::domain::to_hex;

/// A text that is the input of an array with these elements; `None` is NULL. To be cast to the
/// array's type.
pub fn array<T: Display>(elements: impl IntoIterator<Item = Option<T>>) -> String {
    let elements: Vec<_> = elements.into_iter().map(element).collect();
    text(&format!("{{{}}}", elements.join(",")))
}

/// The query with these texts in the places of its parameters, each of which is cast there.
pub fn fill(sql: &str, texts: impl IntoIterator<Item = String>) -> String {
    (1..).zip(texts).fold(sql.to_owned(), |sql, (parameter, text)| {
        sql.replace(&format!("${parameter}::"), &format!("{text}::"))
    })
}

fn element<T: Display>(value: Option<T>) -> String {
    let Some(value) = value else { return "NULL".to_owned() };
    format!("\"{}\"", value.to_string().replace('\\', "\\\\").replace('"', "\\\""))
}

fn text(value: &str) -> String {
    format!("convert_from(decode('{}', 'hex'), 'UTF8')", to_hex(value.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn an_element_stays_one() {
        assert_eq!(element(Some(r#"a"b\c,{}"#)), r#""a\"b\\c,{}""#);
        assert_eq!(element(None::<u8>), "NULL");
        assert_eq!(element(Some("NULL")), "\"NULL\"");
    }
}
