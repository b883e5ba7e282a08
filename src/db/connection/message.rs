//! PostgreSQL's words for an error.

use diesel::result::{DatabaseErrorInformation, Error as QueryError};

/// PostgreSQL's words on one line. Diesel hands out no text that is not UTF-8, as may come from a database in
/// SQL_ASCII; what else the error says is named then.
pub fn message(error: &QueryError) -> String {
    let words = on_one_line(&error.to_string());
    match error {
        QueryError::DatabaseError(_, information) if words.is_empty() => {
            without_message(&**information)
        }
        _ => words,
    }
}

fn on_one_line(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

fn without_message(information: &dyn DatabaseErrorInformation) -> String {
    let parts = [
        ("table", information.table_name()),
        ("column", information.column_name()),
        ("constraint", information.constraint_name()),
        ("detail", information.details()),
        ("hint", information.hint()),
    ];
    let parts = parts.into_iter().filter_map(|(name, text)| Some((name, text?)));
    parts.fold(
        "its message is not UTF-8, and is in the server's log".to_owned(),
        |message, (name, text)| format!("{message}; {name}: {}", on_one_line(text)),
    )
}
