//! How an error is printed.

use std::io::{Write as _, stderr};
use std::process::ExitCode;

use crate::domain::{abridged, printable};
use crate::error::Error;
use crate::output::Format;

/// Prints the error on standard error, as one JSON object where results are JSON, and returns its
/// exit code.
pub fn report(error: &Error, format: Format) -> ExitCode {
    let message = error.to_string();
    let message = abridged(&message);
    let mut err = stderr().lock();
    // The exit code also tells a caller whose standard error cannot be written.
    _ = if format.is_json() {
        let object = serde_json::json!({
            "error": { "kind": error.kind(), "message": message, "exit_code": error.exit_code() }
        });
        writeln!(err, "{object}")
    } else {
        let lines: Vec<_> = message.lines().map(printable).collect();
        writeln!(err, "error: {}", lines.join("\n"))
    };
    ExitCode::from(error.exit_code())
}
