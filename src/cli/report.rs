//! How an error is printed.

use std::io::{Write as _, stderr};
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::domain::{abridged, printable};
use crate::error::Error;
use crate::output::{Format, object_schema};

/// Prints the error on standard error, as one JSON object where results are JSON, and returns its
/// exit code.
pub fn report(error: &Error, format: Format) -> ExitCode {
    let message = error.to_string();
    let message = abridged(&message);
    let mut err = stderr().lock();
    // The exit code also tells a caller whose standard error cannot be written.
    _ = if format.is_json() {
        let object = json!({
            "error": { "kind": error.kind(), "message": message, "exit_code": error.exit_code() }
        });
        writeln!(err, "{object}")
    } else {
        let lines: Vec<_> = message.lines().map(printable).collect();
        writeln!(err, "error: {}", lines.join("\n"))
    };
    ExitCode::from(error.exit_code())
}

/// The JSON Schema of what `report` prints.
pub fn schema() -> Value {
    let error = object_schema([
        ("kind", json!({ "enum": KINDS })),
        ("message", json!({ "type": "string" })),
        ("exit_code", json!({ "type": "integer", "minimum": 1, "maximum": 255 })),
    ]);
    object_schema([("error", error)])
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
