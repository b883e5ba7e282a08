//! How an error is printed.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::domain::{abridged, without_passwords};
use crate::error::Error;
use crate::output::{Format, object_schema};
use crate::terminal::log::{self, Level, LogFormat};

/// Prints the error on standard error, as one JSON object where results or the log are JSON, and returns
/// its exit code.
pub fn report(error: &Error, format: Format) -> ExitCode {
    let message = without_passwords(&error.to_string());
    let message = abridged(&message);
    let level = level(error);
    if log::format() == LogFormat::Json {
        let mut entry = log::entry(level, &message);
        entry["kind"] = error.kind().into();
        entry["exit_code"] = error.exit_code().into();
        log::write_text(level, entry);
    } else if format.is_json() {
        let object = json!({
            "error": { "kind": error.kind(), "message": message, "exit_code": error.exit_code() }
        });
        log::write_text(level, object);
    } else {
        log::write(level, &format!("error: {message}"));
    }
    ExitCode::from(error.exit_code())
}

/// Rows that a purge left, and another run at work, are what the next run may mend.
fn level(error: &Error) -> Level {
    match error {
        Error::Incomplete(_) | Error::Busy(_) => Level::Warning,
        _ => Level::Error,
    }
}

/// The JSON Schema of what `report` prints where results are JSON.
pub fn schema() -> Value {
    let [kind, message, exit_code] = properties();
    let error = object_schema([("kind", kind), ("message", message), ("exit_code", exit_code)]);
    object_schema([("error", error)])
}

/// The JSON Schema of a line with --log-format json: a notice, or an error, which has a kind.
pub fn log_schema() -> Value {
    let [kind, message, exit_code] = properties();
    let mut line = object_schema([
        ("time", json!({ "type": "string", "format": "date-time" })),
        ("level", json!({ "enum": Level::ALL.map(Level::name) })),
        ("message", message),
    ]);
    line["properties"]["kind"] = kind;
    line["properties"]["exit_code"] = exit_code;
    line
}

/// The schemas of `kind`, `message` and `exit_code`.
fn properties() -> [Value; 3] {
    [
        json!({ "enum": KINDS }),
        json!({ "type": "string" }),
        json!({ "type": "integer", "minimum": 1, "maximum": 255 }),
    ]
}

/// What `Error::kind` says.
const KINDS: [&str; 11] = [
    "internal",
    "usage",
    "not_found",
    "conflict",
    "refused",
    "unreachable",
    "schema",
    "forbidden",
    "incomplete",
    "busy",
    "interrupted",
];
